import json
import threading

import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS
from pytest_kbevents.apiserver.verbs.incoming import BODY_LIMIT

MAPS = "/api/v1/namespaces/default/configmaps"


@pytest.fixture
def read(call):
    """As ``call``, with the body read and decoded."""

    def read(*args, **kwargs):
        code, _, chunks = call(*args, **kwargs)
        return code, json.loads(b"".join(chunks))

    return read


def test_a_bearer_token_opens(read):
    assert read("GET", MAPS)[0] == 200


def test_the_scheme_of_a_bearer_token_is_in_any_case(read):
    assert read("GET", MAPS, authorization="bearer t0ken")[0] == 200


def test_the_token_in_the_path_opens(read):
    assert read("GET", f"/t0ken{MAPS}", authorization="")[0] == 200


def test_the_token_in_the_path_is_no_part_of_the_requests_path(server, read):
    read("GET", f"/t0ken{MAPS}", authorization="")
    assert server.audit.entries[-1].path == MAPS


@pytest.mark.parametrize("authorization", ["Bearer wrong", "Bearer "])
def test_without_the_token_is_unauthorized(read, authorization):
    code, body = read("GET", MAPS, authorization=authorization)
    assert (code, body["reason"]) == (401, "Unauthorized")


@pytest.mark.parametrize("authorization", ["", "Basic t0ken", "t0ken"])
def test_without_a_token_nothing_is_allowed(read, authorization):
    code, body = read("GET", MAPS, authorization=authorization)
    assert (code, body["reason"]) == (403, "Forbidden")


def test_without_a_token_the_health_is_told(call):
    assert call("GET", "/readyz", authorization="")[0] == 200


def test_a_wrong_token_in_the_path_is_forbidden(read):
    assert read("GET", f"/wrong{MAPS}", authorization="")[0] == 403


def test_an_unauthorized_request_changes_nothing(server, read, config_map):
    before = server.store.revision
    read("POST", MAPS, config_map(), authorization="Bearer wrong")
    assert server.store.revision == before


def test_a_body_is_read_as_json(read, config_map):
    code, body = read("POST", MAPS, config_map(data={"key": "ä"}))
    assert (code, body["data"]) == (201, {"key": "ä"})


def test_a_body_that_is_no_json_is_a_bad_request(read):
    code, body = read("POST", MAPS, raw=b"{")
    assert (code, body["reason"]) == (400, "BadRequest")


def test_a_body_that_is_no_text_is_a_bad_request(read):
    assert read("POST", MAPS, raw=b"\xff")[0] == 400


def test_a_body_over_the_limit_is_too_large(read):
    assert read("POST", MAPS, raw=b"{}", length=BODY_LIMIT + 1)[0] == 413


def test_a_body_at_the_limit_is_read(read, config_map):
    raw = json.dumps(config_map()).encode()
    assert read("POST", MAPS, raw=raw.ljust(BODY_LIMIT))[0] == 201


def test_an_error_of_the_api_has_its_code_and_status(read):
    code, body = read("GET", f"{MAPS}/one")
    assert (code, body["kind"], body["code"]) == (404, "Status", 404)


def test_an_answer_says_its_length_and_type(call):
    _, headers, chunks = call("GET", MAPS)
    assert headers == {"Content-Type": "application/json", "Content-Length": str(len(b"".join(chunks)))}


def test_a_text_is_answered_as_text(call):
    _, headers, chunks = call("GET", "/healthz")
    assert (headers["Content-Type"].partition(";")[0], b"".join(chunks)) == ("text/plain", b"ok")


def test_a_query_is_read(read, client, config_map):
    client.create(CONFIG_MAPS, config_map(labels={"role": "a"}))
    client.create(CONFIG_MAPS, config_map("two"))
    _, body = read("GET", MAPS, query="labelSelector=role%20in%20%28a%2Cb%29")
    assert [item["metadata"]["name"] for item in body["items"]] == ["one"]


def test_the_user_agent_is_noted(server, read):
    read("GET", MAPS)
    assert server.audit.entries[-1].user_agent == "tester"


def test_a_watch_is_one_json_document_a_line(call, client, config_map):
    created = client.create(CONFIG_MAPS, config_map())
    _, _, chunks = call("GET", MAPS, query="watch=true")
    line = next(iter(chunks))
    assert (line[-1:], json.loads(line)) == (b"\n", {"type": "ADDED", "object": created})


def test_a_watch_ends_when_its_time_is_up(call):
    _, _, chunks = call("GET", MAPS, query="watch=true&timeoutSeconds=1")
    assert list(chunks) == []


def test_a_watch_ends_when_the_server_stops(app, call, client, config_map):
    client.create(CONFIG_MAPS, config_map())
    _, _, chunks = call("GET", MAPS, query="watch=true")
    next(chunks)
    rest = []
    reader = threading.Thread(target=lambda: rest.append(list(chunks)), daemon=True)
    reader.start()
    app.end_watches()
    reader.join(10)
    assert rest == [[]]


def test_a_watch_that_is_asked_for_while_the_server_stops_ends_at_once(app, call):
    app.close()
    _, _, chunks = call("GET", MAPS, query="watch=true")
    assert list(chunks) == []


def test_a_watch_whose_client_left_is_closed(app, call, client, config_map):
    client.create(CONFIG_MAPS, config_map())
    _, _, chunks = call("GET", MAPS, query="watch=true")
    next(chunks)
    chunks.close()
    assert not app._watches


@pytest.mark.parametrize(("authorization", "length"), [("Bearer t0ken", None), ("", None), ("Bearer t0ken", "many")])
@pytest.mark.parametrize("path", [MAPS, "/readyz", "/api", "/nowhere"])
def test_an_answer_to_head_has_no_body(call, path, authorization, length):
    _, headers, chunks = call("HEAD", path, authorization=authorization, length=length)
    assert (b"".join(chunks), headers["Content-Length"]) == (b"", "0")
