"""Which policy a ComponentDefinition has, as releases read it."""

import pytest

from pytest_kbevents.clock import SECOND
from pytest_kbevents.reconciler.available.policy import default_window, probe_policy
from pytest_kbevents.reconciler.releases import TABLE

CONDITION = {"any": {"succeed": True}}


def definition(available, probe=None):
    actions = {} if probe is None else {"availableProbe": probe}
    return {"spec": {"available": available, "lifecycleActions": actions}}


@pytest.mark.parametrize(("period", "seconds"), [(0, 120), (-5, 120), (1, 30), (14, 30), (15, 30), (16, 32), (60, 120)])
def test_the_default_window_is_twice_the_report_period(period, seconds):
    assert default_window({"periodSeconds": period}) == seconds * SECOND


@pytest.mark.parametrize("release", ["1.0.0", "1.0.2", "main", "fixed"])
def test_a_condition_of_probes_is_the_policy(release):
    given = definition({"withProbe": {"condition": CONDITION, "timeWindowSeconds": 7, "description": "d"}})
    policy = probe_policy(given, TABLE[release])
    assert (policy.condition, policy.window, policy.description) == (CONDITION, 7 * SECOND, "d")


def test_without_a_window_it_is_the_default_one():
    given = definition({"withProbe": {"condition": CONDITION}}, {"periodSeconds": 20})
    assert probe_policy(given, TABLE["main"]).window == 40 * SECOND


def test_a_window_of_nothing_is_no_default():
    given = definition({"withProbe": {"condition": CONDITION, "timeWindowSeconds": 0}})
    assert probe_policy(given, TABLE["main"]).window == 0


def test_a_probe_without_a_policy_asks_all_of_them():
    policy = probe_policy(definition(None, {"periodSeconds": 20}), TABLE["main"])
    assert (policy.condition, policy.description) == (
        {"all": {"succeed": True, "strict": True}},
        "all replicas are available",
    )


LEFT = {
    "no-probe": ({}, ["1.0.0", "1.0.2", "main"]),
    "phases": ({"available": {"withPhases": "Running"}}, ["1.0.0", "1.0.2", "main"]),
    "roles": ({"available": {"withRole": "leader"}}, ["1.0.2", "main"]),
    "phases-beside-a-probe": ({"available": {"withPhases": "Running", "withProbe": {}}}, ["1.0.0"]),
}


@pytest.mark.parametrize(
    ("spec", "release"), [(spec, release) for spec, releases in LEFT.values() for release in releases]
)
def test_some_policies_are_left_to_the_component_controller(spec, release):
    assert probe_policy({"spec": spec}, TABLE[release]) is None


REFUSED = {
    "nothing": ({}, ["1.0.0", "main", "fixed"]),
    "no-condition": ({"withProbe": {}}, ["1.0.0", "main", "fixed"]),
    "roles-before-they-were-known": ({"withRole": "leader"}, ["1.0.0"]),
    "no-condition-beside-phases": ({"withPhases": "Running", "withProbe": {}}, ["1.0.2", "main"]),
}


@pytest.mark.parametrize(
    ("available", "release"), [(available, release) for available, releases in REFUSED.values() for release in releases]
)
def test_some_policies_can_never_be_judged(available, release):
    with pytest.raises(ValueError, match="neither phases nor roles"):
        probe_policy(definition(available), TABLE[release])


WRONG = {
    "a-text-window": {"withProbe": {"condition": {}, "timeWindowSeconds": "10"}},
    "a-list-for-a-condition": {"withProbe": {"condition": []}},
    "a-text-for-success": {"withProbe": {"condition": {"all": {"succeed": "true"}}}},
    "a-number-to-match": {"withProbe": {"condition": {"all": {"stdout": {"equalTo": 1}}}}},
    "an-object-for-and": {"withProbe": {"condition": {"and": {"all": {}}}}},
    "a-number-for-phases": {"withPhases": 1},
}


@pytest.mark.parametrize("available", WRONG.values(), ids=WRONG)
def test_a_policy_of_the_wrong_types_can_never_be_judged(available):
    with pytest.raises(ValueError, match="cannot unmarshal"):
        probe_policy(definition(available), TABLE["main"])


def test_joined_expressions_join_no_more():
    nested = {"and": [{"all": {"succeed": True, "and": [{"not": {}}]}, "or": [{}]}]}
    policy = probe_policy(definition({"withProbe": {"condition": nested}}), TABLE["main"])
    assert policy.condition == {"and": [{"all": {"succeed": True, "and": [{}]}}]}


@pytest.mark.parametrize("spec", [None, {}, {"available": None, "lifecycleActions": None}])
def test_nothing_defined_is_left_to_the_component_controller(spec):
    assert probe_policy({"spec": spec}, TABLE["main"]) is None
