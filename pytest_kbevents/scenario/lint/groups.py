"""Groups of steps as they stand in files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.errors import Position
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.operations.event import Event
from pytest_kbevents.scenario.operations.parallel import Parallel
from pytest_kbevents.scenario.operations.use import Use
from pytest_kbevents.scenario.yamlfile import Document, Path

GROUPS: Path = ("spec", "groups")


@dataclass(frozen=True, slots=True)
class Written:
    """One group, and where it stands."""

    name: str
    document: Document

    @property
    def path(self) -> Path:
        """Of the group."""
        return (*GROUPS, self.name)

    @property
    def data(self) -> Mapping[str, Any]:
        """What stands there."""
        found: Mapping[str, Any] = self.document.data["spec"]["groups"][self.name]
        return found

    def parameters(self) -> Iterator[tuple[str, Position]]:
        """Each with its place."""
        given = self.data.get("parameters") or {}
        for index, name in enumerate(given):
            path = (*self.path, "parameters", index if isinstance(given, list) else name)
            yield str(name), self.document.key_position(path)


def own_groups(document: Document) -> list[Written]:
    """Those of a file."""
    return [Written(name, document) for name in document.data["spec"].get("groups") or {}]


def groups(case: Case) -> list[Written]:
    """A scenario's own, and those of other files that it uses."""
    found = {(each.document.file, each.name): each for each in own_groups(case.document)}
    for step in case.steps():
        if step.group is not None:
            written = Written(step.group.name, step.group.document)
            found.setdefault((written.document.file, written.name), written)
    return list(found.values())


def written_events(case: Case) -> Iterator[Mapping[str, Any]]:
    """What each ``event`` is given, unrendered: of all steps, and of all groups, used or not."""
    for step in case.steps():
        if step.verb == Event.verb and isinstance(step.data, dict):
            yield step.data
    for group in own_groups(case.document):
        for verb, value in verbs_in(group.data.get("steps")):
            if verb == Event.verb and isinstance(value, dict):
                yield value


def groups_used_in(items: Any) -> Iterator[str]:
    """The names of the groups that steps use."""
    for verb, value in verbs_in(items):
        if verb == Use.verb:
            yield str(value.get("group") if isinstance(value, dict) else value)


def verbs_in(items: Any) -> Iterator[tuple[str, Any]]:
    """Each verb of unread steps with what it is given, those in a ``parallel`` among them."""
    for item in items if isinstance(items, list) else [items]:
        if isinstance(item, list):
            yield from verbs_in(item)
        elif isinstance(item, dict):
            for verb, value in item.items():
                yield verb, value
                if verb == Parallel.verb:
                    yield from verbs_in(value.get("branches") if isinstance(value, dict) else value)
