"""Known problems of availability: each shows on main, and no longer on fixed."""

import pytest

from pytest_kbevents.api.resources import COMPONENTS
from pytest_kbevents.errors import Conflict
from pytest_kbevents.faults.refuse import Refuse

EIGHT = [f"c1-mysql-{ordinal}" for ordinal in range(8)]
MET = ("True", "Available", "the available conditions are met")


def failing(text):
    return ("False", "ProbeCheckFail", text)


SILENT = failing("no result of availableProbe within 10s")
NOT_ZERO = failing("probe code is not 0: -1")


def within_10s(quantifier="all", **assertion):
    return {"withProbe": {"timeWindowSeconds": 10, "condition": {quantifier: {"succeed": True, **assertion}}}}


@pytest.fixture
def strict(component_world):
    """A world whose policy is all, strict, within 10 seconds."""

    def make(release, **changed):
        return component_world(release, available=within_10s(strict=True), **changed)

    return make


@pytest.mark.parametrize(
    ("release", "expected"), [("main", failing("not all replicas are available: 0/1")), ("fixed", MET)]
)
def test_o_01_a_healthy_pod_that_repeats_itself_stays_available(strict, release, expected):
    world = strict(release)
    key = world.probe()
    for _ in range(3):
        world.wait(4)
        world.repeat(key)
    world.settle(0)
    assert world.condition() == expected


@pytest.mark.parametrize(("release", "expected"), [("main", MET), ("fixed", NOT_ZERO)])
def test_o_01_a_failing_pod_that_repeats_itself_stays_unavailable(component_world, release, expected):
    world = component_world(release, available=within_10s())
    key = world.probe(-1)
    for _ in range(3):
        world.wait(4)
        world.repeat(key)
    world.settle(0)
    assert world.condition() == expected


@pytest.mark.parametrize(("release", "expected"), [("main", NOT_ZERO), ("fixed", MET)])
def test_o_05_a_recovery_inside_the_window_is_seen(strict, release, expected):
    world = strict(release)
    success = world.probe()
    world.wait(2)
    world.probe(-1)
    world.wait(2)
    world.repeat(success)
    world.settle(0)
    assert world.condition() == expected


def burst(world):
    """Eight Pods report at once, and eight workers take one Event each before the first write is back in a cache."""
    for pod in EIGHT:
        world.probe(pod=pod)
    world.at_once()


@pytest.mark.parametrize(
    ("release", "expected"), [("main", failing("not all replicas are available: 1/8")), ("fixed", MET)]
)
def test_o_06_a_no_result_of_a_burst_is_lost(strict, release, expected):
    world = strict(release, replicas=8)
    burst(world)
    assert world.condition() == expected


@pytest.mark.parametrize(("release", "expected"), [("main", "old"), ("fixed", "new")])
def test_o_06_b_another_condition_written_meanwhile_is_kept(strict, release, expected):
    world = strict(release)
    other = {"type": "Progressing", "status": "True", "reason": "old"}
    world.patch(COMPONENTS, {"status": {"conditions": [other]}}, "status")
    world.settle(0)
    world.probe()
    world.before_write("components", lambda: world.replace_condition({**other, "reason": "new"}))
    world.settle(1)
    assert world.reason_of("Progressing") == expected


def test_o_06_b_the_result_is_written_all_the_same(strict):
    world = strict("fixed")
    world.probe()
    world.before_write("components", lambda: world.replace_condition({"type": "Progressing", "status": "True"}))
    world.settle(1)
    assert world.condition() == MET


@pytest.mark.parametrize(("release", "expected"), [("main", MET), ("fixed", SILENT)])
def test_o_07_silence_is_noticed(strict, release, expected):
    world = strict(release)
    world.probe()
    world.wait(11)
    assert world.condition() == expected


def test_o_07_silence_is_noticed_when_the_result_leaves_the_window_and_not_before(strict):
    world = strict("fixed")
    world.probe()
    world.wait(9)
    before = world.condition()
    world.wait(1)
    assert (before, world.condition()) == (MET, SILENT)


def test_o_07_one_silent_pod_of_two_is_noticed(strict):
    world = strict("fixed", replicas=2)
    world.probe(pod="c1-mysql-0")
    world.wait(5)
    world.probe(pod="c1-mysql-1")
    world.wait(6)
    assert world.condition() == failing("not all replicas are available: 1/2")


def test_o_07_pods_that_are_gone_are_silent(strict):
    world = strict("fixed")
    world.probe()
    world.settle(0)
    world.take_away("pod")
    world.wait(11)
    assert world.condition() == SILENT


def test_o_07_a_component_that_nobody_has_probed_is_left_alone(strict):
    world = strict("fixed")
    world.wait(300)
    assert world.condition() is None


def test_o_07_silence_ends_with_the_next_result(strict):
    world = strict("fixed")
    key = world.probe()
    world.wait(30)
    world.repeat(key)
    world.settle(0)
    assert world.condition() == MET


def test_o_07_silence_after_silence_is_noticed_too(strict):
    world = strict("fixed")
    key = world.probe()
    world.wait(30)
    world.repeat(key)
    world.wait(11)
    assert world.condition() == SILENT


def test_o_07_a_controller_that_was_away_notices_silence(strict):
    world = strict("fixed")
    world.probe()
    world.settle(0)
    world.restart("fixed", after=20)
    assert world.condition() == SILENT


def test_o_07_an_idle_silent_component_costs_nothing(strict):
    world = strict("fixed")
    world.probe()
    world.wait(20)
    before = world.taken.total()
    world.wait(1000)
    assert world.taken.total() == before


def test_o_07_a_healthy_component_is_looked_at_twice_a_window_at_most(strict):
    world = strict("fixed")
    key = world.probe()
    world.wait(5)
    world.repeat(key)
    world.patch(COMPONENTS, {"metadata": {"labels": {"many": "changes"}}})
    world.settle(0)
    looks = world.looks()
    for _ in range(20):
        world.wait(5)
        world.repeat(key)
    world.settle(0)
    assert world.looks() - looks <= 20  # in ten windows


def test_o_07_a_healthy_component_costs_no_request(strict):
    world = strict("fixed")
    world.probe()
    world.settle(0)
    before = len(world.audit.entries)
    world.wait(9)
    assert len(world.audit.entries) == before


@pytest.mark.parametrize(("release", "expected"), [("main", NOT_ZERO), ("fixed", MET)])
def test_o_08_a_failure_of_the_pod_that_was_there_before_does_not_count(strict, release, expected):
    world = strict(release)
    world.probe(at=-1)
    world.settle(0)
    world.probe(-1, uid="22222222-2222-2222-2222-222222222222")
    world.settle(0)
    assert world.condition() == expected


@pytest.mark.parametrize(("release", "expected"), [("main", MET), ("fixed", NOT_ZERO)])
def test_o_08_a_success_of_the_pod_that_was_there_before_hides_no_failure(strict, release, expected):
    world = strict(release)
    world.probe(-1, at=-1)
    world.settle(0)
    world.probe(uid="22222222-2222-2222-2222-222222222222")
    world.settle(0)
    assert world.condition() == expected


POISON = {"message": "{"}


@pytest.mark.parametrize(("release", "expected"), [("main", None), ("fixed", "1")])
def test_o_11_a_message_that_cannot_be_read_is_consumed(strict, release, expected):
    world = strict(release)
    key = world.probe(**POISON)
    world.wait(60)
    assert world.marked(key) == expected


def test_o_11_the_warning_is_about_the_pod(strict):
    world = strict("fixed")
    world.probe(**POISON)
    world.settle(0)
    (event,) = world.warnings()
    assert (event["involvedObject"]["kind"], event["involvedObject"]["name"]) == ("Pod", "c1-mysql-0")


def test_o_11_the_warning_of_a_policy_is_about_the_component(component_world):
    world = component_world("fixed", available={})
    world.probe()
    world.settle(0)
    (event,) = world.warnings()
    assert (event["involvedObject"]["kind"], event["involvedObject"]["name"]) == ("Component", "c1-mysql")


@pytest.mark.parametrize("release", ["1.0.0", "main", "fixed"])
def test_o_11_a_definition_that_becomes_available_is_waited_for(strict, release):
    world = strict(release)
    world.define(phase="Unavailable")
    key = world.probe()
    world.settle(0.1)
    world.define(phase="Available")
    world.settle(5)
    assert (world.condition(), world.marked(key)) == (MET, "1")


@pytest.mark.parametrize(("release", "expected"), [("main", None), ("fixed", MET)])
def test_o_11_a_stray_text_in_the_status_blocks_nobody(strict, release, expected):
    world = strict(release)
    world.patch(COMPONENTS, {"status": {"message": {"Event/available-probe": "x"}}}, "status")
    world.probe()
    world.settle(1)
    assert world.condition() == expected


@pytest.mark.parametrize(("release", "writes"), [("main", True), ("fixed", False)])
def test_o_14_c_the_same_results_again_write_nothing(strict, release, writes):
    world = strict(release, replicas=3)
    keys = [world.probe(pod=f"c1-mysql-{ordinal}") for ordinal in range(3)]
    world.settle(0)
    before = world.requests("PATCH", "components")
    for key in keys:
        world.repeat(key)
    world.settle(0)
    assert (world.requests("PATCH", "components") > before) is writes


@pytest.mark.parametrize(
    ("release", "expected"), [("main", failing("not all replicas are available: 0/1")), ("fixed", MET)]
)
def test_o_24_a_result_counts_for_the_whole_of_a_short_window(component_world, release, expected):
    policy = {"withProbe": {"timeWindowSeconds": 1, "condition": {"all": {"succeed": True, "strict": True}}}}
    world = component_world(release, available=policy)
    world.wait(0.9)
    key = world.probe()
    world.wait(0.1)
    world.bump(key)
    world.settle(0)
    assert world.condition() == expected


@pytest.mark.parametrize(
    ("release", "expected"), [("main", failing("not all replicas are available: 3/4")), ("fixed", MET)]
)
def test_o_25_a_scale_out_that_has_not_reached_the_pods_is_no_failure(strict, release, expected):
    world = strict(release, replicas=3, component={"replicas": 4})
    for ordinal in range(3):
        world.probe(pod=f"c1-mysql-{ordinal}")
    world.settle(0)
    assert world.condition() == expected


@pytest.mark.parametrize(("release", "expected"), [("main", MET), ("fixed", SILENT)])
@pytest.mark.parametrize("quantifier", ["all", "none"])
def test_o_25_no_result_is_no_success(component_world, release, expected, quantifier):
    world = component_world(release, available=within_10s(quantifier))
    world.probe(at=-20)
    world.settle(0)
    assert world.condition() == expected


@pytest.mark.parametrize(("release", "times"), [("main", 3), ("fixed", 1)])
def test_o_32_an_unchanged_condition_is_told_once(component_world, release, times):
    policy = {"withProbe": {"condition": {"all": {"stdout": {"contains": "0123456789abcd\u20ac"}}}}}
    world = component_world(release, available=policy)
    key = world.probe()
    world.settle(0)
    for _ in range(2):
        world.wait(1)
        world.repeat(key)
    world.settle(0)
    assert world.told("ProbeCheckFail") == times


@pytest.mark.parametrize(("release", "writes"), [("main", 0), ("fixed", 0)])
def test_o_32_an_unchanged_condition_is_written_once(component_world, release, writes):
    policy = {"withProbe": {"condition": {"all": {"stdout": {"contains": "0123456789abcd\u20ac"}}}}}
    world = component_world(release, available=policy)
    key = world.probe()
    world.settle(0)
    before = world.requests("PATCH", "components")
    world.wait(1)
    world.repeat(key)
    world.settle(0)
    assert world.requests("PATCH", "components") - before == writes


def test_o_33_what_main_records_is_recorded_again_when_the_mark_failed(component_world):
    policy = {"withProbe": {"condition": {"all": {"stdout": {"contains": "0123456789abcd\u20ac"}}}}}
    world = component_world("main", available=policy)
    key = world.probe()
    world.faults.append(Refuse("PATCH", f"/events/{key[1]}", Conflict("changed")))
    world.settle(1)
    assert world.told("ProbeCheckFail") == 2


def test_o_33_what_fixed_records_is_recorded_once_the_event_is_marked(strict):
    world = strict("fixed")
    key = world.probe(**POISON)
    world.faults.append(Refuse("PATCH", f"/events/{key[1]}", Conflict("changed")))
    world.settle(1)
    assert world.told("UnreadableEvent") == 1
