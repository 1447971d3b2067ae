"""How the end of a definition begins: it stays until its objects are gone."""

from __future__ import annotations

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.custom import conditions

FINALIZER = "customresourcecleanup.apiextensions.k8s.io"
_PENDING = "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon"


def begun(definition: Object, now: str) -> Object:
    """A definition whose deletion has begun."""
    metadata = definition["metadata"]
    finalizers = list(metadata.get("finalizers") or ())
    if FINALIZER not in finalizers:
        finalizers.append(FINALIZER)
    marked = {**definition, "metadata": {**metadata, "deletionTimestamp": now, "finalizers": finalizers}}
    pending = conditions.condition(conditions.TERMINATING, "True", "InstanceDeletionPending", _PENDING)
    return conditions.put(marked, pending, now)
