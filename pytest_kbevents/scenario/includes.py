"""What a file can use beyond itself: groups of steps and Event templates, of its own and of files that it includes."""

from __future__ import annotations

import posixpath
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


@dataclass(frozen=True, slots=True)
class Shelf:
    """By name."""

    groups: Mapping[str, Group]
    templates: Mapping[str, EventTemplate]


def shelf(library: Library, document: Document, folder: FilePath, within: tuple[FilePath, ...] = ()) -> Shelf:
    """Everything that a file may use; ``folder`` is where it stands, ``within`` the files that include it.

    Raises:
        ScenarioError: a file is not there or cannot be used, or a name stands for two things.
    """
    groups: dict[str, Group] = {}
    templates: dict[str, EventTemplate] = dict(shipped())
    for index, name in enumerate(library.include):
        at = document.position(("spec", "include", index))
        other = _included(name, at, document, folder, within)
        _add(groups, other.groups, at, "group")
        own = {name: found for name, found in other.templates.items() if shipped().get(name) is not found}
        _add(templates, own, at, "Event template")
    for index, name in enumerate(library.template_folders):
        at = document.position(("spec", "template_folders", index))
        _add(templates, _folder(folder / name, _told(document, name), at), at, "Event template")
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


def _included(name: str, at: Position, document: Document, folder: FilePath, within: tuple[FilePath, ...]) -> Shelf:
    file = (folder / name).resolve()
    if file in within:
        raise ScenarioError(at, f"include: {name} includes itself, through {' and '.join(map(str, within))}")
    told = _told(document, name)
    inner = parse(_text(file, at, f"include: {name}"), told)
    model = checked(StepsModel, inner.data, inner, ())
    return shelf(model.spec, inner, file.parent, (*within, file))


def _block(text: str, document: Document, path: Path) -> EventTemplate:
    return TextTemplate(f"{document.file} (template {path[-1]})", text)


def _folder(folder: FilePath, told: str, at: Position) -> dict[str, EventTemplate]:
    if not folder.is_dir():
        raise ScenarioError(at, f"template_folders: there is no folder {told}")
    files = sorted(folder.glob(f"[!_]*{SUFFIX}"))
    if not files:
        raise ScenarioError(at, f"template_folders: there is no file *{SUFFIX} in {told}")
    return {
        file.name.removesuffix(SUFFIX): TextTemplate(posixpath.join(told, file.name), _text(file, at, file.name))
        for file in files
    }


def _text(file: FilePath, at: Position, what: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ScenarioError(at, f"{what}: this is not UTF-8 text") from None
    except OSError as error:
        raise ScenarioError(at, f"{what} cannot be read: {error.strerror or error}") from None


def _told(document: Document, name: str) -> str:
    """A file as messages call it: relative to where the including one was found."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(document.file), name))
