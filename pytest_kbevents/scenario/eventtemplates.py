"""The templates of Events: those that are shipped, and those that a scenario brings along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from pytest_kbevents.api.objects import Object
from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.eventvalues import VALUES, AnyValues, NoValues
from pytest_kbevents.scenario.template import TEMPLATES, Scope, render_text
from pytest_kbevents.scenario.values import Model
from pytest_kbevents.scenario.yamlfile import Document, Path, parse

SUFFIX = ".yaml.j2"


class EventTemplate(Protocol):
    """Makes an Event out of names."""

    @property
    def values(self) -> type[Model]:
        """What ``event: {values: ...}`` may say."""

    def render(self, names: Mapping[str, Any]) -> Object:
        """The Event. Raises ScenarioError."""


@dataclass(frozen=True, slots=True)
class TextTemplate:
    """A file's text: YAML, once it is rendered."""

    file: str
    text: str
    values: type[Model] = AnyValues

    def render(self, names: Mapping[str, Any]) -> Object:
        """The Event. Raises ScenarioError at the template's line, or at its end when what it makes is no Event."""
        document = parse(render_text(self.text, names, self.file), self.file)
        return _event(document.data, document, ())


@dataclass(frozen=True, slots=True)
class DataTemplate:
    """What stands in a scenario: an Event whose texts are templates."""

    data: Mapping[str, Any]
    document: Document
    path: Path
    values: type[Model] = AnyValues

    def render(self, names: Mapping[str, Any]) -> Object:
        """The Event. Raises ScenarioError at the text."""
        return _event(Scope(names).render(self.data, self.document, self.path), self.document, self.path)


@cache
def shipped() -> dict[str, EventTemplate]:
    """Those that come with this package, by name."""
    files = sorted(TEMPLATES.glob(f"[!_]*{SUFFIX}"))
    names = {file.name.removesuffix(SUFFIX): file for file in files}
    return {
        name: TextTemplate(file.name, file.read_text(encoding="utf-8"), VALUES.get(name, NoValues))
        for name, file in names.items()
    }


def _event(data: Any, document: Document, path: Path) -> Object:
    if not isinstance(data, dict) or not isinstance(data.get("metadata"), dict) or not data["metadata"].get("name"):
        raise ScenarioError(document.position(path), "an Event template must make a mapping with metadata.name")
    return {"apiVersion": "v1", "kind": "Event", **data}
