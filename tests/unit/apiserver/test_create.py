import uuid

import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS, NAMESPACES, PODS
from pytest_kbevents.errors import AlreadyExists, ApiError, BadRequest, NotFound

MAPS_PATH = "/api/v1/namespaces/default/configmaps"


def pod(**fields):
    spec = {"containers": [{"name": "database", "image": "database"}]}
    return {"metadata": {"name": "p", "namespace": "default"}, "spec": spec, **fields}


def test_a_create_is_answered_with_201(send, config_map):
    assert send("POST", MAPS_PATH, config_map()).status == 201


def test_the_server_fills_in_kind_and_version(client, config_map):
    created = client.create(CONFIG_MAPS, config_map())
    assert (created["apiVersion"], created["kind"]) == ("v1", "ConfigMap")


def test_the_namespace_of_the_path_is_filled_in(send):
    created = send("POST", MAPS_PATH, {"metadata": {"name": "one"}}).body
    assert created["metadata"]["namespace"] == "default"


def test_the_creation_time_is_the_clocks(client, clock, config_map):
    clock.advance_to(clock.micros() + 61_500_000)
    created = client.create(CONFIG_MAPS, config_map())
    assert created["metadata"]["creationTimestamp"] == "2026-01-01T00:01:01Z"


def test_an_object_gets_a_uid(client, config_map):
    created = client.create(CONFIG_MAPS, config_map())
    assert uuid.UUID(created["metadata"]["uid"]).version == 4


def test_a_uid_is_never_given_twice(client, config_map):
    first = client.create(CONFIG_MAPS, config_map())
    client.delete(CONFIG_MAPS, "default", "one")
    assert client.create(CONFIG_MAPS, config_map())["metadata"]["uid"] != first["metadata"]["uid"]


def test_a_generated_name_begins_with_the_wanted_prefix(client):
    body = {"metadata": {"generateName": "one-", "namespace": "default"}}
    name = client.create(CONFIG_MAPS, body)["metadata"]["name"]
    assert name.startswith("one-")
    assert len(name) == len("one-") + 5


def test_a_given_name_is_stronger_than_a_generated_one(client, config_map):
    assert client.create(CONFIG_MAPS, config_map(generateName="two-"))["metadata"]["name"] == "one"


def test_a_custom_resource_begins_at_generation_one(client, served, widget):
    assert client.create(served, widget())["metadata"]["generation"] == 1


def test_a_config_map_has_no_generation(client, config_map):
    assert "generation" not in client.create(CONFIG_MAPS, config_map())["metadata"]


def test_a_status_given_at_creation_is_dropped(client, served, widget):
    assert "status" not in client.create(served, widget(status={"ready": True}))


def test_a_pod_begins_pending(client):
    assert client.create(PODS, pod(status={"phase": "Running"}))["status"]["phase"] == "Pending"


def test_a_namespace_is_labelled_with_its_name(client):
    created = client.create(NAMESPACES, {"metadata": {"name": "new"}})
    assert created["metadata"]["labels"] == {"kubernetes.io/metadata.name": "new"}


def test_a_taken_name_already_exists(client, config_map):
    client.create(CONFIG_MAPS, config_map())
    with pytest.raises(AlreadyExists, match='configmaps "one" already exists'):
        client.create(CONFIG_MAPS, config_map())


def test_the_same_name_is_free_in_another_namespace(client, config_map):
    client.create(CONFIG_MAPS, config_map())
    assert client.create(CONFIG_MAPS, config_map(namespace="kube-system"))["metadata"]["name"] == "one"


def test_a_missing_namespace_is_not_found(client, config_map):
    with pytest.raises(NotFound, match='namespaces "nowhere" not found'):
        client.create(CONFIG_MAPS, config_map(namespace="nowhere"))


def test_a_resource_version_may_not_be_given(client, config_map):
    with pytest.raises(ApiError, match="resourceVersion should not be set"):
        client.create(CONFIG_MAPS, config_map(resourceVersion="5"))


def test_another_kind_than_the_paths_is_a_bad_request(client, config_map):
    with pytest.raises(BadRequest, match="Secret"):
        client.create(CONFIG_MAPS, config_map() | {"kind": "Secret"})


def test_another_namespace_than_the_paths_is_a_bad_request(send, config_map):
    assert send("POST", MAPS_PATH, config_map(namespace="kube-system")).status == 400


def test_a_body_that_is_no_object_is_a_bad_request(send):
    assert send("POST", MAPS_PATH, ["one"]).status == 400


def test_a_create_on_an_objects_path_is_not_allowed(send, config_map):
    assert send("POST", f"{MAPS_PATH}/one", config_map()).status == 405
