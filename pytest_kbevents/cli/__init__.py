"""Door two: the command ``kbevents``. pytest stays the runner; here is what other programs need.

May live here: one file a command, arguments to calls. May not: anything that pytest would need too.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from pytest_kbevents import __version__
from pytest_kbevents.errors import ClusterFailed, InputError

COMMANDS = ("serve", "controller", "agent", "manifests", "image", "releases", "schema", "new", "lint", "render")
"""Each a module here, with ``add`` and ``run``, in the order of ``--help``."""


def main(arguments: Sequence[str] | None = None, commands: Sequence[str] = COMMANDS) -> int:
    """Run one of ``commands``; returns its exit code. No other's module is loaded: in Pods they start often."""
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="kbevents", description="Tools beside the pytest plugin.")
    parser.add_argument("--version", action="version", version=f"kbevents {__version__}")
    places = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in given[:1] if given and given[0] in commands else commands:
        import_module(f"{__name__}.{name}").add(places)
    options = parser.parse_args(given)
    try:
        return int(options.run(options))
    except (InputError, ClusterFailed) as error:
        sys.stderr.write(f"kbevents: {error}\n")
        return 4 if isinstance(error, InputError) else 1
