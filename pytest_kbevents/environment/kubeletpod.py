"""A replica's Pod where a kubelet runs it: the containers of ``podspec``, with what they need to start."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.agent.database.memory import FOLDER
from pytest_kbevents.api.names import (
    AGENT,
    AGENT_ACCOUNT,
    INSTANCE_SET_LABEL,
    ROLE_FILE,
    ROLE_FILE_FOLDER,
    ROLE_LABEL,
    WORKER,
    env_config_map,
)
from pytest_kbevents.deployment.security import container_security, pod_security, token_mount, token_volume
from pytest_kbevents.environment.workload import Workload

GATE = "kbevents.io/ready"
"""A condition of the Pod that only the harness sets: what a readiness probe would find, without its period."""
GRACE = 1
"""Seconds that containers have to end: nothing in them has anything to save."""
PORT = 3306
"""Where the database stand-in answers."""
MEMORY = "/var/lib/database"
"""Where the database in a Pod keeps what its processes are to know of one another."""
PULL_POLICY = "IfNotPresent"

Fields = dict[str, Any]

_METADATA = "pod-metadata"


def completed(spec: Fields, name: str, workload: Workload, image: str, release: str) -> Fields:
    """The spec of Pod ``name``; the agent in ``image`` is that release's."""
    run = {"image": image, "imagePullPolicy": PULL_POLICY, "securityContext": container_security()}
    shared = {"name": "memory", "mountPath": MEMORY}
    mounts = [token_mount(), shared, {"name": _METADATA, "mountPath": ROLE_FILE_FOLDER}]
    source = [{"configMapRef": {"name": env_config_map(workload.name), "optional": True}}]
    programs: dict[str, Fields] = {
        AGENT: {"args": ["agent", "--release", release], "volumeMounts": mounts, "envFrom": source},
        WORKER: {"args": ["agent", "--server=false", "--release", release], "volumeMounts": [token_mount(), shared]},
        "database": {"command": ["kbevents-database", str(PORT)], "ports": [{"name": "sql", "containerPort": PORT}]},
    }
    kinds = ("initContainers", "containers")
    made = {
        kind: [_completed(each, run | programs[each["name"]]) for each in spec[kind]] for kind in kinds if kind in spec
    }
    return {
        **made,
        "hostname": name,
        "subdomain": f"{workload.name}-headless",
        "serviceAccountName": AGENT_ACCOUNT,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "securityContext": pod_security(),
        "terminationGracePeriodSeconds": GRACE,
        "readinessGates": [{"conditionType": GATE}],
        "volumes": [
            token_volume(),
            {"name": "memory", "emptyDir": {}},
            {"name": _METADATA, "downwardAPI": {"items": [_item()]}},
        ],
        "topologySpreadConstraints": [_spread(workload)],
    }


def _completed(container: Fields, more: Fields) -> Fields:
    return {**container, **more, "env": [*container.get("env", ()), {"name": FOLDER, "value": MEMORY}]}


def restricted(spec: Fields) -> Fields:
    """The spec of a Pod that nobody runs, where Pod Security may be enforced."""
    kinds = ("initContainers", "containers")
    safe = {"securityContext": container_security()}
    made = {kind: [{**each, **safe} for each in spec[kind]] for kind in kinds if kind in spec}
    return {**made, "securityContext": pod_security()}


def _item() -> Fields:
    return {"path": ROLE_FILE, "fieldRef": {"fieldPath": f"metadata.labels['{ROLE_LABEL}']"}}


def _spread(workload: Workload) -> Fields:
    """On as many nodes as there are: what crosses them is part of what is tried."""
    return {
        "maxSkew": 1,
        "topologyKey": "kubernetes.io/hostname",
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": {INSTANCE_SET_LABEL: workload.name}},
    }
