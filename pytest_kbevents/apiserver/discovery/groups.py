"""The groups and versions that are served, in the order that a real server has them in."""

from __future__ import annotations

from pytest_kbevents.apiserver.registry import Registry
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.versions import newest

ORDER = (
    "apps",
    "events.k8s.io",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "batch",
    "rbac.authorization.k8s.io",
    "apiextensions.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
)
"""The built-in groups; custom ones come after them, by name."""

Groups = dict[str, dict[str, list[Served]]]
"""What is served, by group and version; the core group is ``""``."""


def of(registry: Registry) -> Groups:
    """All groups, the core first."""
    found: Groups = {}
    for served in registry.all():
        resource = served.resource
        found.setdefault(resource.group, {}).setdefault(resource.version, []).append(served)
    names = sorted(found, key=lambda name: (name != "", ORDER.index(name) if name in ORDER else len(ORDER), name))
    return {name: {version: found[name][version] for version in sorted(found[name], key=newest)} for name in names}


def subresources(served: Served) -> list[str]:
    """The names of a resource's subresources, in the order they are listed in."""
    return (
        sorted(served.subresources, key=lambda name: (name != "status", name))
        if served.custom
        else list(served.subresources)
    )
