"""The definitions that a document needs, by name: of the built-in kinds as they were published, of custom ones made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pytest_kbevents.apiserver.openapi import custom
from pytest_kbevents.apiserver.schemas import builtin
from pytest_kbevents.apiserver.served import Served

DELETE_OPTIONS, STATUS = builtin.META + "DeleteOptions", builtin.META + "Status"
"""What every group speaks of beside its own kinds."""
_OWN = "x-go"
"""What only this server reads."""


def name_of(served: Served) -> str:
    """The name of a kind's definition: ``io.k8s.api.core.v1.Pod``, ``com.example.v1.Widget``."""
    resource = served.resource
    if served.custom:
        return ".".join([*reversed(resource.group.split(".")), resource.version, resource.kind])
    return builtin.name_of(resource.group, resource.version, resource.kind)


def of(served: Iterable[Served]) -> dict[str, Any]:
    """All definitions that some kinds need, by name."""
    found: dict[str, Any] = {}
    waiting = [DELETE_OPTIONS, STATUS]
    for item in served:
        if item.version is not None:
            own = custom.definitions(item, name_of(item))
            found |= own
            waiting += _references(own)
        else:
            waiting += _first(item)
        waiting += [answer_of(item, entry) for entry in item.subresources.values()]
    while waiting:
        name = waiting.pop()
        if name not in found and name in builtin.documents():
            found[name] = _published(builtin.documents()[name])
            waiting += _references(found[name])
    return {name: found[name] for name in sorted(found)}


def _first(served: Served) -> Iterator[str]:
    name = name_of(served)
    yield name
    if "list" in served.verbs:
        yield f"{name}List"


def answer_of(served: Served, entry: Mapping[str, Any]) -> str:
    """The name of what a subresource answers."""
    if served.custom and "group" not in entry:
        return name_of(served)
    resource = served.resource
    return builtin.name_of(entry.get("group", resource.group), entry.get("version", resource.version), entry["kind"])


def _references(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        target = value.get("$ref")
        own = [target.removeprefix(builtin.REF)] if isinstance(target, str) else []
        return own + [name for item in value.values() for name in _references(item)]
    return [name for item in value for name in _references(item)] if isinstance(value, list) else []


def _published(document: Any) -> Any:
    """A definition without what only this server reads."""
    if isinstance(document, Mapping):
        return {key: _published(item) for key, item in document.items() if key != _OWN}
    return [_published(item) for item in document] if isinstance(document, list) else document
