"""Fixtures and skips where clusters and controllers are not ours alone."""

import sys

import pytest

EXEC = f"exec:{sys.executable} -c 'import time; print(\"here I am\", flush=True); time.sleep(1000)'"
BY_CLIENT = """
def test_pods(kb_cluster, kb_world, kb_client):
    from kubernetes import client
    assert kb_cluster.kubeconfig.is_file() and kb_cluster.name == "local"
    pods = client.CoreV1Api(kb_client).list_namespaced_pod(kb_world.namespace).items
    assert [pod.metadata.name for pod in pods] == kb_world.pods
"""
NEEDING = """
import pytest

@pytest.fixture
def kb_needs():
    return ["kubelet"]

def test_killed(kb_world):
    kb_world.pod(kb_world.pods[0], "kill")
"""


def test_the_official_client_sees_the_world_s_pods(run, pytester):
    pytester.makepyfile(BY_CLIENT)
    run("--kb-cluster", "local", "-W", "ignore::DeprecationWarning").assert_outcomes(passed=1)


def test_without_an_address_there_is_no_client(run, pytester):
    pytester.makepyfile("def test_pods(kb_client): pass")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*kb_client needs a cluster that has an address*"])


def test_the_embedded_cluster_is_none_that_others_reach(run, pytester):
    pytester.makepyfile("def test_it(kb_cluster): assert kb_cluster.kubeconfig is None and kb_cluster.has")
    run().assert_outcomes(passed=1)


def test_a_world_that_needs_a_kubelet_is_skipped_where_there_is_none(run, pytester):
    pytester.makepyfile(NEEDING)
    result = run("-rs")
    result.assert_outcomes(skipped=1)
    assert any("needs kubelet" in line for line in result.outlines)


def test_a_need_that_does_not_exist_is_named(run, pytester):
    pytester.makepyfile(NEEDING.replace('"kubelet"', '"cubelet"'))
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*kb_needs: there is no need 'cubelet'; one of *kubelet*"])


@pytest.mark.parametrize(
    ("step", "need"),
    [("controller: stop", "controller"), ("fault: {refuse: PUT, kind: Pod, name: c1-mysql-0}", "requests")],
)
def test_what_only_our_controller_can_do_is_skipped_with_another_s(run, scenario, step, need):
    scenario("  - expect", f"  - {step}\n  - expect")
    which = ("--kb-controller", "external", "--kb-release", "main")
    result = run("--kb-scenario", "mine", "--kb-cluster", "local", *which, "-rs")
    result.assert_outcomes(skipped=1)
    assert any(f"mine needs {need} (scenarios/mine.yaml:10:5)" in line for line in result.outlines)


def test_what_needs_both_kubelets_and_requests_runs_nowhere(run, scenario):
    scenario("  - expect", "  - pod: {name: c1-mysql-0, do: kill}\n  - controller: crash\n  - expect")
    result = run("--kb-scenario", "mine", "--kb-list")
    result.stdout.fnmatch_lines(["*needs kubelet: *", "  runs on no cluster"])


def test_a_list_says_where_a_scenario_runs(run, scenario):
    scenario("  - expect", "  - node: {do: drain, of: c1-mysql-0}\n  - expect")
    run("--kb-scenario", "mine", "--kb-list").stdout.fnmatch_lines(["  runs on kind"])


def test_a_cluster_that_cannot_be_used_is_a_usage_error(run, scenario, tmp_path):
    scenario()
    result = run("--kb-scenario", "mine", "--kb-cluster", "kubeconfig", "--kb-kubeconfig", str(tmp_path / "nowhere"))
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--kb-cluster kubeconfig: cannot use *nowhere*give --kb-kubeconfig FILE*"])


def test_what_another_s_controller_wrote_is_in_the_report(run, scenario, pytester):
    scenario("within: 5s", "within: 500ms")
    which = ("--kb-controller", EXEC, "--kb-release", "main")
    result = run("--kb-scenario", "mine", "--kb-cluster", "local", *which, "--kb-report", "report")
    result.assert_outcomes(failed=1)
    assert (pytester.path / "report" / "mine.main.controller.log").read_text() == "here I am"
