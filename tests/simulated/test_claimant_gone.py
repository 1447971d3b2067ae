"""A claim of a Pod that has been deleted, handled before the controller's cache knows."""

import pytest

from pytest_kbevents.api.names import ROLE_LABEL
from pytest_kbevents.api.objects import labels_of, name_of
from pytest_kbevents.api.resources import PODS
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read

TEXT = """
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: claimant-gone}
spec:
  description: The Pod that claims the role is gone at once.
  cluster: {component: mysql, replicas: 2, roles: [{name: primary, exclusive: true}]}
  steps:
  - event: {template: roleProbe, pod: "{{ pod(0) }}", role: primary, eventTime: "-9s"}
  - expect: {pod: "{{ pod(0) }}", role: primary}
  - event: {template: roleProbe, pod: "{{ pod(1) }}", role: primary}
  - delete: {kind: Pod, name: "{{ pod(1) }}"}
  - stays: {pod: "{{ pod(0) }}", role: primary, for: 5s}
"""


@pytest.mark.parametrize("release", ["main", "fixed"])
def test_the_holder_keeps_the_role_in_every_order(release):
    scenario = read(TEXT, "claimant-gone.yaml")
    runs = [runner.run(scenario, make("embedded"), Cast("reference", release, seed)) for seed in range(100)]
    holders = {
        tuple(name_of(pod) for pod in run.history.state.list(PODS) if labels_of(pod).get(ROLE_LABEL)) for run in runs
    }
    assert holders == {("c1-mysql-0",)}
