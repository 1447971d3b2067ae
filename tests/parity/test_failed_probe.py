"""Rule 1: a failed role probe is told on the Component, by releases that do."""

import pytest

from pytest_kbevents.api.resources import COMPONENTS

TEXT = "Failed to execute roleProbe lifecycle action for Component c1-mysql: pod c1-mysql-0 reported failure code -1"


@pytest.fixture
def failed(world):
    """A world in which the probe of c1-mysql-0 failed."""

    def run(release="main", message='{"code":-1}', *, without=None, pod=None, **changed):
        made = world(release)
        made.pod(**pod or {})
        if without is not None:
            made.delete(without)
        made.report(message=message, **changed)
        made.settle()
        return made

    return run


def texts(world):
    return [event["message"] for event in world.warnings()]


def test_it_is_recorded_as_a_warning_on_the_component(failed):
    (event,) = failed().warnings()
    assert (event["reason"], event["involvedObject"]["kind"], event["involvedObject"]["name"]) == (
        "RoleProbeFailed",
        "Component",
        "c1-mysql",
    )


def test_its_text_names_component_pod_and_code(failed):
    assert texts(failed()) == [TEXT]


def test_the_agents_text_follows_when_there_is_one(failed):
    assert texts(failed(message='{"code":-1,"message":"timedOut"}')) == [f"{TEXT}: timedOut"]


def test_nothing_is_recorded_for_another_uid(failed):
    assert failed(uid="22222222-2222-2222-2222-222222222222").warnings() == []


def test_nothing_is_recorded_without_the_pods_labels(failed):
    assert failed(pod={"labels": {}}).warnings() == []


def test_nothing_is_recorded_without_the_component(failed):
    assert failed(without=COMPONENTS).warnings() == []


def test_nothing_is_recorded_by_1_0_0(failed):
    assert failed("1.0.0").warnings() == []


def test_the_warning_itself_is_nobodys_event(failed):
    world = failed()
    (event,) = world.warnings()
    assert world.marked(("ns", event["metadata"]["name"])) is None
