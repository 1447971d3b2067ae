import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS
from pytest_kbevents.errors import BadRequest, Conflict, Invalid, NotFound

PATH = "/api/v1/namespaces/default/configmaps/one"
MERGE_PATCH = "application/merge-patch+json"


@pytest.fixture
def stored(client, config_map):
    return client.create(CONFIG_MAPS, config_map(data={"a": "1", "b": "2"}, labels={"role": "leader"}))


@pytest.fixture
def patched(client, stored):  # noqa: ARG001 - patched
    """Patches the stored ConfigMap."""
    return lambda patch: client.patch(CONFIG_MAPS, "default", "one", patch)


def test_a_patch_changes_what_it_names(patched):
    assert patched({"data": {"a": "9"}})["data"] == {"a": "9", "b": "2"}


def test_a_null_removes(patched):
    assert patched({"data": {"a": None}})["data"] == {"b": "2"}


def test_a_null_removes_a_label(patched):
    newer = patched({"metadata": {"labels": {"role": None}}})
    assert not newer["metadata"].get("labels")


def test_a_patch_is_a_new_revision(patched, stored):
    newer = patched({"data": {"a": "9"}})
    assert int(newer["metadata"]["resourceVersion"]) == int(stored["metadata"]["resourceVersion"]) + 1


@pytest.mark.usefixtures("stored")
def test_a_patch_that_changes_nothing_commits_nothing(patched, server):
    before = server.store.revision
    patched({"data": {"a": "1", "absent": None}})
    assert server.store.revision == before


def test_a_patch_with_a_stale_resource_version_is_a_conflict(patched, stored):
    patched({"data": {"a": "9"}})
    with pytest.raises(Conflict, match="the object has been modified"):
        patched({"metadata": {"resourceVersion": stored["metadata"]["resourceVersion"]}, "data": {"a": "8"}})


def test_a_patch_with_the_current_resource_version_is_stored(patched, stored):
    patch = {"metadata": {"resourceVersion": stored["metadata"]["resourceVersion"]}, "data": {"a": "8"}}
    assert patched(patch)["data"]["a"] == "8"


def test_a_patch_without_a_resource_version_never_conflicts(patched):
    patched({"data": {"a": "9"}})
    assert patched({"data": {"a": "8"}})["data"]["a"] == "8"


def test_a_patch_that_breaks_a_rule_is_invalid(patched):
    with pytest.raises(Invalid):
        patched({"metadata": {"labels": {"role": "a b"}}})


def test_a_patch_cannot_rename(patched):
    with pytest.raises(BadRequest):
        patched({"metadata": {"name": "two"}})


def test_a_patch_of_what_is_not_there_is_not_found(client):
    with pytest.raises(NotFound):
        client.patch(CONFIG_MAPS, "default", "one", {"data": {}})


def test_a_patch_cannot_remove_the_uid(patched, stored):
    newer = patched({"metadata": {"uid": None}, "data": {"a": "9"}})
    assert newer["metadata"]["uid"] == stored["metadata"]["uid"]


@pytest.mark.parametrize("content_type", ["application/json", "application/yaml", "text/plain", ""])
@pytest.mark.usefixtures("stored")
def test_another_content_type_is_unsupported(send, content_type):
    assert send("PATCH", PATH, {"data": {"a": "9"}}, content_type).status == 415


@pytest.mark.usefixtures("stored")
def test_a_content_type_may_have_parameters(send):
    assert send("PATCH", PATH, {"data": {"a": "9"}}, f"{MERGE_PATCH}; charset=utf-8").status == 200


@pytest.mark.usefixtures("stored")
def test_a_patch_that_is_no_object_is_a_bad_request(send):
    assert send("PATCH", PATH, [], MERGE_PATCH).status == 400


def test_a_patch_of_the_status_changes_the_status(client, served, widget):
    client.create(served, widget())
    newer = client.patch(served, "default", "w", {"status": {"ready": True}}, "status")
    assert newer["status"] == {"ready": True}


def test_a_patch_of_the_status_changes_only_the_status(client, served, widget):
    client.create(served, widget())
    newer = client.patch(served, "default", "w", {"status": {"ready": True}, "spec": {"size": 2}}, "status")
    assert newer["spec"] == {"size": 1}


def test_a_patch_of_the_object_does_not_change_the_status(client, served, widget):
    client.create(served, widget())
    client.patch(served, "default", "w", {"status": {"ready": True}}, "status")
    newer = client.patch(served, "default", "w", {"status": {"ready": False}})
    assert newer["status"] == {"ready": True}


def test_a_custom_resource_is_patched_without_a_resource_version(client, served, widget):
    client.create(served, widget())
    assert client.patch(served, "default", "w", {"spec": {"size": 2}})["spec"] == {"size": 2}


def test_a_patch_of_the_spec_bumps_the_generation(client, served, widget):
    client.create(served, widget())
    assert client.patch(served, "default", "w", {"spec": {"size": 2}})["metadata"]["generation"] == 2


@pytest.mark.usefixtures("stored")
def test_a_kind_without_a_status_has_no_status_path(send):
    assert send("PATCH", f"{PATH}/status", {"status": {}}, MERGE_PATCH).status == 404
