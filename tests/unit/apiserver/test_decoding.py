"""Values of a wrong type are a bad request, whatever the kind."""

import pytest

from pytest_kbevents.api.resources import COMPONENTS, CONFIG_MAPS, EVENTS
from pytest_kbevents.errors import BadRequest, Invalid

POD = {"kind": "Pod", "namespace": "default"}


@pytest.mark.parametrize(
    "change",
    [
        {"metadata": {"name": "c", "namespace": "default", "labels": "x"}},
        {"metadata": {"name": "c", "namespace": "default", "labels": {"a": 1}}},
        {"metadata": {"name": 1, "namespace": "default"}},
        {"data": "x"},
        {"data": [1]},
    ],
)
def test_an_object(client, change):
    with pytest.raises(BadRequest, match=r'^ConfigMap in version "v1" cannot be handled as a ConfigMap: '):
        client.create(CONFIG_MAPS, {"metadata": {"name": "c", "namespace": "default"}} | change)


@pytest.mark.parametrize(
    "change",
    [
        {"involvedObject": "x"},
        {"eventTime": "yesterday"},
        {"eventTime": 1},
        {"count": "1"},
        {"count": True},
        {"message": 1},
    ],
)
def test_an_event(client, change):
    event = {"metadata": {"name": "e", "namespace": "default"}, "involvedObject": POD}
    with pytest.raises(BadRequest, match=r'^Event in version "v1" cannot be handled as a Event: '):
        client.create(EVENTS, event | change)


def test_null_is_no_value(client):
    event = {"metadata": {"name": "e", "namespace": "default"}, "involvedObject": POD, "eventTime": None, "count": None}
    created = client.create(EVENTS, event)
    assert (created["eventTime"], "count" in created) == (None, False)


def test_a_number_is_not_a_truth_value(client, served, widget):
    made = client.create(served, widget(spec={"a": 1}))
    changed = client.update(served, {**made, "spec": {"a": True}})
    assert changed["spec"] == {"a": True}
    assert changed["metadata"]["resourceVersion"] != made["metadata"]["resourceVersion"]


def test_a_cluster_scoped_object_may_not_name_a_namespace(client):
    from pytest_kbevents.api.resources import NAMESPACES

    with pytest.raises(Invalid, match=r"metadata\.namespace: Forbidden: not allowed on this type"):
        client.create(NAMESPACES, {"metadata": {"name": "n", "namespace": "default"}})


def test_custom_objects_go_with_their_definition(client):
    from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS
    from pytest_kbevents.cluster import crds

    crds.install(client)
    client.create(COMPONENTS, {"metadata": {"name": "c", "namespace": "default"}, "spec": {}})
    client.delete(CUSTOM_RESOURCE_DEFINITIONS, "", COMPONENTS.qualified)
    crds.install(client)
    assert client.list(COMPONENTS) == []
