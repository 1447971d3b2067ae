"""``kbevents agent --server=false``: the worker as the process that it is."""

import json
import signal
import socket

import pytest

from agents import NEVER, OTHER, PATIENCE, nobody, probe, task
from pytest_kbevents.client import kubeconfig


def test_a_worker_loads_what_the_server_dumps_and_tells_of_it(start, tell, events, tmp_path):
    tell(actions={"dataDump": "the data"})
    tell(OTHER, actions={"dataLoad": {"command": ["/bin/sh", "-c", f"cat > {tmp_path}/loaded"]}})
    source = start(probes=[probe(period=NEVER)])
    source.said("the database was told")
    worker = start("--server=false", pod=OTHER, TASK=task("localhost", source.port_of("streaming")))
    assert worker.wait() == 0
    (event,) = events()
    message = json.loads(event["message"])
    assert ((tmp_path / "loaded").read_text(), event["reason"], message["code"], message["replica"]) == (
        "the data",
        "task",
        0,
        OTHER,
    )


def test_a_worker_whose_load_fails_panics_with_its_exit_status(start, tell, events):
    tell(OTHER, actions={"dataLoad": {"exitCode": 3}})
    source = start(probes=[probe(period=NEVER)])
    worker = start("--server=false", pod=OTHER, TASK=task("127.0.0.1", source.port_of("streaming")))
    assert worker.panic() == "exit status 3"
    assert [json.loads(event["message"])["message"] for event in events()] == ["exit status 3"]


def test_a_worker_that_reaches_nobody_panics_and_tells_of_it(start, events):
    with nobody() as port:
        worker = start("--server=false", pod=OTHER, TASK=task("localhost", port))
        text = worker.panic()
    assert text == f"dial tcp 127.0.0.1:{port}: connect: connection refused"
    assert [json.loads(event["message"])["message"] for event in events()] == [text]


def test_a_worker_without_a_task_for_its_pod_is_done(start):
    assert start("--server=false", TASK=task("127.0.0.1", 1)).wait() == 0


def test_a_worker_without_any_task_needs_no_cluster(start):
    worker = start("--server=false", kubeconfig=None)
    assert (worker.wait(), worker.lines) == (0, [])


def test_a_task_without_actions_is_a_panic(start):
    worker = start("--server=false", pod=OTHER, TASK=task("127.0.0.1", 1), ACTION=None)
    assert worker.panic() == "a task, and no KB_AGENT_ACTION"


def test_tasks_that_are_none_are_a_panic(start):
    assert start("--server=false", TASK="{").panic().startswith("KB_AGENT_TASK: ")


def test_a_worker_whose_script_is_none_is_a_panic(start, tell):
    tell(OTHER, text="{")
    worker = start("--server=false", pod=OTHER, TASK=task("127.0.0.1", 1))
    assert worker.panic().startswith("cannot read what the database does: ConfigMap c1-mysql-1-database: data.script: ")


def test_a_worker_tells_of_nothing_when_its_cluster_is_away_and_panics(start, tmp_path):
    with nobody() as port:
        kubeconfig.write(tmp_path / "k", server=f"http://127.0.0.1:{port}", token="none")
        worker = start("--server=false", pod=OTHER, TASK=task("127.0.0.1", 1), kubeconfig=tmp_path / "k")
        assert "onnection refused" in worker.panic()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_worker_with_0(start, number):
    with socket.create_server(("127.0.0.1", 0)) as source:
        source.settimeout(PATIENCE)
        worker = start("--server=false", pod=OTHER, TASK=task(*source.getsockname()))
        with source.accept()[0]:
            worker.signal(number)
            assert worker.wait() == 0
