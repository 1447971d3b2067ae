"""Section 6 of the facts, Probes and Actions, as a table: what the database does, run after run, and what is told.

Every row runs an agent of its own, once for each release it holds for. It probes its role once a second, and its time
counts from its first run, unless a row says otherwise.
"""

import pytest

from parity.agentrows import (
    BACKGROUND,
    BEFORE,
    EXEC,
    FAILS,
    FILE,
    FOLDER,
    IN_ORDER,
    LIMITED,
    LINE_1_0,
    LINE_1_1,
    NEWEST,
    NOT_WATCHING,
    SLOW,
    WATCHING,
    Row,
    bad,
    cases,
    changed,
    ok,
    play,
    runs,
    said,
)

NANOSECONDS = 1_000_000_000

START = {
    "first-run-is-at-once": Row([ok(0)], probe={"periodSeconds": 10}, on=IN_ORDER, from_start=True),
    "first-run-is-a-period-late": Row([ok(10)], probe={"periodSeconds": 10}, lasts=19, on=BACKGROUND, from_start=True),
    "initial-delay": Row([ok(5)], probe={"initialDelaySeconds": 5}, on=IN_ORDER, from_start=True),
    "initial-delay-and-a-period": Row(
        [ok(15)],
        probe={"initialDelaySeconds": 5, "periodSeconds": 10},
        lasts=24,
        on=BACKGROUND,
        from_start=True,
    ),
    "period-is-a-minute-when-0": Row(
        [ok(0, "a"), ok(60, "b"), ok(120, "c")], runs("a", "b", "c"), {"periodSeconds": 0}, lasts=130
    ),
    "period-is-a-minute-when-absent": Row(
        [ok(0, "a"), ok(60, "b")],
        lists=(
            [{"name": "roleProbe"} | {"exec": {"command": ["true"]}}],
            [{"instance": "c1-mysql", "action": "roleProbe"}],
        ),
        does=runs("a", "b"),
        lasts=70,
    ),
    "period-is-a-minute-when-negative": Row([ok(0, "a"), ok(60, "b")], runs("a", "b"), {"periodSeconds": -5}, lasts=70),
    "run-takes-its-time": Row([ok(4)], runs({"output": "primary", "latency": "4s"}), {"periodSeconds": 5}),
    "ticks-missed-during-a-run-shrink-to-one": Row(
        [ok(25, "a"), ok(30, "b"), ok(40, "c")],
        runs({"output": "a", "latency": "25s"}, "a", "b", "c"),
        {"periodSeconds": 10},
        lasts=45,
    ),
    "one-run-at-a-time": Row(
        [ok(7, "a"), ok(14, "b"), ok(21, "c")],
        runs(*({"output": text, "latency": "7s"} for text in "abcd")),
        {"periodSeconds": 2},
        lasts=25,
    ),
}

THRESHOLDS = {
    "same-output-is-told-once": Row([ok(0)]),
    "each-change-is-told": Row([ok(0, "a"), ok(1, "b"), ok(2, "c")], runs("a", "b", "c")),
    "an-output-that-comes-back-is-counted": Row([ok(0, "a"), ok(1, "b"), ok(2, "a", 2)], runs("a", "b", "a")),
    "white-space-is-a-change": Row([ok(0, "a"), ok(1, "a\n")], runs("a", "a\n")),
    "success-threshold-is-reached": Row([ok(2)], probe={"successThreshold": 3}),
    "changes-below-the-success-threshold-are-not-told": Row([ok(2, "c")], runs("a", "b", "c"), {"successThreshold": 3}),
    "a-change-beyond-the-success-threshold": Row(
        [ok(1, "a"), ok(3, "b")], runs("a", "a", "a", "b"), {"successThreshold": 2}
    ),
    "a-change-just-beyond-the-success-threshold": Row(
        [ok(1, "a"), ok(2, "b")], runs("a", "a", "b"), {"successThreshold": 2}
    ),
    "a-success-after-a-failure-below-its-threshold-is-told-anew": Row(
        [ok(0, "a"), ok(2, "a", 2)], runs("a", FAILS, "a"), {"failureThreshold": 3}
    ),
    "after-a-failure-the-success-threshold-is-reached-anew": Row(
        [ok(1, "a"), ok(4, "a", 2)],
        runs("a", "a", FAILS, "a", "a"),
        {"successThreshold": 2, "failureThreshold": 2},
    ),
    "each-failing-run-is-told": Row(
        [bad(0), bad(1, count=2), bad(2, count=3), bad(3, count=4)], runs(FAILS), lasts=3.5
    ),
    "failures-below-their-threshold-are-not-told": Row(
        [ok(0)], runs("primary", FAILS, FAILS), {"failureThreshold": 99}
    ),
    "failures-at-and-beyond-their-threshold-are-told": Row(
        [bad(2), bad(3, count=2), bad(4, count=3)], runs(FAILS), {"failureThreshold": 3}, lasts=4.5
    ),
    "a-success-sets-the-failures-back": Row(
        [ok(1, "a"), bad(3, last="a")],
        runs(FAILS, "a", FAILS, FAILS, "a"),
        {"failureThreshold": 2},
        lasts=3.5,
    ),
    "thresholds-of-0-are-1": Row(
        [ok(0), bad(1, last="primary")],
        runs("primary", FAILS),
        {"successThreshold": 0, "failureThreshold": 0},
        lasts=1.5,
    ),
    "negative-thresholds-are-1": Row(
        [ok(0), bad(1, last="primary")],
        runs("primary", FAILS),
        {"successThreshold": -3, "failureThreshold": -3},
        lasts=1.5,
    ),
    "each-text-is-an-event-of-its-own": Row(
        [bad(0, "exit code: 1: failed"), bad(1, "exit code: 2: failed"), bad(2, "exit code: 1: failed", 2)],
        runs(FAILS, {"exitCode": 2}, FAILS),
        lasts=2.5,
    ),
}

LAST_OUTPUT = {
    "a-failure-tells-the-last-output": Row(
        [ok(0, "a"), ok(1, "b"), bad(2, last="b"), bad(3, count=2, last="b")], runs("a", "b", FAILS), lasts=3.5
    ),
    "a-failure-before-any-success-tells-no-output": Row([bad(0), ok(1)], runs(FAILS, "primary")),
    "an-output-below-the-success-threshold-is-not-the-last-one": Row(
        [bad(1)], runs("a", FAILS, "a"), {"successThreshold": 2}, lasts=2.5
    ),
    "the-last-output-outlives-one-below-the-threshold": Row(
        [ok(1, "a"), bad(2, last="a"), bad(4, last="a", count=2)],
        runs("a", "a", FAILS, "c", FAILS),
        {"successThreshold": 2},
        lasts=4.5,
    ),
    "an-output-beyond-the-threshold-is-the-last-one": Row(
        [ok(1, "a"), ok(2, "b"), bad(3, last="b")], runs("a", "a", "b", FAILS), {"successThreshold": 2}, lasts=3.5
    ),
    "an-output-of-a-failing-run-is-not-told": Row([bad(0)], runs({"output": "primary", **FAILS}), lasts=0.5),
    "an-empty-output-is-left-out": Row([said(0, "0}"), bad(1)], runs("", FAILS), lasts=1.5),
}

ODD = '<a> & \u2028\u2029 \x01\b\f\r\t\x7f "\\ \u00e9\n'
ODD_IN_JSON = r"\u003ca\u003e \u0026 \u2028\u2029 \u0001\b\f\r\t" + "\x7f" + r" \"\\ " + "\u00e9" + r"\n"


def shell(script):
    return {"command": ["/bin/sh", "-c", script]}


TEXTS = {
    "success-has-these-bytes": Row([said(0, '0,"output":"cHJpbWFyeQ=="}')]),
    "nothing-is-trimmed": Row(
        [said(0, '0,"output":"cHJpbWFyeQo="}')],
        shell("echo primary"),
    ),
    "an-output-is-any-bytes": Row([ok(0, b"\xff\x00a\n")], shell(r"printf '\377\000a\n'")),
    "a-failure-has-these-bytes": Row(
        [
            ok(0),
            said(1, r'-1,"output":"cHJpbWFyeQ==","message":"exit code: 3, stderr: boom\n: failed"}'),
        ],
        runs("primary", {"exitCode": 3, "stderr": "boom\n"}),
        lasts=1.5,
    ),
    "a-code-is-minus-one-whatever-the-exit-code": Row(
        [bad(0, "exit code: 137: failed")], runs({"exitCode": 137}), lasts=0.5
    ),
    "stderr-of-a-real-command-is-kept-as-it-is": Row(
        [bad(0, "exit code: 3, stderr: boom\n: failed")], shell("echo boom >&2; exit 3"), lasts=0.5
    ),
    "a-command-is-followed-by-its-args": Row(
        [ok(0, "a b")],
        {"command": True},
        action={"exec": {"command": ["/bin/sh", "-c"], "args": ['printf "$1 $2"', "sh", "a", "b"]}},
        lasts=0.5,
    ),
    "stderr-of-a-success-is-dropped": Row([ok(0)], shell("echo boom >&2; printf primary")),
    "a-signal-is-exit-code-minus-one": Row([bad(0, "exit code: -1: failed")], shell("kill -9 $$"), lasts=0.5),
    "a-command-that-is-not-there": Row(
        [bad(0, "failed to start command: fork/exec /no/such: no such file or directory: failed")],
        {"command": ["/no/such"]},
        lasts=0.5,
    ),
    "text-is-written-as-go-writes-it": Row(
        [said(0, f'-1,"message":"exit code: 1, stderr: {ODD_IN_JSON}: failed"}}')],
        runs({"stderr": ODD, **FAILS}),
        lasts=0.5,
    ),
    "a-byte-that-is-not-utf-8-is-the-replacement-character": Row(
        [said(0, r'-1,"message":"exit code: 1, stderr: a\ufffd\ufffdb: failed"}')],
        shell(r"printf 'a\342\202b' >&2; exit 1"),
        lasts=0.5,
    ),
    "instance-is-written-as-go-writes-text": Row(
        [(0, r'{"instance":"a\u0026b","probe":"roleProbe","code":0,"output":"cHJpbWFyeQ=="}', 1)],
        probe={"instance": "a&b"},
    ),
    "a-directive-in-an-error-is-read-as-one": Row(
        [bad(0, "exit code: 1, stderr: disk %!d(MISSING) full: failed")],
        runs({"stderr": "disk %d full", **FAILS}),
        lasts=0.5,
        on=LINE_1_0,
    ),
    "a-directive-in-an-error-is-kept": Row(
        [bad(0, "exit code: 1, stderr: disk %d full: failed")],
        runs({"stderr": "disk %d full", **FAILS}),
        lasts=0.5,
        on=LINE_1_1,
    ),
    "two-percent-signs-in-an-error-are-one": Row(
        [bad(0, "exit code: 1, stderr: 100%!: failed")],
        runs({"stderr": "100%%!", **FAILS}),
        lasts=0.5,
        on=LINE_1_0,
    ),
    "a-directive-in-an-output-is-kept": Row([ok(0, "100%d")], runs("100%d")),
    "an-action-of-no-kind-is-not-implemented": Row(
        [bad(0, "only exec action is supported: notImplemented")],
        action={"exec": None},
        lasts=0.5,
        on=LINE_1_0,
    ),
    "an-action-of-no-kind-is-a-bad-request": Row(
        [bad(0, "roleProbe is invalid: badRequest")], action={"exec": None}, lasts=0.5, on=LINE_1_1
    ),
    "an-action-over-http-is-not-implemented": Row(
        [bad(0, "only exec action is supported: notImplemented")],
        action={"exec": None, "http": {"port": "80"}},
        lasts=0.5,
        on=LINE_1_0,
    ),
}


def retries(times, seconds, **more):
    return {"retryPolicy": {"maxRetries": times, "retryInterval": seconds * NANOSECONDS}, **more}


RETRIES = {
    "a-failure-is-told-after-its-repetitions": Row(
        [bad(2), bad(12, count=2)],
        runs(FAILS),
        {"periodSeconds": 10},
        retries(2, 1),
        lasts=15,
        on=NEWEST,
    ),
    "a-retry-policy-is-ignored": Row(
        [bad(0), bad(10, count=2)], runs(FAILS), {"periodSeconds": 10}, retries(2, 1), lasts=15, on=BEFORE
    ),
    "a-repetition-that-succeeds-is-a-success": Row(
        [ok(1)], runs(FAILS, "primary"), {"periodSeconds": 10}, retries(2, 1), lasts=15, on=NEWEST
    ),
    "a-failure-without-a-repetition-is-one": Row(
        [bad(0), ok(10)], runs(FAILS, "primary"), {"periodSeconds": 10}, retries(2, 1), lasts=15, on=BEFORE
    ),
    "the-last-repetition-is-told": Row(
        [bad(2, "exit code: 7: failed")],
        runs(FAILS, {"exitCode": 2}, {"exitCode": 7}),
        {"periodSeconds": 10},
        retries(2, 1),
        lasts=9,
        on=NEWEST,
    ),
    "ticks-missed-by-repetitions-shrink-to-one": Row(
        [bad(20), bad(40, count=2), bad(60, count=3)],
        runs(FAILS),
        {"periodSeconds": 10},
        retries(5, 4),
        lasts=65,
        on=NEWEST,
    ),
    "each-repetition-has-its-own-time": Row(
        [bad(5, "timedOut")],
        runs({"latency": "9s"}),
        {"periodSeconds": 10},
        retries(1, 1, timeoutSeconds=2),
        lasts=9,
        on=NEWEST,
    ),
}

TIMES = {
    "a-run-ends-after-30-seconds": Row([bad(30, "timedOut")], runs({"latency": "90s"}), SLOW, lasts=99, on=LIMITED),
    "a-run-of-29-seconds-is-not-too-long": Row([ok(29)], runs({"output": "primary", "latency": "29s"}), SLOW, lasts=99),
    "a-run-never-ends": Row([ok(90)], runs({"output": "primary", "latency": "90s"}), SLOW, lasts=99, on=BACKGROUND),
    "a-timeout-above-a-minute-is-a-minute": Row(
        [bad(60, "timedOut")], runs({"latency": "90s"}), SLOW, {"timeoutSeconds": 300}, lasts=99, on=LIMITED
    ),
    "a-negative-timeout-is-none": Row(
        [ok(90)],
        runs({"output": "primary", "latency": "90s"}),
        SLOW,
        {"timeoutSeconds": -1},
        lasts=99,
        on=LIMITED,
    ),
    "a-timeout-is-the-actions": Row(
        [bad(2, "timedOut")], runs({"latency": "5s"}), SLOW, {"timeoutSeconds": 2}, on=LIMITED
    ),
    "a-timeout-is-ignored": Row(
        [ok(5)], runs({"output": "primary", "latency": "5s"}), SLOW, {"timeoutSeconds": 2}, on=BACKGROUND
    ),
    "a-run-that-timed-out-tells-its-stderr": Row(
        [bad(2, "waits\n: timedOut")],
        runs({"latency": "5s", "stderr": "waits\n"}),
        SLOW,
        {"timeoutSeconds": 2},
        on=LINE_1_1,
    ),
    "a-run-that-timed-out-tells-nothing-else": Row(
        [bad(2, "timedOut")],
        runs({"latency": "5s", "stderr": "waits\n"}),
        SLOW,
        {"timeoutSeconds": 2},
        on=LINE_1_0[1:],
    ),
    "a-run-that-timed-out-tells-the-last-output": Row(
        [ok(0), bad(102, "timedOut", last="primary")],
        runs("primary", {"latency": "5s"}),
        SLOW,
        {"timeoutSeconds": 2},
        lasts=110,
        on=LIMITED,
    ),
}


WATCHED = {"periodSeconds": 10, "reportOnFileChange": [FOLDER]}
FILES = {
    "a-changed-file-forces-a-report": Row([ok(0), ok(3.2, count=2)], probe=WATCHED, then=[(3, changed())], on=WATCHING),
    "the-path-itself-may-be-the-file": Row(
        [ok(0), ok(3.2, count=2)],
        probe={**WATCHED, "reportOnFileChange": ["/other", FILE]},
        then=[(3, changed())],
        on=WATCHING,
    ),
    "a-burst-of-changes-forces-one-report": Row(
        [ok(0), ok(3.5, count=2)],
        probe=WATCHED,
        then=[(3, changed()), (3.1, changed()), (3.3, changed())],
        on=WATCHING,
    ),
    "a-changed-file-forces-a-report-below-the-threshold": Row(
        [ok(3.2)], probe={**WATCHED, "successThreshold": 9}, then=[(3, changed())], on=WATCHING
    ),
    "a-changed-file-forces-a-report-of-a-failure-below-its-threshold": Row(
        [bad(3.2)], runs(FAILS), {**WATCHED, "failureThreshold": 9}, then=[(3, changed())], on=WATCHING
    ),
    "a-forced-run-leaves-the-ticks-where-they-are": Row(
        [ok(0, "a"), ok(3.2, "b"), ok(10, "c")],
        runs("a", "b", "c"),
        WATCHED,
        then=[(3, changed())],
        lasts=12,
        on=WATCHING,
    ),
    "another-file-forces-nothing": Row(
        [ok(0)], probe=WATCHED, then=[(3, changed("/etc/kubeblocks/other")), (4, changed(f"{FOLDER}/a/role"))]
    ),
    "a-probe-that-watches-nothing-is-not-forced": Row([ok(0)], then=[(3, changed())]),
    "a-changed-file-forces-nothing-yet": Row(
        [ok(0)],
        probe=WATCHED,
        then=[(3, changed())],
        on=NOT_WATCHING,
        lasts=9,
    ),
}

AVAILABLE = {"probe": "availableProbe"}
PROBES = {
    "probes-of-any-name-run-side-by-side": Row(
        [
            ok(0, "a"),
            ok(0, "1", **AVAILABLE),
            ok(0, "x", probe="checkLag"),
            ok(2, "b"),
            ok(3, "2", **AVAILABLE),
        ],
        runs("a", "b"),
        {"periodSeconds": 2},
        beside={
            "availableProbe": ({"periodSeconds": 3}, runs("1", "2")),
            "checkLag": ({"periodSeconds": 4}, runs("x")),
        },
        on=IN_ORDER,
    ),
    "each-probe-waits-a-period-of-its-own": Row(
        [ok(2, "a"), ok(3, "1", **AVAILABLE), ok(4, "b"), ok(6, "2", **AVAILABLE)],
        runs("a", "b"),
        {"periodSeconds": 2},
        beside={"availableProbe": ({"periodSeconds": 3}, runs("1", "2"))},
        on=BACKGROUND,
        from_start=True,
    ),
    "a-probe-that-fails-leaves-the-others-alone": Row(
        [bad(0), ok(0, "1", **AVAILABLE), bad(2, count=2), ok(2, "2", **AVAILABLE)],
        runs(FAILS),
        {"periodSeconds": 2},
        beside={"availableProbe": ({"periodSeconds": 2}, runs("1", "2"))},
        lasts=3,
    ),
    "a-slow-probe-leaves-the-others-alone": Row(
        [ok(0, "1", **AVAILABLE), ok(2, "2", **AVAILABLE), ok(5)],
        runs({"output": "primary", "latency": "5s"}),
        {"periodSeconds": 20},
        beside={"availableProbe": ({"periodSeconds": 2}, runs("1", "2"))},
        on=IN_ORDER,
    ),
    "each-probe-has-an-instance-of-its-own": Row(
        [ok(0), ok(0, instance="c2", **AVAILABLE)],
        beside={"availableProbe": ({"instance": "c2"}, runs("primary"))},
    ),
    "of-two-probes-with-one-name-the-last-counts": Row(
        [ok(0, instance="second")],
        lists=(
            [{"name": "roleProbe", **EXEC}],
            [
                {"action": "roleProbe", "instance": "first", "periodSeconds": 1},
                {"action": "roleProbe", "instance": "second", "periodSeconds": 1},
            ],
        ),
    ),
    "of-two-actions-with-one-name-the-last-counts": Row(
        [bad(2, "timedOut")],
        runs({"latency": "9s"}),
        lists=(
            [{"name": "roleProbe", "timeoutSeconds": 5, **EXEC}, {"name": "roleProbe", "timeoutSeconds": 2, **EXEC}],
            [{"action": "roleProbe", "instance": "c1-mysql", "periodSeconds": 100}],
        ),
        on=LIMITED,
    ),
    "unknown-keys-are-ignored-and-keys-fold": Row(
        [ok(0), ok(5, count=2)],
        lists=(
            [{"NAME": "roleProbe", "EXEC": {"Command": ["/bin/true"], "x": 1}, "x": {"y": []}}],
            [{"Action": "roleProbe", "INSTANCE": "c1-mysql", "PERIODSECONDS": 1, "reportPERIODseconds": 5, "x": 1}],
        ),
        lasts=7,
        on=IN_ORDER,
    ),
    "a-non-blocking-action-is-in-progress-and-then-its-result-for-ever": Row(
        [bad(0, "inProgress"), bad(2, "inProgress", 2), ok(4, "a")],
        runs({"output": "a", "latency": "3s"}, "b"),
        {"periodSeconds": 2},
        {"nonBlocking": True},
        on=LINE_1_1,
    ),
    "a-non-blocking-action-that-failed-has-failed-for-ever": Row(
        [bad(0, "inProgress"), bad(2), bad(4, count=2), bad(6, count=3)],
        runs({**FAILS, "latency": "1s"}, "b"),
        {"periodSeconds": 2},
        {"nonBlocking": True},
        lasts=7,
        on=LINE_1_1,
    ),
    "non-blocking-is-not-the-actions": Row(
        [ok(3, "a"), ok(4, "b")],
        runs({"output": "a", "latency": "3s"}, "b"),
        {"periodSeconds": 4},
        {"nonBlocking": True},
        lasts=5,
        on=LINE_1_0,
    ),
}

TABLE = {**START, **THRESHOLDS, **LAST_OUTPUT, **TEXTS, **RETRIES, **TIMES, **FILES, **PROBES}


@pytest.mark.parametrize(("release", "row"), cases(TABLE))
def test_what_an_agent_tells_by_the_table(release, row):
    world = play(release, row)
    refused = None if row.refused is None else world.refusals()
    assert (world.told, refused) == (row.told, row.refused)
