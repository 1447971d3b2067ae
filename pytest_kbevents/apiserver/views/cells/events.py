"""Events, of both APIs."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.views.cells import ages
from pytest_kbevents.apiserver.views.cells.texts import name, part


def event(obj: Object, now: int) -> list[Any]:
    """Last Seen, Type, Reason, Object, Subobject, Source, Message, First Seen, Count, Name."""
    first, last, count = _seen(obj, now)
    regarding = part(obj, "involvedObject")
    kind = regarding.get("kind", "").lower()
    target = f"{kind}/{regarding['name']}" if regarding.get("name") else kind
    where = [target, regarding.get("fieldPath", ""), _source(obj)]
    said = [obj.get("message", "").strip(), first, count, name(obj)]
    return [last, obj.get("type", ""), obj.get("reason", ""), *where, *said]


def _seen(obj: Object, now: int) -> tuple[str, str, int]:
    first = ages.since(obj.get("firstTimestamp") or obj.get("eventTime"), now)
    series = obj.get("series")
    if series:
        return first, ages.since(series.get("lastObservedTime"), now), series.get("count", 0)
    last = obj.get("lastTimestamp")
    return first, ages.since(last, now) if last else first, obj.get("count") or 1


def _source(obj: Object) -> str:
    source = part(obj, "source")
    component = source.get("component") or obj.get("reportingComponent", "")
    instance = source.get("host") or obj.get("reportingInstance", "")
    return f"{component}, {instance}" if instance else component
