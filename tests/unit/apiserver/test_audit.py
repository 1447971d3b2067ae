import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS
from pytest_kbevents.client.client import Client
from pytest_kbevents.errors import NotFound


@pytest.fixture
def last(server):
    """The newest entry."""
    return lambda: server.audit.entries[-1]


def test_every_request_is_noted_in_order(server, client):
    before = len(server.audit.entries)
    client.list(CONFIG_MAPS)
    client.list(CONFIG_MAPS, "default")
    paths = [entry.path for entry in server.audit.entries[before:]]
    assert paths == ["/api/v1/configmaps", "/api/v1/namespaces/default/configmaps"]


def test_an_entry_says_who_asked(client, last):
    client.list(CONFIG_MAPS)
    assert last().user_agent == "tester"


def test_an_entry_says_when(client, clock, last):
    clock.advance_to(clock.micros() + 7)
    client.list(CONFIG_MAPS)
    assert last().micros == clock.micros()


def test_an_entry_says_what_was_committed(client, config_map, last):
    created = client.create(CONFIG_MAPS, config_map())
    assert str(last().revision) == created["metadata"]["resourceVersion"]


def test_a_reading_request_committed_nothing(client, last):
    client.list(CONFIG_MAPS)
    assert last().revision is None


def test_an_update_that_changes_nothing_committed_nothing(client, config_map, last):
    client.update(CONFIG_MAPS, client.create(CONFIG_MAPS, config_map()))
    assert last().revision is None


def test_each_revision_has_its_writer(server, client, config_map):
    first = client.create(CONFIG_MAPS, config_map())
    second = Client(server, "other").patch(CONFIG_MAPS, "default", "one", {"data": {"key": "new"}})
    writers = [server.audit.writer(int(item["metadata"]["resourceVersion"])) for item in (first, second)]
    assert writers == ["tester", "other"]


def test_a_deletion_has_its_writer(server, client, config_map):
    client.create(CONFIG_MAPS, config_map())
    client.delete(CONFIG_MAPS, "default", "one")
    assert server.audit.writer(server.store.revision) == "tester"


def test_a_revision_that_is_not_there_has_no_writer(server):
    assert server.audit.writer(server.store.revision + 1) == ""


def test_the_first_namespaces_are_the_servers_own(server):
    assert server.audit.writer(1) == "kube-apiserver"


def test_a_failed_request_is_noted_with_its_code(client, last):
    with pytest.raises(NotFound):
        client.get(CONFIG_MAPS, "default", "one")
    assert last().code == 404


def test_a_failed_request_is_noted_with_its_problem(client, last):
    with pytest.raises(NotFound):
        client.get(CONFIG_MAPS, "default", "one")
    assert last().problem == 'configmaps "one" not found'


def test_a_request_that_succeeds_has_no_problem(client, last):
    client.list(CONFIG_MAPS)
    assert last().problem == ""


def test_a_watch_is_noted(client, last):
    client.watch(CONFIG_MAPS, "default", "0")
    assert (last().method, last().code) == ("GET", 200)
