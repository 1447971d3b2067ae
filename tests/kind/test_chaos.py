"""What breaks in real clusters: the API server stands still, the controller's processes are killed, a node restarts.

Verdicts stay right: late is allowed, wrong is not.
"""

import json

from tests.kind.conftest import NAME

HEAD = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: chaos}
spec:
  description: The primary dies while something else breaks; the label and the Service follow, late.
  cluster:
    component: mysql
    replicas: 3
    roles: [{name: primary, exclusive: true}, {name: secondary}]
    services: [{name: mysql-rw, role: primary}]
  values: {old: "{{ pod(0) }}", new: "{{ pod(1) }}"}
  never: [{two_holders_of: primary, longer_than: 10s}]
  steps:
  - agent: {pod: "{{ old }}", roleProbe: primary}
  - agent: {pod: "{{ new }}", roleProbe: secondary}
  - expect: {service: mysql-rw, routes_to: ["{{ old }}"], within: 15s}
"""
FAILS_OVER = """\
  - agent: {pod: "{{ old }}", down: true}
  - agent: {pod: "{{ new }}", roleProbe: primary}
  - expect: {service: mysql-rw, routes_to: ["{{ new }}"], within: 60s}
  - stays: {service: mysql-rw, routes_to: ["{{ new }}"], for: 2s}
"""
PAUSED = f"docker pause {NAME}-control-plane && sleep 10; docker unpause {NAME}-control-plane"
KILLED = "; ".join(
    f"docker exec {NAME}-{node} sh -c \"pkill -9 -f '[k]bevents controller .*$KB_NAMESPACE' || true\""
    for node in ("control-plane", "worker")
)
RESTARTED = f"docker restart -t 0 {NAME}-worker"


def during(command, steps):
    """Steps beside a command."""
    told = "".join(f"    {line}\n" for line in steps.splitlines())
    return f"  - parallel:\n    - - run: {{command: [sh, -c, {json.dumps(command)}], within: 60s}}\n    -\n{told}"


def test_the_api_server_stands_still_for_ten_seconds(run):
    verdict = run(HEAD + during(PAUSED, FAILS_OVER))
    assert verdict.passed, verdict.finding


def test_a_wrong_claim_is_still_found_wrong_meanwhile(run):
    wrong = '  - expect: {service: mysql-rw, routes_to: ["{{ pod(2) }}"], within: 10s}\n'
    verdict = run(HEAD + during(PAUSED, wrong))
    assert not verdict.passed
    assert verdict.finding.seen == ["c1-mysql-0"]


def test_the_controller_s_processes_are_killed_in_mid_scenario(run):
    killed = f"  - run: {{command: [sh, -c, {json.dumps(KILLED)}]}}\n"
    verdict = run(HEAD + killed + FAILS_OVER)
    assert verdict.passed, verdict.finding


def test_a_node_restarts_in_mid_scenario(run):
    restarted = f"  - run: {{command: [sh, -c, {json.dumps(RESTARTED)}], within: 60s}}\n"
    verdict = run(HEAD + restarted + FAILS_OVER)
    assert verdict.passed, verdict.finding
