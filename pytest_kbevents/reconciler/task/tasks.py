"""KB_AGENT_TASK: the list of tasks that a component's agents have to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pytest_kbevents.api import gojson
from pytest_kbevents.api.names import NEW_REPLICA

Task = dict[str, Any]
"""One of them, with the keys that it has in JSON; those it should not have are lost when it is read."""

_NEW_REPLICA: gojson.Shape = {
    "remote": gojson.text,
    "port": gojson.int32,
    "replicas": gojson.text,
    "parameters": gojson.texts,
    "timeoutSeconds": gojson.int32,
}
_TASK: gojson.Shape = {
    "instance": gojson.text,
    "task": gojson.text,
    "UID": gojson.text,
    "replicas": gojson.text,
    "notifyAtFinish": gojson.boolean,
    "reportPeriodSeconds": gojson.int32,
    NEW_REPLICA: gojson.struct(_NEW_REPLICA),
}
_ALWAYS = {"instance": "", "task": "", "UID": "", "replicas": ""}
_ALWAYS_IN_NEW_REPLICA = {"remote": "", "port": 0, "replicas": ""}
"""What is written even when it is empty."""


def decode(text: str) -> list[Task]:
    """Raises ValueError for anything but such a list."""
    tasks: list[Task] = gojson.document(text, gojson.array(gojson.struct(_TASK)))
    return tasks


def encode(tasks: Sequence[Task]) -> str:
    """As Go writes it; no task is ``[]``."""
    return gojson.encode([_written(task) for task in tasks])


def without(tasks: Sequence[Task], replica: str) -> list[Task]:
    """The tasks as they are once the replica has been made; one that has no other replica goes."""
    after = [_without(task, replica) if task.get("task") == NEW_REPLICA else task for task in tasks]
    return [task for task in after if task is not None]


def naming(tasks: Sequence[Task], replica: str) -> list[Task]:
    """The newReplica tasks that are still to make that replica."""
    return [task for task in tasks if task.get("task") == NEW_REPLICA and replica in _replicas(task)]


def _without(task: Task, replica: str) -> Task | None:
    left = [name for name in _replicas(task) if name != replica]
    if not left:
        return None
    joined = {"replicas": ",".join(left)}
    return task | joined | ({NEW_REPLICA: task[NEW_REPLICA] | joined} if NEW_REPLICA in task else {})


def _replicas(task: Task) -> list[str]:
    names: list[str] = task.get("replicas", "").split(",")
    return names


def _written(task: Task) -> Task:
    fields = {key: value for key, value in task.items() if value or key in _ALWAYS}
    if NEW_REPLICA in task:
        fields[NEW_REPLICA] = _in_order(_ALWAYS_IN_NEW_REPLICA | task[NEW_REPLICA], _NEW_REPLICA)
    return _in_order(_ALWAYS | fields, _TASK)


def _in_order(fields: Task, shape: gojson.Shape) -> Task:
    return {key: fields[key] for key in shape if key in fields}
