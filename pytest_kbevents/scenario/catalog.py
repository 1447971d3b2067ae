"""Which scenarios there are, and which a selector means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from pytest_kbevents.errors import InputError, Position, ScenarioError, SelectionError
from pytest_kbevents.scenario.loader import read_all
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.yamlfile import glance
from pytest_kbevents.settings import SUFFIXES

_STEPS = re.compile(rb"^kind:[ \t]*[\"']?Steps\b", re.MULTILINE)
_ISSUE = re.compile(r"issue-(?P<number>[0-9]+)")
"""How people name a bug."""
_PACKAGE = Path(__file__).resolve().parents[1]


class Entry:
    """A file of scenarios. What it is called and found by is read at once, all else when it is opened: most files of a
    catalog are not meant.
    """

    def __init__(self, path: Path, content: bytes, told: str) -> None:
        self.path = path
        self._content = content
        self._told = told

    @property
    def name(self) -> str:
        """The scenario's name; of a file that cannot be read, the file's."""
        name = self._head.get("name")
        return name if isinstance(name, str) else self.path.stem

    @property
    def labels(self) -> Mapping[str, Any]:
        """The scenario's labels; none in a file that cannot be read."""
        labels = self._head.get("labels")
        return labels if isinstance(labels, dict) else {}

    @property
    def error(self) -> InputError | None:
        """Why it cannot be read."""
        found = self._read
        return found if isinstance(found, InputError) else None

    def cases(self) -> tuple[Scenario, ...]:
        """Its scenarios: several where it has a matrix. Raises the InputError of a file that cannot be read."""
        found = self._read
        if isinstance(found, InputError):
            raise found
        return found

    @cached_property
    def _head(self) -> Mapping[str, Any]:
        """The metadata: seen at a glance, or else as the scenario has it when it is read."""
        seen = glance(self._content.decode("utf-8", "replace"), "metadata")
        if isinstance(seen, dict) and isinstance(seen.get("name"), str):
            return seen
        found = self._read
        return {} if isinstance(found, InputError) else found[0].document.data["metadata"]

    @cached_property
    def _read(self) -> tuple[Scenario, ...] | InputError:
        try:
            return read_all(self._content.decode("utf-8"), self._told, self.path.parent)
        except UnicodeDecodeError as error:
            return ScenarioError(Position(self._told, 1, 1), f"this is not UTF-8 text: {error.reason}")
        except InputError as error:
            return error


def shipped() -> Path:
    """The catalog that comes with this package: in a wheel beside the code, in a checkout beside the package."""
    installed = _PACKAGE / "catalog"
    return installed if installed.is_dir() else _PACKAGE.parent / "scenarios"


def is_included(content: bytes) -> bool:
    """Whether a file is one of steps: scenarios include it, and it is none itself."""
    return _STEPS.search(content) is not None


def index(folders: Iterable[Path], base: Path) -> list[Entry]:
    """Every scenario of these folders, by name; files are told relative to ``base``. A file that stands at the same
    place of two folders with the same text is one scenario: a checkout of this project beside its installed wheel.
    """
    entries: dict[tuple[Path, bytes], Entry] = {}
    for folder in folders:
        for file in _files(folder):
            content = file.read_bytes()
            key = (file.relative_to(folder), content)
            if key not in entries and not is_included(content):
                entries[key] = _entry(file, content, base)
    return sorted(entries.values(), key=lambda entry: (entry.name, str(entry.path)))


def scenarios(folders: Iterable[Path], base: Path) -> dict[str, Scenario]:
    """All scenarios of these folders, by name. Raises ScenarioError."""
    return {scenario.name: scenario for entry in index(folders, base) for scenario in entry.cases()}


def load(file: Path, base: Path) -> Entry:
    """One file, read and checked."""
    return _entry(file, file.read_bytes(), base)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is meant of a file."""

    entry: Entry
    scenarios: tuple[Scenario, ...]


def select(selectors: Sequence[str], folders: Sequence[Path], base: Path) -> list[Choice]:
    """The scenarios that any selector means, each once, by name. ``NAME`` means all cases of its matrix, ``NAME@...``
    one of them, or a glob over them; a case whose very name it is comes before any glob.

    Raises:
        SelectionError: a selector means nothing, or a name stands for two scenarios.
        ScenarioError: a file that is meant cannot be read.
    """
    entries = index(folders, base)
    chosen: dict[Path, tuple[Entry, dict[str, Scenario]]] = {}
    for selector in selectors:
        for entry, meant in _meant(selector, entries, base):
            chosen.setdefault(entry.path, (entry, {}))[1].update({each.name: each for each in meant})
    _raise_doubles(entry for entry, _ in chosen.values())
    choices = [
        Choice(entry, tuple(each for each in entry.cases() if each.name in names)) for entry, names in chosen.values()
    ]
    return sorted(choices, key=lambda choice: choice.entry.name)


def _meant(selector: str, entries: list[Entry], base: Path) -> list[tuple[Entry, tuple[Scenario, ...]]]:
    """Each file with the cases of it that are meant. Raises SelectionError, ScenarioError."""
    name, at, case = selector.partition("@")
    exact = [(entry, _called(selector, entry)) for entry in entries if at and entry.name == name]
    if any(cases for _, cases in exact):
        return [(entry, cases) for entry, cases in exact if cases]
    found = [entry for entry in entries if _matches(entry, name)]
    path = base / selector
    if not found and path.is_dir():
        found, at = index([path], base), ""
    elif not found and path.is_file():
        found, at = [load(path, base)], ""
    whole = f"*@{case}" if at else "*"
    meant = [(entry, tuple(each for each in entry.cases() if fnmatchcase(each.name, whole))) for entry in found]
    if not any(cases for _, cases in meant):
        raise SelectionError(_no_case(selector, meant) if found else _nothing(selector, entries))
    return [(entry, cases) for entry, cases in meant if cases]


def _called(name: str, entry: Entry) -> tuple[Scenario, ...]:
    return tuple(each for each in entry.cases() if each.name == name)


def _no_case(selector: str, meant: list[tuple[Entry, tuple[Scenario, ...]]]) -> str:
    cases = ", ".join(each.name for entry, _ in meant for each in entry.cases())
    return f"--kb-scenario {selector}: no such case; there are: {cases}"


def _matches(entry: Entry, selector: str) -> bool:
    label, equals, value = selector.partition("=")
    if equals:
        return _is_labelled(entry, label, value)
    if found := _ISSUE.fullmatch(selector):
        return _is_labelled(entry, "issue", found["number"]) or entry.name == selector
    return fnmatchcase(entry.name, selector)


def _is_labelled(entry: Entry, label: str, value: str) -> bool:
    said = entry.labels.get(label)
    return said is not None and (value == str(said) or value in str(said).split())


def _nothing(selector: str, entries: list[Entry]) -> str:
    names = [entry.name for entry in entries]
    near = difflib.get_close_matches(selector, names, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(names) or 'none'}"
    broken = [f"\n  {entry.error}" for entry in entries if entry.error]
    unread = f"\nThese files could not be read:{''.join(broken)}" if broken else ""
    return f"--kb-scenario {selector}: no scenario of that name, glob, label or file; {hint}{unread}"


def _raise_doubles(entries: Iterable[Entry]) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        if (first := seen.setdefault(entry.name, entry)) is not entry:
            raise SelectionError(
                f"two scenarios are named {entry.name!r}: {first.path} and {entry.path}; rename one, or select by file"
            )


def _files(folder: Path) -> list[Path]:
    found = (file for suffix in SUFFIXES for file in folder.rglob(f"*{suffix}"))
    return sorted(file for file in found if file.is_file())


def _entry(file: Path, content: bytes, base: Path) -> Entry:
    file = file.resolve()
    return Entry(file, content, str(file.relative_to(base)) if file.is_relative_to(base) else str(file))
