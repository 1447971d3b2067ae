"""A real kube-apiserver and etcd: how they come up, and that they always go."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from needs import ENVTEST
from pytest_kbevents.api.http import Request
from pytest_kbevents.api.resources import CONFIG_MAPS, KUBEBLOCKS, NAMESPACES, PODS, SERVICES
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.cluster.envtest import Envtest
from pytest_kbevents.cluster.servers import Servers
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.errors import ClusterFailed
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read

pytestmark = ENVTEST

SESSION = """
import sys
from pytest_kbevents.cluster.envtest import Envtest
envtest = Envtest()
envtest.start()
try:
    print(envtest.folder, flush=True)
    sys.stdin.read()
finally:
    envtest.stop()
"""
A_SMALL_NETWORK = 256
FAILING = """
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: failing}
spec:
  description: Nobody ever reports a role, and the last thing that happens is a patch by the harness.
  cluster: {component: mysql, replicas: 1, roles: [{name: primary, exclusive: true}]}
  steps:
  - patch: {kind: Pod, name: "{{ pod(0) }}", patch: {metadata: {labels: {kubeblocks.io/role: secondary}}}}
  - expect: {pod: "{{ pod(0) }}", role: primary, within: 100ms}
"""


@pytest.fixture(scope="module")
def envtest():
    backend = Envtest()
    backend.start()
    yield backend
    backend.stop()


@pytest.fixture
def client(envtest):
    transport = HttpTransport(str(envtest.kubeconfig), wake=lambda: None)
    yield Client(transport, "tester")
    transport.close()


@pytest.fixture(scope="module", params=["orderly", signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def ended(request, deadline):
    """After a process that has an envtest was ended: the servers it had, whether they ended, and its folder."""
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    process = subprocess.Popen([sys.executable, "-c", SESSION], stdin=subprocess.PIPE, **output)
    with deadline(process):
        folder = Path(process.stdout.readline().split()[0])
        servers = handles(folder)
        if request.param == "orderly":
            process.stdin.close()
        else:
            process.send_signal(request.param)
        process.wait()
        all_ended = all_end(servers)
    process.stdin.close()
    process.stdout.close()
    return len(servers), all_ended, folder


def pids(folder):
    """The processes that work in a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if str(folder).encode() in command:
                found.append(int(entry.name))
    return found


def handles(folder):
    """Descriptors that become readable when their process ends."""
    return [os.pidfd_open(pid) for pid in pids(folder)]


def all_end(handles):
    """Waits for them."""
    return all(select.select([handle], [], [], 20)[0] for handle in handles)


def test_it_is_ready(envtest, client):
    del envtest
    assert client._transport.send(Request("GET", "/readyz")).body == "ok"


@pytest.mark.parametrize("resource", KUBEBLOCKS, ids=lambda item: item.plural)
def test_it_serves_kubeblocks_kinds(client, resource):
    assert client.list(resource) == []


def test_its_kubeconfig_is_an_administrator_s(client):
    name = client.create(NAMESPACES, {"metadata": {"generateName": "admin-"}})["metadata"]["name"]
    assert client.list(CONFIG_MAPS, name) == []


def test_nobody_else_is_let_in(envtest):
    transport = HttpTransport(str(envtest.kubeconfig), wake=lambda: None)
    stranger = Request("GET", "/api/v1/namespaces", headers={"authorization": "Bearer wrong"})
    assert transport.send(stranger).status == 401
    transport.close()


def test_etcd_lets_nobody_in_without_a_certificate(envtest):
    import urllib3

    pool = urllib3.PoolManager(ca_certs=str(envtest.certificates.authority), retries=False)
    with pytest.raises(urllib3.exceptions.HTTPError):
        pool.request("GET", f"{envtest.etcd}/health")
    pool.clear()


def test_worlds_of_a_session_do_not_use_up_the_addresses_of_services(client):
    service = {"apiVersion": "v1", "kind": "Service", "spec": {"ports": [{"port": 80}]}}
    for number in range(A_SMALL_NETWORK):
        made = client.create(SERVICES, {**service, "metadata": {"name": f"s{number}", "namespace": "default"}})
    assert made["spec"]["clusterIP"].startswith("10.0.")


def test_a_pod_on_a_node_is_gone_at_once_without_grace(client):
    name = client.create(NAMESPACES, {"metadata": {"generateName": "grace-"}})["metadata"]["name"]
    spec = {"nodeName": "n", "containers": [{"name": "c", "image": "i"}]}
    client.create(PODS, {"metadata": {"name": "p", "namespace": name}, "spec": spec})
    client.delete(PODS, name, "p", 0)
    assert client.list(PODS, name) == []


@pytest.fixture(scope="module")
def failed(envtest):
    """The finding of a scenario that fails."""
    return runner.run(read(FAILING, "failing.yaml"), envtest, Cast("none", "fixed", 0)).finding


def test_a_failure_says_who_wrote_what(failed):
    assert failed.revisions[-1].writer == "kbevents"


def test_a_session_has_two_servers_and_who_watches_over_them(ended):
    assert ended[0] == 3


def test_a_session_that_is_ended_leaves_no_process(ended):
    assert ended[1]


def test_a_session_that_is_ended_leaves_no_folder(ended):
    assert not ended[2].exists()


def test_a_server_that_does_not_come_up_is_told_with_the_end_of_its_log():
    servers = Servers()
    servers.start({"talker": [sys.executable, "-c", "print('no luck')"]})
    servers._watchdog.wait()
    with pytest.raises(ClusterFailed, match=r"talker ended by itself; the end of its log:\nno luck"):
        servers.check()
    servers.stop()


def test_a_program_that_cannot_be_run_is_told():
    servers = Servers()
    servers.start({"nothing": ["/nonexistent"]})
    servers._watchdog.wait()
    with pytest.raises(ClusterFailed, match="nonexistent"):
        servers.check()
    servers.stop()
