"""Two holders of a role, revision by revision."""

from pytest_kbevents.clock import SECOND
from pytest_kbevents.history.holders import TwoHolders


def overlaps(script, role="primary"):
    holders = TwoHolders(script.history, role)

    def look():
        return [(item.pods, item.since.number, item.until and item.until.number) for item in holders.overlaps()]

    return holders, look


def test_one_holder_after_the_other_is_no_overlap(script):
    _, look = overlaps(script)
    script.pod("a", "primary")
    script.pod("a")
    script.pod("b", "primary")
    assert look() == []


def test_two_holders_at_a_single_revision_are_an_overlap(script):
    _, look = overlaps(script)
    script.pod("a", "primary")
    script.pod("b", "primary")
    script.pod("a")
    assert look() == [(("a", "b"), 2, 3)]


def test_an_overlap_that_lasts_has_no_end(script):
    holders, look = overlaps(script)
    script.pod("a", "primary")
    script.pod("b", "primary")
    assert look() == [(("a", "b"), 2, None)]
    assert holders.overlaps()[0].lasted(10 * SECOND) == 8 * SECOND


def test_a_deleted_pod_holds_nothing(script):
    _, look = overlaps(script)
    script.pod("a", "primary")
    script.pod("a", "primary", kind="DELETED")
    script.pod("b", "primary")
    assert look() == []


def test_holders_of_two_instance_sets_do_not_meet(script):
    _, look = overlaps(script)
    script.pod("a", "primary", owner="one")
    script.pod("b", "primary", owner="two")
    assert look() == []


def test_the_spelling_of_the_role_does_not_hide_a_holder(script):
    _, look = overlaps(script)
    script.pod("a", "Primary")
    script.pod("b", "primary")
    assert len(look()) == 1


def test_it_knows_whether_the_role_was_ever_held(script):
    holders, look = overlaps(script)
    script.pod("a", "secondary")
    look()
    assert not holders.held
    script.pod("a", "primary")
    script.pod("a")
    look()
    assert holders.held


def test_asked_again_it_has_not_forgotten(script):
    _, look = overlaps(script)
    script.pod("a", "primary")
    script.pod("b", "primary")
    look()
    script.pod("a")
    assert look() == look() == [(("a", "b"), 2, 3)]
