import pytest

from pytest_kbevents.api.objects import with_metadata
from pytest_kbevents.api.resources import CONFIG_MAPS, NAMESPACES, PODS
from pytest_kbevents.errors import BadRequest, Conflict, Invalid, NotFound


@pytest.fixture
def stored(client, config_map):
    return client.create(CONFIG_MAPS, config_map())


def test_an_update_of_what_was_read_is_stored(client, stored):
    assert client.update(CONFIG_MAPS, {**stored, "data": {"key": "new"}})["data"] == {"key": "new"}


def test_an_update_replaces_what_it_does_not_name(client, stored):
    assert "data" not in client.update(CONFIG_MAPS, {"metadata": stored["metadata"]})


def test_a_stale_update_is_a_conflict(client, stored):
    client.update(CONFIG_MAPS, {**stored, "data": {"key": "new"}})
    with pytest.raises(Conflict, match="the object has been modified"):
        client.update(CONFIG_MAPS, {**stored, "data": {"key": "mine"}})


def test_a_stale_update_that_changes_nothing_is_a_conflict(client, stored):
    newer = client.update(CONFIG_MAPS, {**stored, "data": {"key": "new"}})
    with pytest.raises(Conflict):
        client.update(CONFIG_MAPS, {**newer, "metadata": stored["metadata"]})


def test_an_update_that_changes_nothing_commits_nothing(client, server, stored):
    before = server.store.revision
    client.update(CONFIG_MAPS, stored)
    assert server.store.revision == before


def test_an_update_that_changes_nothing_keeps_the_resource_version(client, stored):
    assert client.update(CONFIG_MAPS, stored)["metadata"] == stored["metadata"]


def test_a_core_kind_is_updated_without_a_resource_version(client, config_map, stored):
    newer = client.update(CONFIG_MAPS, config_map(data={"key": "new"}))
    assert int(newer["metadata"]["resourceVersion"]) > int(stored["metadata"]["resourceVersion"])


def test_a_custom_resource_is_not_updated_without_a_resource_version(client, served, widget):
    client.create(served, widget())
    with pytest.raises(Invalid, match="must be specified for an update"):
        client.update(served, widget(spec={"size": 2}))


def test_a_status_is_not_updated_without_a_resource_version_either(client, served, widget):
    client.create(served, widget())
    with pytest.raises(Invalid, match="must be specified for an update"):
        client.update(served, widget(status={"ready": True}), "status")


def test_what_is_frozen_cannot_be_left_out_either(client, config_map):
    frozen = client.create(CONFIG_MAPS, {**config_map(), "immutable": True})
    with pytest.raises(Invalid, match="field is immutable when `immutable` is set"):
        client.update(CONFIG_MAPS, {"metadata": frozen["metadata"], "immutable": True})


def test_a_default_of_metadata_stays_whoever_takes_it_out(client):
    namespace = client.create(NAMESPACES, {"metadata": {"name": "one"}})
    changed = client.update(NAMESPACES, with_metadata(namespace, labels={"a": "b"}))
    assert changed["metadata"]["labels"] == {"a": "b", "kubernetes.io/metadata.name": "one"}


@pytest.mark.usefixtures("stored")
def test_another_uid_is_a_conflict(client, config_map):
    with pytest.raises(Conflict, match="UID in precondition"):
        client.update(CONFIG_MAPS, config_map(uid="another"))


def test_the_own_uid_is_no_conflict(client, config_map, stored):
    newer = client.update(CONFIG_MAPS, config_map(uid=stored["metadata"]["uid"], data={"key": "new"}))
    assert newer["data"] == {"key": "new"}


def test_an_object_that_is_not_there_is_not_found(client, config_map):
    with pytest.raises(NotFound, match='configmaps "one" not found'):
        client.update(CONFIG_MAPS, config_map())


@pytest.mark.usefixtures("stored")
def test_another_name_than_the_paths_is_a_bad_request(send, config_map):
    assert send("PUT", "/api/v1/namespaces/default/configmaps/one", config_map("two")).status == 400


def test_another_kind_than_the_paths_is_a_bad_request(client, stored):
    with pytest.raises(BadRequest):
        client.update(CONFIG_MAPS, {**stored, "kind": "Secret"})


def test_identity_is_kept_by_an_update_that_leaves_it_out(client, config_map, stored):
    newer = client.update(CONFIG_MAPS, config_map(data={"key": "new"}))
    kept = ("uid", "creationTimestamp")
    assert [newer["metadata"][field] for field in kept] == [stored["metadata"][field] for field in kept]


def test_the_creation_time_cannot_be_changed(client, stored):
    changed = with_metadata(stored, creationTimestamp="2000-01-01T00:00:00Z")
    assert client.update(CONFIG_MAPS, changed)["metadata"] == stored["metadata"]


def test_an_invalid_update_is_refused(client, stored):
    with pytest.raises(Invalid):
        client.update(CONFIG_MAPS, with_metadata(stored, labels={"role": "a b"}))


def test_a_status_is_kept_by_an_update_of_the_object(client):
    pod = client.create(
        PODS,
        {
            "metadata": {"name": "p", "namespace": "default"},
            "spec": {"containers": [{"name": "database", "image": "database"}]},
        },
    )
    assert client.update(PODS, {**pod, "status": {"phase": "Failed"}})["status"] == pod["status"]


def test_a_spec_is_kept_by_an_update_of_the_status(client, served, widget):
    stored = client.create(served, widget())
    newer = client.update(served, {**stored, "spec": {"size": 2}, "status": {"ready": True}}, "status")
    assert (newer["spec"], newer["status"]) == ({"size": 1}, {"ready": True})


def test_a_change_of_the_spec_bumps_the_generation(client, served, widget):
    stored = client.create(served, widget())
    assert client.update(served, {**stored, "spec": {"size": 2}})["metadata"]["generation"] == 2


def test_a_change_of_labels_does_not_bump_the_generation(client, served, widget):
    stored = client.create(served, widget())
    assert client.update(served, with_metadata(stored, labels={"a": "b"}))["metadata"]["generation"] == 1


def test_a_change_of_the_status_does_not_bump_the_generation(client, served, widget):
    stored = client.create(served, widget())
    assert client.update(served, {**stored, "status": {"ready": True}}, "status")["metadata"]["generation"] == 1


def test_a_generation_cannot_be_chosen(client, served, widget):
    stored = client.create(served, widget())
    assert client.update(served, with_metadata(stored, generation=9, labels={"a": "b"}))["metadata"]["generation"] == 1
