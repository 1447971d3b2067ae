"""The containers of a replica's Pod: the database, the agent, and where there is data to be loaded, its worker.

What KubeBlocks' component controller writes into ``KB_AGENT_*`` (the facts: event-pipeline.md sections 5 and 6).
"""

from __future__ import annotations

import json
from typing import Any

from pytest_kbevents.agent.config import environment as config
from pytest_kbevents.agent.probes.probeconfig import DEFAULT_PERIOD
from pytest_kbevents.agent.releases import TABLE, AgentBehaviours
from pytest_kbevents.api.names import (
    AGENT,
    AVAILABLE_PROBE,
    DATA_DUMP,
    DATA_LOAD,
    HTTP_PORT,
    ROLE_FILE_FOLDER,
    ROLE_PROBE,
    STREAMING_PORT,
    STREAMING_PORT_NAME,
    WORKER,
    env_config_map,
)
from pytest_kbevents.environment.workload import LifecycleAction, Probe, Workload

COMMAND = ("/bin/true",)
"""What each action is configured with: a database's script says what it does instead."""
SHORTEST_REPORT_PERIOD = 15

Fields = dict[str, Any]


def containers(workload: Workload, release: str) -> Fields:
    """``containers`` and ``initContainers`` of a Pod spec, with that release's agent."""
    environment = _environment(workload, TABLE[release])
    agent = {
        "name": AGENT,
        "image": AGENT,
        "ports": [
            {"name": "http", "containerPort": HTTP_PORT, "protocol": "TCP"},
            {"name": STREAMING_PORT_NAME, "containerPort": STREAMING_PORT, "protocol": "TCP"},
        ],
        "env": environment,
    }
    found: Fields = {"containers": [{"name": "database", "image": "database"}, agent]}
    if DATA_LOAD in workload.actions:
        source = [{"configMapRef": {"name": env_config_map(workload.name), "optional": True}}]
        found["initContainers"] = [{"name": WORKER, "image": AGENT, "env": environment, "envFrom": source}]
    return found


def _environment(workload: Workload, behaviours: AgentBehaviours) -> list[Fields]:
    fields = {
        config.NAMESPACE: "metadata.namespace",
        config.POD_NAME: "metadata.name",
        config.POD_UID: "metadata.uid",
        config.NODE_NAME: "spec.nodeName",
    }
    probed = {name: probe.action for name, probe in workload.probes.items()}
    actions = [_action(name, action) for name, action in (probed | dict(workload.actions)).items()]
    probes = [_probe(workload.name, name, probe, behaviours) for name, probe in workload.probes.items()]
    texts = {config.ACTION: json.dumps(actions), config.PROBE: json.dumps(probes)}
    if DATA_DUMP in workload.actions:
        texts[config.STREAMING] = DATA_DUMP
    return [
        *({"name": name, "valueFrom": {"fieldRef": {"fieldPath": path}}} for name, path in fields.items()),
        *({"name": name, "value": text} for name, text in texts.items()),
    ]


def _action(name: str, action: LifecycleAction) -> Fields:
    fields: Fields = {"name": name, "exec": {"command": list(COMMAND)}}
    if action.timeout:
        fields["timeoutSeconds"] = action.timeout
    if action.max_retries or action.retry_interval:
        fields["retryPolicy"] = {"maxRetries": action.max_retries, "retryInterval": action.retry_interval}
    if action.non_blocking:
        fields["nonBlocking"] = True
    return fields


def _probe(instance: str, name: str, probe: Probe, behaviours: AgentBehaviours) -> Fields:
    fields = {
        "instance": instance,
        "action": name,
        "initialDelaySeconds": probe.initial_delay,
        "periodSeconds": probe.period,
        "successThreshold": probe.success_threshold,
        "failureThreshold": probe.failure_threshold,
        "reportPeriodSeconds": probe.report_period,
    }
    found: Fields = {key: value for key, value in fields.items() if value}
    if name == AVAILABLE_PROBE or (name == ROLE_PROBE and behaviours.reports_roles_again):
        found["reportPeriodSeconds"] = _report_period(probe.period)
    if name == ROLE_PROBE and behaviours.reports_roles_again:
        found["reportOnFileChange"] = [ROLE_FILE_FOLDER]
    return found


def _report_period(period: int) -> int:
    """How often KubeBlocks wants to be told: each period, at least 15 s apart."""
    return max(period if period > 0 else DEFAULT_PERIOD, SHORTEST_REPORT_PERIOD)
