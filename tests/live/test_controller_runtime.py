"""A program of controller-runtime, unchanged: informers over Events and Pods, a reconciler that writes, all in JSON.

``tools/informer`` says what it sees; our server and the real one are to make it see the same.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

from needs import ENVTEST
from pytest_kbevents.api.resources import EVENTS, NAMESPACES, PODS
from pytest_kbevents.cluster import backends

PROGRAM = Path(os.environ.get("KUBEBUILDER_ASSETS", "/nowhere")) / "informer"
MARK = "example.com/mark"

pytestmark = pytest.mark.skipif(not PROGRAM.is_file(), reason="tools/informer is not built, see tools/assets.py")


@pytest.fixture(scope="module", params=["local", pytest.param("envtest", marks=ENVTEST)])
def backend(request):
    backend = backends.make(request.param)
    backend.start()
    yield backend
    backend.stop()


class Informer:
    """The program, and the lines that were read from it."""

    def __init__(self, process):
        self._process = process
        self.lines = []

    def until(self, *wanted):
        """Read on until, for each of ``wanted``, a line with those values has come; False when it ends before."""
        missing = [each for each in wanted if not any(each.items() <= line.items() for line in self.lines)]
        while missing:
            text = self._process.stdout.readline()
            if not text:
                return False
            self.lines.append(json.loads(text))
            missing = [each for each in missing if not each.items() <= self.lines[-1].items()]
        return True

    def seen(self, kind, name):
        """What its informers saw of one object."""
        return [line["see"] for line in self.lines if (line.get("kind"), line.get("name")) == (kind, name)]


def see(what, kind, name, **fields):
    return {"see": what, "kind": kind, "name": name, **fields}


@pytest.fixture(scope="module")
def informer(backend, client, deadline):
    """After a story: a Pod and an Event are there, the program starts, another Event comes, counts up and goes."""
    name = client.create(NAMESPACES, {"metadata": {"generateName": "informer-"}})["metadata"]["name"]
    about = {"kind": "Pod", "name": "old", "namespace": name}

    def event(called):
        return {"metadata": {"name": called, "namespace": name}, "involvedObject": about, "reason": "r", "count": 1}

    client.create(PODS, {"metadata": {"name": "old", "namespace": name}, "spec": _spec()})
    client.create(EVENTS, event("old"))
    command = [str(PROGRAM), "-kubeconfig", str(backend.kubeconfig), "-namespace", name, "-mark", MARK]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    informer = Informer(process)
    try:
        with deadline(process):
            informer.until({"see": "synced"}, see("add", "Event", "old"), see("update", "Pod", "old"))
            client.create(EVENTS, event("new"))
            informer.until(see("add", "Event", "new"), see("reconcile", "Event", "new", found=True))
            client.patch(EVENTS, name, "new", {"count": 2})
            informer.until(see("update", "Event", "new"))
            client.delete(EVENTS, name, "new")
            client.delete(PODS, name, "old", 0)
            gone = [see("reconcile", kind, called, found=False) for kind, called in (("Event", "new"), ("Pod", "old"))]
            informer.until(see("delete", "Event", "new"), see("delete", "Pod", "old"), *gone)
    finally:
        process.terminate()
        process.communicate()
    return informer


def _spec():
    return {"nodeName": "n", "containers": [{"name": "c", "image": "i"}]}


def test_its_caches_are_filled(informer):
    assert {"see": "synced"} in informer.lines


def test_it_sees_the_life_of_an_event(informer):
    assert [what for what in informer.seen("Event", "new") if what != "reconcile"] == ["add", "update", "delete"]


def test_it_sees_what_changed(informer):
    counts = [line["object"]["count"] for line in informer.lines if line["see"] == "update" and line["name"] == "new"]
    assert counts == [2]


def test_it_sees_what_was_there_before(informer):
    assert informer.seen("Event", "old")[0] == "add"


def test_its_write_comes_back_to_it(informer):
    updates = [line for line in informer.lines if line["see"] == "update" and line["kind"] == "Pod"]
    assert updates[0]["object"]["metadata"]["annotations"] == {MARK: "seen"}


def test_it_reconciles_what_is_gone(informer):
    gone = [(line["kind"], line["name"]) for line in informer.lines if line.get("found") is False]
    assert sorted(set(gone)) == [("Event", "new"), ("Pod", "old")]


def test_nothing_is_refused(informer):
    assert [line for line in informer.lines if line["see"] == "error"] == []
