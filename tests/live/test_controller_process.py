"""``kbevents controller`` as the process that it is: how it works, leads, tells of itself, ends and fails."""

import itertools
import os
import signal
import socket
import urllib.error
import urllib.request

import pytest

from needs import ENVTEST
from processes import Process, eventually
from pytest_kbevents.agent.sending import event
from pytest_kbevents.agent.sending.event import Identity
from pytest_kbevents.agent.sending.message import encode
from pytest_kbevents.api.messages import ProbeMessage
from pytest_kbevents.api.names import ROLE_LABEL
from pytest_kbevents.api.objects import labels_of, uid_of
from pytest_kbevents.api.resources import EVENTS, LEASES, NAMESPACES, PODS
from pytest_kbevents.apiserver.listener import Listener
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.cli import controller, main
from pytest_kbevents.client import kubeconfig
from pytest_kbevents.clock import WallClock
from pytest_kbevents.cluster import backends
from pytest_kbevents.environment.manifests import provision
from pytest_kbevents.environment.place import Place
from pytest_kbevents.environment.workload import Role, Workload

WORKLOAD = Workload("c1", "mysql", 2, [Role("primary", exclusive=True), Role("secondary")])
LEASE = "kbevents-event-controller"
_NUMBERS = itertools.count()


@pytest.fixture(scope="module", params=["local", pytest.param("envtest", marks=ENVTEST)])
def backend(_no_proxy, request):
    backend = backends.make(request.param)
    backend.start()
    yield backend
    backend.stop()


@pytest.fixture
def start(backend):
    """Starts a controller of that cluster; what still runs at the end is killed."""
    started = []

    def start(*arguments, kubeconfig=backend.kubeconfig, environment=os.environ):
        options = [] if kubeconfig is None else ["--kubeconfig", str(kubeconfig)]
        started.append(Process(["controller", *options, *arguments], environment))
        return started[-1]

    yield start
    for process in started:
        process.end()


def settle(client, name):
    """Make a namespace with two Pods of a component."""
    client.create(NAMESPACES, {"metadata": {"name": name}})
    provision(Place(client, WallClock(), name, WORKLOAD, "fixed"))


@pytest.fixture
def namespace(client):
    """A namespace of the test's own, with two Pods of a component."""
    name = f"controller-{next(_NUMBERS)}"
    settle(client, name)
    return name


@pytest.fixture
def claim(client, namespace):
    """A Pod reports a role, as kbagent would."""

    def claim(pod, role="primary", where=namespace):
        identity = Identity(where, pod, uid_of(client.get(PODS, where, pod)), "node-0")
        message = encode(ProbeMessage(WORKLOAD.name, "roleProbe", 0, role.encode(), ""))
        client.create(EVENTS, event.first(identity, "roleProbe", message, WallClock().micros()))

    return claim


@pytest.fixture
def role(client, namespace):
    """The role that a Pod's label says."""
    return lambda pod, where=namespace: labels_of(client.get(PODS, where, pod)).get(ROLE_LABEL)


@pytest.fixture
def holder(client, namespace):
    """Who holds the Lease in the test's namespace."""

    def holder():
        leases = client.list(LEASES, namespace)
        return leases[0]["spec"].get("holderIdentity") if leases else None

    return holder


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def asked(port, path):
    """Status and text of an answer; 0 while there is none."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except OSError:
        return 0, ""


def test_a_role_event_becomes_a_label(start, claim, role):
    start()
    claim("c1-mysql-0")
    assert eventually(lambda: role("c1-mysql-0"), "primary")


def test_only_the_namespaces_that_are_named_are_looked_at(start, client, namespace, claim, role):
    other, third = f"{namespace}-b", f"{namespace}-c"
    for name in (other, third):
        settle(client, name)
    claim("c1-mysql-0", where=third)
    start("--namespace", namespace, "--namespace", other)
    for name in (namespace, other):
        claim("c1-mysql-0", where=name)
        assert eventually(lambda name=name: role("c1-mysql-0", name), "primary")
    assert role("c1-mysql-0", third) is None


def test_a_release_is_whose_behaviour_it_has(start, claim, role):
    assert start("--release", "1.0.0").says("started: release 1.0.0")
    for pod in ("c1-mysql-0", "c1-mysql-1"):
        claim(pod)
    assert eventually(lambda: [role("c1-mysql-0"), role("c1-mysql-1")], ["primary"] * 2)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_well(start, claim, role, number):
    process = start()
    claim("c1-mysql-0")
    assert eventually(lambda: role("c1-mysql-0"), "primary")
    process.signal(number)
    assert process.wait() == 0


def test_what_happens_is_told_in_one_line_each(start):
    process = start()
    assert process.says("started")
    process.signal(signal.SIGTERM)
    process.wait()
    assert [line.split(" ", 3)[1] for line in process.lines] == ["INFO"] * len(process.lines)


def test_of_two_one_leads(start, namespace, claim, role):
    election = ("--leader-elect", "--lease-namespace", namespace, "--namespace", namespace)
    one = start(*election)
    assert one.says(" leads, by lease ")
    two = start(*election)
    assert two.says("started")
    claim("c1-mysql-0")
    assert eventually(lambda: role("c1-mysql-0"), "primary")
    assert not any(" leads, by lease " in line for line in two.lines)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_when_the_leader_ends_the_other_leads(start, namespace, claim, role, number):
    election = ("--leader-elect", "--lease-namespace", namespace, "--namespace", namespace)
    one = start(*election)
    assert one.says(" leads, by lease ")
    two = start(*election)
    assert two.says("started")
    one.signal(number)
    one.wait()
    assert two.says(" leads, by lease ")
    claim("c1-mysql-1")
    assert eventually(lambda: role("c1-mysql-1"), "primary")


def test_an_end_gives_the_lease_back(start, namespace, holder):
    process = start("--leader-elect", "--lease-namespace", namespace, "--namespace", namespace)
    assert process.says(" leads, by lease ")
    before = holder()
    process.signal(signal.SIGTERM)
    assert (process.wait(), before is None, holder()) == (0, False, None)


def test_who_loses_the_lease_ends_with_1(start, client, namespace):
    process = start("--leader-elect", "--lease-namespace", namespace, "--namespace", namespace)
    assert process.says(" leads, by lease ")
    client.patch(LEASES, namespace, LEASE, {"spec": {"holderIdentity": "another"}})
    assert process.wait() == 1
    assert process.says("leadership is lost")


def test_it_is_ready_once_its_caches_are_filled(start, port):
    start("--health-address", f"127.0.0.1:{port}")
    assert eventually(lambda: asked(port, "/readyz"), (200, "ok"))
    assert asked(port, "/healthz") == (200, "ok")


def test_it_is_alive_and_not_ready_while_a_kind_cannot_be_read(start, port, tmp_path):
    bare = Listener(Server(WallClock()), "t0ken")  # it knows none of KubeBlocks' kinds
    bare.start()
    kubeconfig.write(tmp_path / "kubeconfig", server=bare.address, token="t0ken")
    process = start("--health-address", f"127.0.0.1:{port}", kubeconfig=tmp_path / "kubeconfig")
    kinds = ("instancesets.workloads", "instances.workloads", "components.apps", "componentdefinitions.apps")
    missing = ", ".join(f"{kind}.kubeblocks.io" for kind in kinds)
    try:
        assert eventually(lambda: asked(port, "/readyz"), (500, f"not ok: not cached yet: {missing}"))
        assert asked(port, "/healthz") == (200, "ok")
    finally:
        process.end()  # a watch that it begins while the server stops would hold the server up
        bare.stop()


def test_metrics_are_controller_runtimes(start, claim, role, port):
    start("--health-address", f"127.0.0.1:{port}", "--metrics")
    claim("c1-mysql-0")
    assert eventually(lambda: role("c1-mysql-0"), "primary")
    metrics = asked(port, "/metrics")[1]
    assert 'workqueue_depth{controller="event",name="event"} 0.0' in metrics
    assert 'controller_runtime_reconcile_total{controller="event",result="success"}' in metrics


def test_metrics_are_served_only_where_they_are_wanted(start, port):
    start("--health-address", f"127.0.0.1:{port}")
    assert eventually(lambda: asked(port, "/healthz")[0], 200)
    assert asked(port, "/metrics")[0] == 404


def refused(process):
    """Exit code, and the only line that was said."""
    code = process.wait()
    (line,) = process.lines
    return code, line


def test_a_cluster_that_does_not_answer_is_one_line_and_exit_code_1(start, tmp_path, port):
    path = tmp_path / "kubeconfig"
    kubeconfig.write(path, server=f"http://127.0.0.1:{port}", token="none")
    code, line = refused(start(kubeconfig=path))
    assert (code, line.startswith(f"kbevents: the cluster of --kubeconfig {path} does not answer (")) == (1, True)


def test_a_cluster_that_refuses_the_token_is_one_line_and_exit_code_1(start, backend, tmp_path):
    path = tmp_path / "kubeconfig"
    text = backend.kubeconfig.read_text()
    token = text.partition("token: ")[2].split()[0]
    path.write_text(text.replace(f"/{token}", "").replace(token, "wrong"))
    code, line = refused(start(kubeconfig=path))
    assert (code, "refuses us" in line, "check the credentials" in line) == (1, True, True)


def test_a_health_address_that_is_taken_is_one_line_and_exit_code_4(start):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        code, line = refused(start("--health-address", address))
    assert (code, line.startswith(f"kbevents: cannot serve health at {address}: "), "choose another" in line) == (
        4,
        True,
        True,
    )


def test_without_a_kubeconfig_it_runs_in_a_pod(start):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KUBERNETES_")}
    code, line = refused(start(kubeconfig=None, environment=environment))
    assert (code, "runs in no Pod" in line, "give --kubeconfig FILE" in line) == (4, True, True)


@pytest.mark.parametrize(
    "text",
    ["", "][", "kind: Config", "[1, 2]", "clusters: 7\ncurrent-context: x", "\x00\x01", "a: &a [*a]"],
    ids=["empty", "no-yaml", "no-contexts", "list", "wrong-types", "binary", "loop"],
)
def test_a_kubeconfig_that_is_none_is_one_line(text, tmp_path, capsys):
    (tmp_path / "k").write_text(text)
    assert main(["controller", "--kubeconfig", str(tmp_path / "k")]) == 4
    assert capsys.readouterr().err.startswith(f"kbevents: cannot use --kubeconfig {tmp_path / 'k'}: ")


def test_a_kubeconfig_that_is_not_there_is_one_line(tmp_path, capsys):
    assert main(["controller", "--kubeconfig", str(tmp_path / "nowhere")]) == 4
    assert capsys.readouterr().err.count("\n") == 1


def test_a_context_that_is_not_there_is_one_line(backend, capsys):
    assert main(["controller", "--kubeconfig", str(backend.kubeconfig), "--context", "other"]) == 4
    assert "other" in capsys.readouterr().err


def test_a_context_that_is_there_is_used(start, claim, role):
    start("--context", "kbevents")
    claim("c1-mysql-0")
    assert eventually(lambda: role("c1-mysql-0"), "primary")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--release", "2.0"], "--release 2.0: there is no such release; one of 0.5.0, 0.8.3, "),
        (["--workers", "0"], "--workers '0': must be a whole number, 1 or more"),
        (["--workers", "many"], "--workers 'many': must be a whole number, 1 or more"),
        (["--namespace", "a/b"], "--namespace 'a/b': no namespace has such a name; "),
        (["--lease-namespace", ""], "--lease-namespace '': no namespace has such a name; "),
        (["--lease-namespace", "a"], "--lease-namespace is for --leader-elect; give both or none"),
        (["--leader-elect"], "--leader-elect needs --lease-namespace where this does not run in a Pod"),
        (["--health-address", "8081"], "--health-address '8081': must be HOST:PORT, such as 127.0.0.1:8081"),
        (["--health-address", "a:70000"], "--health-address 'a:70000': must be HOST:PORT, such as 127.0.0.1:8081"),
        (["--metrics"], "--metrics are served at --health-address; give HOST:PORT"),
        (["--resync", "-1"], "--resync '-1': must be a whole number, 0 or more"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_cannot_be_used_is_told_in_one_line(arguments, told, capsys):
    assert main(["controller", "--kubeconfig", "unread", *arguments]) == 4
    error = capsys.readouterr().err
    assert (error.startswith(f"kbevents: {told}"), error.count("\n")) == (True, 1)


def test_in_a_pod_the_lease_is_in_the_pods_namespace(tmp_path, monkeypatch):
    (tmp_path / "namespace").write_text("kb-system")
    monkeypatch.setattr(controller, "OWN_NAMESPACE", tmp_path / "namespace")
    assert controller._lease_namespace(None) == "kb-system"


def test_a_context_without_a_kubeconfig_is_told_in_one_line(capsys):
    assert main(["controller", "--context", "x"]) == 4
    assert capsys.readouterr().err == "kbevents: --context names a part of a kubeconfig; give --kubeconfig, too\n"
