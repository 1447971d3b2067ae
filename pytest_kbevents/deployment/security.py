"""What Pod Security's level ``restricted`` asks for, and tokens only for the containers that need one."""

from __future__ import annotations

from typing import Any

NOBODY = 65532
"""User and group: not root, and nobody that an image knows."""
RESTRICTED = "restricted"
TOKEN_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount"  # noqa: S105 - a place, no password
TOKEN_VOLUME = "kube-api-access"  # noqa: S105
TOKEN_SECONDS = 3607
"""The kubelet renews it when most of that has passed; the odd number is Kubernetes' own."""

Fields = dict[str, Any]


def pod_security() -> Fields:
    """``securityContext`` of a Pod."""
    return {
        "runAsNonRoot": True,
        "runAsUser": NOBODY,
        "runAsGroup": NOBODY,
        "fsGroup": NOBODY,
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def container_security() -> Fields:
    """``securityContext`` of each of its containers."""
    return {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


def token_volume() -> Fields:
    """One of a Pod's ``volumes``: what a client needs to log in, for a Pod that does not have it in every container
    (``automountServiceAccountToken: false``).
    """
    sources = [
        {"serviceAccountToken": {"path": "token", "expirationSeconds": TOKEN_SECONDS}},
        {"configMap": {"name": "kube-root-ca.crt", "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
        {"downwardAPI": {"items": [{"path": "namespace", "fieldRef": {"fieldPath": "metadata.namespace"}}]}},
    ]
    return {"name": TOKEN_VOLUME, "projected": {"sources": sources}}


def token_mount() -> Fields:
    """One of a container's ``volumeMounts``: where clients look."""
    return {"name": TOKEN_VOLUME, "mountPath": TOKEN_FOLDER, "readOnly": True}
