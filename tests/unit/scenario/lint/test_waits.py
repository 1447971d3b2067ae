"""What is waited for in vain."""

import pytest

TOLD = 'agent: {pod: "{{ pod(0) }}", roleProbe: primary}'
STOP, START = "controller: stop", "controller: start"
PRIMARY = "expect: {pod: c1-mysql-0, role: primary}"
ROUTED = "expect: {service: rw, routes_to: [c1-mysql-0]}"


@pytest.mark.parametrize(
    "steps",
    [
        [STOP, TOLD, PRIMARY],
        [TOLD, PRIMARY, STOP, "event: {template: roleProbe, pod: c1-mysql-1, role: primary}", "wait: 5s", PRIMARY],
        [STOP, TOLD, "stays: {pod: c1-mysql-0, role: null, for: 5s}", ROUTED, START],
        [STOP, TOLD, "expect: {event: roleProbe, about: c1-mysql-0, handled: true}"],
        [STOP, TOLD, "before: {first: {pod: c1-mysql-0, role: primary}, then: {event: roleProbe, about: c1-mysql-0}}"],
    ],
    ids=["a role", "after a judgement", "a Service", "a mark", "an order"],
)
def test_what_only_a_stopped_controller_does_is_told(problems, steps):
    (found,) = problems(*steps, rule="stopped-controller")
    assert found.endswith(": only the controller brings that about, and it is stopped: start it before")


@pytest.mark.parametrize(
    "steps",
    [
        [STOP, TOLD, START, PRIMARY],
        [TOLD, "wait: 5s", STOP, PRIMARY],
        [STOP, TOLD, "stays: {pod: c1-mysql-0, role: null, for: 5s}"],
        [STOP, TOLD, "expect: {event: roleProbe, about: c1-mysql-0}"],
        [
            STOP,
            "patch: {kind: Pod, name: c1-mysql-0, patch: {metadata: {labels: {kubeblocks.io/role: primary}}}}",
            PRIMARY,
        ],
        [
            "fault: {hold: PUT, kind: Pod, name: c1-mysql-0}",
            TOLD,
            "expect: {event: roleProbe, about: c1-mysql-0}",
            STOP,
            PRIMARY,
        ],
        [STOP, "scale: 3", "expect: {service: all, routes_to: [c1-mysql-0, c1-mysql-1, c1-mysql-2]}"],
        [STOP, "parallel: [{" + START + "}, {" + TOLD + "}]", PRIMARY],
        ["controller: {do: restart, release: main}", TOLD, PRIMARY],
    ],
    ids=[
        *("started again", "done before it stopped", "what stays", "what an agent does", "what a step does"),
        *("what is under way", "what a kubelet does", "started aside", "started anew"),
    ],
)
def test_what_may_be_done_without_a_controller_is_not(problems, steps):
    assert problems(*steps, rule="stopped-controller") == []


@pytest.mark.parametrize(
    ("step", "key"),
    [
        ("expect: {pod: c1-mysql-0, role: primary, within: 0s}", "within"),
        ("stays: {pod: c1-mysql-0, role: null, for: 0s}", "for"),
        ("wait: 0s", "for"),
        ("unchanged: {pod: c1-mysql-0, for: 0ms}", "for"),
    ],
    ids=["expect", "stays", "wait", "unchanged"],
)
def test_no_time_at_all_is_told(problems, step, key):
    found = problems(step, rule="no-time")
    assert found == [f"{key}: 0s leaves no time for anything: give it some"]


@pytest.mark.parametrize(
    "step",
    [
        "expect: {pod: c1-mysql-0, role: primary, within: 1ms}",
        "expect: {pod: c1-mysql-0, role: primary}",
        "exactly: {writes: {kind: Pod}, times: 0, for: 0s}",
        "wait: 1s",
    ],
    ids=["a little", "not said", "a count until now", "a wait"],
)
def test_some_time_is_not(problems, step):
    assert problems(step, rule="no-time") == []


AVAILABLE = 'agent: {pod: "{{ pod(0) }}", availableProbe: ok}'
IS_AVAILABLE = 'expect: {component: c1-mysql, available: "True", within: '


@pytest.mark.parametrize(
    ("steps", "cluster"),
    [
        ([AVAILABLE, IS_AVAILABLE + "5s}"], "availableProbe: {initialDelaySeconds: 10}"),
        ([AVAILABLE, IS_AVAILABLE + "5s}"], "availableProbe: {periodSeconds: 10, successThreshold: 2}"),
        ([TOLD, PRIMARY], "roleProbe: {initialDelaySeconds: 6}"),
        ([TOLD, "wait: 2s", PRIMARY], "roleProbe: {initialDelaySeconds: 8}"),
        (
            ["agent: {pod: c1-mysql-0, actions: {b: {exitCode: 1}}}", "expect: {event: b, about: c1-mysql-0}"],
            "probes: {b: {periodSeconds: 3, failureThreshold: 3}}",
        ),
    ],
    ids=["a delay", "a threshold", "a role", "a wait before", "a failure"],
)
def test_a_deadline_before_the_probe_can_tell_is_told(problems, steps, cluster):
    (found,) = problems(*steps, cluster=cluster, rule="too-soon")
    assert "is over before the probe can have told it" in found


@pytest.mark.parametrize(
    ("steps", "cluster"),
    [
        ([AVAILABLE, IS_AVAILABLE + "10s}"], "availableProbe: {initialDelaySeconds: 10}"),
        ([TOLD, PRIMARY], "roleProbe: {periodSeconds: 60}"),
        ([TOLD, "wait: 5s", PRIMARY], "roleProbe: {initialDelaySeconds: 8}"),
        (
            [TOLD, "event: {template: roleProbe, pod: c1-mysql-0, role: primary}", PRIMARY],
            "roleProbe: {initialDelaySeconds: 60}",
        ),
        ([TOLD, "probe: {pod: c1-mysql-0}", PRIMARY], "roleProbe: {initialDelaySeconds: 60}"),
        (
            [AVAILABLE, 'expect: {component: c1-mysql, available: "False", within: 1s}'],
            "availableProbe: {initialDelaySeconds: 60}",
        ),
        (
            ["agent: {pod: c1-mysql-0, roleProbe: {sequence: [primary]}}", PRIMARY],
            "roleProbe: {initialDelaySeconds: 60}",
        ),
    ],
    ids=[
        *("in time", "the first run is at once", "a wait before", "an Event beside it", "a run out of turn"),
        *("what silence brings about, too", "several answers"),
    ],
)
def test_a_deadline_that_can_be_kept_is_not(problems, steps, cluster):
    assert problems(*steps, cluster=cluster, rule="too-soon") == []


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("{pod: c1-mysql-0, role: primary}", "{pod: c1-mysql-0, role: primary}"),
        ("{pod: c1-mysql-0, role: primary, ready: true}", "{pod: c1-mysql-0, ready: true, role: primary}"),
        ('{pod: "{{ pod(0) }}", role: primary}', "{pod: c1-mysql-0, role: primary}"),
    ],
    ids=["word by word", "in another order", "by another name"],
)
def test_an_order_of_one_thing_is_told(problems, first, then):
    assert len(problems(f"before: {{first: {first}, then: {then}}}", rule="same-sides")) == 1


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("{pod: c1-mysql-0, role: primary}", "{pod: c1-mysql-1, role: primary}"),
        ("{pod: c1-mysql-0, role: primary}", "{pod: c1-mysql-0, role: secondary}"),
        ("{pod: c1-mysql-0, role: primary}", "{service: rw, routes_to: [c1-mysql-0]}"),
    ],
    ids=["another Pod", "another role", "another subject"],
)
def test_an_order_of_two_things_is_not(problems, first, then):
    assert problems(f"before: {{first: {first}, then: {then}}}", rule="same-sides") == []
