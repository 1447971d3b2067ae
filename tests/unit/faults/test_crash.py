"""The controller dies after a write, and another one starts in its place."""

import pytest

from pytest_kbevents.api.http import Response
from pytest_kbevents.environment.world import Killed
from pytest_kbevents.faults.crash import Crash

POD = "c1-mysql-0"


@pytest.fixture
def once(play):
    """A Pod becomes primary while the controller dies after that many of its writes."""

    def once(after):
        stage = play()
        with Crash(after).on(stage.world):
            stage.says(POD, "primary")
            stage.go_on()
        return stage

    return once


def test_it_kills_after_the_write_is_carried_out(ask, server):
    with pytest.raises(Killed):
        ask(Crash(1))
    assert server.asked == [("PUT", "/api/v1/namespaces/ns/pods/a")]


def test_it_counts_writes(ask):
    fault = Crash(2)
    ask(fault)
    with pytest.raises(Killed):
        ask(fault)


def test_it_kills_once(ask):
    fault = Crash(1)
    with pytest.raises(Killed):
        ask(fault)
    assert [ask(fault) for _ in range(3)] == [200, 200, 200]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_method_but_one_writes(ask, method):
    with pytest.raises(Killed):
        ask(Crash(1), method)


def test_a_read_is_no_write(ask):
    fault = Crash(1)
    ask(fault, "GET")
    assert fault.after == 1


def test_the_writes_of_others_do_not_count(ask):
    fault = Crash(1)
    ask(fault, user_agent="kbagent/c1-mysql-0")
    assert fault.after == 1


def test_a_write_that_is_refused_is_not_committed_and_does_not_count(ask, server):
    fault = Crash(1)
    server.answer = Response(409)
    ask(fault)
    assert fault.after == 1


def test_a_write_before_the_crash_stays(once):
    """The first write labels the Pod, and the mark comes from the next process."""
    stage = once(1)
    assert stage.role(POD) == "primary"


def test_what_the_controller_was_about_to_do_is_not_done(play):
    """It dies between the label and the mark; nothing is started in its place here."""
    stage = play()
    stage.world.start_controller = lambda: None
    with Crash(1).on(stage.world):
        stage.says(POD, "primary")
        stage.go_on()
    assert [(method, kind) for method, kind, _ in stage.writes()] == [("PUT", "pods")]


@pytest.mark.parametrize("after", [1, 2, 3])
def test_the_next_process_finishes_what_was_begun(once, after):
    stage = once(after)
    assert stage.handled() == ["2"]  # the agent says it again when it sees the label


def test_the_next_process_begins_with_empty_caches(once):
    """Whatever one process asks for when it begins, two have asked for twice."""
    undisturbed, crashed = once(1000), once(1)
    assert crashed.beginnings() == 2 * undisturbed.beginnings()


def test_time_goes_on_to_the_deadline_all_the_same(once):
    stage = once(1)
    assert stage.world.clock.micros() >= stage.world.opened + 10_000_000


def test_one_seed_crashes_in_one_way(once):
    first, second = (once(2).world.history for _ in range(2))
    assert [(each.micros, each.type) for each in first.revisions] == [
        (each.micros, each.type) for each in second.revisions
    ]


def test_each_crash_is_survived(play):
    stage = play()
    with Crash(1).on(stage.world), Crash(2).on(stage.world), Crash(3).on(stage.world):
        stage.says(POD, "primary")
        stage.go_on()
    assert stage.handled() == ["2"]


def test_it_is_taken_out_again(play):
    stage = play()
    before = list(stage.world.interceptors)
    with Crash(1).on(stage.world):
        pass
    assert stage.world.interceptors == before


def test_a_world_without_a_controller_has_nobody_to_kill(play):
    stage = play(controller="none")
    fault = Crash(1)
    with fault.on(stage.world):
        stage.says(POD, "primary")
        stage.go_on()
    assert fault.after == 1
