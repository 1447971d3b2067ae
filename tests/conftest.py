"""What tests of the simulated and of the live worlds share."""

import pytest

from pytest_kbevents.history.holders import holders


@pytest.fixture(scope="session")
def overlaps():
    """The revisions of a verdict at which two Pods were primary, judged anew from the recorded ones."""

    def overlaps(verdict):
        replay = verdict.history.from_the_start()
        return [each for each in replay if any(len(pods) > 1 for pods in holders(replay.state, "primary").values())]

    return overlaps
