"""Which scenarios there are, and which a selector means."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from pytest_kbevents.errors import InputError, Position, ScenarioError, SelectionError
from pytest_kbevents.scenario.scenario import Scenario, read
from pytest_kbevents.scenario.yamlfile import glance

SUFFIXES = (".yaml", ".yml")
_PACKAGE = Path(__file__).resolve().parents[1]


class Entry:
    """A scenario file. What it is called and found by is read at once, all else when it is opened: most files of a
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

    def opened(self) -> Scenario:
        """Raises the InputError of a file that cannot be read."""
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
        return {} if isinstance(found, InputError) else {"name": found.name, "labels": dict(found.labels)}

    @cached_property
    def _read(self) -> Scenario | InputError:
        try:
            return read(self._content.decode("utf-8"), self._told)
        except UnicodeDecodeError as error:
            return ScenarioError(Position(self._told, 1, 1), f"this is not UTF-8 text: {error.reason}")
        except InputError as error:
            return error


def shipped() -> Path:
    """The catalog that comes with this package: in a wheel beside the code, in a checkout beside the package."""
    installed = _PACKAGE / "catalog"
    return installed if installed.is_dir() else _PACKAGE.parent / "scenarios"


def index(folders: Iterable[Path], base: Path) -> list[Entry]:
    """Every scenario of these folders, by name; files are told relative to ``base``. A file that stands at the same
    place of two folders with the same text is one scenario: a checkout of this project beside its installed wheel.
    """
    entries: dict[tuple[Path, bytes], Entry] = {}
    for folder in folders:
        for file in _files(folder):
            content = file.read_bytes()
            key = (file.relative_to(folder), content)
            if key not in entries:
                entries[key] = _entry(file, content, base)
    return sorted(entries.values(), key=lambda entry: (entry.name, str(entry.path)))


def load(file: Path, base: Path) -> Entry:
    """One file, read and checked."""
    return _entry(file, file.read_bytes(), base)


def select(selectors: Sequence[str], folders: Sequence[Path], base: Path) -> list[Entry]:
    """The scenarios that any selector means, each once, by name.

    Raises:
        SelectionError: a selector means nothing, or a name stands for two scenarios.
        ScenarioError: a file that is meant cannot be read.
    """
    entries = index(folders, base)
    chosen: dict[Path, Entry] = {}
    for selector in selectors:
        for entry in _meant(selector, entries, base):
            entry.opened()
            chosen[entry.path] = entry
    _raise_doubles(chosen.values())
    return sorted(chosen.values(), key=lambda entry: entry.name)


def _meant(selector: str, entries: list[Entry], base: Path) -> list[Entry]:
    found = [entry for entry in entries if _matches(entry, selector)]
    path = base / selector
    if not found and path.is_dir():
        found = index([path], base)
    elif not found and path.is_file():
        found = [load(path, base)]
    if not found:
        raise SelectionError(_nothing(selector, entries))
    return found


def _matches(entry: Entry, selector: str) -> bool:
    label, equals, value = selector.partition("=")
    if equals:
        return entry.labels.get(label) == value
    return fnmatchcase(entry.name, selector)


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
