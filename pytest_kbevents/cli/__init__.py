"""Door two: the command ``kbevents``. pytest stays the runner; here is what other programs need.

May live here: one file a command, arguments to calls. May not: anything that pytest would need too.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pytest_kbevents import __version__
from pytest_kbevents.cli import agent, controller, lint, releases, render, schema, serve
from pytest_kbevents.errors import InputError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="kbevents", description="Tools beside the pytest plugin.")
    parser.add_argument("--version", action="version", version=f"kbevents {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve.add(commands)
    controller.add(commands)
    agent.add(commands)
    releases.add(commands)
    schema.add(commands)
    lint.add(commands)
    render.add(commands)
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except InputError as error:
        sys.stderr.write(f"kbevents: {error}\n")
        return 4
