"""Login by a kubeconfig, where the official client is not."""

import sys

import pytest

from pytest_kbevents.api.http import Request
from pytest_kbevents.client.fresh import fresh_http
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.errors import NotSent

TOLD = r"kubeconfigs need the package kubernetes \(.*\); in a Pod, give none"


@pytest.fixture(autouse=True)
def _without_it(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "kubernetes"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "kubernetes", None)


def test_it_is_told_what_is_missing_and_what_to_do_in_a_pod():
    with pytest.raises(OSError, match=TOLD):
        HttpTransport("kubeconfig", lambda: None)


def test_who_asks_again_and_again_is_told_so_each_time():
    transport = fresh_http("kubeconfig", lambda: None)
    for _ in range(2):
        with pytest.raises(NotSent, match=f"cannot use kubeconfig kubeconfig: {TOLD}"):
            transport.send(Request("GET", "/version"))
