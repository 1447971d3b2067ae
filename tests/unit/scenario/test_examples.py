"""What the reference shows of judgements holds, in a run in which it may."""

import pytest

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read
from pytest_kbevents.scenario.reference import examples

FILE = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: mine}
spec:
  description: d
  cluster:
    component: mysql
    replicas: REPLICAS
    roles: [{name: primary, exclusive: true}, {name: secondary}]
    services: [{name: mysql-rw, role: primary}]
    actions: {dataDump: {}, dataLoad: {}}
    availableProbe: {periodSeconds: 1}
    available: {withProbe: {timeWindowSeconds: 60, condition: {all: {succeed: true}}}}
"""
REPORTED = ['agent: {pod: "{{ pod(0) }}", roleProbe: primary, availableProbe: ok}']
SEEN = [*REPORTED, 'expect: {pod: "{{ pod(0) }}", role: primary}']
SCALED = ['agent: {pod: "{{ pod(0) }}", dataDump: {size: 100000}}', "scale: 2"]
BEFORE = {
    "before": [*SEEN, 'agent: {pod: "{{ pod(1) }}", roleProbe: primary}'],
    "exactly": ['event: {template: roleProbe, pod: "{{ pod(0) }}", role: primary}'],
    "unchanged": [*SEEN, "wait: 1s"],
    "tasks": SCALED,
    "replica": SCALED,
    "recorded": [
        'event: {template: availableProbe, pod: "{{ pod(0) }}"}',
        'expect: {component: "{{ component }}", available: "True"}',
        'event: {template: availableProbe, pod: "{{ pod(0) }}", code: -1, message: boom}',
    ],
    "requests": ['fault: {refuse: PUT, kind: Pod, name: "{{ pod(0) }}", error: Conflict, times: 2}', *SEEN],
}
"""What is done before, where that is not the role's report."""
ALONE = ("component", "tasks", "replica", "recorded")
"""Where one Pod is enough to begin with."""
SHOWN = {**examples.JUDGEMENTS, **examples.SUBJECTS, **examples.TALLIES}


@pytest.mark.parametrize("name", SHOWN)
def test_it_holds(name):
    before = BEFORE.get(name, REPORTED if SHOWN[name].startswith("expect") else SEEN)
    steps = "".join(f"  - {step}\n" for step in [*before, SHOWN[name]])
    text = FILE.replace("REPLICAS", "1" if name in ALONE else "2") + f"  steps:\n{steps}"
    verdict = runner.run(read(text, "mine.yaml"), make("embedded"), Cast("reference", "fixed", 0))
    assert verdict.passed, verdict.finding
