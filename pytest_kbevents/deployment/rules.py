"""What the controller and the agents may do: each rule once, and why it is needed.

Roles are made from these tables. A test plays them with each verb taken away in turn, and none can be spared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pytest_kbevents.api.names import LEASE
from pytest_kbevents.api.resources import (
    COMPONENT_DEFINITIONS,
    COMPONENTS,
    CONFIG_MAPS,
    EVENTS,
    INSTANCE_SETS,
    INSTANCES,
    LEASES,
    PODS,
    Resource,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Verbs on one resource, or on a subresource of it; with ``names``, on these objects only."""

    resource: Resource
    verbs: tuple[str, ...]
    why: str
    subresource: str = ""
    names: tuple[str, ...] = ()

    @property
    def manifest(self) -> dict[str, Any]:
        """As Roles have it."""
        plural = "/".join(part for part in (self.resource.plural, self.subresource) if part)
        names = {"resourceNames": list(self.names)} if self.names else {}
        return {"apiGroups": [self.resource.group], "resources": [plural], **names, "verbs": list(self.verbs)}


CACHED = ("list", "watch")

CONTROLLER = (
    Rule(EVENTS, CACHED, "its cache"),
    Rule(EVENTS, ("patch",), "marks what is handled, and counts up what it recorded"),
    Rule(EVENTS, ("create",), "records what happened to Components"),
    Rule(PODS, CACHED, "its cache; some releases ask for the holders of a role past it"),
    Rule(PODS, ("get",), "some releases ask past the cache whether a Pod is still the one that reported"),
    Rule(PODS, ("update",), "the role's label and annotations"),
    Rule(PODS, ("patch",), "the role's label, where a release has a second reconciler that sets it"),
    Rule(COMPONENTS, CACHED, "its cache"),
    Rule(COMPONENTS, ("get",), "some releases judge a Component by its newest status"),
    Rule(COMPONENTS, ("patch",), "the condition Available, and what it remembers of probes", subresource="status"),
    Rule(INSTANCE_SETS, CACHED, "its cache"),
    Rule(INSTANCE_SETS, ("update",), "the annotation that says how far replicas are made"),
    Rule(INSTANCES, CACHED, "its cache"),
    Rule(CONFIG_MAPS, ("get", "update"), "takes what is done out of the agents' tasks"),
    Rule(LEASES, ("create",), "stands for election; a create names nothing that a rule could know"),
    Rule(LEASES, ("get", "update"), "stands for election, leads and gives up", names=(LEASE,)),
)
"""In its namespace."""

CONTROLLER_IN_CLUSTER = (Rule(COMPONENT_DEFINITIONS, CACHED, "its cache; they are in no namespace"),)
"""Beyond it."""

AGENT = (
    Rule(EVENTS, ("get", "create", "update"), "reports: counts up the Event that is there, or makes it"),
    Rule(CONFIG_MAPS, CACHED, "hears what the database beside it does, from the one ConfigMap of its Pod"),
)
"""In its namespace."""


def for_config_maps(rules: Iterable[Rule], names: Sequence[str]) -> tuple[Rule, ...]:
    """The rules with ConfigMaps narrowed to these; all of them when there is no name."""
    return tuple(replace(rule, names=tuple(names)) if rule.resource == CONFIG_MAPS else rule for rule in rules)
