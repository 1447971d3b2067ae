"""Labels, EndpointSlices and connections say where traffic goes, and have to say the same."""

import pytest

from pytest_kbevents.api.http import ADDED, WatchEvent
from pytest_kbevents.api.resources import ENDPOINT_SLICES, PODS, SERVICES
from pytest_kbevents.environment.caller import Call
from pytest_kbevents.environment.traffic import Traffic
from pytest_kbevents.history.history import History


class Caller:
    def __init__(self, *calls):
        self.calls = list(calls)

    def call(self, service):
        assert service == "rw"
        return self.calls.pop(0)


def look(labelled, endpoints, *calls):
    """What is seen with these Pods by label, these in slices (by readiness), and these answers."""
    history = History()
    metadata = {"namespace": "ns", "resourceVersion": "1"}
    history.append(
        SERVICES, WatchEvent(ADDED, {"metadata": {**metadata, "name": "rw"}, "spec": {"selector": {"a": "b"}}}), 0
    )
    for name in labelled:
        status = {"conditions": [{"type": "Ready", "status": "True"}]}
        history.append(
            PODS, WatchEvent(ADDED, {"metadata": {**metadata, "name": name, "labels": {"a": "b"}}, "status": status}), 0
        )
    told = [
        {"targetRef": {"kind": "Pod", "name": name}, "conditions": {"ready": ready}}
        for name, ready in endpoints.items()
    ]
    labels = {"kubernetes.io/service-name": "rw"}
    history.append(
        ENDPOINT_SLICES,
        WatchEvent(ADDED, {"metadata": {**metadata, "name": "rw-1", "labels": labels}, "endpoints": told}),
        0,
    )
    return Traffic(history, "ns", Caller(*calls)).look("rw")


TO_A, REFUSED = Call("a"), Call("", "refused")


def test_all_say_the_same():
    assert look(["a"], {"a": True}, TO_A, TO_A, TO_A).agrees


def test_nobody_is_called_before_the_slices_agree():
    found = look(["a"], {"a": False})
    assert (found.agrees, found.endpoints, found.reached) == (False, [], [])


@pytest.mark.parametrize("calls", [(TO_A, Call("b"), TO_A), (TO_A, REFUSED, TO_A), (REFUSED, REFUSED, REFUSED)])
def test_a_connection_that_goes_elsewhere_or_nowhere_does_not_agree(calls):
    assert not look(["a"], {"a": True}, *calls).agrees


def test_to_no_pod_is_that_none_is_reached():
    assert look([], {}, REFUSED).agrees
    assert not look([], {}, TO_A).agrees
