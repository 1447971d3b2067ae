"""What must hold at every revision of every run on ``fixed``, and shows otherwise on ``main``."""

from pytest_kbevents.history.history import History
from pytest_kbevents.history.holders import TwoHolders


def overlaps(verdict):
    """Every overlap of two primaries, judged anew from the recorded revisions."""
    history = History()
    holders = TwoHolders(history, "primary")
    history.revisions.extend(verdict.history.revisions)
    return holders.overlaps()


def test_fixed_never_shows_two_holders_at_any_revision(perform):
    found = [seed for seed in range(100) for name in ("failover", "switchover") if overlaps(perform(name, seed=seed))]
    assert found == []


def test_main_shows_two_holders_at_every_failover(perform):
    assert all(overlaps(perform("failover", "main", seed)) for seed in range(20))


def test_the_store_s_objects_are_not_changed_after_they_were_committed(perform):
    verdict = perform("switchover")
    for before, after in zip(verdict.history.revisions, verdict.history.revisions[1:], strict=False):
        assert int(before.object["metadata"]["resourceVersion"]) == before.number
        assert before.number < after.number
