"""Histories written by hand."""

import pytest

from pytest_kbevents.api.http import WatchEvent
from pytest_kbevents.api.names import INSTANCE_SET_LABEL, ROLE_LABEL
from pytest_kbevents.api.resources import PODS
from pytest_kbevents.clock import SECOND
from pytest_kbevents.history.history import History


class Script:
    """Writes revisions one second apart."""

    def __init__(self):
        self.history = History()
        self.number = 0

    def add(self, resource, obj, kind="MODIFIED"):
        self.number += 1
        metadata = {**obj["metadata"], "namespace": "ns", "resourceVersion": str(self.number)}
        self.history.append(resource, WatchEvent(kind, {**obj, "metadata": metadata}), self.number * SECOND)
        return self.history.revisions[-1]

    def pod(self, name, role=None, *, owner="its", ready=True, labels=None, kind="MODIFIED"):
        labels = {INSTANCE_SET_LABEL: owner, **({ROLE_LABEL: role} if role else {}), **(labels or {})}
        conditions = [{"type": "Ready", "status": "True" if ready else "False"}]
        return self.add(
            PODS, {"metadata": {"name": name, "labels": labels}, "status": {"conditions": conditions}}, kind
        )


@pytest.fixture
def script():
    return Script()
