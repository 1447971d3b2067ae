"""Times that order nothing, and behaviours that make no difference."""

import pytest

AT = "eventTime: '2026-01-01T00:00:00Z'"


def claim(pod, more=AT, role="primary"):
    return f"event: {{template: roleProbe, pod: c1-mysql-{pod}, role: {role}, {more}}}"


@pytest.mark.parametrize(
    "steps",
    [
        [claim(0), claim(1)],
        [claim(0), "wait: 5s", claim(1, "eventTime: '2026-01-01T01:00:00+01:00'")],
        [claim(0), claim(1, role="Primary")],
        [claim(0), claim(1, "eventTime: '{{ t }}'")],
    ],
    ids=["at once", "in another zone", "in another case", "by a value"],
)
def test_two_claims_of_one_time_are_told(problems, steps):
    (found,) = problems(*steps, head="values: {t: '2026-01-01T00:00:00.000000Z'}", rule="same-time")
    assert found.startswith("c1-mysql-1 claims primary at the very time at which c1-mysql-0 does")


@pytest.mark.parametrize(
    "steps",
    [
        [claim(0), claim(1, "eventTime: '2026-01-01T00:00:01Z'")],
        [claim(0), claim(0)],
        [claim(0, role="secondary"), claim(1, role="secondary")],
        [claim(0, "eventTime: -30s"), claim(1, "eventTime: -30s")],
        [claim(0), claim(1, f"{AT}, fields: {{eventTime: '2026-01-01T00:00:01.000000Z'}}")],
        [claim(0, role='"primary 1"'), claim(1, role='"primary 2"')],
        [claim(0, "eventTime: '{{ now() }}'"), "wait: 1s", claim(1, "eventTime: '{{ now() }}'")],
        [claim(0), claim(1, f"{AT}, code: -1")],
    ],
    ids=[
        *("a second later", "the same Pod", "a role for many", "from now", "with another time after all"),
        *("with versions", "now is later", "a failure"),
    ],
)
def test_two_claims_that_can_be_told_apart_are_not(problems, steps):
    assert problems(*steps, rule="same-time") == []


RULE = "two_holders_of: primary, longer_than: "


@pytest.mark.parametrize(
    ("head", "steps"),
    [
        (f"never: [{{{RULE}11s}}]", ["wait: 10s"]),
        ("", ["wait: 3s", f"never: {{{RULE}1m}}", "expect: {pod: c1-mysql-0, role: primary}"]),
        ("always: [{pod: c1-mysql-0, ready: true, longer_than: 2h}]", ["parallel: [{wait: 30m}, {wait: 1h}]"]),
    ],
    ids=["never", "a step", "always"],
)
def test_patience_that_outlasts_the_scenario_is_told(problems, head, steps):
    (found,) = problems(*steps, head=head, rule="long-patience")
    assert "is longer than all waits of the scenario together" in found


@pytest.mark.parametrize(
    ("head", "steps"),
    [
        (f"never: [{{{RULE}10s}}]", ["wait: 10s"]),
        (f"never: [{{{RULE}14s}}]", ["wait: 10s", "expect: {pod: c1-mysql-0, role: primary}"]),
        ("never: [{two_holders_of: primary}]", ["wait: 1s"]),
        (
            f"never: [{{{RULE}1h}}]",
            ["bind: {name: n, object: {kind: Pod, name: c1-mysql-0}, query: a}", "wait: '{{ n }}'"],
        ),
        (f"never: [{{{RULE}30s}}]", [claim(0, "repeat: {times: 4, every: 10s}")]),
    ],
    ids=["as long", "with what expect may take", "none", "who knows", "an Event again and again"],
)
def test_patience_that_can_end_is_not(problems, head, steps):
    assert problems(*steps, head=head, rule="long-patience") == []


@pytest.mark.parametrize(
    "more",
    ["eventTime: +61m", "eventTime: '2027-01-01T00:00:00Z'", "eventTime: \"{{ now('+2h') }}\""],
    ids=["from now", "another year", "by a template"],
)
def test_a_time_far_ahead_is_told(problems, more):
    (found,) = problems(claim(0, more), rule="far-future")
    assert "is more than an hour ahead" in found


@pytest.mark.parametrize(
    "steps",
    [
        [claim(0, "eventTime: +300s")],
        [claim(0, "eventTime: -30h")],
        [claim(0, "eventTime: '2000-01-01T00:00:00Z'")],
        [claim(0, "eventTime: null")],
        ["wait: 2h", claim(0, "eventTime: '2026-01-01T02:30:00Z'")],
    ],
    ids=["minutes", "the past", "long ago", "none", "after a long wait"],
)
def test_a_time_of_today_is_not(problems, steps):
    assert problems(*steps, rule="far-future") == []


@pytest.mark.parametrize(
    "releases",
    [
        "{passes_on: [main], fails_on: [1.0.3], behaviours: [role_policy]}",
        "{passes_on: [main, fixed], behaviours: [role_policy]}",
        "{passes_on: [1.0.2, main], fails_on: [1.0.3], behaviours: [handlers, role_policy, role_messages]}",
    ],
    ids=["between two", "without a failure", "beside another"],
)
def test_a_behaviour_that_makes_no_difference_is_told(problems, releases):
    found = problems("wait: 1s", head=f"releases: {releases}", rule="same-behaviour")
    assert len(found) == 1
    assert found[0].startswith("role_policy is the same on all releases that are named here: ")


@pytest.mark.parametrize(
    "releases",
    [
        "{passes_on: [main], fails_on: [1.0.0], behaviours: [role_policy]}",
        "{passes_on: [fixed], fails_on: [main], behaviours: [window_from_events, marks_by_identity]}",
        "{passes_on: [main], fails_on: [1.0.0]}",
    ],
    ids=["between two", "several", "none named"],
)
def test_a_behaviour_that_may_make_the_difference_is_not(problems, releases):
    assert problems("wait: 1s", head=f"releases: {releases}", rule="same-behaviour") == []
