"""For each judgement: steps in which it passes, fails, and judges nothing. They mean the same in every world."""

from dataclasses import dataclass

HEAD = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: judged}
spec:
  description: d
  cluster:
    component: mysql
    replicas: 2
    roles: [{name: primary, exclusive: true}, {name: secondary}]
    services: [{name: rw, role: primary}]
    availableProbe: {periodSeconds: 1}
    available: {withProbe: {condition: {all: {succeed: true}}, timeWindowSeconds: 600}}
  steps:
"""

FIRST, SECOND = "c1-mysql-0", "c1-mysql-1"
PRIMARY = f"event: {{template: roleProbe, pod: {FIRST}, role: primary, id: it}}"
OTHER = f"event: {{template: roleProbe, pod: {SECOND}, role: secondary}}"
SEEN = f"expect: {{pod: {FIRST}, role: primary}}"
MARK = f"event: roleProbe, about: {FIRST}, handled: true"
HANDLED = f"expect: {{{MARK}}}"
PROBES_FAIL = f"event: {{template: availableProbe, pod: {FIRST}, code: -1, message: boom}}"


@dataclass(frozen=True)
class Case:
    """``problem`` is the beginning of what is found; empty where it passes."""

    name: str
    steps: list[str]
    problem: str = ""
    vacuous: bool = False


def passes(name, *steps):
    return Case(name, list(steps))


def fails(name, problem, *steps):
    return Case(name, list(steps), problem)


def proves_nothing(name, problem, *steps):
    return Case(name, list(steps), problem, vacuous=True)


def text(case):
    """The scenario file."""
    return HEAD + "".join(f"  - {step}\n" for step in case.steps)


CASES = [
    passes("expect", PRIMARY, SEEN),
    fails("expect", f"Pod {FIRST} has role secondary: not within 0.5s", PRIMARY,
          f"expect: {{pod: {FIRST}, role: secondary, within: 500ms}}"),
    proves_nothing("expect", f"Pod {FIRST} has role primary: it was so before anything was done",
                   PRIMARY, SEEN, OTHER, SEEN),
    passes("stays", PRIMARY, SEEN, f"stays: {{pod: {FIRST}, role: primary, for: 500ms}}"),
    fails("stays", f"Pod {FIRST} has role primary: no longer so at revision ", PRIMARY, SEEN,
          f"event: {{template: roleProbe, pod: {FIRST}, role: secondary, eventTime: +1s}}",
          f"stays: {{pod: {FIRST}, role: primary, for: 5s}}"),
    fails("stays", f"Pod {FIRST} has role primary: it is not so to begin with",
          f"stays: {{pod: {FIRST}, role: primary, for: 5s}}"),
    proves_nothing("stays", "ConfigMap nobody is gone: there never was ConfigMap nobody",
                   PRIMARY, "stays: {object: {kind: ConfigMap, name: nobody}, matches: null, for: 500ms}"),
    passes("never", f"never: {{pod: {FIRST}, role: secondary}}", PRIMARY, SEEN),
    fails("never", f"never Pod {FIRST} has role primary: it is from revision ",
          f"never: {{pod: {FIRST}, role: primary}}", PRIMARY, "wait: 2s"),
    proves_nothing("never", "never Pod c1-mysql-7 has role primary: there never was Pod c1-mysql-7",
                   "never: {pod: c1-mysql-7, role: primary}", PRIMARY, SEEN),
    passes("always", PRIMARY, SEEN, f"always: {{pod: {FIRST}, role: primary}}", OTHER,
           f"expect: {{pod: {SECOND}, role: secondary}}"),
    fails("always", f"always Pod {FIRST} has no role: it is not from revision ",
          f"always: {{pod: {FIRST}, role: null}}", PRIMARY, "wait: 2s"),
    proves_nothing("always", "always ConfigMap nobody is gone: there never was ConfigMap nobody",
                   "always: {object: {kind: ConfigMap, name: nobody}, matches: null}", PRIMARY, SEEN),
    passes("before", PRIMARY,
           f"before: {{first: {{pod: {FIRST}, role: primary}}, then: {{{MARK}}}}}"),
    fails("before", f"roleProbe is told of {FIRST} and handled, and then Pod {FIRST} has role primary: the order",
          PRIMARY, f"before: {{first: {{{MARK}}}, then: {{pod: {FIRST}, role: primary}}}}"),
    fails("before", f"Pod {FIRST} has role primary, and then Pod {SECOND} has role primary: not within 1s", PRIMARY,
          f"before: {{first: {{pod: {FIRST}, role: primary}}, then: {{pod: {SECOND}, role: primary}}, within: 1s}}"),
    proves_nothing("before", f"Pod {FIRST} has no role: it was so before anything was done", PRIMARY,
                   f"before: {{first: {{pod: {FIRST}, role: null}}, then: {{pod: {FIRST}, role: primary}}}}"),
    passes("exactly", PRIMARY, HANDLED,
           f"exactly: {{writes: {{kind: Pod, name: {FIRST}, by: event-controller}}, times: 1, for: 500ms}}"),
    passes("exactly-of-none", PRIMARY, HANDLED,
           f"exactly: {{writes: {{kind: Pod, name: {SECOND}, by: event-controller}}, times: 0, for: 500ms}}"),
    fails("exactly", f"exactly 2 writes of Pod {FIRST} by event-controller: there are 1", PRIMARY, HANDLED,
          f"exactly: {{writes: {{kind: Pod, name: {FIRST}, by: event-controller}}, times: 2, for: 500ms}}"),
    fails("exactly-of-none", f"exactly 0 writes of Pod {FIRST} by event-controller: there are 1", PRIMARY,
          f"exactly: {{writes: {{kind: Pod, name: {FIRST}, by: event-controller}}, times: 0, for: 5s}}"),
    proves_nothing("exactly", "exactly 0 writes of Pod c1-mysql-7: there was nothing that could be counted", PRIMARY,
                   HANDLED, "exactly: {writes: {kind: Pod, name: c1-mysql-7}, times: 0, for: 500ms}"),
    passes("at_most", PRIMARY, HANDLED,
           f"at_most: {{requests: {{by: event-controller, kind: Pod, name: {FIRST}}}, times: 1, for: 500ms}}"),
    fails("at_most", "at most 1 roleProbe Events: there are 2", PRIMARY, OTHER,
          "at_most: {events: {reason: roleProbe}, times: 1, for: 500ms}"),
    proves_nothing("at_most", f"at most 3 writes of Pod {SECOND}: there was nothing that could be counted", PRIMARY,
                   HANDLED, f"at_most: {{writes: {{kind: Pod, name: {SECOND}}}, times: 3, for: 500ms}}"),
    passes("unchanged", PRIMARY, HANDLED, f"unchanged: {{pod: {SECOND}, for: 500ms}}"),
    fails("unchanged", f"Pod {FIRST} is unchanged: it changed at revision ", PRIMARY, HANDLED,
          f"unchanged: {{object: {{kind: Pod, name: {FIRST}}}, for: 5s}}"),
    proves_nothing("unchanged", "ConfigMap nobody is unchanged: there was no ConfigMap nobody to begin with", PRIMARY,
                   HANDLED, "unchanged: {object: {kind: ConfigMap, name: nobody}, for: 500ms}"),
]  # fmt: skip
IDS = [f"{case.name}-{'vacuous' if case.vacuous else 'fails' if case.problem else 'passes'}" for case in CASES]
