"""Steps that contradict each other."""

import pytest

CLAIM = "event: {template: roleProbe, pod: c1-mysql-0, role: primary}"
TOLD = "agent: {pod: c1-mysql-0, roleProbe: primary}"
STAYS = "stays: {pod: c1-mysql-0, role: primary, for: 5s}"
STAYS_NOT = "stays: {pod: c1-mysql-0, role: {$not: primary}, for: 5s}"
SEEN = "expect: {pod: c1-mysql-0, role: primary}"
SEEN_NOT = "expect: {pod: c1-mysql-0, role: secondary}"


@pytest.mark.parametrize(
    "steps",
    [
        [TOLD, SEEN, STAYS_NOT],
        [TOLD, STAYS, "stays: {pod: c1-mysql-0, role: null, for: 5s}"],
        [CLAIM, STAYS, SEEN_NOT],
        [CLAIM, "stays: {service: rw, routes_to: [c1-mysql-0], for: 5s}", "expect: {service: rw, routes_to: []}"],
        [
            CLAIM,
            "expect: {object: {kind: Pod, name: c1-mysql-0}, matches: {metadata: {labels: {a: b}}}}",
            "stays: {object: {kind: Pod, name: c1-mysql-0}, matches: {metadata: {labels: {a: c}}}, for: 5s}",
        ],
        [CLAIM, SEEN, "never: {two_holders_of: primary}", "stays: {pod: c1-mysql-0, role: secondary, for: 5s}"],
    ],
    ids=["by an operator", "two stays", "after Events alone", "a Service", "within an object", "a rule between"],
)
def test_two_judgements_that_exclude_each_other_are_told(problems, steps):
    (found,) = problems(*steps, rule="contradiction")
    assert "nothing is done between them: do something, or drop one" in found


@pytest.mark.parametrize(
    "steps",
    [
        [TOLD, SEEN, CLAIM, STAYS_NOT],
        [TOLD, SEEN, "wait: 5s", STAYS_NOT],
        [TOLD, STAYS, SEEN_NOT],
        [CLAIM, SEEN, SEEN_NOT],
        [CLAIM, SEEN, "stays: {pod: c1-mysql-1, role: null, for: 5s}"],
        [CLAIM, SEEN, "stays: {pod: c1-mysql-0, ready: true, for: 5s}"],
        [CLAIM, SEEN, "stays: {pod: c1-mysql-0, role: {$in: [primary, secondary]}, for: 5s}"],
        [
            "event: {template: roleProbe, pod: c1-mysql-0, role: primary, repeat: {times: 9, every: 5s}}",
            STAYS,
            SEEN_NOT,
        ],
        [
            CLAIM,
            "stays: {component: c1-mysql, available: null, for: 5s}",
            'expect: {component: c1-mysql, available: "True"}',
        ],
        [
            CLAIM,
            "expect: {pod: c1-mysql-0, version: '{{ micros() }}'}",
            "stays: {pod: c1-mysql-0, version: '{{ micros(\"-1s\") }}', for: 5s}",
        ],
        [
            "expect: {event: roleProbe, about: c1-mysql-0, says: a}",
            "stays: {event: roleProbe, about: c1-mysql-0, says: b, for: 1s}",
        ],
        [CLAIM, "parallel: [{" + STAYS + "}, {" + TOLD + "}]", STAYS_NOT],
    ],
    ids=[
        *("something done", "time between", "an agent at work", "time allowed", "another Pod", "something else"),
        *("both may be", "an Event again and again", "what silence brings about", "what time brings about"),
        *("one Event beside another", "side by side"),
    ],
)
def test_two_judgements_that_can_both_hold_are_not(problems, steps):
    assert problems(*steps, rule="contradiction") == []


def test_what_the_dice_choose_contradicts_nothing(problems):
    head = "values: {a: \"{{ choice(['primary', 'secondary']) }}\"}"
    steps = (CLAIM, "expect: {pod: c1-mysql-0, role: '{{ a }}'}", "stays: {pod: c1-mysql-0, role: secondary, for: 5s}")
    assert problems(*steps, head=head, rule="contradiction") == []


@pytest.mark.parametrize(
    ("rules", "steps"),
    [
        ("never: [{pod: c1-mysql-0, role: primary}]", [CLAIM, SEEN]),
        ("always: [{pod: c1-mysql-0, role: null}]", [CLAIM, SEEN]),
        ("never: [{service: rw, routes_to: []}]", [CLAIM, "stays: {service: rw, routes_to: [], for: 5s}"]),
        ("", ["always: {pod: c1-mysql-0, ready: true}", CLAIM, "expect: {pod: c1-mysql-0, ready: false}"]),
        ("never: [{two_holders_of: primary}]", [CLAIM, "expect: {two_holders_of: primary}"]),
        ("never: [{pod: c1-mysql-0, role: {$regex: ^pri}}]", [CLAIM, SEEN]),
    ],
    ids=["a never", "an always", "a never of a Service", "a step", "two holders", "an operator"],
)
def test_what_a_rule_forbids_is_told(problems, rules, steps):
    (found,) = problems(*steps, head=rules, rule="broken-rule")
    assert found.endswith(" is broken then: drop one of the two, or give it longer_than")


@pytest.mark.parametrize(
    ("rules", "steps"),
    [
        ("never: [{pod: c1-mysql-0, role: primary, longer_than: 1s}]", [CLAIM, SEEN]),
        ("never: [{pod: c1-mysql-1, role: primary}]", [CLAIM, SEEN]),
        ("never: [{pod: c1-mysql-0, role: primary, ready: false}]", [CLAIM, SEEN]),
        ("", [CLAIM, SEEN, "never: {pod: c1-mysql-0, role: primary}"]),
        ("always: [{pod: c1-mysql-0, ready: true}]", [CLAIM, SEEN]),
        ("always: [{pod: c1-mysql-0, role: {$in: [null, primary]}}]", [CLAIM, SEEN]),
    ],
    ids=["put up with", "of another Pod", "of more", "from later on", "of something else", "not excluded"],
)
def test_what_no_rule_forbids_is_not(problems, rules, steps):
    assert problems(*steps, head=rules, rule="broken-rule") == []


STOP, START = "controller: stop", "controller: start"


@pytest.mark.parametrize(
    ("steps", "word"),
    [
        ([START], "start"),
        ([STOP, STOP], "stop"),
        ([STOP, START, START], "start"),
        ([STOP, "controller: restart", "controller: {do: start, release: main}"], "start"),
        ([STOP, "wait: 1s", STOP], "stop"),
    ],
    ids=["started from the start", "stopped twice", "started twice", "with a release", "with a wait between"],
)
def test_a_controller_that_is_so_already_is_told(problems, steps, word):
    (found,) = problems(*steps, rule="controller-state")
    assert found.startswith(f"{word}: the controller ")


@pytest.mark.parametrize(
    "steps",
    [
        [STOP, START, STOP, START],
        ["controller: restart", "controller: restart", STOP],
        [STOP, "controller: restart", STOP],
        ["parallel: [{" + STOP + "}, {wait: 1s}]", START],
        [
            "bind: {name: n, object: {kind: Pod, name: c1-mysql-0}, query: metadata.name}",
            'controller: "{{ n }}"',
            START,
        ],
        ["controller: crash", STOP, START],
    ],
    ids=["in turns", "restarts", "a restart as a start", "stopped aside", "who knows", "a crash"],
)
def test_a_controller_that_is_not_so_is_not(problems, steps):
    assert problems(*steps, rule="controller-state") == []


DELETED = "pod: {name: c1-mysql-0, do: delete}"


@pytest.mark.parametrize(
    "steps",
    [
        [DELETED, TOLD],
        ["delete: {kind: Pod, name: c1-mysql-0}", "wait: 5s", TOLD],
        [DELETED, "pod: {name: c1-mysql-1, do: recreate}", TOLD],
        [DELETED, "probe: {pod: c1-mysql-0}"],
    ],
    ids=["by its operation", "as an object", "another one is made", "a probe"],
)
def test_an_agent_of_a_pod_that_is_gone_is_told(problems, steps):
    (found,) = problems(*steps, rule="deleted-pod")
    assert found.startswith("c1-mysql-0 was deleted at mine.yaml:12:")


@pytest.mark.parametrize(
    "steps",
    [
        [DELETED, "pod: {name: c1-mysql-0, do: create}", TOLD],
        [DELETED, TOLD, "pod: {name: c1-mysql-0, do: recreate}"],
        [DELETED, "scale: 2", TOLD],
        [DELETED, "agent: {pod: c1-mysql-1, roleProbe: primary}"],
        ["delete: {kind: ConfigMap, name: c1-mysql-0}", TOLD],
        ["parallel: [{" + DELETED + "}, {wait: 1s}]", TOLD],
    ],
    ids=["created again", "told before it is", "scaled", "of another Pod", "another kind", "deleted aside"],
)
def test_an_agent_of_a_pod_that_is_there_is_not(problems, steps):
    assert problems(*steps, rule="deleted-pod") == []
