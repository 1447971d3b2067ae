"""Login as the service account of the Pod that this runs in."""

import http.server
import ssl
import subprocess
import sys
import threading

import pytest

from pytest_kbevents.api.http import Request
from pytest_kbevents.client import incluster
from pytest_kbevents.client.fresh import fresh_http
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.client.incluster import TOKEN_SECONDS, InClusterLogin
from pytest_kbevents.errors import NotSent

trustme = pytest.importorskip("trustme")

HERE = {"KUBERNETES_SERVICE_HOST": "10.96.0.1", "KUBERNETES_SERVICE_PORT": "443"}


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def account(tmp_path, authority):
    """What the kubelet mounts into a Pod."""
    (tmp_path / "token").write_text("t0ken")
    authority.cert_pem.write_to_path(tmp_path / "ca.crt")
    return tmp_path


class _Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, self.headers["Authorization"]))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


@pytest.fixture
def server(authority):
    """An API server that its certificate is for; ``asked`` are paths and credentials."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = http.server.HTTPServer(("127.0.0.1", 0), _Answer)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pod(server, account, monkeypatch):
    """This runs in a Pod of that server's cluster."""
    host, port = server.server_address
    monkeypatch.setattr(incluster, "ACCOUNT", account)
    monkeypatch.setenv("KUBERNETES_SERVICE_HOST", host)
    monkeypatch.setenv("KUBERNETES_SERVICE_PORT", str(port))
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("pod")
def test_a_request_goes_to_the_pods_api_server_with_the_accounts_token(server):
    transport = HttpTransport(None, lambda: None)
    response = transport.send(Request("GET", "/version"))
    transport.close()
    assert (response.status, server.asked) == (200, [("/version", "bearer t0ken")])


@pytest.mark.usefixtures("pod")
def test_a_server_of_another_authority_is_not_asked(server, account):
    trustme.CA().cert_pem.write_to_path(account / "ca.crt")
    transport = fresh_http("", lambda: None)
    with pytest.raises(Exception, match="CERTIFICATE_VERIFY_FAILED"):
        transport.send(Request("GET", "/version"))
    assert server.asked == []


def test_the_token_is_read_again_after_a_minute(account):
    now = [0.0]
    login = InClusterLogin(account, HERE, lambda: now[0])
    (account / "token").write_text("newer\n")
    told = []
    for now[0] in (TOKEN_SECONDS - 1, TOKEN_SECONDS):
        told.append(login.headers())
    assert told == [{"authorization": "bearer t0ken"}, {"authorization": "bearer newer"}]


def test_a_token_that_is_gone_when_it_is_needed_was_not_sent(account, monkeypatch):
    monkeypatch.setattr(incluster, "ACCOUNT", account)
    monkeypatch.setattr(incluster, "TOKEN_SECONDS", -1.0)
    for name, value in HERE.items():
        monkeypatch.setenv(name, value)
    transport = fresh_http("", lambda: None)
    transport._current()
    (account / "token").unlink()
    with pytest.raises(NotSent, match=r"the Pod's service account .*: Service token file does not exist\."):
        transport.send(Request("GET", "/version"))


def test_an_address_of_ipv6_is_put_in_brackets(account):
    login = InClusterLogin(account, HERE | {"KUBERNETES_SERVICE_HOST": "fd00::1"})
    assert login.host == "https://[fd00::1]:443"


def test_a_proxy_of_the_environment_is_used(account, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "192.0.2.0/24")
    assert InClusterLogin(account, HERE).manager.proxy.host == "proxy.example"


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({}, "Service host/port is not set."),
        ({**HERE, "KUBERNETES_SERVICE_PORT": ""}, "Service host/port is set but empty."),
    ],
)
def test_elsewhere_than_in_a_pod_it_is_told_so(account, environ, told):
    with pytest.raises(OSError, match=told):
        InClusterLogin(account, environ)


@pytest.mark.parametrize(
    ("name", "told"),
    [("token", "Service token file does not exist."), ("ca.crt", "Service certification file does not exist.")],
)
def test_a_pod_without_an_account_is_told_so(account, name, told):
    (account / name).unlink()
    with pytest.raises(OSError, match=told):
        InClusterLogin(account, HERE)


@pytest.mark.parametrize(
    ("name", "told"), [("token", "Token file exists but empty."), ("ca.crt", "Cert file exists but empty.")]
)
def test_files_of_an_account_that_are_empty_are_told(account, name, told):
    (account / name).write_text("")
    with pytest.raises(OSError, match=told):
        InClusterLogin(account, HERE)


def test_the_official_client_is_not_loaded(account):
    code = (
        "import sys; from pathlib import Path; from pytest_kbevents.client.incluster import InClusterLogin\n"
        f"InClusterLogin(Path({str(account)!r}), {HERE})\n"
        "print([name for name in ('kubernetes', 'requests', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"
