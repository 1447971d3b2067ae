"""``never`` and ``always`` over histories written by hand, a revision a second."""

import pytest

from pytest_kbevents.api.http import WatchEvent
from pytest_kbevents.api.names import INSTANCE_SET_LABEL, ROLE_LABEL
from pytest_kbevents.api.resources import PODS
from pytest_kbevents.clock import SECOND
from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.history.history import History
from pytest_kbevents.scenario.invariant import Invariant, Rule
from pytest_kbevents.scenario.subjects.holders import TwoHolders
from pytest_kbevents.scenario.subjects.pod import PodRole


class Story:
    def __init__(self):
        self.history = History()
        self.now = 0

    def pod(self, name, role=None, *, owner="its", kind="MODIFIED"):
        self.now += SECOND
        labels = {INSTANCE_SET_LABEL: owner} | ({ROLE_LABEL: role} if role else {})
        metadata = {"name": name, "namespace": "ns", "labels": labels, "resourceVersion": str(self.now // SECOND)}
        self.history.append(PODS, WatchEvent(kind, {"metadata": metadata}), self.now)

    def existed(self, subject):
        replay = self.history.from_the_start()
        return any(subject.exists(replay.state, "ns") for _ in replay)

    def judged(self, word, subject, patience=0):
        return Invariant(Rule(word, subject, patience), self.history.replay(), "ns", self.now)


@pytest.fixture
def story():
    return Story()


@pytest.fixture
def two(story):
    return story.judged("never", TwoHolders(two_holders_of="primary"))


def role(name, role):
    return PodRole.model_validate({"pod": name, "role": role})


def problem(story, invariant):
    with pytest.raises(JudgementFailed) as failed:
        invariant.raise_broken(story.now, lambda micros: f"{micros // SECOND}s")
    return str(failed.value)


def test_one_holder_after_the_other_is_no_breach(story, two):
    story.pod("a", "primary")
    story.pod("a")
    story.pod("b", "primary")
    assert two.broken(story.now) is None


def test_a_single_revision_is_a_breach_and_is_named(story, two):
    story.pod("a", "primary")
    story.pod("b", "primary")
    story.pod("a")
    assert problem(story, two) == (
        "never two_holders_of primary: a and b hold it from revision 2 at 2s to revision 3 at 3s"
    )


def test_a_breach_that_lasts_has_no_end(story, two):
    story.pod("a", "primary")
    story.pod("b", "primary")
    assert problem(story, two).endswith("from revision 2 at 2s and still so")


def test_asked_again_it_has_not_forgotten(story, two):
    story.pod("a", "primary")
    story.pod("b", "primary")
    first = two.broken(story.now)
    story.pod("c")
    assert two.broken(story.now) == first


def test_holders_of_two_instance_sets_do_not_meet(story, two):
    story.pod("a", "primary", owner="one")
    story.pod("b", "primary", owner="two")
    assert two.broken(story.now) is None


def test_patience_puts_up_with_what_ends_in_time(story):
    two = story.judged("never", TwoHolders(two_holders_of="primary"), SECOND)
    story.pod("a", "primary")
    story.pod("b", "primary")
    story.pod("a")
    assert two.broken(story.now) is None


def test_patience_ends(story):
    two = story.judged("never", TwoHolders(two_holders_of="primary"), SECOND)
    story.pod("a", "primary")
    story.pod("b", "primary")
    assert (two.broken(story.now), two.decided_at()) == (None, 3 * SECOND)
    assert two.broken(3 * SECOND + 1) is not None


def test_never_is_about_any_subject(story):
    never = story.judged("never", role("a", "primary"))
    story.pod("a", "secondary")
    story.pod("a", "primary")
    assert problem(story, never) == "never Pod a has role primary: it is from revision 2 at 2s and still so"


def test_never_breaks_on_what_is_so_from_the_start(story):
    story.pod("a", "primary")
    never = story.judged("never", role("a", "primary"))
    assert problem(story, never) == "never Pod a has role primary: it is from the start and still so"


def test_always_breaks_at_the_revision_that_is_otherwise(story):
    story.pod("a", "primary")
    always = story.judged("always", role("a", "primary"))
    story.pod("a", "secondary")
    story.pod("a", "primary")
    assert problem(story, always) == (
        "always Pod a has role primary: it is not from revision 2 at 2s to revision 3 at 3s"
    )


def test_always_holds_while_it_is_so(story):
    story.pod("a", "primary")
    always = story.judged("always", role("a", "primary"))
    story.pod("b", "secondary")
    always.raise_broken(story.now, str)
    always.raise_vacuous(story.existed)


@pytest.mark.parametrize("subject", [TwoHolders(two_holders_of="primary"), role("a", "primary")])
def test_never_about_what_never_was_there_is_vacuous(story, subject):
    never = story.judged("never", subject)
    story.pod("b", "secondary")
    assert never.broken(story.now) is None
    with pytest.raises(JudgementFailed, match=r"there never was .*, so that nothing was judged") as failed:
        never.raise_vacuous(story.existed)
    assert failed.value.vacuous


def test_it_is_not_vacuous_when_it_was_there_for_a_while(story):
    two = story.judged("never", TwoHolders(two_holders_of="primary"))
    story.pod("a", "primary")
    story.pod("a", kind="DELETED")
    two.broken(story.now)
    two.raise_vacuous(story.existed)
