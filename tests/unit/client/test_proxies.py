"""Which proxy the environment names for a server."""

import pytest

from pytest_kbevents.client.proxies import is_excepted, proxy_of

API = "https://10.96.0.1:443"


@pytest.mark.parametrize(
    ("proxies", "proxy"),
    [
        ({}, ""),
        ({"https": "http://p:1"}, "http://p:1"),
        ({"http": "http://p:1"}, ""),
        ({"all": "http://p:2"}, "http://p:2"),
        ({"https": "http://p:1", "all": "http://p:2"}, "http://p:1"),
        ({"https": "http://p:1", "no": "10.96.0.1"}, ""),
        ({"https": "http://p:1", "no": "example.com"}, "http://p:1"),
    ],
)
def test_the_proxy_is_the_schemes_or_everybodys(proxies, proxy):
    assert proxy_of(API, proxies) == proxy


def test_without_more_the_environment_is_read(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://p:1")
    monkeypatch.setenv("NO_PROXY", "")
    assert proxy_of(API) == "http://p:1"


@pytest.mark.parametrize(
    ("exceptions", "excepted"),
    [
        ("", False),
        ("*", True),
        ("10.96.0.0/12", True),
        ("10.96.0.1/8", True),
        ("10.0.0.0/16", False),
        ("10.96.0.1:443", True),
        ("10.96.0.1:6443", False),
        (" a.b , 10.96.0.1 ", True),
        ("6.0.1", False),
    ],
)
def test_an_address_is_excepted_by_itself_its_port_or_its_network(exceptions, excepted):
    assert is_excepted(API, exceptions) is excepted


@pytest.mark.parametrize(
    "exceptions", ["example.com", ".example.com", "API.example.com", "api.example.com:6443", "com"]
)
def test_a_name_is_excepted_by_its_domains(exceptions):
    assert is_excepted("https://api.example.com:6443", exceptions)


@pytest.mark.parametrize("exceptions", ["ample.com", "x.api.example.com", "10.0.0.0/8"])
def test_a_name_is_not_excepted_by_anything_else(exceptions):
    assert not is_excepted("https://api.example.com:6443", exceptions)


def test_an_address_of_ipv6_is_in_a_network_of_ipv6():
    assert is_excepted("https://[fd00::1]:443", "fd00::/8,10.0.0.0/8")
