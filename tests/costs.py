"""What the repairs of ``fixed`` cost: the requests that the controller makes for one Event, beside those of main.

``python tests/costs.py`` prints the table of docs/explanation/open-problems.md; a test sees that it is so.
"""

import sys
from pathlib import Path

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read_all

HEAD = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: cost}
spec:
  description: what one Event costs
  cluster:
    component: mysql
    replicas: 2
    roles: [{name: primary, exclusive: true}, {name: secondary}]
    availableProbe: {periodSeconds: 15}
    available: {withProbe: {condition: {any: {succeed: true}}}}
    actions: {dataDump: {}, dataLoad: {}}
  steps:
"""
ROLE = 'event: {template: roleProbe, pod: "{{ pod(%d) }}", role: %s}'
PROBE = 'event: {template: availableProbe, pod: "{{ pod(0) }}", code: %d}'
WAIT = "wait: 5s"
SITUATIONS = {
    "a role that is not exclusive": ([WAIT], ROLE % (0, "secondary")),
    "a role that says what the label says": ([ROLE % (0, "secondary"), WAIT], ROLE % (0, "secondary")),
    "an exclusive role that nobody has": ([WAIT], ROLE % (0, "primary")),
    "an exclusive role that another Pod has": ([ROLE % (1, "primary"), WAIT], ROLE % (0, "primary")),
    "a version that says what the label says": ([ROLE % (0, "primary 5"), WAIT], ROLE % (0, "primary 5")),
    "a probe's result that changes the condition": ([PROBE % 0, WAIT], PROBE % -1),
    "a probe's result that changes nothing": ([PROBE % 0, WAIT], PROBE % 0),
    "an Event that nobody can read": (
        [WAIT],
        'event: {template: availableProbe, pod: "{{ pod(0) }}", fields: {message: x}}',
    ),
}
RELEASES = ("main", "fixed")
SECONDS = 5
WHO = "event-controller"


def asked(before, event, release):
    """The controller's requests for the Event, by method."""
    steps = "".join(f"  - {step}\n" for step in [*before, event, f"wait: {SECONDS}s"])
    scenario = read_all(HEAD + steps, "cost.yaml", Path.cwd())[0]
    verdict = runner.run(scenario, make("embedded"), Cast("reference", release, 1))
    assert verdict.passed, verdict.finding
    begun = verdict.steps[len(before)].begun
    return [each.method for each in verdict.requests if each.user_agent.startswith(WHO) and each.micros >= begun]


def told(methods):
    counts = {method: methods.count(method) for method in sorted(set(methods))}
    return ", ".join(f"{count} {method}" for method, count in counts.items()) or "none"


def table():
    lines = ["| Event | main | fixed | more |", "| --- | --- | --- | --- |"]
    for name, (before, event) in SITUATIONS.items():
        main, fixed = (asked(before, event, release) for release in RELEASES)
        lines.append(f"| {name} | {told(main)} | {told(fixed)} | {len(fixed) - len(main):+d} |")
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(table()) + "\n")
