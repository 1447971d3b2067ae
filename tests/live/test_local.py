"""The same files over HTTP, with threads, on the wall's clock."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pytest_kbevents.cluster.local import Local
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import catalog, runner
from pytest_kbevents.scenario.report import report
from pytest_kbevents.scenario.scenario import read


@pytest.fixture(scope="module")
def verdicts():
    """Every shipped scenario, all at once on one server: a namespace each."""
    scenarios = [entry.opened() for entry in catalog.index([catalog.shipped()], Path.cwd())]
    backend = Local()
    backend.start()
    try:
        with ThreadPoolExecutor(len(scenarios)) as pool:
            runs = {s.name: pool.submit(runner.run, s, backend, Cast("reference", "fixed", 0)) for s in scenarios}
            return {name: run.result() for name, run in runs.items()}
    finally:
        backend.stop()


@pytest.mark.parametrize(
    "name", ["failover", "repeat-event", "restart-controller", "stale-event", "switchover", "unknown-role"]
)
def test_the_verdict_is_the_simulated_world_s(verdicts, name):
    verdict = verdicts[name]
    assert verdict.passed, report(verdict, "")


def test_fixed_shows_two_holders_at_no_revision(verdicts, overlaps):
    assert [name for name, verdict in verdicts.items() if overlaps(verdict)] == []


PODS = 10
HEAD = f"""
apiVersion: kbevents/v1
kind: Scenario
metadata: {{name: storm}}
spec:
  description: All Pods claim the role while the controller is down; then eight workers find the claims at once.
  cluster: {{component: mysql, replicas: {PODS}, roles: [{{name: primary, exclusive: true}}]}}
  steps:
"""
CLAIM = "  - event: {{template: roleProbe, pod: '{{{{ pod({}) }}}}', role: primary}}\n"
ROUND = ["  - controller: stop\n", *(CLAIM.format(pod) for pod in range(PODS)), "  - controller: start\n"]
NEWEST = f"  - expect: {{pod: '{{{{ pod({PODS - 1}) }}}}', role: primary, within: 20s}}\n"


@pytest.fixture(scope="module")
def storm():
    """Three rounds of it, with a release."""
    scenario = read(HEAD + "".join([*ROUND, NEWEST] * 3), "storm.yaml")
    backend = Local()
    backend.start()
    yield lambda release: runner.run(scenario, backend, Cast("reference", release, 0))
    backend.stop()


def test_claims_that_meet_on_eight_threads_never_have_two_holders_on_fixed(storm, overlaps):
    verdict = storm("fixed")
    assert verdict.passed, report(verdict, "")
    assert overlaps(verdict) == []


def test_claims_that_meet_on_eight_threads_have_two_holders_on_main(storm, overlaps):
    assert overlaps(storm("main")) != []


def test_the_wall_s_time_has_passed(verdicts):
    assert verdicts["failover"].seconds >= 30


def test_every_revision_was_seen_once_and_in_order(verdicts):
    pods = [item.number for item in verdicts["failover"].history.revisions if item.resource.kind == "Pod"]
    assert pods == sorted(set(pods))
