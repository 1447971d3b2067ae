"""Section 5 of the facts as a table: what is listed and what kbagent reports, and what comes of both.

Every row runs in a world of its own, once for each release it holds for. Replicas c1-mysql-2 and c1-mysql-3 are being
made by task "2", and c1-mysql-3 has its data, unless a row says otherwise.
"""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS, INSTANCE_SETS

RELEASED = ("1.0.0", "1.0.2", "1.0.3", "1.1.0-beta.5", "1.1.0-beta.9", "main")
FIXED = ("fixed",)
EVERY = (*RELEASED, *FIXED)
MARKS_OWN = ("1.1.0-beta.9", "main", "fixed")
"""The releases before mark every Event."""

ZERO = "0001-01-01T00:00:00Z"
THREE = "c1-mysql-3"
ABSENT = object()
SAME = object()


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def task(replicas="c1-mysql-2,c1-mysql-3", **changed):
    remote = {"remote": "c1-mysql-0.c1-mysql-headless.ns.svc.cluster.local", "port": 3502, "replicas": replicas}
    whole = {"instance": "c1-mysql", "task": "newReplica", "UID": "2", "replicas": replicas, "notifyAtFinish": True}
    return {**whole, "reportPeriodSeconds": 60, "newReplica": remote, **changed}


def replica(name=THREE, **changed):
    told = {"message": changed.pop("message")} if "message" in changed else {}
    told |= {"provisioned": True} if changed.pop("provisioned", False) else {}
    whole = {"name": name, "generation": "2", "creationTimestamp": "2026-01-01T00:00:00Z", **told}
    return {**whole, "dataLoaded": False, "memberJoined": False, **changed}


def status(*replicas):
    return {"replicas": 4, "status": [replica("c1-mysql-2"), *(replicas or (replica(),))]}


DONE = status(replica(provisioned=True, dataLoaded=True))
TWO = [task("c1-mysql-2")]


@dataclass
class Row:
    """``tasks`` and ``replicas`` are JSON values or texts; ``then_...`` is what they are afterwards."""

    event: dict[str, Any] = field(default_factory=dict)
    tasks: Any = field(default_factory=lambda: [task()])
    replicas: Any = field(default_factory=status)
    then_tasks: Any = field(default_factory=lambda: TWO)
    then_replicas: Any = field(default_factory=lambda: DONE)
    without: Any = None
    marked: bool = True
    nobodys: bool = False
    warned: str | None = None
    on: tuple[str, ...] = EVERY


def unchanged(event=None, **changed):
    return Row(event or {}, **{"then_tasks": SAME, "then_replicas": SAME, **changed})


def both(name, event=None, *, warned=None, before=SAME, **changed):
    """Tried again for ever by what was released, with ``before`` done already; consumed with a Warning on fixed."""
    return {
        name: unchanged(event, **changed, then_tasks=before, marked=False, on=RELEASED),
        f"{name}-on-fixed": unchanged(event, **changed, warned=warned, marked=warned is not None, on=FIXED),
    }


FAILED = {"code": -1, "message": "boom"}
PROGRESS = {"end": ZERO, "message": "half"}

WHOSE = {
    "own-event": Row(),
    "event-of-another-reporter": unchanged({"reportingComponent": "kubelet"}, nobodys=True),
    "event-of-another-reason": unchanged({"reason": "Scheduled"}, nobodys=True),
    "event-of-another-container": unchanged({"fieldPath": "spec.containers{kbagent-worker}"}, nobodys=True),
}

BODY = '"instance":"c1-mysql","task":"newReplica","UID":"2","replica":"c1-mysql-3"'
END = '"endTime":"2026-01-01T00:00:00Z"'
MALFORMED = {
    "plain-text": "done",
    "nothing": "",
    "a-string": '"done"',
    "a-list": "[]",
    "a-number": "0",
    "a-trailing-brace": f"{{{BODY},{END}}}}}",
    "a-second-document": f"{{{BODY},{END}}} null",
    "a-byte-order-mark": f"\ufeff{{{BODY},{END}}}",
    "nan": f'{{{BODY},{END},"code":NaN}}',
    "single-quotes": "{'task':'newReplica'}",
    "a-trailing-comma": f"{{{BODY},{END},}}",
    "a-text-code": f'{{{BODY},{END},"code":"0"}}',
    "a-code-with-a-point": f'{{{BODY},{END},"code":0.0}}',
    "a-code-beyond-32-bits": f'{{{BODY},{END},"code":2147483648}}',
    "a-number-for-a-uid": f'{{{BODY},{END},"UID":2}}',
    "a-list-for-a-replica": f'{{{BODY},{END},"replica":["c1-mysql-3"]}}',
    "bad-base64": f'{{{BODY},{END},"output":"b2s"}}',
    "a-number-for-a-time": f'{{{BODY},"endTime":1}}',
    "a-time-without-a-zone": f'{{{BODY},"endTime":"2026-01-01T00:00:00"}}',
    "a-time-with-a-small-t": f'{{{BODY},"endTime":"2026-01-01t00:00:00Z"}}',
    "a-time-with-ten-decimals": f'{{{BODY},"endTime":"2026-01-01T00:00:00.0123456789Z"}}',
    "a-time-that-is-no-date": f'{{{BODY},"endTime":"2026-02-30T00:00:00Z"}}',
    "a-bad-start-time": f'{{{BODY},{END},"startTime":"now"}}',
    "an-empty-time": f'{{{BODY},"endTime":""}}',
    "nesting-without-end": f'{{{BODY},"x":' + "[" * 800,
}
MESSAGES = {
    **{
        key: row
        for name, text in MALFORMED.items()
        for key, row in both(f"message-is-{name}", {"raw": text}, warned="UnreadableEvent").items()
    },
    **both("message-is-null", {"raw": "null"}, warned="UnknownTask"),
    **both("task-is-unknown", {"task": "dropReplica"}, warned="UnknownTask"),
    **both("task-in-another-case", {"task": "NewReplica"}, warned="UnknownTask"),
    "keys-in-another-case": Row(
        {"raw": f"{{{BODY},{END}}}".upper().replace("C1-MYSQL", "c1-mysql").replace("NEWREPLICA", "newReplica")}
    ),
    "repeated-keys": Row({"raw": f'{{"replica":"x",{BODY},{END},"code":-1,"CODE":0}}'}),
    "unknown-keys": Row({"raw": f'{{{BODY},{END},"x":{{"y":[1e400]}}}}'}),
    "output-that-is-no-utf-8": Row({"raw": f'{{{BODY},{END},"output":"//4="}}'}),
    "end-time-in-another-zone": Row({"end": "2026-01-01T08:00:00.123456789+08:00"}),
    "a-mebibyte-without-event-time": Row(
        {"raw": f'{{{BODY},{END},"code":-1,"message":"{"x" * 1000}","output":"{"AAAA" * 2**18}"}}', "eventTime": None},
        then_tasks=SAME,
        then_replicas=status(replica(message="x" * 1000, provisioned=True)),
    ),
}

STATES = {
    "finished": Row(),
    "finished-without-a-message": Row({"message": "ignored"}),
    "finished-clears-an-old-message": Row(replicas=status(replica(message="old", provisioned=True))),
    "finished-when-it-was-the-last-of-the-task": Row(tasks=[task(THREE)], then_tasks=[]),
    "failed": Row(FAILED, then_tasks=SAME, then_replicas=status(replica(message="boom", provisioned=True))),
    "failed-without-a-text": Row({"code": -1}, then_tasks=SAME, then_replicas=status(replica(provisioned=True))),
    "failed-with-signs-that-go-escapes": Row(
        {"code": 1, "message": "<a> & \u2028"},
        then_tasks=SAME,
        then_replicas=compact(status(replica(message="@", provisioned=True))).replace(
            "@", "\\u003ca\\u003e \\u0026 \\u2028"
        ),
    ),
    "under-way": Row(PROGRESS, then_tasks=SAME, then_replicas=status(replica(message="half", provisioned=True))),
    "under-way-because-end-time-is-absent": Row(
        {"raw": f'{{{BODY},"message":"half"}}'},
        then_tasks=SAME,
        then_replicas=status(replica(message="half", provisioned=True)),
    ),
    "under-way-because-end-time-is-zero-elsewhere": Row(
        {"end": "0001-01-01T08:00:00+08:00", "message": "half"},
        then_tasks=SAME,
        then_replicas=status(replica(message="half", provisioned=True)),
    ),
    "under-way-after-it-finished": Row(
        PROGRESS,
        replicas=DONE,
        then_tasks=SAME,
        then_replicas=status(replica(message="half", provisioned=True)),
        on=RELEASED,
    ),
    "under-way-after-it-finished-is-late": unchanged(PROGRESS, replicas=DONE, on=FIXED),
    "failed-after-it-finished": Row(
        FAILED,
        replicas=DONE,
        then_tasks=SAME,
        then_replicas=status(replica(message="boom", provisioned=True, dataLoaded=True)),
        on=RELEASED,
    ),
    "failed-after-it-finished-is-late": unchanged(FAILED, replicas=DONE, on=FIXED),
    "finished-before-and-still-named": Row(replicas=DONE),
    "finished-for-another-task": Row({"UID": "1"}, on=RELEASED),
    "finished-for-another-task-does-not-count": unchanged({"UID": "1"}, on=FIXED),
    "failed-for-another-task-does-not-count": unchanged({"UID": "1", **FAILED}, on=FIXED),
}

OTHER = task("c1-mysql-3", UID="3")
TASKS = {
    "two-tasks-name-the-replica": Row(tasks=[task(), OTHER]),
    "no-task-names-the-replica": Row(tasks=[task("c1-mysql-2")], on=RELEASED),
    "no-task-names-the-replica-yet": unchanged(tasks=[task("c1-mysql-2")], marked=False, on=FIXED),
    "no-tasks": Row(tasks=ABSENT, then_tasks=ABSENT, on=RELEASED),
    "no-tasks-yet": unchanged(tasks=ABSENT, marked=False, on=FIXED),
    "tasks-are-empty-text": Row(tasks="", then_tasks="", on=RELEASED),
    "tasks-are-null": Row(tasks="null", then_tasks=[], on=RELEASED),
    "tasks-are-an-empty-list": Row(tasks=[], then_tasks=[], on=RELEASED),
    "replica-that-begins-alike": Row(tasks=[task("c1-mysql-3,c1-mysql-30")], then_tasks=[task("c1-mysql-30")]),
    "names-are-not-trimmed": Row(tasks=[task("c1-mysql-3, c1-mysql-3")], then_tasks=[task(" c1-mysql-3")]),
    "replica-named-twice": Row(tasks=[task("c1-mysql-3,c1-mysql-2,c1-mysql-3")]),
    "unknown-keys-of-a-task-are-lost": Row(tasks=[task(extra=1)]),
    "unknown-keys-of-its-new-replica-are-lost": Row(
        tasks=[task(newReplica={**task()["newReplica"], "extra": {"a": 1}})]
    ),
    "parameters-are-kept": Row(
        tasks=[task(newReplica={**task()["newReplica"], "parameters": {"a": "b"}, "timeoutSeconds": 5})],
        then_tasks=[
            task(
                "c1-mysql-2",
                newReplica={**task("c1-mysql-2")["newReplica"], "parameters": {"a": "b"}, "timeoutSeconds": 5},
            )
        ],
    ),
    "task-of-another-kind-is-left": Row(
        tasks=[task(), task(task="other")], then_tasks=[task("c1-mysql-2"), task(task="other")]
    ),
    "tasks-with-white-space": Row(tasks=json.dumps([task()], indent=2)),
    "tasks-with-folded-keys": Row(tasks=compact([task()]).replace('"UID"', '"uid"').replace('"port"', '"PORT"')),
    **{
        key: row
        for name, text in {
            "plain-text": "none",
            "an-object": "{}",
            "a-list-of-texts": '["c1-mysql-3"]',
            "of-a-text-port": compact([task()]).replace("3502", '"3502"'),
            "of-a-text-flag": compact([task()]).replace("true", '"true"'),
            "cut-off": compact([task()])[:-1],
        }.items()
        for key, row in both(f"tasks-are-{name}", tasks=text, warned="UnreadableTasks").items()
    },
    "unreadable-tasks-are-not-asked-after-a-failure": Row(
        FAILED,
        tasks="none",
        then_tasks=SAME,
        then_replicas=status(replica(message="boom", provisioned=True)),
        on=RELEASED,
    ),
}

REPLICAS = {
    **both("replica-is-not-listed", replicas=status(replica("c1-mysql-4")), before=TWO),
    **both("no-replicas-status", replicas=ABSENT, before=TWO),
    **both("replicas-status-is-empty", replicas="", before=TWO),
    **both("replicas-status-is-null", replicas="null", before=TWO),
    **both("replicas-status-is-plain-text", replicas="x", before=TWO, warned="UnreadableTasks"),
    **both("replicas-status-is-a-list", replicas="[]", before=TWO, warned="UnreadableTasks"),
    **both(
        "replicas-status-has-a-number-for-a-generation",
        replicas=compact(status()).replace('"generation":"2"', '"generation":2'),
        before=TWO,
        warned="UnreadableTasks",
    ),
    **both(
        "replicas-status-has-a-bad-time",
        replicas=compact(status()).replace("T00:00:00Z", ""),
        before=TWO,
        warned="UnreadableTasks",
    ),
    "unlisted-replica-that-failed": unchanged(FAILED, replicas=status(replica("c1-mysql-4")), marked=False),
    "unknown-keys-of-a-replica-are-lost": Row(replicas=status(replica(extra=1))),
    "unknown-keys-of-the-status-are-lost": Row(replicas={**status(), "extra": 1}),
    "no-data-and-no-join-are-not-invented": Row(
        replicas={
            "replicas": 1,
            "status": [{"name": THREE, "generation": "2", "creationTimestamp": "2026-01-01T00:00:00Z"}],
        },
        then_replicas={
            "replicas": 1,
            "status": [
                {
                    "name": THREE,
                    "generation": "2",
                    "creationTimestamp": "2026-01-01T00:00:00Z",
                    "provisioned": True,
                    "dataLoaded": True,
                }
            ],
        },
    ),
    "deletion-and-reconfiguration-are-kept": Row(
        replicas=status({**replica(reconfigured=True), "deletionTimestamp": "2026-01-02T00:00:00Z"}),
        then_replicas=status(
            {
                "name": THREE,
                "generation": "2",
                "creationTimestamp": "2026-01-01T00:00:00Z",
                "deletionTimestamp": "2026-01-02T00:00:00Z",
                "provisioned": True,
                "dataLoaded": True,
                "memberJoined": False,
                "reconfigured": True,
            }
        ),
    ),
}

OBJECTS = {
    "instance-set-is-gone": unchanged(without=INSTANCE_SETS, on=RELEASED),
    "instance-set-is-not-there-yet": unchanged(without=INSTANCE_SETS, marked=False, on=FIXED),
    "config-map-is-gone": unchanged(without=CONFIG_MAPS, on=RELEASED),
    "config-map-is-not-there-yet": unchanged(without=CONFIG_MAPS, marked=False, on=FIXED),
    "config-map-is-not-asked-after-a-failure": Row(
        FAILED,
        without=CONFIG_MAPS,
        then_tasks=SAME,
        then_replicas=status(replica(message="boom", provisioned=True)),
        on=RELEASED,
    ),
    "instance-is-empty": unchanged({"instance": ""}, on=RELEASED),
    "instance-is-another": unchanged({"instance": "c2-mysql"}, on=RELEASED),
    "pod-has-another-uid": Row({"uid": "x"}, on=RELEASED),
    "pod-has-another-uid-and-does-not-count": unchanged({"uid": "x"}, on=FIXED),
    "pod-is-gone": Row({"pod": "c1-mysql-9", "uid": "x"}, on=RELEASED),
    "pod-is-gone-and-does-not-count": unchanged({"pod": "c1-mysql-9", "uid": "x"}, on=FIXED),
}

TABLE = {**WHOSE, **MESSAGES, **STATES, **TASKS, **REPLICAS, **OBJECTS}
CASES = [pytest.param(release, row, id=f"{release}-{name}") for name, row in TABLE.items() for release in row.on]


def text_of(value):
    return value if isinstance(value, str) else compact(value)


def spelled(then, before):
    """What a text shall be afterwards; None is absence."""
    value = before if then is SAME else then
    return None if value is ABSENT else text_of(value)


def run(make, release, row):
    """The row's world once it has settled, and the Event's key."""
    world = make(release)
    if row.tasks is not ABSENT:
        world.patch(CONFIG_MAPS, {"data": {"KB_AGENT_TASK": text_of(row.tasks), "other": "kept"}})
    if row.replicas is not ABSENT:
        annotations = {"apps.kubeblocks.io/replicas-status": text_of(row.replicas)}
        world.patch(INSTANCE_SETS, {"metadata": {"annotations": annotations}})
    if row.without is not None:
        world.take_away(row.without)
    key = world.task(**{"replica": THREE, **row.event})
    world.settle(0.5)
    return world, key


@pytest.mark.parametrize(("release", "row"), CASES)
def test_a_task_event_by_the_table(component_world, release, row):
    world, key = run(component_world, release, row)
    marked = release not in MARKS_OWN if row.nobodys else row.marked
    expected = {
        "tasks": None if row.without == CONFIG_MAPS else spelled(row.then_tasks, row.tasks),
        "replicas": None if row.without == INSTANCE_SETS else spelled(row.then_replicas, row.replicas),
        "marked": marked,
        "warnings": [row.warned] if row.warned else [],
    }
    assert expected == {
        "tasks": world.tasks(),
        "replicas": world.status_of_replicas(),
        "marked": world.marked(key) is not None,
        "warnings": [event["reason"] for event in world.warnings()],
    }


@pytest.mark.parametrize("release", EVERY)
def test_other_keys_of_the_config_map_are_untouched(component_world, release):
    world, _ = run(component_world, release, Row())
    assert world.environment() == {"KB_AGENT_TASK": compact(TWO), "other": "kept"}
