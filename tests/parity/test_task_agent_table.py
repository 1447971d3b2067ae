"""Section 6 of the facts, Streaming and Tasks, as a table: what a worker is to do, what it loads, and what it tells.

Every row runs the worker of c1-mysql-3 beside the agent of c1-mysql-0, once for each release it holds for. Its task is
"2", and names c1-mysql-0, unless a row says otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from parity.agentworld import KBAGENT, AgentWorld, Fault, compact, environ
from pytest_kbevents.agent.config import environment as config
from pytest_kbevents.agent.database.script import Script
from pytest_kbevents.agent.streams.network import Wires
from pytest_kbevents.agent.tasks.worker import Worker

RELEASED = KBAGENT[:-1]
FIXED = KBAGENT[-1:]
UNLIMITED = KBAGENT[:1]
LIMITED = KBAGENT[1:]
IN_BACKGROUND = ("1.0.0", "fixed")
"""They try a task's final Event 30 x 10 s."""
IN_ORDER = tuple(release for release in KBAGENT if release not in IN_BACKGROUND)

SOURCE, TARGET = "c1-mysql-0", "c1-mysql-3"
REMOTE = "c1-mysql-0.c1-mysql-headless.ns.svc.cluster.local"
ADDRESS = "10.0.0.1"
DATA = b"data of c1-mysql-0\n"
EMPTY = b"data of c1-mysql-3\n"
"""What it has when nothing was loaded."""
RESET = "read tcp 10.0.255.254:40000->10.0.0.1:3502: read: connection reset by peer"
ABSENT = object()


def go_time(seconds):
    """So many seconds after the test began, with as many decimals as it takes."""
    moment = (datetime(2026, 1, 1) + timedelta(seconds=seconds)).isoformat()  # noqa: DTZ001 - it is written as UTC
    return (moment.rstrip("0").removesuffix(".") if "." in moment else moment) + "Z"


def told(began, ended, code=0, message="", count=1, **changed):
    """The Event at a task's end; ``ended`` None: it has not."""
    fields = {"instance": "c1-mysql", "task": "newReplica", "UID": "2", "replica": TARGET}
    times = {"startTime": go_time(began), "endTime": "0001-01-01T00:00:00Z" if ended is None else go_time(ended)}
    said = {"message": message} if message else {}
    text = compact({**fields, **times, "code": code, **said, **changed})
    return text.replace("<", r"\u003c").replace(">", r"\u003e"), count


def task(replicas=f"c1-mysql-2,{TARGET}", new_replica=None, **changed):
    remote = {"remote": REMOTE, "port": 3502, "replicas": replicas, **(new_replica or {})}
    whole = {"instance": "c1-mysql", "task": "newReplica", "UID": "2", "replicas": replicas, "notifyAtFinish": True}
    return {**whole, "reportPeriodSeconds": 60, "newReplica": remote, **changed}


@dataclass
class Row:
    """``told``: message and count of each Event that was written. ``ended``: when, and the exit code."""

    told: list[Any]
    ended: list[tuple[float, int]]
    tasks: Any = field(default_factory=lambda: [task()])
    loads: Any = None
    """What the load does; ``load`` is how it is configured (None: not at all)."""
    load: dict[str, Any] | None = field(default_factory=dict)
    dumps: Any = None
    dump: dict[str, Any] = field(default_factory=dict)
    sends: dict[str, Any] = field(default_factory=dict)
    """How the worker misbehaves; ``clock`` is how wrong its clock is."""
    clock: str = "+0s"
    data: bytes | None = DATA
    """What the new replica has in the end; None: a part of it."""
    source: dict[str, str] | None = field(default_factory=dict)
    """Other variables of the source; None: nobody listens there."""
    variables: dict[str, str] = field(default_factory=dict)
    """Other variables of the worker."""
    then: list[tuple[float, Callable[[Any], Any]]] = field(default_factory=list)
    lasts: float = 120
    on: tuple[str, ...] = KBAGENT


def failed(time, message, **changed):
    """A task that failed so many seconds after it began, and with it the worker."""
    return Row(**{"told": [told(0, time, -1, message)], "ended": [(time, 2)], "data": EMPTY, **changed})


def killed(time, **changed):
    """A load that was killed at its limit."""
    return failed(time, "timedOut", **{"data": None, **changed})


def untold(**changed):
    """A worker without anything to do."""
    return Row([], [(0, 0)], data=EMPTY, **changed)


def fault(method, code=503, times=1, **more):
    return lambda world: world.faults.append(Fault(method, code, times, **more))


def again(world):
    world.work()


TASKS = {
    "a-task-of-the-replica-is-done": Row([told(0, 0)], [(0, 0)]),
    "no-task": untold(tasks=[]),
    "tasks-are-null": untold(tasks="null"),
    "tasks-are-an-empty-text": untold(tasks=""),
    "a-task-of-others": untold(tasks=[task("c1-mysql-2,c1-mysql-4")]),
    "a-task-of-one-whose-name-begins-alike": untold(tasks=[task("c1-mysql-30")]),
    "a-task-of-one-whose-name-ends-alike": untold(tasks=[task("x-c1-mysql-3")]),
    "names-are-not-trimmed": untold(tasks=[task("c1-mysql-2, c1-mysql-3")]),
    "names-of-the-hand-over-do-not-count": untold(tasks=[task("c1-mysql-2", {"replicas": TARGET})]),
    "a-task-without-a-hand-over": untold(tasks=[{k: v for k, v in task().items() if k != "newReplica"}]),
    "a-task-whose-hand-over-is-null": untold(tasks=[task(newReplica=None)]),
    "the-tasks-name-is-only-copied": Row([told(0, 0, task="another")], [(0, 0)], tasks=[task(task="another")]),
    "the-tasks-uid-and-instance-are-copied": Row(
        [told(0, 0, UID="a<b", instance="")], [(0, 0)], tasks=[task(UID="a<b", instance="")]
    ),
    "others-and-empty-ones-are-passed-over": Row(
        [told(0, 0, UID="5")],
        [(0, 0)],
        tasks=[task("c1-mysql-4"), task(newReplica=None), task(UID="5")],
    ),
    "several-tasks-are-done-in-order": Row(
        [told(0, 5), told(5.000002, 10.000002, UID="3")],
        [(10, 0)],
        tasks=[task(), task(TARGET, UID="3")],
        dumps={"output": "data", "latency": "5s"},
        data=b"data",
    ),
    "a-replica-may-be-named-twice": Row([told(0, 0)], [(0, 0)], tasks=[task(f"{TARGET},{TARGET}")]),
    "unknown-keys-are-ignored-and-keys-fold": Row(
        [told(0, 0)], [(0, 0)], tasks=compact([task(x={"y": []})]).replace('"UID"', '"uid"').replace("port", "PORT")
    ),
}

MISSING = {
    "no-remote": failed(0, "remote server is required", tasks=[task(new_replica={"remote": ""})]),
    "no-port": failed(0, "remote port is required", tasks=[task(new_replica={"port": 0})]),
    "no-load": failed(0, "dataLoad is not supported", load=None),
    "nobody-listens": failed(0, "dial tcp 10.0.0.1:3502: connect: connection refused", source=None),
    "no-such-host": failed(
        0, "dial tcp: lookup c2-mysql-0.x: no such host", tasks=[task(new_replica={"remote": "c2-mysql-0.x"})]
    ),
    "an-ip-is-a-remote-too": Row([told(0, 0)], [(0, 0)], tasks=[task(new_replica={"remote": ADDRESS})]),
    "no-actions-and-no-task": untold(tasks=[], variables={"KB_AGENT_ACTION": ""}),
    "no-actions-and-a-task": Row([], [(0, 2)], variables={"KB_AGENT_ACTION": ""}, data=EMPTY),
    "an-empty-list-of-actions-is-one": failed(
        0,
        "dataLoad is not supported",
        variables={"KB_AGENT_ACTION": "[]"},
    ),
}


def shell(script):
    return {"command": ["/bin/sh", "-c", script]}


WITH_PARAMETERS = [task(new_replica={"parameters": {"KEY": "value", "A": "<"}})]
SLOW_DUMP = {"output": "0123456789", "latency": "50s"}
LOADS = {
    "a-load-takes-its-time": Row([told(0, 4.25)], [(4.25, 0)], loads={"latency": "4250ms"}),
    "a-dump-takes-its-time": Row(
        [told(0, 7.5)], [(7.5, 0)], dumps={"output": "data", "latency": "7500ms"}, data=b"data"
    ),
    "a-load-fails": failed(0, "exit status 3", loads={"exitCode": 3}),
    "what-a-load-writes-is-dropped": failed(0, "exit status 1", loads=shell("echo out; echo boom >&2; exit 1")),
    "a-load-reads-the-dump": Row([told(0, 0)], [(0, 0)], loads=shell('test "$(cat)" = "data of c1-mysql-0"')),
    "a-load-has-the-tasks-parameters": Row(
        [told(0, 0)],
        [(0, 0)],
        tasks=WITH_PARAMETERS,
        loads=shell('test "$KEY$A$KB_TARGET_POD_NAME" = "value<c1-mysql-3"'),
    ),
    "a-load-without-parameters-is-not-told-its-pod": Row(
        [told(0, 0)], [(0, 0)], loads=shell('test -z "$KB_TARGET_POD_NAME"')
    ),
    "a-dump-has-the-tasks-parameters": Row(
        [told(0, 0)],
        [(0, 0)],
        tasks=WITH_PARAMETERS,
        dumps={"output": "[[ parameters.KEY ]] for [[ parameters.KB_TARGET_POD_NAME ]]"},
        data=b"value for c1-mysql-3",
    ),
    "a-dump-is-told-for-whom-it-is": Row(
        [told(0, 0)],
        [(0, 0)],
        dumps={"output": "[[ parameters | length ]] [[ parameters.KB_TARGET_POD_NAME ]]"},
        data=b"1 c1-mysql-3",
    ),
    "much-data-is-handed-over": Row(
        [told(0, 0)], [(0, 0)], dumps={"size": 300_000}, data=(bytes(range(256)) * 1172)[:300_000]
    ),
    "no-data-is-handed-over": Row([told(0, 0)], [(0, 0)], dumps={}, data=b""),
    "a-load-ends-after-30-seconds": killed(30, loads={"latency": "90s"}, on=LIMITED),
    "a-load-ends-at-its-own-limit": killed(
        10, loads={"latency": "20s", "stderr": "slow"}, load={"timeoutSeconds": 10}, on=LIMITED
    ),
    "a-load-ends-after-a-minute-in-spite-of-its-limit": killed(
        60, loads={"latency": "90s"}, load={"timeoutSeconds": 300}, on=LIMITED[:-1]
    ),
    "a-load-may-take-as-long-as-it-says": Row(
        [told(0, 90)], [(90, 0)], loads={"latency": "90s"}, load={"timeoutSeconds": 300}, on=FIXED
    ),
    "a-load-with-a-negative-limit-never-ends": Row(
        [told(0, 90)], [(90, 0)], loads={"latency": "90s"}, load={"timeoutSeconds": -1}, on=LIMITED
    ),
    "a-load-has-no-limit": Row(
        [told(0, 90)], [(90, 0)], loads={"latency": "90s"}, load={"timeoutSeconds": 10}, on=UNLIMITED
    ),
    "a-load-has-the-tasks-limit": killed(
        10, loads={"latency": "90s"}, tasks=[task(new_replica={"timeoutSeconds": 10})], on=UNLIMITED
    ),
    "a-load-has-its-own-limit-not-the-tasks": Row(
        [told(0, 20)],
        [(20, 0)],
        loads={"latency": "20s"},
        tasks=[task(new_replica={"timeoutSeconds": 10})],
        on=LIMITED,
    ),
    "a-timeout-is-told-when-the-stream-ends": killed(
        50,
        dumps=SLOW_DUMP,
        dump={"timeoutSeconds": 60},
        load={"timeoutSeconds": 10},
        on=LIMITED,
    ),
    "a-loads-time-begins-with-the-stream": killed(
        30,
        loads={"latency": "20s"},
        dumps={"output": "data", "latency": "20s"},
        on=LIMITED,
    ),
}

DUMPS = {
    "a-dump-that-fails-is-an-end-like-any-other": Row(
        [told(0, 0)], [(0, 0)], dumps={"output": "half", "exitCode": 1}, data=b"half", on=RELEASED
    ),
    "a-dump-that-fails-breaks-off": failed(0, RESET, dumps={"output": "half", "exitCode": 1}, on=FIXED),
    "a-dump-killed-after-30-seconds-is-an-end-like-any-other": Row(
        [told(0, 30)], [(30, 0)], dumps=SLOW_DUMP, data=b"012345", on=LIMITED[:-1]
    ),
    "a-dump-killed-after-30-seconds-breaks-off": failed(30, RESET, dumps=SLOW_DUMP, on=FIXED),
    "a-dump-is-killed-after-a-minute-in-spite-of-its-limit": Row(
        [told(0, 60)],
        [(60, 0)],
        dumps={**SLOW_DUMP, "latency": "100s"},
        dump={"timeoutSeconds": 300},
        load={"timeoutSeconds": -1},
        data=b"012345",
        on=LIMITED[:-1],
    ),
    "a-dump-with-a-negative-limit-never-ends": Row(
        [told(0, 100)],
        [(100, 0)],
        dumps={**SLOW_DUMP, "latency": "100s"},
        dump={"timeoutSeconds": -1},
        load={"timeoutSeconds": -1},
        data=b"0123456789",
        on=LIMITED,
    ),
    "a-dump-has-no-limit": Row(
        [told(0, 100)],
        [(100, 0)],
        dumps={**SLOW_DUMP, "latency": "100s"},
        dump={"timeoutSeconds": 10},
        data=b"0123456789",
        on=UNLIMITED,
    ),
    "a-connection-that-breaks": failed(0, RESET, dumps={"output": "0123456789", "cutAfter": 4}),
    "a-dump-that-may-not-be-streamed": Row([told(0, 0)], [(0, 0)], source={"KB_AGENT_STREAMING": ""}, data=b""),
    "without-probes-nothing-may-be-streamed": Row([told(0, 0)], [(0, 0)], source={"KB_AGENT_PROBE": ""}, data=b""),
    "without-actions-nobody-listens": failed(
        0, "dial tcp 10.0.0.1:3502: connect: connection refused", source={"KB_AGENT_ACTION": ""}
    ),
}

UNSENT = {"then": [(0, fault("POST", times=10**6))], "lasts": 400}
EVENTS = {
    "nobody-is-to-be-told": Row([], [(0, 0)], tasks=[task(notifyAtFinish=False)]),
    "nobody-is-told-of-a-failure-either": Row(
        [], [(0, 2)], tasks=[task(notifyAtFinish=False)], loads={"exitCode": 3}, data=EMPTY
    ),
    "a-failed-task-ends-the-worker": failed(0, "exit status 3", tasks=[task(), task(UID="3")], loads={"exitCode": 3}),
    "a-task-before-one-that-fails-is-done": Row(
        [told(0, 0), told(0.000002, 0.000002, -1, "remote port is required", UID="3")],
        [(0, 2)],
        tasks=[task(), task(new_replica={"port": 0}, UID="3"), task(UID="4")],
    ),
    "a-worker-that-starts-again-does-the-task-again": Row(
        [told(0, 0, -1, "exit status 3"), told(10, 10)],
        [(0, 2), (10, 0)],
        loads={"sequence": [{"exitCode": 3}, {}]},
        then=[(10, again)],
    ),
    "an-event-is-tried-three-times": Row([told(0, 0)], [(0.4, 0)], then=[(0, fault("POST", times=2))], on=IN_ORDER),
    "an-event-that-cannot-be-sent-ends-the-worker": Row([], [(0.4, 2)], **UNSENT, on=IN_ORDER),
    "an-event-that-cannot-be-sent-ends-the-worker-after-30-attempts": Row([], [(290, 2)], **UNSENT, on=IN_BACKGROUND),
    "an-event-is-told-after-an-outage": Row(
        [told(0, 0)], [(20, 0)], then=[(0, fault("POST", times=2))], on=IN_BACKGROUND
    ),
    "a-failure-that-cannot-be-sent-ends-the-worker": Row(
        [], [(0.4, 2)], loads={"exitCode": 3}, data=EMPTY, **UNSENT, on=IN_ORDER
    ),
    "tasks-behind-one-that-cannot-be-told-are-not-tried": Row(
        [], [(0.4, 2)], tasks=[task(), task(UID="3")], **UNSENT, on=IN_ORDER
    ),
    "an-outage-of-two-seconds-loads-twice": Row(
        [told(10.4, 10.4)],
        [(0.4, 2), (10.4, 0)],
        then=[(0, fault("POST", times=3)), (10.4, again)],
        on=IN_ORDER,
    ),
    "a-read-that-is-refused-is-an-attempt": Row([told(0, 0)], [(0.2, 0)], then=[(0, fault("GET"))], on=IN_ORDER),
    "an-event-is-sent-when-the-server-says": Row([told(0, 0)], [(7, 0)], then=[(0, fault("POST", 429, wait=7))]),
    "an-event-whose-answer-is-lost-is-counted-twice": Row(
        [told(0, 0), told(0, 0, count=2)],
        [(0.2, 0)],
        then=[(0, fault("POST", None, carried_out=True))],
        on=IN_ORDER,
    ),
    "no-progress-is-told": Row([told(0, 20)], [(20, 0)], tasks=[task(reportPeriodSeconds=1)], loads={"latency": "20s"}),
    "progress-is-told-when-it-is-asked-for": Row(
        [*(told(0, None, count=count) for count in (1, 2, 3)), told(0, 12.000002)],
        [(12, 0)],
        tasks=[task(reportPeriodSeconds=5)],
        loads={"latency": "12s"},
        sends={"progress": True},
    ),
    "a-clock-that-is-fast-dates-the-events": Row([told(300, 304)], [(4, 0)], loads={"latency": "4s"}, clock="+5m"),
    "a-clock-that-is-slow-dates-the-events": Row([told(-0.5, 3.5)], [(4, 0)], loads={"latency": "4s"}, clock="-500ms"),
}

TABLE = {**TASKS, **MISSING, **LOADS, **DUMPS, **EVENTS}


class TaskWorld(AgentWorld):
    """The agent of the source, the network, and workers of the target."""

    def __init__(self, release, row):
        super().__init__(release)
        self.network = Wires()
        self.ended = []
        """When, and the exit code."""
        actions = [] if row.load is None else [{"name": "dataLoad", "exec": {"command": ["load"]}, **row.load}]
        tasks = row.tasks if isinstance(row.tasks, str) else compact(row.tasks)
        self._worker = environ([*actions, {"name": "other", "exec": {"command": ["other"]}}], pod=TARGET, TASK=tasks)
        self._worker |= row.variables
        if row.dumps is not None:
            self.does(dataDump=row.dumps)
        conducts = {} if row.loads is None else {"dataLoad": row.loads}
        self.database(TARGET).tell(Script(actions=conducts, sends=row.sends, clock=row.clock))
        self._listen(row)

    def work(self):
        """The worker's process starts, for the first time or again."""
        tasks = config.read_tasks(self._worker["KB_AGENT_TASK"])
        order = replace(config.read(self._worker), tasks=tasks)
        where = (self.surroundings(TARGET), self.network)
        self.actors.append(Worker(order, where, self.behaviours, lambda code, _: self.ended.append((self.now(), code))))

    def _listen(self, row):
        dump = {"name": "dataDump", "exec": {"command": ["dump"]}, **row.dump}
        agent = self.start({**environ([dump], pod=SOURCE, STREAMING="dataDump"), **(row.source or {})})
        self.network.listen(SOURCE, ADDRESS, agent.streaming.accept if agent.streaming else None)
        if row.source is None or agent.streaming is None:
            self.network.leave(SOURCE)


def play(release, row):
    """The row's world at its end."""
    world = TaskWorld(release, row)
    for time, act in sorted([*row.then, (0, again)], key=lambda pair: pair[0]):
        world.run(time, before=True)
        act(world)
    world.run(row.lasts)
    return world


def cases(table):
    return [pytest.param(release, row, id=f"{name}-{release}") for name, row in table.items() for release in row.on]


@pytest.mark.parametrize(("release", "row"), cases(TABLE))
def test_what_a_worker_tells_and_ends_with_by_the_table(release, row):
    world = play(release, row)
    told = [(message, count) for _, message, count in world.told]
    data = None if row.data is None else world.database(TARGET).data
    assert (told, world.ended, data) == (row.told, row.ended, row.data)


def test_the_event_of_a_finished_task_has_these_bytes():
    world = play("main", Row([], [], loads={"latency": "1500ms"}))
    assert world.event()["message"] == (
        '{"instance":"c1-mysql","task":"newReplica","UID":"2","replica":"c1-mysql-3",'
        '"startTime":"2026-01-01T00:00:00Z","endTime":"2026-01-01T00:00:01.5Z","code":0}'
    )


def test_the_event_of_a_failed_task_has_these_bytes():
    world = play("main", Row([], [], loads={"latency": "1500ms", "exitCode": 3}))
    assert world.event()["message"] == (
        '{"instance":"c1-mysql","task":"newReplica","UID":"2","replica":"c1-mysql-3",'
        '"startTime":"2026-01-01T00:00:00Z","endTime":"2026-01-01T00:00:01.5Z","code":-1,"message":"exit status 3"}'
    )


@pytest.mark.parametrize("release", KBAGENT)
def test_the_event_of_a_task_has_these_fields(release):
    event = play(release, Row([], [], loads={"latency": "1500ms"})).event()
    del event["metadata"], event["message"]
    assert event == {
        "apiVersion": "v1",
        "kind": "Event",
        "involvedObject": {
            "kind": "Pod",
            "namespace": "ns",
            "name": "c1-mysql-3",
            "uid": "11111111-1111-1111-1111-111111111111",
            "fieldPath": "spec.containers{kbagent}",
        },
        "reason": "task",
        "action": "task",
        "source": {"component": "kbagent", "host": "node-0"},
        "firstTimestamp": "2026-01-01T00:00:01Z",
        "lastTimestamp": "2026-01-01T00:00:01Z",
        "eventTime": "2026-01-01T00:00:01.500001Z",
        "type": "Normal",
        "count": 1,
        "reportingComponent": "kbagent",
        "reportingInstance": "c1-mysql-3",
    }


HANDSHAKES = {
    "without-parameters": ({}, '{"KB_TARGET_POD_NAME":"c1-mysql-3"}'),
    "with-parameters": (
        {"b": "2", "a": "<1>", "Z": ""},
        r'{"KB_TARGET_POD_NAME":"c1-mysql-3","Z":"","a":"\u003c1\u003e","b":"2"}',
    ),
    "with-another-pod-named": ({"KB_TARGET_POD_NAME": "x"}, '{"KB_TARGET_POD_NAME":"c1-mysql-3"}'),
}


@pytest.mark.parametrize("release", KBAGENT)
@pytest.mark.parametrize(("parameters", "written"), HANDSHAKES.values(), ids=HANDSHAKES)
def test_a_handshake_has_these_bytes(release, parameters, written):
    world = TaskWorld(release, Row([], [], tasks=[task(new_replica={"parameters": parameters})]))
    heard = []
    world.network.listen(SOURCE, ADDRESS, heard.append)
    world.work()
    world.run(1)
    assert [connection.take().decode() for connection in heard] == [f'{{"action":"dataDump","parameters":{written}}}']


@pytest.mark.parametrize("release", KBAGENT)
def test_a_worker_waits_for_ever_for_a_source_that_says_nothing(release):
    world = TaskWorld(release, Row([], [], load={"timeoutSeconds": 10}))
    world.network.listen(SOURCE, ADDRESS, lambda _: None)
    world.work()
    world.run(3600)
    assert (world.told, world.ended) == ([], [])


def streamed(release, handshake, dump):
    """What comes of a handshake while the source dumps for 20 s, and when it is over."""
    world = TaskWorld(release, Row([], [], dumps={"output": "0123456789", "latency": "20s"}, dump=dump))
    connection = world.network.connect(REMOTE, 3502, 5)
    connection.send(handshake)
    came = b""
    for second in range(41):
        world.run(second)
        while data := connection.take():
            came += data
        if connection.over():
            return came, second
    return came, None


@pytest.mark.parametrize("release", UNLIMITED)
def test_in_1_0_a_dump_is_limited_by_its_handshake(release):
    assert streamed(release, b'{"action":"dataDump","timeoutSeconds":10}', {}) == (b"01234", 10)


@pytest.mark.parametrize("release", LIMITED)
def test_a_dump_is_limited_by_its_action_not_by_its_handshake(release):
    assert streamed(release, b'{"action":"dataDump","timeoutSeconds":10}', {}) == (b"0123456789", 20)


@pytest.mark.parametrize("release", KBAGENT)
@pytest.mark.parametrize(
    "handshake",
    [b"{", b"[]", b'{"action":"other"}', b'{"action":"dataLoad"}', b"{}", b"x"],
    ids=["unfinished", "a-list", "unknown", "not-listed", "nothing", "plain-text"],
)
def test_a_handshake_that_cannot_be_followed_is_closed(release, handshake):
    expected = (b"", None if handshake == b"{" else 0)
    assert streamed(release, handshake, {}) == expected
