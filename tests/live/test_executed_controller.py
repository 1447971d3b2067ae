"""``--kb-controller exec:COMMAND``: a program beside the tests is the controller of each world."""

import sys
from pathlib import Path

import pytest

from processes import eventually
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.controllers.executed import Executed
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.errors import ClusterFailed
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read

MAIN = "from pytest_kbevents.cli import main; raise SystemExit(main())"
COMMAND = (
    f"exec:{sys.executable} -c '{MAIN}' controller --kubeconfig {{kubeconfig}} --namespace {{namespace}} "
    "--release {release} --health-address {health}"
)
RESTARTED = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: restarted}
spec:
  description: What happens while the controller is away is done when it is back.
  cluster: {component: mysql, replicas: 2, roles: [{name: primary, exclusive: true}, {name: secondary}]}
  steps:
  - event: {template: roleProbe, pod: "{{ pod(0) }}", role: primary}
  - expect: {pod: "{{ pod(0) }}", role: primary, within: 20s}
  - controller: stop
  - event: {template: roleProbe, pod: "{{ pod(1) }}", role: primary}
  - stays: {pod: "{{ pod(0) }}", role: primary, for: 500ms}
  - controller: start
  - expect: {pod: "{{ pod(1) }}", role: primary, within: 20s}
"""
FAMILY = "import subprocess, sys, time; print(subprocess.Popen(['sleep', '1000']).pid, flush=True); time.sleep(1000)"


@pytest.fixture(scope="module")
def local():
    backend = make("local")
    backend.start()
    yield backend
    backend.stop()


def test_it_is_started_waited_for_stopped_and_started_again(local):
    verdict = runner.run(read(RESTARTED, "mine.yaml"), local, Cast(COMMAND, "main", 0))
    assert verdict.passed, verdict.finding


def test_it_is_the_release_s_that_is_asked_for(local):
    text = (
        RESTARTED.partition("  - controller")[0]
        .replace("exclusive: true", "exclusive: true")
        .replace(
            '  - expect: {pod: "{{ pod(0) }}", role: primary, within: 20s}\n',
            '  - expect: {pod: "{{ pod(0) }}", role: primary, within: 20s}\n'
            '  - event: {template: roleProbe, pod: "{{ pod(1) }}", role: primary}\n'
            '  - expect: {pod: "{{ pod(1) }}", role: primary, within: 20s}\n'
            '  - stays: {pod: "{{ pod(0) }}", role: primary, for: 500ms}\n',
        )
    )
    assert runner.run(read(text, "mine.yaml"), local, Cast(COMMAND, "1.0.0", 0)).passed


def ended(process):
    """Whether it is gone, or waits for nobody but who would hear of its end."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def host(local, command):
    return Executed(command, local.kubeconfig, "anywhere")


def test_what_it_started_ends_with_it(local):
    found = host(local, f'{sys.executable} -c "{FAMILY}"')
    found.start("main")
    assert eventually(lambda: found.log().strip().isdigit())
    child = int(found.log())
    found.close()
    assert eventually(lambda: ended(child))


def test_one_that_ends_by_itself_is_told_with_the_end_of_its_log(local):
    found = host(local, "sh -c 'echo no such flag; exit 2' {health}")
    found.start("main")
    with pytest.raises(ClusterFailed, match="controller ended by itself; the end of its log:\nno such flag"):
        found.wait()
    found.close()


def test_one_that_ends_in_the_middle_says_so_in_its_log(local):
    found = host(local, "sh -c 'echo no more; exit 3'")
    found.start("main")
    assert eventually(lambda: "controller ended by itself" in found.log())
    assert "no more" in found.log()
    found.close()


def test_one_that_is_not_there_is_told(local):
    found = host(local, "no-such-manager {health}")
    found.start("main")
    with pytest.raises(ClusterFailed, match="no-such-manager"):
        found.wait()
    found.close()


def test_it_finds_the_cluster_in_its_environment(local):
    found = host(local, "sh -c 'echo $KUBECONFIG $KB_NAMESPACE; sleep 1000'")
    found.start("main")
    assert eventually(lambda: found.log().split(), [str(local.kubeconfig), "anywhere"])
    found.close()
