"""What tests of the simulated and of the live worlds share."""

import pytest

from pytest_kbevents.history.history import History
from pytest_kbevents.history.holders import TwoHolders


@pytest.fixture(scope="session")
def overlaps():
    """Every overlap of two primaries in a verdict, judged anew from the recorded revisions."""

    def overlaps(verdict):
        history = History()
        holders = TwoHolders(history, "primary")
        history.revisions.extend(verdict.history.revisions)
        return holders.overlaps()

    return overlaps
