import socket
import threading

import pytest

from pytest_kbevents.api.http import Request
from pytest_kbevents.api.resources import CONFIG_MAPS
from pytest_kbevents.client.client import Client
from pytest_kbevents.errors import (
    AlreadyExists,
    Conflict,
    Invalid,
    MethodNotAllowed,
    NoAnswer,
    NotFound,
    NotSent,
    Unauthorized,
    UnsupportedMediaType,
)

MAPS = "/api/v1/namespaces/default/configmaps"
GET = Request("GET", MAPS, user_agent="outside")


@pytest.fixture
def port():
    """A port of ours at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_an_object_arrives_as_it_is_stored(client, inside, config_map):
    stored = inside.create(CONFIG_MAPS, config_map(value="ä\n\u2028"))
    assert client.get(CONFIG_MAPS, "default", "one") == stored


def test_an_object_is_stored_as_it_was_sent(client, inside, config_map):
    sent = client.create(CONFIG_MAPS, config_map(value="ä\n\u2028"))
    assert inside.get(CONFIG_MAPS, "default", "one") == sent


def test_a_merge_patch_arrives_as_one(client, inside, config_map):
    inside.create(CONFIG_MAPS, config_map())
    assert client.patch(CONFIG_MAPS, "default", "one", {"data": {"key": "new"}})["data"] == {"key": "new"}


def test_a_selector_arrives(client, inside, config_map):
    inside.create(CONFIG_MAPS, config_map())
    assert client.list(CONFIG_MAPS, "default", "role in (a,b)") == []


def test_the_user_agent_arrives(client, server):
    client.list(CONFIG_MAPS)
    assert server.audit.entries[-1].user_agent == "outside"


def test_a_text_arrives_as_text(transport):
    assert transport.send(Request("GET", "/healthz")).body == "ok"


def test_a_missing_object_is_not_found(client):
    with pytest.raises(NotFound, match='configmaps "one" not found'):
        client.get(CONFIG_MAPS, "default", "one")


def test_a_taken_name_already_exists(client, config_map):
    client.create(CONFIG_MAPS, config_map())
    with pytest.raises(AlreadyExists):
        client.create(CONFIG_MAPS, config_map())


def test_a_stale_update_is_a_conflict(client, config_map):
    stored = client.create(CONFIG_MAPS, config_map())
    client.update(CONFIG_MAPS, {**stored, "data": {"key": "new"}})
    with pytest.raises(Conflict):
        client.update(CONFIG_MAPS, {**stored, "data": {"key": "mine"}})


def test_an_invalid_object_is_invalid_with_its_causes(client, config_map):
    with pytest.raises(Invalid) as refused:
        client.create(CONFIG_MAPS, config_map("Upper"))
    assert [cause["field"] for cause in refused.value.details["causes"]] == ["metadata.name"]


def test_a_watch_from_a_compacted_revision_is_gone(client, server, woken):
    server.store.compact(server.store.revision)
    stream = client.watch(CONFIG_MAPS, "default", "1")
    assert woken.wait(5)
    item = stream.take()
    assert (item.type, item.object["code"]) == ("ERROR", 410)


def test_a_wrong_token_is_unauthorized(connect, listener):
    address = listener.address.rpartition("/")[0]
    with pytest.raises(Unauthorized):
        Client(connect(address, "wrong"), "outside").list(CONFIG_MAPS)


def test_a_token_without_a_path_is_sent_as_a_bearer_token(connect, listener):
    address = listener.address.rpartition("/")[0]
    assert Client(connect(address), "outside").list(CONFIG_MAPS) == []


@pytest.mark.parametrize(("method", "code"), [("POST", MethodNotAllowed.code), ("PATCH", UnsupportedMediaType.code)])
def test_an_error_is_an_answer_and_not_an_exception(transport, method, code):
    assert transport.send(Request(method, f"{MAPS}/one", body={})).status == code


def test_nobody_listening_is_known_not_to_be_sent(connect, port):
    with pytest.raises(NotSent, match=f"GET {MAPS}"):
        connect(f"http://127.0.0.1:{port}").send(GET)


def test_a_connection_that_closes_before_its_answer_is_no_answer(connect):
    def hang_up(listening):
        connection, _ = listening.accept()
        connection.recv(65536)
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)
        thread = threading.Thread(target=hang_up, args=(listening,))
        thread.start()
        with pytest.raises(NoAnswer) as lost:
            connect(f"http://127.0.0.1:{listening.getsockname()[1]}").send(GET)
        thread.join(10)
    assert not isinstance(lost.value, NotSent)
