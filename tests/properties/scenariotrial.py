"""What must come of a scenario file, whatever is in it: scenarios or one error with a place, and then a verdict."""

import re
from contextlib import suppress
from pathlib import Path

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast, World
from pytest_kbevents.errors import InputError, ScenarioError
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.catalog import Entry
from pytest_kbevents.scenario.loader import read_all
from pytest_kbevents.scenario.reports.terminal import rows
from pytest_kbevents.scenario.template import TEMPLATES
from pytest_kbevents.scenario.verdict import Verdict

FILE = "fuzz.yaml"
MOST_MICROS = 20_000_000
"""Of virtual time in a run."""
MOST_LOOKS = 20_000
"""That a run takes at its world."""
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_PARTICULAR = re.compile(r"'(?:[^'\\]|\\.)*'|\"[^\"]*\"|\d+|\S*[^\w\s.,:;(){}\[\]-]\S*", re.DOTALL)


class Violation(AssertionError):
    """A promise of the language is broken."""


class _Enough(Exception):
    """A run that goes on has shown what it can."""


class _Brief(World):
    """A world that ends early."""

    looks = 0

    def until(self, predicate, deadline):
        limit = self.opened + MOST_MICROS

        def counted():
            self.looks += 1
            if self.looks > MOST_LOOKS:
                raise _Enough
            return predicate()

        found = super().until(counted, min(deadline, limit))
        if deadline > limit and not found:
            raise _Enough
        return found


def read(content: bytes, folder: Path):
    """The scenarios of a file, or the error about it. Raises Violation when it has no place in the file."""
    entry = Entry(folder / FILE, content, FILE)
    _ = entry.name, entry.labels
    found = entry.error or entry.cases()
    if (text := _half_characters(content)) is not None:
        try:
            found = read_all(text, FILE, folder)
        except ScenarioError as error:
            found = error
    if isinstance(found, ScenarioError):
        _check_place(found, content, folder)
    return found


def _half_characters(content):
    """A text that only Python knows; None of one that UTF-8 has, too."""
    try:
        content.decode()
    except UnicodeDecodeError:
        with suppress(UnicodeDecodeError):
            return content.decode("utf-8", "surrogatepass")
    return None


def _check_place(error, content, folder):
    position = error.position
    text = content if position.file == FILE else _included(position.file, folder)
    lines = len(_BREAK.split(text.decode("utf-8", "replace")))
    if not (1 <= position.line <= lines + 1 and position.column >= 1):
        raise Violation(f"{error}: the file has {lines} lines")
    if not error.problem or "\n" in error.problem:
        raise Violation(f"not one line of text: {error.problem!r}")


def _included(name, folder):
    name = re.sub(r" \(template .*\)$", "", name)
    for file in (folder / name, TEMPLATES / name):
        if file.is_file():
            return file.read_bytes() if file.stat().st_size else b""
    raise Violation(f"an error in {name}, which is nowhere")


def names(scenarios):
    """Raises Violation when two cases of a file cannot be told apart, or not be written on a command line."""
    told = [scenario.name for scenario in scenarios]
    if len(set(told)) < len(told):
        raise Violation(f"two cases of one name: {told}")
    if not all(name.isprintable() for name in told):
        raise Violation(f"a name that nobody can write: {told}")


def run(scenario) -> str:
    """In a brief simulated world: passed, failed, refused, unended or untrusted."""
    if scenario.command is not None:
        return "untrusted"
    cast = Cast("reference", "fixed", 0)
    try:
        world = runner.opened(scenario, make("embedded"), cast, _Brief)
    except ScenarioError:
        return "not opened"
    try:
        verdict = runner.perform(scenario, world, cast)
    except _Enough:
        return "unended"
    except ScenarioError:
        return "refused"
    finally:
        world.close()
    if not isinstance(verdict, Verdict):
        raise Violation(f"no verdict: {verdict!r}")
    if verdict.finding is not None:
        rows(verdict, "pytest")
    return "passed" if verdict.passed else "failed"


def kind(error: InputError) -> str:
    """What sort of message it is, without what is particular to one file."""
    text = error.problem if isinstance(error, ScenarioError) else str(error)
    return " ".join(_PARTICULAR.sub("_", text).split()[:9])
