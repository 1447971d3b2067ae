"""``writes: {kind, name, by, field}``: revisions of objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import Field

from pytest_kbevents.api.objects import name_of, same
from pytest_kbevents.history.describe import describe
from pytest_kbevents.history.revision import Revision
from pytest_kbevents.scenario.kinds import Kind, resource_of
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.tallies.tally import Counted, Tally, acted, was_there
from pytest_kbevents.scenario.values import Model


class Filter(Model):
    """Which revisions."""

    kind: Kind = Field(description="The objects' kind.")
    name: str = Field(default="", description="The object's name; without it, any.")
    by: str = Field(default="", description="Who wrote: event-controller, kbagent/POD, kbevents; without it, anybody.")
    field: list[str] | str = Field(
        default="", description="Only where this field changed: a path as a.b, or its keys as a list; without it, any."
    )


class Writes(Tally):
    """Revisions of objects of a kind: created, changed or deleted."""

    key: ClassVar[str] = "writes"

    writes: Filter = Field(description="Which revisions.")

    def follow(self, stage: Stage) -> Iterator[Counted | None]:
        replay = stage.mark.replay.copy()
        while True:
            for revision in replay:
                if self._is_meant(revision, stage):
                    yield Counted(revision.micros, revision.number, describe(revision))
            yield None

    def possible(self, stage: Stage) -> bool:
        return was_there(stage, resource_of(self.writes.kind), self.writes.name) and acted(stage, self.writes.by)

    def sentence(self) -> str:
        meant = self.writes
        field = f" to {'.'.join(_path(meant.field))}" if meant.field else ""
        by = f" by {meant.by}" if meant.by else ""
        return f"writes{field} of {f'{meant.kind} {meant.name}'.strip()}{by}"

    def _is_meant(self, revision: Revision, stage: Stage) -> bool:
        meant = self.writes
        if revision.resource != resource_of(meant.kind) or meant.name not in ("", name_of(revision.object)):
            return False
        if meant.by and stage.world.writer(revision.number) != meant.by:
            return False
        path = _path(meant.field)
        return not path or not same(_at(revision.before, path), _at(revision.after, path))


def _path(field: list[str] | str) -> list[str]:
    return field if isinstance(field, list) else [part for part in field.split(".") if part]


def _at(obj: Any, path: list[str]) -> Any:
    for part in path:
        obj = obj.get(part) if isinstance(obj, dict) else None
    return obj
