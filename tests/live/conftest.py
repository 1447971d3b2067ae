"""``kbevents serve`` as a process of its own, and the ways other programs reach it."""

import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from pytest_kbevents.client.client import Client
from pytest_kbevents.client.http import HttpTransport

SECONDS = 20.0
"""How long anything here may take before it is killed."""


def pytest_addoption(parser):
    """How many releases a scenario runs on."""
    parser.addoption("--every-release", action="store_true", help="scenarios on each release; CI takes two of them")


@pytest.fixture(scope="session", autouse=True)
def _no_proxy():
    """The network is loopback only: a proxy of the machine is not to be asked."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def deadline():
    """Kills a process that is still at it when the time is up, so that reading from it always ends."""

    @contextmanager
    def deadline(process):
        timer = threading.Timer(SECONDS, process.kill)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    return deadline


@pytest.fixture(scope="session")
def serve(_no_proxy, deadline):
    """Starts ``kbevents serve``; with ``waiting``, until its first line. What still runs at the end is killed."""
    started = []

    def serve(kubeconfig, *arguments, waiting=True):
        program = "from pytest_kbevents.cli import main; raise SystemExit(main())"
        command = [sys.executable, "-c", program, "serve", "--kubeconfig", str(kubeconfig), *arguments]
        errors = subprocess.DEVNULL if waiting else subprocess.PIPE
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        started.append(process)
        if waiting:
            with deadline(process):
                process.first_line = process.stdout.readline()
        return process

    yield serve
    for process in started:
        process.terminate()  # it removes what it wrote
        with deadline(process):
            process.communicate()


@pytest.fixture(scope="session")
def kubeconfig(serve, tmp_path_factory):
    """The kubeconfig of a server that serves all tests."""
    path = tmp_path_factory.mktemp("serve") / "kubeconfig"
    serve(path)
    return path


@pytest.fixture
def api(kubeconfig):
    """The official client's connection to that server."""
    from kubernetes import client, config

    configuration = client.Configuration()
    config.load_kube_config(str(kubeconfig), client_configuration=configuration)
    with client.ApiClient(configuration) as api:
        yield api
    api.rest_client.pool_manager.clear()


@pytest.fixture
def core(api):
    """The official client's core/v1."""
    from kubernetes import client

    return client.CoreV1Api(api)


@pytest.fixture
def config_map(core, request):
    """The name of a ConfigMap of the test's own, in default, with ``key: old``."""
    name = re.sub("[^a-z0-9]+", "-", request.node.name.lower())[:63].strip("-")
    core.create_namespaced_config_map("default", {"metadata": {"name": name}, "data": {"key": "old"}})
    return name


@pytest.fixture
def change(core, config_map):
    """Sets that ConfigMap's ``key`` to new."""
    body = {"metadata": {"name": config_map}, "data": {"key": "new"}}
    return lambda: core.replace_namespaced_config_map(config_map, "default", body)


@pytest.fixture
def environment(kubeconfig, tmp_path):
    """What kubectl is to find in its environment: our kubeconfig, and a home without a cache."""
    return os.environ | {"KUBECONFIG": str(kubeconfig), "HOME": str(tmp_path)}


def _kubectls():
    """The kubectl on PATH, and the one that is built for these tests."""
    built = Path(os.environ.get("KUBEBUILDER_ASSETS", "/nowhere")) / "kubectl"
    found = {"path": shutil.which("kubectl"), "built": str(built) if built.is_file() else None}
    return {name: program for name, program in found.items() if program} or {"none": ""}


@pytest.fixture(params=_kubectls().values(), ids=_kubectls())
def program(request):
    """Each kubectl that is there."""
    if not request.param:
        pytest.skip("kubectl is not on PATH")
    return request.param


@pytest.fixture
def kubectl(program, environment):
    """Runs kubectl to its end."""

    def kubectl(*arguments, stdin=None):
        return subprocess.run(
            [program, *arguments], env=environment, input=stdin, capture_output=True, text=True, timeout=20, check=False
        )

    return kubectl


@pytest.fixture
def watching(program, environment, deadline):
    """Runs kubectl, and gives the function that reads until a line has all of some words; False when it ends before."""
    processes = []

    def watching(*arguments):
        output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        process = subprocess.Popen([program, *arguments], env=environment, **output)
        processes.append(process)

        def read_until(*words):
            with deadline(process):
                return any(all(word in line for word in words) for line in process.stdout)

        return read_until

    yield watching
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture
def said(kubectl, namespace):
    """What kubectl prints of a command in the test's own namespace; its errors, where it fails."""

    def said(*arguments, stdin=None):
        done = kubectl("-n", namespace, *arguments, stdin=stdin)
        return done.stdout if done.returncode == 0 else done.stderr

    return said


@pytest.fixture
def namespace(core):
    """A namespace of the test's own."""
    made = core.create_namespace({"metadata": {"generateName": "kubectl-"}})
    return made.metadata.name


@pytest.fixture(scope="module")
def client(backend):
    """Talks to the cluster that the module's tests share."""
    transport = HttpTransport(str(backend.kubeconfig), wake=lambda: None)
    yield Client(transport, "tester")
    transport.close()
