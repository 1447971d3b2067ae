"""KubeBlocks' kinds as CustomResourceDefinitions: what an Event-driven controller needs of them, open to the rest."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS, KUBEBLOCKS, Resource
from pytest_kbevents.client.client import Client
from pytest_kbevents.errors import AlreadyExists, ApiError


def install(client: Client) -> None:
    """Create the definitions that are not there."""
    for resource in KUBEBLOCKS:
        try:
            client.create(CUSTOM_RESOURCE_DEFINITIONS, manifest(resource))
        except AlreadyExists:
            continue


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


def manifest(resource: Resource) -> dict[str, Any]:
    """The definition of one kind. Its spec and status are not described, so that objects of every release fit."""
    anything = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
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
                    "schema": {
                        "openAPIV3Schema": {"type": "object", "properties": {"spec": anything, "status": anything}}
                    },
                }
            ],
        },
    }
