"""``kbevents serve`` as a process of its own, and the ways other programs reach it."""

import os
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

SECONDS = 20.0
"""How long anything here may take before it is killed."""


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
        process.kill()
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
    name = request.node.name.replace("_", "-").lower()[:63].strip("-")
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
