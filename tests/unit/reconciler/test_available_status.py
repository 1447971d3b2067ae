"""The condition Available: when it moves, and what is written."""

import pytest

from pytest_kbevents.clock import SECOND, SIMULATION_START
from pytest_kbevents.reconciler.available.judgement import HOLDS, Judgement
from pytest_kbevents.reconciler.available.status import announced, patch, transition
from pytest_kbevents.reconciler.releases import TABLE

MAIN, FIXED = TABLE["main"], TABLE["fixed"]
NOW = SIMULATION_START + 60 * SECOND
OTHER = {"type": "Progressing", "status": "True"}
TRUE = {
    "type": "Available",
    "status": "True",
    "reason": "Available",
    "message": "the available conditions are met",
    "observedGeneration": 3,
    "lastTransitionTime": "2026-01-01T00:00:00Z",
}


def component(*conditions):
    metadata = {"name": "c", "generation": 3, "resourceVersion": "7"}
    return {"metadata": metadata, "status": {"conditions": list(conditions)}}


def test_a_first_condition_begins_now():
    assert transition(component(), HOLDS, "", NOW, MAIN) == {**TRUE, "lastTransitionTime": "2026-01-01T00:01:00Z"}


def test_the_same_condition_is_no_transition():
    assert transition(component(TRUE), HOLDS, "", NOW, MAIN) is None


def test_a_flip_moves_the_time():
    after = transition(component(TRUE), Judgement(holds=False, why="no"), "", NOW, MAIN)
    assert (after["status"], after["message"], after["lastTransitionTime"]) == ("False", "no", "2026-01-01T00:01:00Z")


@pytest.mark.parametrize("before", [{"message": "other"}, {"reason": "Other"}, {"observedGeneration": 2}])
def test_anything_else_leaves_the_time(before):
    after = transition(component({**TRUE, **before}), HOLDS, "", NOW, MAIN)
    assert after == TRUE


def test_nothing_changed_is_no_patch():
    assert patch(component(TRUE), None, None, MAIN) is None


def test_a_patch_carries_the_other_conditions():
    after = patch(component(OTHER), TRUE, None, MAIN)
    assert after == {"status": {"conditions": [OTHER, TRUE]}}


def test_a_condition_keeps_its_place():
    changed = {**TRUE, "status": "False"}
    assert patch(component(TRUE, OTHER), changed, None, MAIN) == {"status": {"conditions": [changed, OTHER]}}


def test_a_window_is_written_alone():
    assert patch(component(TRUE), None, "[]", MAIN) == {"status": {"message": {"Event/available-probe": "[]"}}}


def test_a_guarded_patch_names_what_was_read():
    assert patch(component(), TRUE, None, FIXED)["metadata"] == {"resourceVersion": "7"}


def test_half_a_character_is_stored_as_a_replacement():
    after = patch(component(), {**TRUE, "message": "a\udce2\udc82"}, None, MAIN)
    assert after["status"]["conditions"][0]["message"] == "a\ufffd\ufffd"


def test_half_a_character_is_another_text_each_time_and_no_write():
    stored = component({**TRUE, "status": "False", "reason": "ProbeCheckFail", "message": "a\ufffd"})
    after = transition(stored, Judgement(holds=False, why="a\udce2"), "", NOW, MAIN)
    assert (after is not None, patch(stored, after, None, MAIN)) == (True, None)


def test_what_is_recorded_says_reason_and_message():
    told = announced(component(), TRUE)
    assert (told.type, told.reason, told.message) == ("Normal", "Available", "the available conditions are met")
