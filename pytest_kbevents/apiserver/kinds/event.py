"""Events: one kind, two APIs. The core one checks little, and less when there is no eventTime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from pytest_kbevents.api import validity
from pytest_kbevents.api.objects import Object, name_of, namespace_of
from pytest_kbevents.apiserver.kinds.rules import COMMON_FIELDS, Fresh, Moment, Rules
from pytest_kbevents.apiserver.validation.causes import Cause, invalid, required
from pytest_kbevents.apiserver.validation.metadata import IMMUTABLE

_SHORT = 128
"""Bytes of reason, action and reportingInstance."""
_MESSAGE = 1024
"""Bytes of a message."""
_INVOLVED = ("kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath")
_UNSET = ("firstTimestamp", "lastTimestamp", "count")


class EventRules(Rules):
    """core/v1: what has an eventTime must also say who reports what; what has none need not even have a reason."""

    creates_on_update = True
    reset: ClassVar[tuple[str, ...]] = ()
    reporter: ClassVar[str] = "reportingComponent"
    fields: ClassVar[tuple[str, ...]] = (
        *COMMON_FIELDS,
        *(f"involvedObject.{field}" for field in _INVOLVED),
        "reason",
        "reportingComponent",
        "source",
        "type",
    )
    defaulted: ClassVar[Mapping[str, str]] = {"source.component": "reportingComponent"}
    aliases: ClassVar[Mapping[str, str]] = {"source": "source.component"}

    def name_problems(self, name: str) -> Iterable[str]:
        return validity.path_segment(name)

    def change(self, obj: Fresh, old: Object, moment: Moment) -> None:
        """Nothing of an Event is the server's."""

    def validate(self, obj: Object) -> Iterator[Cause]:
        namespace, involved = namespace_of(obj), obj["involvedObject"].get("namespace", "")
        timed = bool(obj.get("eventTime"))
        homeless = ("default", "kube-system") if timed else ("default", "")
        if (not involved and namespace not in homeless) or (involved and involved != namespace and not timed):
            yield invalid("involvedObject.namespace", involved, "does not match event.namespace")
        if timed:
            yield from self._timed(obj)

    def _timed(self, obj: Object) -> Iterator[Cause]:
        reporter = obj.get("reportingComponent", "")
        if not reporter:
            yield required(self.reporter)
        yield from (invalid(self.reporter, reporter, problem) for problem in validity.qualified(reporter))
        for field in ("reportingInstance", "action", "reason"):
            if not obj.get(field):
                yield required(field)
            yield from _limited(obj, field, _SHORT)
        yield from _limited(obj, "message", _MESSAGE)


class NewEventRules(EventRules):
    """events.k8s.io/v1: an eventTime is a must, the old fields are not for use, and only the series may change."""

    reporter: ClassVar[str] = "reportingController"
    fields: ClassVar[tuple[str, ...]] = (
        *COMMON_FIELDS,
        *(f"regarding.{field}" for field in _INVOLVED),
        "reason",
        "reportingController",
        "source",
        "type",
    )
    aliases: ClassVar[Mapping[str, str]] = {
        "source": "source.component",
        "reportingController": "reportingComponent",
        **{f"regarding.{field}": f"involvedObject.{field}" for field in _INVOLVED},
    }

    def validate_new(self, obj: Object) -> Iterator[Cause]:
        yield from (invalid("metadata.name", name_of(obj), rule) for rule in validity.dns_subdomain(name_of(obj)))
        yield from _series(obj)
        if not obj.get("eventTime"):
            yield required("eventTime")
        if obj.get("type") not in ("Normal", "Warning"):
            yield invalid("type", "", f"has invalid value: {obj.get('type', '')}")
        for field in _UNSET:
            if obj.get(field):
                yield invalid(field, "", "needs to be unset")
        if obj.get("source"):
            yield invalid("source", "", "needs to be unset")

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        if obj.get("series") != old.get("series"):
            yield from _series(obj)
        for field in (
            "involvedObject",
            "reason",
            "message",
            "source",
            *_UNSET,
            "type",
            "eventTime",
            "action",
            "related",
        ):
            if obj.get(field) != old.get(field):
                value = _internal(obj["involvedObject"]) if field == "involvedObject" else obj.get(field)
                yield invalid(field, value, IMMUTABLE)
        for field, spelled in (("reportingComponent", self.reporter), ("reportingInstance", "reportingInstance")):
            if obj.get(field, "") != old.get(field, ""):
                yield invalid(spelled, obj.get(field, ""), IMMUTABLE)


RENAMED = {
    "regarding": "involvedObject",
    "note": "message",
    "reportingController": "reportingComponent",
    "deprecatedSource": "source",
    "deprecatedFirstTimestamp": "firstTimestamp",
    "deprecatedLastTimestamp": "lastTimestamp",
    "deprecatedCount": "count",
}
"""Fields of events.k8s.io/v1 and what they are called in core/v1."""
_OMITTED = ("reportingInstance", "reportingController")
"""Fields that events.k8s.io/v1 does not write when they are empty, and core/v1 does."""
_BACK = {core: new for new, core in RENAMED.items()}


def to_core(obj: Fresh) -> Fresh:
    """An Event of events.k8s.io/v1 as core/v1 has it, which is how it is stored."""
    return {RENAMED.get(field, field): value for field, value in obj.items()} | {"apiVersion": "v1"}


def from_core(obj: Mapping[str, Any]) -> dict[str, Any]:
    """A stored Event as events.k8s.io/v1 has it."""
    renamed = {_BACK.get(field, field): value for field, value in obj.items()} | {"apiVersion": "events.k8s.io/v1"}
    return {name: value for name, value in renamed.items() if value or name not in _OMITTED}


def _internal(reference: Mapping[str, Any]) -> dict[str, str]:
    """An ObjectReference as the real server's errors print it: with Go's names, and whole."""
    names = {"uid": "UID", "apiVersion": "APIVersion"}
    order = ("kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath")
    return {names.get(field, field[0].upper() + field[1:]): reference.get(field, "") for field in order}


def _limited(obj: Object, field: str, limit: int) -> Iterator[Cause]:
    if len(obj.get(field, "").encode("utf-8", "surrogatepass")) > limit:
        yield invalid(field, "", f"can have at most {limit} characters")


def _series(obj: Object) -> Iterator[Cause]:
    series = obj.get("series")
    if series is not None:
        if series.get("count", 0) < 2:
            yield invalid("series.count", "", "should be at least 2")
        if not series.get("lastObservedTime"):
            yield required("series.lastObservedTime")
