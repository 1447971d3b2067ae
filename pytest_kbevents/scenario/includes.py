"""What a file can use beyond itself: groups of steps and Event templates, of its own and of files that it includes."""

from __future__ import annotations

import posixpath
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TypeVar

from pytest_kbevents.errors import Position, ScenarioError
from pytest_kbevents.scenario.check import checked
from pytest_kbevents.scenario.eventtemplates import SUFFIX, DataTemplate, EventTemplate, TextTemplate, shipped
from pytest_kbevents.scenario.schema import Library, StepsModel
from pytest_kbevents.scenario.steps import Group
from pytest_kbevents.scenario.yamlfile import Document, Path, parse

T = TypeVar("T")

DEEPEST = 20
"""Files that include one another."""
MOST_BYTES = 1 << 20
"""Of a file that is included."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """By name."""

    groups: Mapping[str, Group]
    templates: Mapping[str, EventTemplate]


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where a file stands, the files that include it, and those that have been read: each is read once."""

    folder: FilePath
    within: tuple[FilePath, ...]
    known: dict[FilePath, Shelf]


def shelf(library: Library, document: Document, folder: FilePath) -> Shelf:
    """Everything that a file may use; ``folder`` is where it stands.

    Raises:
        ScenarioError: a file is not there or cannot be used, or a name stands for two things.
    """
    return _shelf(library, document, _Reading(folder, (), {}))


def _shelf(library: Library, document: Document, reading: _Reading) -> Shelf:
    groups: dict[str, Group] = {}
    templates: dict[str, EventTemplate] = dict(shipped())
    for index, name in enumerate(library.include):
        at = document.position(("spec", "include", index))
        other = _included(name, at, document, reading)
        _add(groups, other.groups, at, "group")
        own = {name: found for name, found in other.templates.items() if shipped().get(name) is not found}
        _add(templates, own, at, "Event template")
    for index, name in enumerate(library.template_folders):
        at = document.position(("spec", "template_folders", index))
        _check_name(name, at)
        _add(templates, _folder(reading.folder / name, _told(document, name), at), at, "Event template")
    for name, given in library.templates.items():
        path = ("spec", "templates", name)
        template: EventTemplate = (
            DataTemplate(given, document, path) if isinstance(given, dict) else _block(given, document, path)
        )
        _add(templates, {name: template}, document.key_position(path), "Event template")
    for name, model in library.groups.items():
        path = ("spec", "groups", name)
        _add(groups, {name: Group(name, model, document, path, groups)}, document.key_position(path), "group")
    return Shelf(groups, templates)


def _add(shelf: dict[str, T], new: Mapping[str, T], at: Position, what: str) -> None:
    for name, item in new.items():
        if name in shelf and shelf[name] is not item:
            raise ScenarioError(at, f"there is another {what} of the name {name!r} already: rename one")
        shelf[name] = item


def _included(name: str, at: Position, document: Document, reading: _Reading) -> Shelf:
    what, within = f"include: {name}", reading.within
    _check_name(name, at)
    try:
        file = (reading.folder / name).resolve()
    except (OSError, ValueError, RuntimeError) as error:  # half a character, links in a circle
        raise ScenarioError(at, f"include: {name!r} is no name of a file: {error}") from None
    if file in within:
        raise ScenarioError(at, f"{what} includes itself, through {' and '.join(map(str, within))}")
    if len(within) == DEEPEST:
        raise ScenarioError(at, f"{what}: more than {DEEPEST} files include one another here")
    if file not in reading.known:
        inner = parse(_text(file, at, what), _told(document, name))
        model = checked(StepsModel, inner.data, inner, ())
        reading.known[file] = _shelf(model.spec, inner, _Reading(file.parent, (*within, file), reading.known))
    return reading.known[file]


def _check_name(name: str, at: Position) -> None:
    if not name.isprintable():
        raise ScenarioError(at, f"{name!r} is no name of a file or folder")


def _block(text: str, document: Document, path: Path) -> EventTemplate:
    return TextTemplate(f"{document.file} (template {path[-1]})", text)


def _folder(folder: FilePath, told: str, at: Position) -> dict[str, EventTemplate]:
    try:
        files = sorted(folder.glob(f"[!_]*{SUFFIX}")) if folder.is_dir() else None
    except (OSError, ValueError):  # too long, or half a character
        files = None
    if files is None:
        raise ScenarioError(at, f"template_folders: there is no folder {told}")
    if not files:
        raise ScenarioError(at, f"template_folders: there is no file *{SUFFIX} in {told}")
    return {
        file.name.removesuffix(SUFFIX): TextTemplate(posixpath.join(told, file.name), _text(file, at, file.name))
        for file in files
    }


def _text(file: FilePath, at: Position, what: str) -> str:
    try:
        return _bytes(file, at, what).decode()
    except UnicodeDecodeError:
        raise ScenarioError(at, f"{what}: this is not UTF-8 text") from None
    except (OSError, ValueError) as error:
        raise ScenarioError(at, f"{what} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _bytes(file: FilePath, at: Position, what: str) -> bytes:
    """Of a plain file, as many as it says that it has: neither a device nor a pipe is so much as opened, and nothing is
    read from the files that a kernel makes up, which say that they are empty.
    """
    found = file.stat()
    if stat.S_ISDIR(found.st_mode):
        raise ScenarioError(at, f"{what} cannot be read: it is a folder")
    if not stat.S_ISREG(found.st_mode):
        raise ScenarioError(at, f"{what} cannot be read: it is no plain file")
    if found.st_size > MOST_BYTES:
        raise ScenarioError(at, f"{what} cannot be read: it has more than {MOST_BYTES} bytes")
    if not found.st_size:
        return b""
    with file.open("rb") as opened:
        return opened.read(found.st_size)


def _told(document: Document, name: str) -> str:
    """A file as messages call it: relative to where the including one was found."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(document.file), name))
