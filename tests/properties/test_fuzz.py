"""Whatever is sent, the answer is one that Kubernetes gives: never an exception, never a 5xx without a Status."""

import json
import sys
import threading
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.apiserver.wsgi import App
from pytest_kbevents.clock import VirtualClock

sys.path.insert(0, str(Path(__file__).parent))
import fuzz  # it is beside this file, and importlib mode knows no packages

TOKEN = "t0ken"
EACH = 10_000


def environ(method, path, query, text, kind, accept):
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": urlencode(query),
        "CONTENT_LENGTH": str(len(text)),
        "CONTENT_TYPE": kind,
        "HTTP_ACCEPT": accept,
        "HTTP_USER_AGENT": "fuzz/1",
        "HTTP_AUTHORIZATION": f"Bearer {TOKEN}",
        "wsgi.input": BytesIO(text),
    }


def answer(app, request):
    """The code and the body of an answer; of a watch, what the first look brings."""
    started = []

    def start_response(status, headers):
        started.append((int(status.split()[0]), dict(headers)))
        return lambda _: None

    chunks = app(environ(*request), start_response)
    if hasattr(chunks, "close"):  # a watch is a generator
        chunks.close()
        return started[0][0], b"", started[0][1]
    return started[0][0], b"".join(chunks), started[0][1]


@pytest.mark.parametrize("seed", range(10))
def test_no_request_is_too_strange(seed):
    app = App(Server(VirtualClock()), TOKEN)
    threads = threading.active_count()
    codes = set()
    for request in fuzz.requests(seed, EACH):
        code, body, headers = answer(app, request)
        codes.add(code)
        if code >= 500:
            assert "json" not in headers["Content-Type"] or json.loads(body)["kind"] == "Status", request
        assert b"Internal error occurred" not in body, (request, body)
    assert threading.active_count() == threads
    assert {200, 201, 400, 404, 409, 422} <= codes
