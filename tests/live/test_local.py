"""Threads that meet, on the same API server over HTTP and the wall's clock."""

import pytest

from pytest_kbevents.cluster.local import Local
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read
from pytest_kbevents.scenario.reports.terminal import report

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


def claims(pods):
    """A round: the last one who claims gets it."""
    newest = f"  - expect: {{pod: '{{{{ pod({pods[-1]}) }}}}', role: primary, within: 20s}}\n"
    return ["  - controller: stop\n", *(CLAIM.format(pod) for pod in pods), "  - controller: start\n", newest]


ROUNDS = [*claims(range(PODS)), *claims(range(PODS)[::-1]), *claims(range(PODS))]


@pytest.fixture(scope="module")
def storm():
    """Three rounds of it, with a release."""
    scenario = read(HEAD + "".join(ROUNDS), "storm.yaml")
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
