"""The annotation replicas-status of an InstanceSet: how far each replica has been made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api import gojson, times
from pytest_kbevents.api.messages import TaskMessage

Replica = dict[str, Any]
"""One of them, with the keys that it has in JSON; those it should not have are lost when it is read."""


@dataclass(frozen=True, slots=True)
class ReplicasStatus:
    """All of them."""

    replicas: int
    status: Sequence[Replica]


def _moment(value: Any) -> str:
    """A time as Go writes it again: no more decimals than needed, UTC as Z."""
    given = gojson.text(value)
    times.parse(given)
    return re.sub(r"(?:\.0+|(\.\d*[1-9])0*)?(?:[+-]00:00|(Z|[+-]\d\d:\d\d))$", _shortest, given)


def _shortest(match: re.Match[str]) -> str:
    return (match[1] or "") + (match[2] or "Z")


_REPLICA: gojson.Shape = {
    "name": gojson.text,
    "generation": gojson.text,
    "creationTimestamp": _moment,
    "deletionTimestamp": _moment,
    "message": gojson.text,
    "provisioned": gojson.boolean,
    "dataLoaded": gojson.boolean,
    "memberJoined": gojson.boolean,
    "reconfigured": gojson.boolean,
}
_ALWAYS = {"name": "", "generation": "", "creationTimestamp": "0001-01-01T00:00:00Z"}
_LEFT_OUT_WHEN_EMPTY = ("message", "provisioned")


def decode(text: str) -> ReplicasStatus:
    """Raises ValueError for anything but such an object."""
    rows = gojson.array(gojson.struct(_REPLICA))
    found = gojson.decode(text, {"replicas": gojson.int32, "status": rows})
    return ReplicasStatus(found.get("replicas", 0), found.get("status", []))


def encode(status: ReplicasStatus) -> str:
    """As Go writes it."""
    return gojson.encode({"replicas": status.replicas, "status": [_written(replica) for replica in status.status]})


def find(status: ReplicasStatus, name: str) -> Replica | None:
    """The first of that name; None when it is not listed."""
    return next((replica for replica in status.status if replica.get("name") == name), None)


def began(replica: Replica) -> int:
    """When the replica was first asked for, in microseconds since the epoch; Go's zero time when that is not known."""
    return times.parse(replica.get("creationTimestamp", _ALWAYS["creationTimestamp"]))


def noted(status: ReplicasStatus, replica: Replica, message: TaskMessage) -> ReplicasStatus:
    """The status with what became of the replica's task: done, failed, or under way."""
    changed = replica | {"message": "" if message.succeeded else message.message, "provisioned": True}
    if message.succeeded:
        changed["dataLoaded"] = True
    elif not message.finished:
        changed["dataLoaded"] = False
    return ReplicasStatus(status.replicas, [changed if item is replica else item for item in status.status])


def _written(replica: Replica) -> Replica:
    fields = _ALWAYS | {key: value for key, value in replica.items() if value or key not in _LEFT_OUT_WHEN_EMPTY}
    return {key: fields[key] for key in _REPLICA if key in fields}
