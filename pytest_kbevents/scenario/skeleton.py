"""The first draft of a scenario: what a bug report says was done, and what was seen, as steps that run as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pytest_kbevents.scenario.yamltext import flow

DONE: Mapping[str, Sequence[str]] = {
    "primary-dies": (
        'agent: {pod: "{{ old }}", down: true}',
        'agent: {pod: "{{ new }}", roleProbe: primary}',
    ),
    "switchover": (
        'agent: {pod: "{{ old }}", roleProbe: secondary}',
        'agent: {pod: "{{ new }}", roleProbe: primary}',
    ),
    "older-event": ('event: {template: roleProbe, pod: "{{ old }}", role: primary, eventTime: "-30s"}',),
    "same-event-twice": (
        'event: {template: roleProbe, pod: "{{ old }}", role: primary, id: it}',
        'event: {same_as: it, count: "+1"}',
    ),
    "clock-ahead": ('agent: {pod: "{{ old }}", clock: "+5m"}',),
    "pod-replaced": ('pod: {name: "{{ old }}", do: recreate}',),
    "label-removed": (
        'patch: {kind: Pod, name: "{{ old }}", patch: {metadata: {labels: {kubeblocks.io/role: null}}}}',
    ),
    "controller-restarted": ("controller: restart",),
    "controller-crashed": ("controller: {do: crash, after: 1}",),
    "upgraded": ("controller: {release: main}",),
    "conflict": ('fault: {refuse: UPDATE, kind: Pod, name: "{{ old }}"}',),
    "no-answer": ('fault: {hold: UPDATE, kind: Pod, name: "{{ old }}", for: 8s}',),
    "scaled-out": ("scale: {to: REPLICAS}",),
}
"""Steps by what reports say was done."""
BEGINNING = (
    'agent: {pod: "{{ old }}", roleProbe: primary}',
    'expect: {service: SERVICE, routes_to: ["{{ old }}"], within: 90s}',
)
"""The primary is there."""
PODS = {"old": '"{{ pod(0) }}"', "new": '"{{ pod(1) }}"'}
"""The Pod that is primary to begin with, and another one."""
SEEN: Mapping[str, str] = {
    "two-primaries": "never: {two_holders_of: primary, longer_than: 1s}",
    "no-primary": "expect: {service: SERVICE, routes_to: {$ne: []}, within: 30s}",
    "wrong-primary": 'expect: {service: SERVICE, routes_to: ["{{ new }}"], within: 30s}',
    "role-moved": 'stays: {service: SERVICE, routes_to: ["{{ old }}"], for: 30s}',
    "no-role": 'expect: {pod: "{{ old }}", role: {$ne: null}, within: 30s}',
    "task-left": 'expect: {tasks: "{{ component }}", replicas: [], within: 2m}',
}
"""The judgement that fails, by what reports say was seen."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person knows of a bug."""

    name: str
    says: str
    """What happens, and what must be true."""
    labels: Mapping[str, str]
    component: str
    replicas: int
    roles: Sequence[str]
    fails_on: Sequence[str]
    passes_on: Sequence[str]
    done: Sequence[str]
    """Keys of ``DONE``."""
    seen: Sequence[str]
    """Keys of ``SEEN``."""


def skeleton(answers: Answers) -> str:
    """The file. Its story begins with a primary, and goes on with what was done; what was seen must not be so."""
    service = f"{answers.component}-rw"
    first, *others = answers.roles
    roles = [{"name": first, "exclusive": True}, *({"name": role} for role in others)]
    cluster: dict[str, object] = {"component": answers.component, "replicas": answers.replicas, "roles": roles}
    cluster["services"] = [{"name": service, "role": first}]
    if "scaled-out" in answers.done:
        cluster["actions"] = {"dataDump": {}, "dataLoad": {}}
    lasting = [line.removeprefix("never: ") for key in answers.seen if (line := SEEN[key]).startswith("never: ")]
    judged = [SEEN[key] for key in answers.seen if not SEEN[key].startswith("never: ")]
    done = [step for key in answers.done for step in DONE[key]]
    steps = [
        *BEGINNING,
        *done,
        *judged,
        *([] if judged else ["wait: 30s"]),
    ]
    said = {"passes_on": list(answers.passes_on), "fails_on": list(answers.fails_on)}
    releases = {key: names for key, names in said.items() if names}
    words = {"primary": first, "SERVICE": service, "REPLICAS": str(answers.replicas + 1)}
    lines = [
        "apiVersion: kbevents/v1",
        "kind: Scenario",
        "metadata:",
        f"  name: {answers.name}",
        f"  labels: {_braced(answers.labels)}",
        "spec:",
        f"  description: {json.dumps(answers.says, ensure_ascii=False)}",
        *([f"  releases: {_braced(releases)}"] if releases else []),
        "  cluster:",
        *(f"    {flow({key: value})}" for key, value in cluster.items()),
        f"  values: {{{', '.join(f'{name}: {pod}' for name, pod in PODS.items() if _names(name, steps))}}}",
        *([f"  never: [{_worded(', '.join(lasting), words)}]"] if lasting else []),
        "  steps:",
        *(f"  - {_worded(step, words)}" for step in steps),
    ]
    return "\n".join(lines) + "\n"


def _braced(data: Mapping[str, object]) -> str:
    return f"{{{flow(data)}}}"


def _names(value: str, steps: Sequence[str]) -> bool:
    return any(f"{{{{ {value} }}}}" in step for step in steps)


def _worded(step: str, words: Mapping[str, str]) -> str:
    for word, meaning in words.items():
        step = step.replace(word, meaning)
    return step
