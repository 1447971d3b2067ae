"""Section 1 of the facts, and KB-K01 to KB-K04, as a table: what is told again, what is refused, and what comes of it.

Every row runs an agent of its own, as in test_agent_table.py.
"""

import pytest

from parity.agentrows import (
    BACKGROUND,
    BEFORE,
    FAILS,
    IN_ORDER,
    LATE,
    LINE_1_1,
    LORRY,
    NEWEST,
    NOT_WATCHING,
    SLOW,
    WATCHING,
    Row,
    bad,
    cases,
    each,
    fault,
    ok,
    only,
    play,
    restarts,
    runs,
    somebody_deletes,
    somebody_deletes_before_the_next_write,
    somebody_writes,
    up_again,
)
from parity.agentworld import KBAGENT, AgentWorld, failed, succeeded
from pytest_kbevents.agent.kubelet.container import container_of
from pytest_kbevents.agent.kubelet.container import environ as kubelet_environ
from pytest_kbevents.clock import SECOND
from pytest_kbevents.environment.podspec import containers
from pytest_kbevents.environment.workload import Probe, Workload

MARKER = "...(truncated)"
LIMIT = 1024

REPORTS = {
    "an-outcome-is-told-each-report-period": Row(
        [ok(0), ok(5, count=2), ok(10, count=3)], probe=each(1, 5), lasts=12, on=IN_ORDER
    ),
    "a-report-period-is-at-least-the-period": Row(
        [ok(0), ok(10, count=2), ok(20, count=3)], probe=each(10, 3), lasts=25, on=IN_ORDER
    ),
    "a-report-period-is-at-least-the-default-period": Row(
        [ok(0), ok(60, count=2), ok(120, count=3)], probe=each(0, 10), lasts=130, on=LINE_1_1
    ),
    "a-report-period-of-0-is-none": Row([ok(0)], probe=each(1, 0), lasts=130),
    "a-negative-report-period-is-none": Row([ok(0)], probe=each(1, -5), lasts=130),
    "a-report-is-of-the-newest-outcome": Row(
        [ok(0, "a"), ok(3, "b"), ok(5, "b", 2), ok(10, "b", 3)],
        runs("a", "b"),
        each(3, 5),
        lasts=12,
        on=IN_ORDER,
    ),
    "a-report-may-be-of-a-failure-that-has-passed": Row(
        [bad(0), bad(5, count=2)],
        runs(FAILS, "a", "b"),
        each(1, 5, successThreshold=9),
        lasts=7,
        on=IN_ORDER,
    ),
    "a-failing-probe-with-equal-periods-counts-twice-a-period": Row(
        [bad(0), bad(5, count=2), bad(5, count=3), bad(10, count=4), bad(10, count=5)],
        runs(FAILS),
        each(5, 5),
        lasts=12,
        on=IN_ORDER,
    ),
    "other-sends-do-not-move-the-clock-of-reports": Row(
        [ok(0, "a"), ok(4, "b"), ok(8, "c"), ok(10, "c", 2), ok(20, "c", 3)],
        runs("a", "b", "c"),
        each(4, 10),
        lasts=22,
        on=IN_ORDER,
    ),
    "reports-without-an-outcome-are-none": Row(
        [ok(12), ok(15, count=2)],
        probe=each(1, 5, successThreshold=13),
        lasts=17,
        on=IN_ORDER,
    ),
    "the-clock-of-reports-begins-after-the-initial-delay": Row(
        [ok(0), ok(10, count=2)],
        probe=each(10, 10, initialDelaySeconds=5),
        lasts=12,
        on=IN_ORDER,
    ),
    "both-sends-of-an-outcome-refuse-each-other": Row(
        [ok(5), ok(10, count=2)],
        probe=each(5, 5),
        lasts=14,
        refused=[(5, "POST", 409)],
        on=BACKGROUND,
        from_start=True,
    ),
    "the-loser-of-two-sends-counts-10-seconds-later": Row(
        [bad(30), bad(40, count=2), bad(60, count=3), bad(70, count=4)],
        runs(FAILS),
        each(30, 30),
        lasts=75,
        refused=[(30, "POST", 409), (60, "PUT", 409)],
        on=BACKGROUND,
        from_start=True,
    ),
    "a-report-period-is-at-least-the-period-in-1-0": Row(
        [ok(30), ok(40, count=2), ok(60, count=3), ok(90, count=4)],
        probe=each(30, 5),
        lasts=95,
        on=BACKGROUND,
        from_start=True,
    ),
    "a-report-period-may-be-shorter-than-the-default-period": Row(
        [ok(60), ok(70, count=2), ok(70, count=3), ok(80, count=4), ok(90, count=5)],
        probe=each(0, 10),
        lasts=95,
        on=BACKGROUND,
        from_start=True,
    ),
    "outcomes-are-told-at-once-and-by-reports-in-1-0": Row(
        [ok(2, "a"), ok(4, "b"), ok(7, "b", 2), ok(14, "b", 3)],
        runs("a", "b"),
        each(2, 7),
        lasts=16,
        on=BACKGROUND,
        from_start=True,
    ),
}

STDERR = "exit code: 1, stderr: {}: failed"


def room(message):
    """Bytes that a message may have beside those."""
    return LIMIT - len(message)


FITS = room(failed(STDERR.format("")))
TOO_LONG = runs({"stderr": "x" * 5000, **FAILS}, "primary")
CUT = f"exit code: 1, stderr: {'x' * room(failed('exit code: 1, stderr: ' + MARKER))}{MARKER}"
BIG = "y" * 720
CUT_BIG = "y" * (2000 + room(succeeded("y" * 2000)))
HIDING = BIG[: room(failed(MARKER, BIG))]
ROOM = BIG[: room(failed(STDERR.format("boom"), BIG))]
IN_VAIN = [(0, "POST", 422), (0.2, "POST", 422), (0.4, "POST", 422)]
LENGTHS = {
    "a-message-of-1024-bytes-is-sent": Row(
        [bad(0, STDERR.format("x" * FITS))], runs({"stderr": "x" * FITS, **FAILS}), lasts=0.5
    ),
    "a-message-of-1025-bytes-is-cut": Row(
        [bad(0, CUT)], runs({"stderr": "x" * (FITS + 1), **FAILS}), lasts=0.5, on=NEWEST
    ),
    "a-message-of-1025-bytes-is-refused": Row(
        [],
        runs({"stderr": "x" * (FITS + 1), **FAILS}, "primary"),
        SLOW,
        lasts=1,
        refused=IN_VAIN,
        on=BEFORE[1:],
    ),
    "a-long-error-is-cut": Row([bad(0, CUT)], TOO_LONG, lasts=0.5, on=NEWEST),
    "a-long-error-is-refused-30-times": Row(
        [],
        TOO_LONG,
        {"periodSeconds": 1000},
        lasts=900,
        refused=[(10 * number, "POST", 422) for number in range(30)],
        on=BACKGROUND,
    ),
    "a-long-error-is-refused-each-minute": Row(
        [],
        TOO_LONG,
        {"periodSeconds": 1000},
        lasts=130,
        refused=[(start + wait, "POST", 422) for start in (0, 60, 120) for wait in (0, 0.2, 0.4)],
        on=BEFORE[1:],
    ),
    "a-long-error-blocks-nothing-newer": Row([ok(1)], TOO_LONG, refused=IN_VAIN, on=BEFORE[1:]),
    "bytes-are-counted-not-characters": Row(
        [], runs({"stderr": "\u20ac" * 340, **FAILS}), SLOW, refused=IN_VAIN, on=BEFORE[1:]
    ),
    "a-long-output-is-cut": Row([ok(0, CUT_BIG)], runs("y" * 2000), on=NEWEST),
    "a-long-output-is-refused": Row([], runs("y" * 2000), refused=IN_VAIN, on=BEFORE[1:]),
    "outputs-that-differ-behind-the-cut-are-one-event": Row(
        [ok(0, CUT_BIG), ok(1, CUT_BIG, 2)], runs("y" * 2000, "y" * 1999 + "z"), on=NEWEST
    ),
    "a-long-last-output-hides-the-error": Row(
        [ok(0, BIG), bad(1, MARKER, last=HIDING)],
        runs(BIG, {"stderr": "boom", **FAILS}),
        lasts=1.5,
        on=["main"],
    ),
    "a-long-last-output-makes-room-for-the-error": Row(
        [ok(0, BIG), bad(1, STDERR.format("boom"), last=ROOM)],
        runs(BIG, {"stderr": "boom", **FAILS}),
        lasts=1.5,
        on=["fixed"],
    ),
}

FLIPS = runs("a", "b", "a", "b")
ATTEMPTS = (0, 0.2, 0.4)
IN_ORDER_AGAIN = {
    "a-refused-repeat-is-sent-before-what-is-newer": Row(
        [ok(0, "a"), ok(1, "b"), ok(2.2, "a", 2), ok(3, "b", 2)],
        FLIPS,
        then=[(1.5, fault("PUT", 409))],
        refused=[(2, "PUT", 409)],
        on=IN_ORDER,
    ),
    "a-third-attempt-is-enough": Row(
        [ok(0.4)], then=[(0, fault("POST", times=2))], refused=[(0, "POST", 503), (0.2, "POST", 503)], on=IN_ORDER
    ),
    "after-three-attempts-the-next-is-at-the-minute": Row(
        [ok(60)],
        then=[(0, fault("POST", times=3))],
        lasts=70,
        refused=[(wait, "POST", 503) for wait in ATTEMPTS],
        on=IN_ORDER,
    ),
    "after-three-attempts-the-next-is-at-the-report": Row(
        [ok(15), ok(30, count=2)], probe=each(1, 15), then=[(0, fault("POST", times=3))], lasts=35, on=IN_ORDER
    ),
    "the-minute-is-first-when-the-report-is-later": Row(
        [ok(60), ok(90, count=2)], probe=each(1, 90), then=[(0, fault("POST", times=3))], lasts=100, on=IN_ORDER
    ),
    "the-minute-begins-with-the-agent-not-with-the-failure": Row(
        [ok(0, "a"), ok(60, "b")],
        runs("a", "b"),
        {"periodSeconds": 50},
        then=[(49, fault("POST", times=3))],
        lasts=70,
        refused=[(50, "POST", 503), (50.2, "POST", 503), (50.4, "POST", 503)],
        on=IN_ORDER,
    ),
    "each-minute-has-three-attempts": Row(
        [ok(120)],
        then=[(0, fault("POST", times=6))],
        lasts=130,
        refused=[(start + wait, "POST", 503) for start in (0, 60) for wait in ATTEMPTS],
        on=IN_ORDER,
    ),
    "a-newer-outcome-replaces-one-that-failed": Row(
        [ok(1, "b")], runs("a", "b"), then=[(0, fault("POST", times=3))], lasts=130, on=IN_ORDER
    ),
    "what-comes-during-the-attempts-follows-them": Row(
        [ok(2.4, "b")],
        runs({"output": "a", "latency": "2s"}, {"output": "b", "latency": "200ms"}),
        {"periodSeconds": 1},
        then=[(0, fault("POST", times=3))],
        lasts=130,
        on=IN_ORDER,
    ),
    "an-outage-of-6-minutes-is-survived": Row(
        [ok(360)],
        then=[(0, fault("GET", times=10**6)), (359, up_again)],
        lasts=400,
        refused=[(60 * minute + wait, "GET", 503) for minute in range(6) for wait in ATTEMPTS],
        on=IN_ORDER,
    ),
    "failures-that-are-refused-are-not-made-up-for": Row(
        [bad(3, count=1), bad(4, count=2)],
        runs(FAILS),
        then=[(0, fault("POST", times=9))],
        lasts=4.5,
        on=IN_ORDER,
    ),
}
IN_BACKGROUND_AGAIN = {
    "a-refused-repeat-lands-after-what-is-newer": Row(
        [ok(0, "a"), ok(1, "b"), ok(3, "b", 2), ok(12, "a", 2)],
        FLIPS,
        then=[(1.5, fault("PUT", 409))],
        lasts=60,
        refused=[(2, "PUT", 409)],
    ),
    "an-older-outcome-lands-last-after-an-outage": Row(
        [ok(1, "b"), ok(10, "a")], runs("a", "b"), then=[(0, fault("POST")), (0.5, up_again)], lasts=60
    ),
    "an-outcome-is-lost-after-30-attempts": Row(
        [],
        then=[(0, fault("GET", times=10**6)), (360, up_again)],
        lasts=4000,
        refused=[(10 * number, "GET", 503) for number in range(30)],
    ),
    "the-30th-attempt-still-counts": Row([ok(290)], then=[(0, fault("POST", times=29))], lasts=400),
    "each-outcome-has-attempts-of-its-own": Row(
        [ok(12, "c"), ok(20, "a"), ok(21, "b")], runs("a", "b", "c"), then=[(0, fault("POST", times=5))], lasts=60
    ),
}

DROPPED = [(second, "GET", None) for second in range(11)]
REFUSALS = {
    **IN_ORDER_AGAIN,
    **only(BACKGROUND, IN_BACKGROUND_AGAIN),
    "a-refused-read-ends-the-attempt": Row(
        [ok(0.2)], then=[(0, fault("GET", 403))], refused=[(0, "GET", 403)], on=IN_ORDER
    ),
    "a-refused-read-ends-the-attempt-in-1-0": Row(
        [ok(10)], then=[(0, fault("GET", 403))], lasts=12, refused=[(0, "GET", 403)], on=BACKGROUND
    ),
    "a-read-is-repeated-when-the-server-says": Row(
        [ok(3)], then=[(0, fault("GET", 503, wait=3))], refused=[(0, "GET", 503)]
    ),
    "a-write-is-repeated-when-the-server-says": Row(
        [ok(9)],
        then=[(0, fault("POST", 429, times=3, wait=3))],
        refused=[(0, "POST", 429), (3, "POST", 429), (6, "POST", 429)],
    ),
    "an-update-is-repeated-when-the-server-says": Row(
        [ok(0, "a"), ok(1, "b"), ok(7, "a", 2)],
        runs("a", "b", "a"),
        then=[(1.5, fault("PUT", 500, wait=5))],
    ),
    "a-conflict-does-not-say-when": Row(
        [ok(0, "a"), ok(1, "b"), ok(2.2, "a", 2)],
        runs("a", "b", "a"),
        then=[(1.5, fault("PUT", 409, wait=5))],
        on=IN_ORDER,
    ),
    "what-the-server-says-is-obeyed-10-times-an-attempt": Row(
        [ok(10.2)],
        then=[(0, fault("GET", 503, times=11, wait=1))],
        lasts=12,
        refused=[(second, "GET", 503) for second in range(11)],
        on=IN_ORDER,
    ),
    "a-read-without-an-answer-is-repeated-each-second": Row(
        [ok(4)], then=[(0, fault("GET", None, times=4))], refused=DROPPED[:4]
    ),
    "a-read-is-repeated-10-times": Row(
        [ok(10.2)], then=[(0, fault("GET", None, times=11))], lasts=12, refused=DROPPED, on=IN_ORDER
    ),
    "a-read-is-repeated-10-times-in-1-0": Row(
        [ok(20)], then=[(0, fault("GET", None, times=11))], lasts=22, refused=DROPPED, on=BACKGROUND
    ),
    "three-attempts-take-half-a-minute-when-connections-are-dropped": Row(
        [ok(60)],
        then=[(0, fault("GET", None, times=33))],
        lasts=62,
        refused=[(round(start + second, 1), "GET", None) for start in (0, 10.2, 20.4) for second in range(11)],
        on=IN_ORDER,
    ),
    "a-connection-that-is-refused-is-not-repeated": Row(
        [ok(60)],
        then=[(0, fault("GET", 0, times=3))],
        lasts=62,
        refused=[(wait, "GET", None) for wait in ATTEMPTS],
        on=IN_ORDER,
    ),
    "a-connection-that-is-refused-is-not-repeated-in-1-0": Row(
        [ok(20)],
        then=[(0, fault("GET", 0, times=2))],
        lasts=22,
        refused=[(0, "GET", None), (10, "GET", None)],
        on=BACKGROUND,
    ),
    "a-create-without-an-answer-is-not-repeated": Row(
        [ok(0.2)], then=[(0, fault("POST", None))], refused=[(0, "POST", None)], on=IN_ORDER
    ),
    "a-create-whose-answer-is-lost-is-counted-twice": Row(
        [ok(0), ok(0.2, count=2)], then=[(0, fault("POST", None, carried_out=True))], on=IN_ORDER
    ),
    "a-create-whose-answer-is-lost-is-counted-twice-in-1-0": Row(
        [ok(0), ok(10, count=2)], then=[(0, fault("POST", None, carried_out=True))], lasts=15, on=BACKGROUND
    ),
}

ANOTHER_UID = "22222222-2222-2222-2222-222222222222"
COUNTS = {
    "a-restarted-agent-counts-the-old-event": Row([ok(0), ok(5, count=2)], then=[(5, restarts())], on=IN_ORDER),
    "a-restarted-agent-counts-the-old-event-in-1-0": Row(
        [ok(0), ok(6, count=2)], then=[(5, restarts())], on=BACKGROUND
    ),
    "a-restarted-agent-has-no-last-output": Row(
        [ok(0), bad(5)],
        runs("primary", "primary", FAILS),
        {"periodSeconds": 3},
        then=[(5, restarts())],
        lasts=6,
        on=IN_ORDER,
    ),
    "another-pod-of-the-same-name-has-an-event-of-its-own": Row(
        [ok(0), ok(5)], then=[(5, restarts(POD_UID=ANOTHER_UID))], on=IN_ORDER
    ),
    "a-restart-forgets-what-was-not-sent": Row(
        [ok(5, "b")], runs("a", "b"), SLOW, then=[(0, fault("POST", times=3)), (5, restarts())], lasts=99, on=IN_ORDER
    ),
    "a-deleted-event-is-created-anew": Row(
        [ok(0), ok(5, count=2), ok(10)], probe=each(1, 5), then=[(7, somebody_deletes)], lasts=12, on=IN_ORDER
    ),
    "an-event-deleted-between-read-and-write-is-created-anew": Row(
        [ok(0), ok(5.2)],
        probe=each(1, 5),
        then=[(3, somebody_deletes_before_the_next_write)],
        lasts=7,
        on=IN_ORDER,
    ),
    "a-count-that-others-wrote-is-counted-on": Row(
        [ok(0), ok(5, count=42)], probe=each(1, 5), then=[(3, somebody_writes({"count": 41}))], lasts=7, on=IN_ORDER
    ),
    "a-message-that-others-wrote-is-kept": Row(
        [ok(0), (5, "another", 2)],
        probe=each(1, 5),
        then=[(3, somebody_writes({"message": "another"}))],
        lasts=7,
        on=IN_ORDER,
    ),
}


def lorry(before, role):
    return f'{{"event":"Success","operation":"checkRole","originalRole":"{before}","role":"{role}"}}'


FIRST = (0, lorry("", "a"), 1)
OLD = {
    "lorry-tells-the-role": Row([FIRST], runs("a")),
    "lorry-waits-a-period": Row([(10, lorry("", "a"), 1)], runs("a"), {"periodSeconds": 10}, lasts=15, from_start=True),
    "lorry-tells-each-change-in-an-event-of-its-own": Row(
        [FIRST, (1, lorry("a", "b"), 1), (2, lorry("b", "a"), 1), (3, lorry("a", "b"), 1)], runs("a", "b", "a", "b")
    ),
    "lorry-says-nothing-of-failures": Row([], runs(FAILS)),
    "lorry-says-nothing-of-failures-between": Row(
        [FIRST, (2, lorry("a", "b"), 1)], runs("a", {"exitCode": 2, "stderr": "boom"}, "b")
    ),
    "lorry-tells-a-role-that-came-back-once": Row(
        [FIRST],
        runs("a", FAILS, "a"),
    ),
    "lorry-tells-nothing-again": Row(
        [FIRST],
        runs("a"),
        each(1, 5),
    ),
    "lorry-tells-of-roles-only": Row(
        [FIRST],
        runs("a"),
        beside={"availableProbe": ({}, runs("b"))},
    ),
    "lorry-asks-nothing-before-it-tells": Row([FIRST], runs("a"), then=[(0, fault("GET", 500, times=99))], refused=[]),
    "lorry-tries-again-after-10-seconds": Row(
        [(10, lorry("", "a"), 1)], runs("a"), then=[(0, fault("POST"))], lasts=15, refused=[(0, "POST", 503)]
    ),
    "lorry-gives-up-after-30-attempts": Row(
        [],
        runs("a"),
        {"periodSeconds": 1000},
        then=[(0, fault("POST", times=99))],
        lasts=900,
        refused=[(10 * number, "POST", 503) for number in range(30)],
    ),
    "lorry-begins-anew-when-restarted": Row([FIRST, (6, lorry("", "a"), 1)], runs("a"), then=[(5, restarts())]),
}

TABLE = {**REPORTS, **LENGTHS, **REFUSALS, **COUNTS, **only(LORRY, OLD)}


@pytest.mark.parametrize(("release", "row"), cases(TABLE))
def test_what_is_sent_and_when_by_the_table(release, row):
    world = play(release, row)
    refused = None if row.refused is None else world.refusals()
    assert (world.told, refused) == (row.told, row.refused)


WHOLE = {
    "apiVersion": "v1",
    "kind": "Event",
    "involvedObject": {
        "kind": "Pod",
        "namespace": "ns",
        "name": "c1-mysql-0",
        "uid": "11111111-1111-1111-1111-111111111111",
        "fieldPath": "spec.containers{kbagent}",
    },
    "reason": "roleProbe",
    "action": "roleProbe",
    "message": succeeded("primary"),
    "source": {"component": "kbagent", "host": "node-0"},
    "firstTimestamp": "2026-01-01T00:00:05Z",
    "lastTimestamp": "2026-01-01T00:00:05Z",
    "type": "Normal",
    "reportingComponent": "kbagent",
    "reportingInstance": "c1-mysql-0",
}
"""What never moves."""
TWO_RUNS = Row([], runs("primary", FAILS, "primary"), {"periodSeconds": 5, "failureThreshold": 9}, lasts=10)


def repeated(release, delay):
    """The Event of an outcome that was seen twice: 5 s after the agent began, and 10 s later."""
    return play(release, Row([], TWO_RUNS.does, {**TWO_RUNS.probe, "initialDelaySeconds": delay}, lasts=10.5)).event()


@pytest.mark.parametrize("release", KBAGENT)
def test_an_event_has_these_fields_and_a_repeat_moves_no_others(release):
    event = repeated(release, 0 if release in LATE else 5)
    moved = {key: event.pop(key) for key in ("count", "eventTime")}
    assert event.pop("metadata").keys().isdisjoint({"labels", "annotations"})
    assert (event, moved) == (WHOLE, {"count": 2, "eventTime": "2026-01-01T00:00:15.000001Z"})


@pytest.mark.parametrize("release", KBAGENT)
def test_a_write_that_is_repeated_when_the_server_says_is_the_same_write(release):
    world = play(release, Row([], then=[(0, fault("POST", 429, wait=7))]))
    delay = 1 if release in LATE else 0
    assert world.event()["eventTime"] == f"2026-01-01T00:00:0{delay}.000001Z"


@pytest.mark.parametrize("release", KBAGENT)
def test_an_event_is_named_by_its_pod_and_its_message(release):
    assert repeated(release, 0)["metadata"]["name"] == "c1-mysql-0.81da4b92"


def test_agents_of_december_2024_move_last_timestamp_and_leave_event_time():
    event = repeated("1.0.0-jan25", 0)
    times = [event[key] for key in ("firstTimestamp", "lastTimestamp", "eventTime")]
    assert times == ["2026-01-01T00:00:05Z", "2026-01-01T00:00:15Z", "2026-01-01T00:00:05.000001Z"]


@pytest.mark.parametrize("release", IN_ORDER)
def test_annotations_of_others_are_kept(release):
    mark = {"metadata": {"annotations": {"kubeblocks.io/event-handled": "1"}}}
    world = play(release, Row([], probe=each(1, 5), then=[(3, somebody_writes(mark))], lasts=7))
    event = world.event()
    assert (event["count"], event["metadata"]["annotations"]) == (2, {"kubeblocks.io/event-handled": "1"})


@pytest.mark.parametrize("release", KBAGENT)
def test_an_agent_reads_creates_and_updates_events_and_does_nothing_else(release):
    world = play(release, Row([], runs("a", "b", "a", FAILS), lasts=10))
    assert {method for _, method, _ in world.asked} == {"GET", "POST", "PUT"}


POD_SPEC = {
    "the-role-is-told-again-after-15-seconds": ("roleProbe", 1, [0, 15, 30], WATCHING),
    "the-role-is-told-again-each-longer-period": ("roleProbe", 20, [0, 20, 40], WATCHING),
    "the-role-is-told-again-each-default-period": ("roleProbe", 0, [0, 60], WATCHING),
    "the-role-is-told-once": ("roleProbe", 1, [0], NOT_WATCHING),
    "availability-is-told-again-after-15-seconds": ("availableProbe", 1, [0, 15, 30], IN_ORDER),
    "availability-is-told-again-each-longer-period": ("availableProbe", 20, [0, 20, 40], IN_ORDER),
    "availability-is-told-again-each-default-period": ("availableProbe", 0, [0, 60], IN_ORDER),
    "availability-is-told-again-after-15-seconds-in-1-0": ("availableProbe", 1, [0, 14, 29, 44], BACKGROUND),
}
POD_SPECS = [
    pytest.param(release, *case, id=f"{name}-{release}") for name, (*case, on) in POD_SPEC.items() for release in on
]


@pytest.mark.parametrize(("release", "action", "period", "times"), POD_SPECS)
def test_when_an_agent_tells_of_a_pod_as_kubeblocks_makes_it(release, action, period, times):
    spec = containers(Workload("c1", "mysql", 1, probes={action: Probe(period=period)}), release)
    metadata = {"name": "c1-mysql-0", "namespace": "ns", "uid": "11111111-1111-1111-1111-111111111111"}
    pod = {"metadata": metadata, "spec": spec}
    world = AgentWorld(release)
    world.begin += SECOND * period if release in LATE else 0
    world.does(**{action: runs("primary")})
    world.start(kubelet_environ(pod, container_of(pod, "kbagent"), lambda _: {}))
    world.run(70 if period == 0 else 50 if release in IN_ORDER else 45)
    assert [time for time, _, _ in world.told] == times + ([45] if period == 1 and len(times) == 3 else [])
