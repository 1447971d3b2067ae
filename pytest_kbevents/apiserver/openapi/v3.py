"""OpenAPI 3: a document for each group and version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pytest_kbevents.apiserver.discovery.version import VERSION
from pytest_kbevents.apiserver.openapi import definitions, operations
from pytest_kbevents.apiserver.served import Served

INFO = {"title": "Kubernetes", "version": f"{VERSION['major']}.{VERSION['minor']}"}
_INFO_OF_CUSTOM = {"title": "Kubernetes CRD Swagger", "version": "v0.1.0"}
TOKEN = {"description": "Bearer Token authentication", "type": "apiKey", "name": "authorization", "in": "header"}


def paths(served: Iterable[Served]) -> list[str]:
    """The documents that there are: ``api/v1``, ``apis/apps/v1``..."""
    return sorted({_path(item) for item in served})


def part(path: str, served: Iterable[Served]) -> tuple[Served, ...]:
    """What a document is about."""
    return tuple(item for item in served if _path(item) == path)


def document(served: tuple[Served, ...]) -> dict[str, Any]:
    """The document about what is served of one group and version."""
    custom = served[0].custom
    components: dict[str, Any] = {"schemas": definitions.of(served)}
    if not custom:
        components["securitySchemes"] = {"BearerToken": TOKEN}
    return {
        "openapi": "3.0.0",
        "info": _INFO_OF_CUSTOM if custom else INFO,
        "paths": operations.of(served),
        "components": components,
    }


def _path(served: Served) -> str:
    resource = served.resource
    return f"apis/{resource.group}/{resource.version}" if resource.group else f"api/{resource.version}"
