"""What must hold at every revision of every run on ``fixed``, read off a history."""

import json

from pytest_kbevents.api.names import (
    INSTANCE_SET_LABEL,
    ROLE_EPOCH_ANNOTATION,
    ROLE_LABEL,
    ROLE_TIME_ANNOTATION,
    TASK_ENV,
)
from pytest_kbevents.api.objects import annotations_of, key_of, labels_of, name_of, uid_of
from pytest_kbevents.api.resources import COMPONENTS, CONFIG_MAPS, EVENTS, INSTANCE_SETS, PODS

WINDOW = 120_000_000
"""Microseconds: longer than any window of a stock scenario."""
ZERO_TIME = "0001-01-01T00:00:00Z"


def broken(world):
    """Every invariant that a world's history breaks, told in a sentence."""
    revisions = world.history.revisions
    found = [*two_holders(revisions), *older_versions(revisions), *foreign_keys(world), *left_over_tasks(revisions)]
    return found + list(groundless_flips(revisions))


def two_holders(revisions):
    """Never two holders of an exclusive role of one InstanceSet."""
    exclusive, holding = {}, {}
    for revision in revisions:
        if revision.resource == INSTANCE_SETS and revision.after is not None:
            roles = revision.after["spec"].get("roles") or []
            exclusive[name_of(revision.object)] = {role["name"].lower() for role in roles if role.get("isExclusive")}
        if revision.resource != PODS:
            continue
        holding.pop(key_of(revision.object), None)
        if revision.after is not None:
            workload, role = (labels_of(revision.after).get(label, "") for label in (INSTANCE_SET_LABEL, ROLE_LABEL))
            if role.lower() in exclusive.get(workload, ()):
                holding[key_of(revision.object)] = (workload, role.lower())
        pairs = list(holding.values())
        if len(pairs) != len(set(pairs)):
            yield f"two holders at revision {revision.number}: {holding}"


def older_versions(revisions):
    """A role version of a Pod never decreases."""
    known = {}
    for revision in revisions:
        if revision.resource != PODS or revision.after is None:
            continue
        for annotation in (ROLE_TIME_ANNOTATION, ROLE_EPOCH_ANNOTATION):
            text = annotations_of(revision.after).get(annotation)
            place = uid_of(revision.after), annotation
            if text is None and place in known:
                yield f"{place} is gone at revision {revision.number}"
            elif text is not None and int(text) < known.get(place, int(text)):
                yield f"{place} goes back to {text} at revision {revision.number}"
            else:
                known |= {} if text is None else {place: int(text)}


def foreign_keys(world):
    """The controller changes nothing of a ConfigMap but its tasks."""
    for revision in world.history.revisions:
        if revision.resource != CONFIG_MAPS or revision.before is None or revision.after is None:
            continue
        before, after = (
            {k: v for k, v in (obj.get("data") or {}).items() if k != TASK_ENV}
            for obj in (revision.before, revision.after)
        )
        if before != after and world.audit.writer(revision.number) == "event-controller":
            yield f"revision {revision.number} changes {before} to {after}"


def left_over_tasks(revisions):
    """No replica of a finished task remains in the environment once all has settled."""
    maps, finished = {}, set()
    for revision in revisions:
        if revision.resource == CONFIG_MAPS:
            maps[key_of(revision.object)] = revision.after
        if revision.resource == EVENTS and revision.object.get("reason") == "task" and revision.after is not None:
            finished |= set(_finished(revision.after))
    for obj in maps.values():
        for task in json.loads(((obj or {}).get("data") or {}).get(TASK_ENV) or "[]"):
            for replica in task["replicas"].split(","):
                if (task["UID"], replica) in finished:
                    yield f"{replica} is still in {task}"


def groundless_flips(revisions):
    """Available flips only when an input did since it last flipped, or a result left the window."""
    status, inputs, newest = {}, {}, None
    for revision in revisions:
        component = name_of(revision.object)
        if revision.resource == EVENTS and revision.object.get("reason") == "availableProbe":
            newest = revision.micros
        if revision.resource in (EVENTS, PODS, INSTANCE_SETS):
            inputs = dict.fromkeys(inputs, True)
        if revision.resource != COMPONENTS or revision.after is None:
            continue
        if revision.before is None or revision.before.get("spec") != revision.after.get("spec"):
            inputs[component] = True
        conditions = (revision.after.get("status") or {}).get("conditions") or []
        now = next((item["status"] for item in conditions if item["type"] == "Available"), None)
        if now != status.get(component):
            silent = newest is not None and revision.micros - newest >= 10_000_000
            if not (inputs.get(component) or silent):
                yield f"Available of {component} becomes {now} at revision {revision.number} for no reason"
            status[component], inputs[component] = now, False


def _finished(event):
    try:
        message = json.loads(event["message"])
        if message["code"] == 0 and message["endTime"] != ZERO_TIME:
            yield message["UID"], message["replica"]
    except (ValueError, KeyError, TypeError):
        return
