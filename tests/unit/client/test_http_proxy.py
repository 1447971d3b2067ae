"""Through a proxy of plain HTTP, a request names the whole address that it is for."""

import socket
import threading

import pytest
import yaml

from pytest_kbevents.api.http import Request
from pytest_kbevents.client.http import HttpTransport

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


@pytest.fixture
def proxy():
    """A socket that answers one request with {}; ``asked`` is its head."""
    listening = socket.create_server(("127.0.0.1", 0))
    asked = []

    def serve():
        connection, _ = listening.accept()
        with connection:
            asked.append(connection.recv(65536).decode())
            connection.sendall(ANSWER)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listening.getsockname()[1], asked
    listening.close()
    thread.join(10)


def test_a_server_behind_a_proxy_is_asked_by_its_whole_address(proxy, tmp_path):
    port, asked = proxy
    cluster = {"server": "http://cluster.example:8080/prefix", "proxy-url": f"http://127.0.0.1:{port}"}
    config = {
        "current-context": "c",
        "contexts": [{"name": "c", "context": {"cluster": "c", "user": "c"}}],
        "clusters": [{"name": "c", "cluster": cluster}],
        "users": [{"name": "c", "user": {"token": "t0ken"}}],
    }
    file = tmp_path / "kubeconfig"
    file.write_text(yaml.safe_dump(config))
    transport = HttpTransport(str(file), lambda: None)
    response = transport.send(Request("GET", "/version", {"a": "b"}))
    transport.close()
    line, *headers = asked[0].split("\r\n")
    assert (response.status, line) == (200, "GET http://cluster.example:8080/prefix/version?a=b HTTP/1.1")
    assert "Host: cluster.example:8080" in headers
