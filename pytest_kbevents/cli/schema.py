"""``kbevents schema``: the JSON Schema of scenario files, for editors."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from pytest_kbevents.scenario.jsonschema import schema


def add(commands: Any) -> None:
    """Declare the command."""
    text = "The JSON Schema (draft 07) of scenario files, for editors and other programs."
    parser: argparse.ArgumentParser = commands.add_parser("schema", help=text, description=text)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print it."""
    del options
    sys.stdout.write(written())
    return 0


def written() -> str:
    """As the shipped file has it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
