"""The entries of ``metadata.managedFields``: one manager's fields each, by one operation, version and subresource."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from pytest_kbevents.apiserver.fields import fieldset
from pytest_kbevents.apiserver.fields.fieldset import FieldSet

Operation = Literal["Apply", "Update"]
Identity = tuple[str, str, str, str]
"""(operation, manager, apiVersion of an Update, subresource)."""


class Entry(NamedTuple):
    """One entry. ``time`` is RFC 3339 or empty."""

    manager: str
    operation: Operation
    api_version: str
    fields: FieldSet
    time: str = ""
    subresource: str = ""
    json: Mapping[str, Any] | None = None
    """As it stands in the object it was read from."""

    @property
    def identity(self) -> Identity:
        """What a later write of the same manager finds its entry by: of an Apply, whatever the version."""
        version = "" if self.operation == "Apply" else self.api_version
        return self.operation, self.manager, version, self.subresource

    @property
    def title(self) -> str:
        """As a conflict names it: ``"kubectl" with subresource "status" using v1``."""
        subresource = f' with subresource "{self.subresource}"' if self.subresource else ""
        version = f" using {self.api_version}" if self.operation == "Update" else ""
        return f'"{self.manager}"{subresource}{version}'

    def owning(self, fields: FieldSet) -> Entry:
        """The entry with other fields; itself if they are its own."""
        return self if fields is self.fields else self._replace(fields=fields, json=None)

    def at(self, time: str) -> Entry:
        """The entry with another time, or with none; itself if it is its own."""
        if time == self.time:
            return self
        json = {**self.json, "time": time} if self.json and self.time and time else None
        return Entry(self.manager, self.operation, self.api_version, self.fields, time, self.subresource, json)

    def to_json(self) -> Mapping[str, Any]:
        """As it stands in an object."""
        if self.json is not None:
            return self.json
        shown = {
            "manager": self.manager,
            "operation": self.operation,
            "apiVersion": self.api_version,
            "time": self.time,
            "fieldsType": "FieldsV1",
            "fieldsV1": self.fields,
            "subresource": self.subresource,
        }
        return {key: value for key, value in shown.items() if value != ""}


Managed = dict[Identity, Entry]


def stored(managed: Any) -> Managed:
    """The entries of an object that this server wrote."""
    found: Managed = {}
    for value in managed or ():
        entry = Entry(
            value.get("manager", ""),
            value["operation"],
            value["apiVersion"],
            value.get("fieldsV1", {}),
            value.get("time", ""),
            value.get("subresource", ""),
            value,
        )
        found[entry.identity] = entry
    return found


def sent(managed: Iterable[Any]) -> Managed:
    """The entries of an object that a client sent. Raises ValueError for an entry that is none."""
    found: Managed = {}
    for position, value in enumerate(managed):
        entry = _sent(value, position)
        found[entry.identity] = entry
    return found


def _sent(value: Mapping[str, Any], position: int) -> Entry:
    operation, kind = value.get("operation"), value.get("fieldsType")
    if operation not in {"Apply", "Update"}:
        raise ValueError("operation must be `Apply` or `Update`")
    if not value.get("apiVersion"):
        raise ValueError("apiVersion must not be empty")
    if not kind:
        raise ValueError(f"missing fieldsType in managed fields entry {position}")
    if kind != "FieldsV1":
        raise ValueError(f'invalid fieldsType "{kind}" in managed fields entry {position}')
    return Entry(
        value.get("manager") or "",
        operation,
        value["apiVersion"],
        fieldset.read(value.get("fieldsV1") or {}),
        value.get("time") or "",
        value.get("subresource") or "",
    )


def shown(managed: Managed) -> list[Mapping[str, Any]]:
    """As an object has them: Applies first, then by time and name."""
    ordered = list(managed.values())
    if len(ordered) > 1:
        ordered.sort(key=lambda e: (e.operation, e.time, e.manager, e.api_version, e.subresource))
    return [entry.to_json() for entry in ordered]
