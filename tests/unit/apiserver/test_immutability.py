"""Objects are shared and never changed in place: neither by who wrote them nor by what is written later."""

import copy

import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS


@pytest.fixture
def stored(client, config_map):
    return client.create(CONFIG_MAPS, config_map(labels={"role": "leader"}))


def test_a_body_changed_after_its_create_does_not_change_the_store(client, config_map):
    body = config_map()
    client.create(CONFIG_MAPS, body)
    body["data"]["key"] = "mine"
    assert client.get(CONFIG_MAPS, "default", "one")["data"] == {"key": "old"}


def test_metadata_changed_after_its_create_does_not_change_the_store(client, config_map):
    body = config_map(labels={"role": "leader"})
    client.create(CONFIG_MAPS, body)
    body["metadata"]["labels"]["role"] = "mine"
    assert client.get(CONFIG_MAPS, "default", "one")["metadata"]["labels"] == {"role": "leader"}


def test_a_body_is_not_changed_by_its_create(client, config_map):
    body = config_map()
    client.create(CONFIG_MAPS, body)
    assert body == config_map()


def test_a_body_changed_after_its_update_does_not_change_the_store(client, stored):
    body = copy.deepcopy(stored) | {"data": {"key": "new"}}
    client.update(CONFIG_MAPS, body)
    body["data"]["key"] = "mine"
    assert client.get(CONFIG_MAPS, "default", "one")["data"] == {"key": "new"}


def test_a_patch_changed_after_it_was_sent_does_not_change_the_store(client, served, widget):
    client.create(served, widget())
    patch = {"spec": {"list": ["new"]}}
    client.patch(served, "default", "w", patch)
    patch["spec"]["list"].append("mine")
    assert client.get(served, "default", "w")["spec"]["list"] == ["new"]


def test_a_status_changed_after_it_was_sent_does_not_change_the_store(client, served, widget):
    client.create(served, widget())
    patch = {"status": {"list": ["new"]}}
    client.patch(served, "default", "w", patch, "status")
    patch["status"]["list"].append("mine")
    assert client.get(served, "default", "w")["status"] == {"list": ["new"]}


@pytest.mark.parametrize(
    "write",
    [
        lambda client, obj: client.update(CONFIG_MAPS, {**obj, "data": {"key": "new"}}),
        lambda client, _: client.patch(CONFIG_MAPS, "default", "one", {"metadata": {"labels": {"role": None}}}),
        lambda client, _: client.delete(CONFIG_MAPS, "default", "one"),
    ],
    ids=["update", "patch", "delete"],
)
def test_what_was_read_is_not_changed_by_a_later_write(client, stored, write):
    read = client.get(CONFIG_MAPS, "default", "one")
    before = copy.deepcopy(read)
    write(client, stored)
    assert read == before


@pytest.mark.usefixtures("stored")
def test_what_was_listed_is_not_changed_by_a_later_write(client):
    items = client.list(CONFIG_MAPS)
    before = copy.deepcopy(items)
    client.delete(CONFIG_MAPS, "default", "one")
    assert items == before


@pytest.mark.usefixtures("stored")
def test_what_was_watched_is_not_changed_by_a_later_write(client):
    item = client.watch(CONFIG_MAPS, "default", "0").take()
    before = copy.deepcopy(item.object)
    client.patch(CONFIG_MAPS, "default", "one", {"data": {"key": "new"}})
    assert item.object == before
