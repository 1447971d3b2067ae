"""Builds actionlint, which reads what GitHub's runners would, from the modules that actionlint/go.mod pins.

``python tools/actionlint.py`` prints where it is, a file of the user's cache; ``--installed`` builds nothing, and fails
when it is not there. Its module is not the one of tools/go.mod: a linter decides no version of what a kube-apiserver is
compiled from.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import gobuild

MODULE = "actionlint"
"""The folder of its go.mod, beside this file."""
PACKAGE = "github.com/rhysd/actionlint/cmd/actionlint"
REMEDY = "run python tools/actionlint.py"


def main() -> int:
    """Build it if it is missing, and print where it is."""
    parser = argparse.ArgumentParser(description="Build actionlint and print where it is.")
    parser.add_argument("--installed", action="store_true", help="build nothing")
    try:
        print(installed() if parser.parse_args().installed else build())
    except gobuild.CannotBuild as error:
        print(f"actionlint: {error}", file=sys.stderr)
        return 1
    return 0


def installed() -> Path:
    """The program that is there. Raises CannotBuild."""
    program = place()
    if not program.is_file():
        raise gobuild.CannotBuild(f"it is not there; {REMEDY}")
    return program


def build() -> Path:
    """The same, built if it is not there. It appears whole or not at all. Raises CannotBuild."""
    program = place()
    with gobuild.alone(program.parent):
        if not program.is_file():
            with gobuild.step("building actionlint"), tempfile.TemporaryDirectory(dir=program.parent) as fresh:
                made = Path(fresh, program.name)
                gobuild.go("build", "-C", MODULE, "-trimpath", "-ldflags", "-s -w", "-o", str(made), PACKAGE)
                made.replace(program)
    return program


def place() -> Path:
    """A file of the cache, in a folder by the hash of what it is built from."""
    wanted = gobuild.digest(Path(__file__), gobuild.HERE / MODULE)
    return gobuild.cache() / f"actionlint-{wanted[:16]}" / "actionlint"


if __name__ == "__main__":
    raise SystemExit(main())
