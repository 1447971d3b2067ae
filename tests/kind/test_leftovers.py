"""What is left of runs, whichever way they end: nothing."""

import os
import signal
import subprocess
import tempfile
from pathlib import Path

import pytest

from processes import eventually
from tests.kind.conftest import containers

RUNS = 20
SHORT = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: short}
spec:
  description: d
  cluster: {component: mysql, replicas: 1, roles: [{name: primary, exclusive: true}]}
  steps:
  - agent: {pod: "{{ pod(0) }}", roleProbe: primary}
  - expect: {pod: "{{ pod(0) }}", role: primary, within: 15s}
"""
OTHER = "kbevents-other"


def files():
    return set(Path(tempfile.gettempdir()).glob("kbevents-*"))


def children():
    done = subprocess.run(["ps", "--ppid", str(os.getpid()), "-o", "pid="], capture_output=True, text=True, check=False)
    return len(done.stdout.split())


def test_twenty_runs_in_a_row_leave_no_namespace_container_process_or_file(run, kubectl):
    run(SHORT)
    before = (containers("kbevents-tests"), files(), children())
    for _ in range(RUNS):
        assert run(SHORT).passed
    assert (containers("kbevents-tests"), files(), children()) == before
    ours = ("get", "namespaces", "--selector", "app.kubernetes.io/managed-by=pytest-kbevents", "--output", "name")
    assert eventually(lambda: kubectl(*ours), "")
    for kind in ("componentdefinitions", "clusterroles", "clusterrolebindings"):
        assert "kb-short" not in kubectl("get", kind, "--output", "name")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_a_session_that_is_ended_while_its_cluster_comes_up_leaves_none(session, number):
    process = session("--kb-scenario", "failover", name=OTHER)
    for line in process.stdout:
        if "kind makes the cluster" in line:
            break
    assert eventually(lambda: containers(OTHER) != [])
    process.send_signal(number)
    process.communicate(timeout=120)
    assert eventually(lambda: containers(OTHER), [])


def test_a_session_that_is_killed_when_its_cluster_is_up_leaves_none(session):
    process = session("--kb-scenario", "failover", name=OTHER)
    for line in process.stdout:
        if "into the nodes" in line:
            break
    assert containers(OTHER) != []
    process.kill()
    process.communicate(timeout=120)
    assert eventually(lambda: containers(OTHER), [])
