"""KubeBlocks' kinds as CustomResourceDefinitions: what an Event-driven controller needs of them, open to the rest."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from pytest_kbevents.api.objects import Object, name_of
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS, KUBEBLOCKS, Resource
from pytest_kbevents.client.client import Client
from pytest_kbevents.cluster.patience import until
from pytest_kbevents.deployment.ownership import owned
from pytest_kbevents.errors import AlreadyExists, ApiError, ClusterFailed, Forbidden, NotFound, SettingError

SERVED_WITHIN = 30
"""Seconds."""


def absent(client: Client) -> list[Resource]:
    """Those of KubeBlocks' kinds that the cluster does not know. Raises SettingError when it knows one, and not in the
    version that we speak.
    """
    found = []
    for resource in KUBEBLOCKS:
        try:
            client.fetch(resource.path(), {"limit": "1"})
        except NotFound:
            if versions := _versions(client, resource):
                told = ", ".join(versions)
                raise SettingError(
                    f"the cluster serves {resource.qualified} as {told}, and {resource.version} is needed: "
                    "KubeBlocks 1.0 and newer have it"
                ) from None
            found.append(resource)
        except Forbidden:
            continue  # it is there: what may be done with it is asked elsewhere
    return found


def install(client: Client) -> list[str]:
    """Create the definitions that are not there; those of KubeBlocks stay as they are. Returns the names of ours."""
    made = []
    for resource in absent(client):
        with suppress(AlreadyExists):
            made.append(name_of(client.create(CUSTOM_RESOURCE_DEFINITIONS, owned(manifest(resource)))))
    return made


def wait(client: Client) -> None:
    """Until the cluster has taken them in. Raises ClusterFailed when it does not."""
    if not until(lambda: served(client), SERVED_WITHIN, every=0.1):
        raise ClusterFailed(f"the API server does not serve KubeBlocks' kinds {SERVED_WITHIN}s after they were created")


def remove(client: Client, names: Sequence[str]) -> None:
    """Delete these definitions, but none of which there is still an object, anybody's."""
    for resource in KUBEBLOCKS:
        if resource.qualified in names and not client.list(resource):
            client.delete(CUSTOM_RESOURCE_DEFINITIONS, "", resource.qualified)


def _versions(client: Client, resource: Resource) -> list[str]:
    try:
        group = client.fetch(f"/apis/{resource.group}")
    except (NotFound, Forbidden):
        return []
    versions = [each["version"] for each in group.get("versions") or ()]
    return [version for version in versions if version != resource.version and _has(client, resource, version)]


def _has(client: Client, resource: Resource, version: str) -> bool:
    try:
        listed = client.fetch(f"/apis/{resource.group}/{version}").get("resources") or ()
    except (NotFound, Forbidden):
        return False
    return any(each.get("name") == resource.plural for each in listed)


def served(client: Client) -> bool:
    """Whether the server has taken all of them in; until then it answers 404, 429 or 503, as it comes."""
    try:
        for resource in KUBEBLOCKS:
            client.listing(resource)
    except ApiError:
        return False
    return all(_established(client.get(CUSTOM_RESOURCE_DEFINITIONS, "", item.qualified)) for item in KUBEBLOCKS)


def _established(definition: Object) -> bool:
    conditions = definition.get("status", {}).get("conditions") or ()
    return any((item["type"], item["status"]) == ("Established", "True") for item in conditions)


def _open(**described: Any) -> dict[str, Any]:
    """An object with these properties, and whatever others it has."""
    return {"type": "object", "x-kubernetes-preserve-unknown-fields": True} | (
        {"properties": described} if described else {}
    )


def _texts(*names: str) -> dict[str, Any]:
    return {name: {"type": "string"} for name in names}


def _many(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


_WHOLE = {"type": "integer", "format": "int32"}
_ORDINALS = _open(
    discrete=_many(_WHOLE), ranges=_many(_open(start=_WHOLE, end=_WHOLE) | {"required": ["start", "end"]})
)
_TEMPLATES = _many(_open(replicas=_WHOLE, ordinals=_ORDINALS, **_texts("name")))
_ROLE = _open(isExclusive={"type": "boolean"}, **_texts("name", "accessMode")) | {"required": ["name"]}
_PLACED = {"replicas": _WHOLE, "offlineInstances": _many({"type": "string"}), "instances": _TEMPLATES}
_CONDITION = _open(**_texts("type", "status", "reason", "message", "lastTransitionTime"))
_SPECS: dict[str, dict[str, Any]] = {
    "Component": _open(**_PLACED, **_texts("compDef"), ordinals=_ORDINALS),
    "InstanceSet": _open(
        **_PLACED, roles=_many(_ROLE), defaultTemplateOrdinals=_ORDINALS, flatInstanceOrdinal={"type": "boolean"}
    ),
    "Instance": _open(roles=_many(_ROLE)),
}
_STATUSES: dict[str, dict[str, Any]] = {
    "Component": _open(
        conditions=_many(_CONDITION), message={"type": "object", "additionalProperties": {"type": "string"}}
    ),
    "InstanceSet": _open(ordinals=_many(_WHOLE)),
}


def manifest(resource: Resource) -> dict[str, Any]:
    """The definition of one kind. Of its spec and status only the types are described of what the event controller
    reads, so that objects of every release fit.
    """
    properties = {"spec": _SPECS.get(resource.kind, _open()), "status": _STATUSES.get(resource.kind, _open())}
    return {
        "apiVersion": CUSTOM_RESOURCE_DEFINITIONS.api_version,
        "kind": CUSTOM_RESOURCE_DEFINITIONS.kind,
        "metadata": {"name": resource.qualified},
        "spec": {
            "group": resource.group,
            "scope": "Namespaced" if resource.namespaced else "Cluster",
            "names": {
                "plural": resource.plural,
                "singular": resource.kind.lower(),
                "kind": resource.kind,
                "listKind": f"{resource.kind}List",
                "shortNames": list(resource.short_names),
                "categories": list(resource.categories),
            },
            "versions": [
                {
                    "name": resource.version,
                    "served": True,
                    "storage": True,
                    "subresources": {"status": {}} if resource.has_status else {},
                    "schema": {"openAPIV3Schema": {"type": "object", "properties": properties}},
                }
            ],
        },
    }
