"""Roles that change within milliseconds, faster than the controller's cache of Pods follows."""

import pytest

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read

HEAD = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: turns}
spec:
  description: A Pod says primary, secondary, primary, each as soon as the label says what it said before.
  cluster: {component: mysql, replicas: 2, roles: [{name: primary, exclusive: true}, {name: secondary}]}
  steps:
"""
TURN = """\
  - event: {template: roleProbe, pod: c1-mysql-0, role: ROLE}
  - expect: {pod: c1-mysql-0, role: ROLE, within: 5s}
"""
TURNS = read(HEAD + "".join(TURN.replace("ROLE", role) for role in ("primary", "secondary") * 6), "turns.yaml")


@pytest.mark.parametrize("release", ["1.1.0-beta.9", "main", "fixed"])
def test_the_label_follows_every_turn(release):
    """A claim of the role that is cached is no news only if nothing else was claimed since."""
    verdicts = [runner.run(TURNS, make("embedded"), Cast("reference", release, seed)) for seed in range(20)]
    assert [verdict.finding.problem for verdict in verdicts if not verdict.passed] == []
