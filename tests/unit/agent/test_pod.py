"""A Pod's containers: the worker first, again and again where it fails; then the agent."""

import json

import pytest

from pytest_kbevents.agent.database.script import Conduct, Script
from pytest_kbevents.agent.kubelet.container import environ, port_of
from pytest_kbevents.api.resources import CONFIG_MAPS, EVENTS, PODS
from pytest_kbevents.environment.podspec import containers
from pytest_kbevents.environment.workload import LifecycleAction, Workload
from pytest_kbevents.errors import ServiceUnavailable
from pytest_kbevents.faults.refuse import Refuse

WORKLOAD = Workload("c1", "mysql", 2, actions={"dataDump": LifecycleAction(), "dataLoad": LifecycleAction()})
SOURCE, NEW = "c1-mysql-0", "c1-mysql-1"
TASK = {
    "instance": "c1-mysql",
    "task": "newReplica",
    "UID": "2",
    "replicas": NEW,
    "notifyAtFinish": True,
    "newReplica": {"remote": f"{SOURCE}.c1-mysql-headless.ns.svc.cluster.local", "port": 3502, "replicas": NEW},
}


@pytest.fixture
def task(harness):
    """Write KB_AGENT_TASK down; nothing: the ConfigMap alone."""

    def write(text=None):
        data = {} if text is None else {"KB_AGENT_TASK": text}
        harness.create(CONFIG_MAPS, {"metadata": {"name": "c1-mysql-env", "namespace": "ns"}, "data": data})

    return write


@pytest.fixture
def pod(harness, release):
    """Create a Pod that loads its data first; ``runs``: it has."""

    def create(name, *, runs=False):
        metadata = {"name": name, "namespace": "ns", "labels": {"workloads.kubeblocks.io/instance": "c1-mysql"}}
        harness.create(PODS, {"metadata": metadata, "spec": {"nodeName": "node-7", **containers(WORKLOAD, release)}})
        if runs:
            harness.patch(PODS, "ns", name, {"status": {"phase": "Running", "podIP": "10.0.0.1"}}, "status")

    return create


@pytest.fixture
def phase(harness):
    return lambda name: harness.get(PODS, "ns", name)["status"].get("phase")


@pytest.fixture
def said(harness):
    """What the task's Events say: their codes and texts, in order."""

    def said():
        events = sorted(harness.list(EVENTS, "ns"), key=lambda event: event["firstTimestamp"])
        messages = [json.loads(event["message"]) for event in events if event["reason"] == "task"]
        return [(message["code"], message.get("message", "")) for message in messages]

    return said


def test_without_a_task_a_pod_runs_at_once(task, pod, fleet, host, drive, phase):
    task()
    pod(NEW)
    fleet()
    drive(host, 1)
    assert phase(NEW) == "Running"


def test_with_a_task_it_loads_its_data_first(task, pod, fleet, host, drive, phase, said):
    task(json.dumps([TASK]))
    pod(SOURCE, runs=True)
    pod(NEW)
    fleet()
    drive(host, 1)
    assert (phase(NEW), said()) == ("Running", [(0, "")])


def test_a_worker_that_failed_begins_again_at_once_then_after_10_seconds_and_20(task, pod, fleet, host, drive, said):
    task(json.dumps([TASK]))
    pod(SOURCE, runs=True)
    pod(NEW)
    fleet().tell(NEW, Script(actions={"dataLoad": Conduct(exitCode=1)}))
    counts = []
    for seconds in (9, 2, 18, 3):
        drive(host, seconds)
        counts.append(len(said()))
    assert counts == [2, 3, 3, 4]


def test_a_worker_that_fails_for_long_begins_each_five_minutes(task, pod, fleet, host, drive, said):
    task(json.dumps([TASK]))
    pod(SOURCE, runs=True)
    pod(NEW)
    fleet().tell(NEW, Script(actions={"dataLoad": Conduct(exitCode=1)}))
    drive(host, 1000)
    before = len(said())
    drive(host, 600)
    assert len(said()) - before == 2


def test_a_worker_that_begins_again_reads_its_task_again(task, pod, fleet, host, drive, phase, harness):
    task(json.dumps([{**TASK, "newReplica": {**TASK["newReplica"], "remote": "nobody"}}]))
    pod(NEW)
    fleet()
    drive(host, 5)
    harness.patch(CONFIG_MAPS, "ns", "c1-mysql-env", {"data": {"KB_AGENT_TASK": "[]"}})
    drive(host, 10)
    assert phase(NEW) == "Running"


def test_a_task_that_cannot_be_read_is_no_silent_end(task, pod, fleet, host, drive, phase, harness, caplog):
    caplog.set_level("INFO")
    task("nonsense")
    pod(NEW)
    fleet()
    drive(host, 5)
    assert "kbagent-worker of c1-mysql-1 ended with 2 (KB_AGENT_TASK: " in caplog.text
    harness.patch(CONFIG_MAPS, "ns", "c1-mysql-env", {"data": {"KB_AGENT_TASK": "[]"}})
    drive(host, 30)
    assert phase(NEW) == "Running"


def test_an_agent_whose_variables_cannot_be_read_begins_again_and_again(fleet, host, drive, harness, caplog):
    caplog.set_level("INFO")
    agent = {"name": "kbagent", "image": "kbagent", "env": [{"name": "KB_AGENT_ACTION", "value": "{"}]}
    harness.create(PODS, {"metadata": {"name": NEW, "namespace": "ns"}, "spec": {"containers": [agent]}})
    fleet().tell(NEW, Script(actions={"roleProbe": Conduct(output="primary")}))
    drive(host, 35)
    assert caplog.text.count("kbagent of c1-mysql-1 ended with 2 (KB_AGENT_ACTION: ") == 4


def test_a_pod_that_is_deleted_takes_its_worker_with_it(task, pod, fleet, host, drive, harness):
    task(json.dumps([{**TASK, "newReplica": {**TASK["newReplica"], "remote": "nobody"}}]))
    pod(NEW)
    fleet()
    drive(host, 5)
    harness.delete(PODS, "ns", NEW, grace=0)
    drive(host, 100)
    assert host.agents == []


def test_variables_come_from_the_pod_from_texts_and_from_config_maps():
    pod = {"metadata": {"name": "p", "namespace": "ns", "uid": "u"}, "spec": {"nodeName": "n"}}
    container = {
        "envFrom": [{"configMapRef": {"name": "c"}}],
        "env": [
            {"name": "A", "value": "text"},
            {"name": "UID", "valueFrom": {"fieldRef": {"fieldPath": "metadata.uid"}}},
            {"name": "NODE", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}},
            {"name": "OTHER", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
        ],
    }
    data = {"c": {"A": "theirs", "B": "kept"}}
    found = environ(pod, container, lambda name: data.get(name, {}))
    assert found == {"A": "text", "B": "kept", "UID": "u", "NODE": "n", "OTHER": ""}


@pytest.mark.parametrize(("name", "port"), [("http", 3501), ("streaming", 3502), ("other", None)])
def test_a_port_is_found_by_its_name(name, port):
    assert port_of({"spec": containers(WORKLOAD, "main")}, "kbagent", name) == port


def test_a_first_script_may_already_name_another_release(task, pod, fleet, host, drive, harness):
    """The agent that hands out data runs unasked, and is of the cluster's release until then."""
    task()
    pod(SOURCE, runs=True)
    fleet().tell(SOURCE, Script(release="0.9.5", actions={"roleProbe": Conduct(output="primary")}))
    drive(host, 5)
    assert [event["reason"] for event in harness.list(EVENTS, "ns")] == ["checkRole"]


def test_a_worker_reads_the_task_that_is_there_whatever_was_heard_of_it(pod, fleet, host, drive, harness, said):
    harness.create(CONFIG_MAPS, {"metadata": {"name": "c1-mysql-env", "namespace": "ns"}})
    pod(SOURCE, runs=True)
    fleet()
    drive(host, 1)
    host.fleet._config_maps.close()  # it lags behind for ever
    harness.patch(CONFIG_MAPS, "ns", "c1-mysql-env", {"data": {"KB_AGENT_TASK": json.dumps([TASK])}})
    pod(NEW)
    drive(host, 1)
    assert said() == [(0, "")]


def test_an_environment_that_cannot_be_read_is_asked_for_again(task, pod, fleet, host, drive, phase, faults):
    task()
    pod(NEW)
    faults.append(Refuse("GET", "/configmaps/c1-mysql-env", ServiceUnavailable("down"), times=1))
    fleet()
    drive(host, 12)
    assert phase(NEW) == "Running"


def test_a_new_pod_that_has_nothing_to_load_runs(fleet, host, drive, harness, phase):
    spec = {"nodeName": "node-7", **containers(Workload("c1", "mysql", 2), "main")}
    harness.create(PODS, {"metadata": {"name": NEW, "namespace": "ns"}, "spec": spec})
    fleet()
    drive(host, 1)
    assert phase(NEW) == "Running"


def test_a_worker_of_a_pod_that_is_gone_ends_for_nobody(task, pod, fleet, host, drive, harness):
    task(json.dumps([TASK]))
    pod(SOURCE, runs=True)
    pod(NEW)
    fleet()
    runner = host.fleet._runners[NEW]
    worker = runner._worker
    harness.delete(PODS, "ns", NEW, grace=0)
    drive(host, 1)
    before = list(host.agents)
    runner._worker_ended(worker, 0, "")
    assert host.agents == before
