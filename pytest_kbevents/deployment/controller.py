"""The controller of one namespace: an account, what it may do, and a Deployment."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.names import CONTROLLER_ACCOUNT, HEALTH_PORT, HEALTH_PORT_NAME
from pytest_kbevents.api.resources import DEPLOYMENTS
from pytest_kbevents.deployment import network, rules
from pytest_kbevents.deployment.access import Manifest, account, granted, granted_in_cluster, manifest
from pytest_kbevents.deployment.labels import labels
from pytest_kbevents.deployment.rollout import Rollout
from pytest_kbevents.deployment.security import container_security, pod_security, token_mount, token_volume

STARTS_WITHIN = 120
"""Seconds, of which an idle machine needs two."""
ENDS_WITHIN = 15
"""Seconds to finish what was begun and to give the Lease back."""

Fields = dict[str, Any]


def controller(rollout: Rollout) -> list[Manifest]:
    """All that it needs in a namespace that is there, in the order in which it is to be applied."""
    name, namespace = CONTROLLER_ACCOUNT, rollout.namespace
    return [
        account(name, namespace),
        *granted(rules.CONTROLLER, name, namespace),
        *granted_in_cluster(rules.CONTROLLER_IN_CLUSTER, name, namespace),
        network.of_controller(namespace),
        manifest(DEPLOYMENTS, name, namespace, spec=_spec(rollout)),
    ]


def arguments(rollout: Rollout) -> list[str]:
    """Of the command ``kbevents``."""
    place = ["--namespace", rollout.namespace, "--leader-elect", "--lease-namespace", rollout.namespace]
    health = ["--health-address", f"0.0.0.0:{HEALTH_PORT}", "--metrics"]
    workers = [] if rollout.workers is None else ["--workers", str(rollout.workers)]
    return ["controller", *place, "--release", rollout.release, *health, *workers]


def _spec(rollout: Rollout) -> Fields:
    selected = labels(CONTROLLER_ACCOUNT)
    pod = {
        "serviceAccountName": CONTROLLER_ACCOUNT,
        "automountServiceAccountToken": False,
        "securityContext": pod_security(),
        "terminationGracePeriodSeconds": ENDS_WITHIN,
        "topologySpreadConstraints": [_apart(selected)],
        "volumes": [token_volume()],
        "containers": [_container(rollout)],
    }
    return {
        "replicas": rollout.replicas,
        "selector": {"matchLabels": selected},
        "template": {"metadata": {"labels": selected}, "spec": pod},
    }


def _apart(selected: dict[str, str]) -> Fields:
    """On different nodes, where there are several."""
    return {
        "maxSkew": 1,
        "topologyKey": "kubernetes.io/hostname",
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": selected},
    }


def _container(rollout: Rollout) -> Fields:
    alive = {"httpGet": {"path": "/healthz", "port": HEALTH_PORT_NAME}}
    ready = {"httpGet": {"path": "/readyz", "port": HEALTH_PORT_NAME}}
    return {
        "name": "controller",
        "image": rollout.image,
        "imagePullPolicy": rollout.pull_policy,
        "args": arguments(rollout),
        "ports": [{"name": HEALTH_PORT_NAME, "containerPort": HEALTH_PORT, "protocol": "TCP"}],
        "startupProbe": {**alive, "initialDelaySeconds": 1, "periodSeconds": 1, "failureThreshold": STARTS_WITHIN},
        "livenessProbe": {**alive, "periodSeconds": 10, "timeoutSeconds": 5, "failureThreshold": 3},
        "readinessProbe": {**ready, "periodSeconds": 2, "timeoutSeconds": 5},
        "resources": {
            "requests": {"cpu": "50m", "memory": "64Mi"},
            "limits": {"cpu": "1", "memory": "256Mi"},
        },
        "securityContext": container_security(),
        "volumeMounts": [token_mount()],
    }
