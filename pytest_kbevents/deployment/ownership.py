"""CustomResourceDefinitions that we install where no KubeBlocks has: they say whose they are, and of which version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents import __version__
from pytest_kbevents.api.names import MANAGED_BY_LABEL, OWNER, OWNER_ANNOTATION, VERSION_ANNOTATION


def owned(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The same, with a label to select it by, and annotations that say it to people."""
    metadata = definition["metadata"]
    said = {OWNER_ANNOTATION: OWNER, VERSION_ANNOTATION: __version__}
    annotations = {**metadata.get("annotations", {}), **said}
    labels = {**metadata.get("labels", {}), MANAGED_BY_LABEL: OWNER}
    return {**definition, "metadata": {**metadata, "labels": labels, "annotations": annotations}}


def is_ours(definition: Mapping[str, Any]) -> bool:
    """Whether we installed it, and so may change or remove it."""
    return bool((definition["metadata"].get("annotations") or {}).get(OWNER_ANNOTATION) == OWNER)
