"""The namespace of a world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents.api.resources import NAMESPACES
from pytest_kbevents.deployment.security import RESTRICTED

POD_SECURITY = "pod-security.kubernetes.io"


def namespace(name: str, labels: Mapping[str, str]) -> dict[str, Any]:
    """One in which no Pod runs that Pod Security's level ``restricted`` does not allow."""
    modes = {f"{POD_SECURITY}/{mode}": RESTRICTED for mode in ("enforce", "warn", "audit")}
    metadata = {"name": name, "labels": {**labels, **modes}}
    return {"apiVersion": NAMESPACES.api_version, "kind": NAMESPACES.kind, "metadata": metadata}
