"""What clients of every age ask: one document a group, one a version."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from pytest_kbevents.apiserver.discovery import groups
from pytest_kbevents.apiserver.registry import Registry
from pytest_kbevents.apiserver.served import Served

ADDRESS = "192.0.2.1:443"
"""Where a client in the cluster would find the server: at an address of nobody (RFC 5737), whatever door is open."""


def api() -> dict[str, Any]:
    """The versions of the core group."""
    address = {"clientCIDR": "0.0.0.0/0", "serverAddress": ADDRESS}
    return {"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": [address]}


def apis(registry: Registry) -> dict[str, Any]:
    """All groups but the core."""
    found = [_group(name, list(versions)) for name, versions in groups.of(registry).items() if name]
    return {"kind": "APIGroupList", "apiVersion": "v1", "groups": found}


def group(registry: Registry, name: str) -> dict[str, Any] | None:
    """One group; None when nothing of it is served."""
    versions = groups.of(registry).get(name) if name else None
    return {"kind": "APIGroup", "apiVersion": "v1", **_group(name, list(versions))} if versions else None


def version(registry: Registry, name: str, version: str) -> dict[str, Any] | None:
    """The resources of one version; None when nothing of it is served."""
    served = groups.of(registry).get(name, {}).get(version)
    if served is None:
        return None
    entries = [entry for item in served for entry in _entries(item)]
    listed = {"groupVersion": f"{name}/{version}" if name else version, "resources": entries}
    return {"kind": "APIResourceList", **({"apiVersion": "v1"} if name else {}), **listed}


def _group(name: str, versions: list[str]) -> dict[str, Any]:
    found = [{"groupVersion": f"{name}/{version}", "version": version} for version in versions]
    return {"name": name, "versions": found, "preferredVersion": found[0]}


def _entries(served: Served) -> list[Any]:
    own = {**served.entry, "storageVersionHash": _storage_hash(served)} if served.custom else served.entry
    return [own, *(served.subresources[name] for name in groups.subresources(served))]


def _storage_hash(served: Served) -> str:
    """What tells clients that objects are stored in another version than before."""
    stored = f"{served.storage_version}/{served.resource.kind}"
    return base64.b64encode(hashlib.sha256(stored.encode()).digest()[:8]).decode()
