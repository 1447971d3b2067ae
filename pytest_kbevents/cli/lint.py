"""``kbevents lint``: what is wrong with scenario files, before anything runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pytest_kbevents.errors import InputError
from pytest_kbevents.scenario.lint import Problem
from pytest_kbevents.scenario.lint.file import is_ours, lint_file
from pytest_kbevents.settings import SUFFIXES

FOLDER = Path("scenarios")
CLEAN, PROBLEMS, USAGE = 0, 1, 2


def add(commands: Any) -> None:
    """Declare the command."""
    text = "Check scenario files and files of steps. Exit code 0: nothing is wrong, 1: something is, 2: wrong usage."
    parser: argparse.ArgumentParser = commands.add_parser("lint", help=text.partition(".")[0], description=text)
    parser.add_argument("path", nargs="*", type=Path, metavar="PATH", help=f"files and folders; {FOLDER} if not given")
    parser.add_argument("--strict", action="store_true", help="warnings are problems, too")
    parser.add_argument("--format", choices=FORMATS, default="text", help="github: workflow commands")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print a line for each problem, and how many there are."""
    try:
        files = list(dict.fromkeys(_files(options.path or [FOLDER])))
        ours = [(file, content) for file in files if is_ours(content := _content(file))]
    except InputError as error:
        sys.stderr.write(f"kbevents lint: {error}\n")
        return USAGE
    found = dict.fromkeys(problem for file, content in ours for problem in lint_file(content, str(file), file.parent))
    for problem in found:
        sys.stdout.write(f"{FORMATS[options.format](problem)}\n")
    sys.stdout.write(f"{summary(list(found), len(ours))}\n")
    return PROBLEMS if any(problem.is_error or options.strict for problem in found) else CLEAN


def summary(problems: Sequence[Problem], files: int) -> str:
    """``1 error and 2 warnings in 3 files``."""
    errors = sum(problem.is_error for problem in problems)
    counted = [_counted(errors, "error"), _counted(len(problems) - errors, "warning")]
    told = " and ".join(each for each in counted if each) or "no problem"
    return f"{told} in {_counted(files, 'file') or 'no file of kbevents'}"


def github(problem: Problem) -> str:
    """A workflow command: GitHub shows it beside the line."""
    at = problem.position
    place = f"file={_escaped(at.file, ':,')},line={at.line},col={at.column}"
    return f"::{problem.level} {place}::{_escaped(f'{problem.text} ({problem.rule})')}"


FORMATS: dict[str, Callable[[Problem], str]] = {"text": str, "github": github}


def _escaped(text: str, more: str = "") -> str:
    """As workflow commands want it; ``more`` are characters that mean something in their properties."""
    text = text.replace("%", "%25")
    for character in ("\r", "\n", *more):
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}" if number else ""


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Files that are named, and YAML in folders that are; in hidden folders nobody looks. Raises InputError."""
    for path in paths:
        if path.is_dir():
            found = (file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
            hidden = (file for file in found if not any(part[0] == "." for part in file.relative_to(path).parts))
            yield from sorted(hidden)
        elif path.exists():
            yield path
        else:
            where = "" if path != FOLDER else ": say which files or folders"
            raise InputError(f"there is no file or folder {path}{where}")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}") from None
