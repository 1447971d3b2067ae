"""What newer clients ask: everything at once (Kubernetes: aggregated discovery)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pytest_kbevents.api.http import JSON, Request, Response
from pytest_kbevents.apiserver.discovery import groups
from pytest_kbevents.apiserver.registry import Registry
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.views.accept import clauses

KIND, VERSION = "APIGroupDiscoveryList", "apidiscovery.k8s.io/v2"
CONTENT_TYPE = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"


def wanted(accept: str) -> bool:
    """Whether a client would rather have everything at once."""
    for clause in clauses(accept):
        parameters = clause.parameters
        asked = f"{parameters.get('g')}/{parameters.get('v')}", parameters.get("as")
        if clause.covers(JSON) and asked == (VERSION, KIND):
            return True
        if clause.covers(JSON) and not parameters.keys() & {"g", "v", "as"}:
            return False
    return False


def response(registry: Registry, request: Request, *, core: bool) -> Response:
    """The document, or 304 when the client has it."""
    found = document(registry, core=core)
    tag = f'"{hashlib.sha512(json.dumps(found).encode()).hexdigest().upper()}"'
    headers = {"etag": tag, "vary": "Accept", "content-type": CONTENT_TYPE}
    if request.headers.get("if-none-match") == tag:
        return Response(304, "", headers=headers)
    return Response(200, found, headers=headers)


def document(registry: Registry, *, core: bool) -> dict[str, Any]:
    """Of the core group, or of all others."""
    found = [_group(name, versions) for name, versions in groups.of(registry).items() if core is not bool(name)]
    return {"kind": KIND, "apiVersion": VERSION, "metadata": {}, "items": found}


def _group(name: str, versions: dict[str, list[Served]]) -> dict[str, Any]:
    listed = [
        {
            "version": version,
            "resources": [_resource(item) for item in sorted(served, key=_name)],
            "freshness": "Current",
        }
        for version, served in versions.items()
    ]
    return {"metadata": {"name": name} if name else {}, "versions": listed}


def _name(served: Served) -> str:
    return served.resource.plural


def _resource(served: Served) -> dict[str, Any]:
    entry = served.entry
    subresources = [_subresource(served, name) for name in groups.subresources(served)]
    return {
        "resource": entry["name"],
        "responseKind": _kind(served, entry),
        "scope": "Namespaced" if entry["namespaced"] else "Cluster",
        "singularResource": entry["singularName"],
        "verbs": entry["verbs"],
        **{field: entry[field] for field in ("shortNames", "categories") if entry.get(field)},
        **({"subresources": subresources} if subresources else {}),
    }


def _subresource(served: Served, name: str) -> dict[str, Any]:
    entry = served.subresources[name]
    return {"subresource": name, "responseKind": _kind(served, entry), "verbs": entry["verbs"]}


def _kind(served: Served, entry: Mapping[str, Any]) -> dict[str, str]:
    """Built-in kinds leave the group and version out where they are those of the list."""
    own = (served.resource.group, served.resource.version) if served.custom else ("", "")
    return {"group": entry.get("group", own[0]), "version": entry.get("version", own[1]), "kind": entry["kind"]}
