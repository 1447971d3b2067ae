"""One kind cluster for all tests of this folder: two nodes, made through pytest-kind, gone in the end."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec

import pytest

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read
from pytest_kbevents.settings import resolve

NAME = "kbevents-tests"
MINUTES = 20
SLOW = 4.0
"""Two cores run a cluster, its Pods and the tests: every wait is stretched."""


def why_not():
    """Why no kind cluster is made here; empty when one is."""
    if not os.environ.get("KB_KIND_TESTS"):
        return 'it takes ten minutes: eval "$(python3 tools/kind-node)"; KB_KIND_TESTS=1 pytest tests/kind'
    missing = [name for name in ("docker", "kind", "kubectl") if shutil.which(name) is None]
    if missing or find_spec("pytest_kind") is None:
        return f"not here: {', '.join(missing or ['pytest-kind'])}"
    done = subprocess.run(["docker", "info"], capture_output=True, check=False)
    return "" if done.returncode == 0 else "the Docker daemon does not answer"


def pytest_collection_modifyitems(items):
    """All of them need it."""
    reason = why_not()
    for item in items:
        if "tests/kind/" in item.nodeid or item.nodeid.startswith("kind/"):
            item.add_marker(pytest.mark.kind)
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


def settings(**flags):
    return resolve({"cluster": "kind", "kind_name": NAME, **flags}, {}, os.environ)


@pytest.fixture(scope="session")
def kind():
    """The backend, up."""
    backend = make("kind", settings(), lambda text: sys.__stderr__.write(f"kbevents: {text}\n"))
    backend.start()
    yield backend
    backend.stop()


@pytest.fixture
def run(kind, tmp_path):
    """The verdict of a scenario, given as text, with agents and controller in Pods; failures show what Pods wrote."""

    def run(text, *, release="fixed", scale=SLOW):
        return runner.run(read(text, "mine.yaml", tmp_path), kind, Cast("reference", release, 0), scale)

    return run


@pytest.fixture
def kubectl(kind):
    """Runs kubectl against it; what it printed."""

    def kubectl(*arguments):
        command = ["kubectl", "--kubeconfig", str(kind.kubeconfig), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout

    return kubectl


@pytest.fixture(scope="session")
def session(tmp_path_factory):
    """Starts pytest as a user would, in a folder of its own."""

    def session(*arguments, name=NAME):
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--kb-cluster", "kind"]
        return subprocess.Popen(
            [*command, "--kb-kind-name", name, *arguments],
            cwd=tmp_path_factory.mktemp("session"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return session


def containers(name):
    """The containers of a kind cluster, running or not."""
    label = f"label=io.x-k8s.kind.cluster={name}"
    command = ["docker", "ps", "--all", "--quiet", "--filter", label]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
