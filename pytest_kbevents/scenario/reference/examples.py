"""A short example of everything that can stand in a step, as YAML; a test reads them all."""

from __future__ import annotations

from collections.abc import Mapping

OPERATIONS: Mapping[str, str] = {
    "agent": 'agent: {pod: "{{ pod(0) }}", roleProbe: primary}',
    "probe": 'probe: {pod: "{{ pod(0) }}"}',
    "event": 'event: {template: roleProbe, pod: "{{ pod(0) }}", role: primary, eventTime: "-30s"}',
    "apply": "apply: {apiVersion: v1, kind: ConfigMap, metadata: {name: extra}, data: {key: value}}",
    "patch": 'patch: {kind: Pod, name: "{{ pod(0) }}", patch: {metadata: {labels: {kubeblocks.io/role: null}}}}',
    "delete": 'delete: {kind: Pod, name: "{{ pod(0) }}"}',
    "component": "component: reconcile",
    "scale": "scale: 5",
    "pod": 'pod: {name: "{{ pod(0) }}", do: recreate}',
    "node": 'node: {do: drain, of: "{{ pod(0) }}"}',
    "controller": "controller: restart",
    "fault": 'fault: {refuse: PUT, kind: Pod, name: "{{ pod(0) }}", error: Conflict, times: 2}',
    "wait": "wait: 30s",
    "advance": "advance: 10m",
    "bind": 'bind: {name: first, object: {kind: Pod, name: "{{ pod(0) }}"}, query: metadata.uid}',
    "run": "run: {command: [echo, hello], output: hello, bind: greeting}",
    "use": 'use: {group: switch-over, with: {old: "{{ pod(0) }}", new: "{{ pod(1) }}"}}',
    "parallel": "parallel: [{wait: 1s}, [{controller: stop}, {controller: start}]]",
}

JUDGEMENTS: Mapping[str, str] = {
    "expect": 'expect: {pod: "{{ pod(0) }}", role: primary, within: 5s}',
    "stays": 'stays: {service: mysql-rw, routes_to: ["{{ pod(0) }}"], for: 30s}',
    "never": "never: {two_holders_of: primary, longer_than: 1s}",
    "always": 'always: {pod: "{{ pod(0) }}", role: {$in: [primary, secondary]}}',
    "before": 'before: {first: {pod: "{{ pod(0) }}", role: null}, then: {pod: "{{ pod(1) }}", role: primary}}',
    "at_most": "at_most: {writes: {kind: Pod, by: event-controller}, times: 2}",
    "exactly": 'exactly: {events: {reason: roleProbe, about: "{{ pod(0) }}"}, times: 1, for: 1m}',
    "unchanged": 'unchanged: {object: {kind: Pod, name: "{{ pod(0) }}"}, for: 30s}',
}

SUBJECTS: Mapping[str, str] = {
    "service": 'expect: {service: mysql-rw, routes_to: ["{{ pod(0) }}"]}',
    "pod": 'expect: {pod: "{{ pod(0) }}", role: primary}',
    "component": 'expect: {component: "{{ component }}", available: "True"}',
    "tasks": 'expect: {tasks: "{{ component }}", replicas: []}',
    "replica": 'expect: {replica: "{{ pod(1) }}", loaded: true}',
    "event": 'expect: {event: roleProbe, about: "{{ pod(0) }}", handled: true}',
    "recorded": 'expect: {recorded: ProbeCheckFail, about: "{{ component }}", times: 1}',
    "object": 'expect: {object: {kind: Pod, name: "{{ pod(0) }}"}, matches: {metadata: {annotations: {$length: 1}}}}',
    "two_holders_of": "never: {two_holders_of: primary}",
}

TALLIES: Mapping[str, str] = {
    "writes": 'exactly: {writes: {kind: Pod, name: "{{ pod(0) }}", field: metadata.labels}, times: 1}',
    "requests": "at_most: {requests: {by: event-controller, method: PUT, kind: Pod, code: 409}, times: 3}",
    "events": 'at_most: {events: {reason: roleProbe, about: "{{ pod(0) }}"}, times: 5}',
    "transitions": 'exactly: {transitions: {pod: "{{ pod(0) }}", role: primary}, times: 1}',
}

OPERATORS: Mapping[str, str] = {
    "$eq": "{$eq: {a: 1}}",
    "$ne": "{$ne: primary}",
    "$contains": "{$contains: {type: Ready, status: 'True'}}",
    "$regex": "{$regex: '^c1-mysql-[0-9]+$'}",
    "$absent": "{$absent: true}",
    "$gt": "{$gt: 1767225600000000}",
    "$ge": "{$ge: '2026-01-01T00:00:00Z'}",
    "$lt": "{$lt: 10}",
    "$le": "{$le: 10, $gt: 0}",
    "$in": "{$in: [primary, null]}",
    "$not": "{$not: {$regex: '^secondary'}}",
    "$length": "{$length: {$ge: 1}}",
    "$all": "{$all: {status: 'True'}}",
    "$unordered": "{$unordered: [{name: a}, {name: b}]}",
    "$jmespath": "{$jmespath: 'length(conditions)', $is: 2}",
    "$is": "{$jmespath: 'spec.containers[0].name', $is: mysql}",
    "$json": "{$json: {status: [{name: c1-mysql-2}]}}",
}
