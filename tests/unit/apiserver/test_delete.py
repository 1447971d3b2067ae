import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS
from pytest_kbevents.errors import NotFound

PATH = "/api/v1/namespaces/default/configmaps/one"


@pytest.fixture
def stored(client, config_map):
    return client.create(CONFIG_MAPS, config_map())


@pytest.fixture
def delete(send):
    """Deletes with preconditions; gives the answer's code."""
    return lambda **preconditions: send("DELETE", PATH, {"preconditions": preconditions}).status


@pytest.mark.usefixtures("stored")
def test_a_deleted_object_is_not_found(client):
    client.delete(CONFIG_MAPS, "default", "one")
    with pytest.raises(NotFound):
        client.get(CONFIG_MAPS, "default", "one")


@pytest.mark.usefixtures("stored")
def test_a_deletion_is_answered_with_success(client):
    assert client.delete(CONFIG_MAPS, "default", "one")["status"] == "Success"


def test_the_answer_names_what_was_deleted(client, stored):
    details = client.delete(CONFIG_MAPS, "default", "one")["details"]
    assert details == {"name": "one", "kind": "configmaps", "uid": stored["metadata"]["uid"]}


@pytest.mark.usefixtures("stored")
def test_a_deletion_is_a_revision(client, server):
    before = server.store.revision
    client.delete(CONFIG_MAPS, "default", "one")
    assert server.store.revision == before + 1


def test_what_is_not_there_cannot_be_deleted(client):
    with pytest.raises(NotFound, match='configmaps "one" not found'):
        client.delete(CONFIG_MAPS, "default", "one")


@pytest.mark.usefixtures("stored")
def test_another_uid_is_a_conflict(delete):
    assert delete(uid="another") == 409


@pytest.mark.usefixtures("stored")
def test_another_resource_version_is_a_conflict(delete):
    assert delete(resourceVersion="1") == 409


def test_preconditions_that_hold_delete(delete, stored):
    metadata = stored["metadata"]
    assert delete(uid=metadata["uid"], resourceVersion=metadata["resourceVersion"]) == 200


def test_a_conflicting_deletion_keeps_the_object(client, delete, stored):
    delete(uid="another")
    assert client.get(CONFIG_MAPS, "default", "one") == stored


@pytest.mark.usefixtures("stored")
def test_options_without_preconditions_delete(send):
    assert send("DELETE", PATH, {"kind": "DeleteOptions", "propagationPolicy": "Background"}).status == 200


@pytest.mark.usefixtures("stored")
def test_a_name_is_free_again_after_a_deletion(client, config_map):
    client.delete(CONFIG_MAPS, "default", "one")
    assert client.create(CONFIG_MAPS, config_map())["metadata"]["name"] == "one"
