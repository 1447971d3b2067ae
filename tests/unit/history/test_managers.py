"""Who wrote, by what objects say of themselves."""

from pytest_kbevents.api.http import ADDED, DELETED, MODIFIED, WatchEvent
from pytest_kbevents.api.resources import EVENTS, PODS
from pytest_kbevents.history.history import History
from pytest_kbevents.history.managers import Managers


def entry(manager, second, fields="f:labels"):
    return {
        "manager": manager,
        "operation": "Update",
        "time": f"2026-01-01T00:00:{second:02}Z",
        "fieldsV1": {fields: {}},
    }


def written(number, *entries, name="p", **more):
    metadata = {"name": name, "namespace": "ns", "resourceVersion": str(number), "managedFields": list(entries)}
    return {"metadata": metadata, **more}


def test_it_is_the_owner_of_the_entry_that_is_new():
    history = History()
    kubelet, controller = entry("kubelet", 1, "f:status"), entry("event-controller", 2)
    history.append(PODS, WatchEvent(ADDED, written(1, kubelet)), 0)
    history.append(PODS, WatchEvent(MODIFIED, written(2, kubelet, controller)), 0)
    history.append(PODS, WatchEvent(MODIFIED, written(3, entry("kubelet", 3, "f:status"), controller)), 0)
    managers = Managers(history)
    assert [managers.writer(number) for number in (1, 2, 3)] == ["kubelet", "event-controller", "kubelet"]
    assert managers.all() == {"kubelet", "event-controller"}


def test_what_comes_later_is_known_too():
    history = History()
    managers = Managers(history)
    assert managers.writer(1) == ""
    history.append(PODS, WatchEvent(ADDED, written(1, entry("kbevents", 1))), 0)
    assert managers.writer(1) == "kbevents"


def test_an_agent_is_known_by_the_pod_that_its_event_is_about():
    history = History()
    event = written(1, entry("kbagent", 1), involvedObject={"name": "c1-mysql-0"})
    history.append(EVENTS, WatchEvent(ADDED, event), 0)
    assert Managers(history).writer(1) == "kbagent/c1-mysql-0"


def test_of_a_deletion_nothing_is_known():
    history = History()
    history.append(PODS, WatchEvent(ADDED, written(1, entry("kubelet", 1))), 0)
    history.append(PODS, WatchEvent(DELETED, written(2, entry("kubelet", 1))), 0)
    assert Managers(history).writer(2) == ""
