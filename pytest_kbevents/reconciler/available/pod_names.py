"""The names of a component's Pods, as its InstanceSet gives them (KB-A04)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import count, islice

from pytest_kbevents.api.objects import Object, name_of


def of_component(component: Object) -> list[str]:
    """From the Component: its replicas, templates and offline instances."""
    return _named(component, "ordinals", replicas=0)


def of_instance_set(instance_set: Object) -> list[str]:
    """From the InstanceSet. With flat ordinals all templates share one sequence, and what its status says counts."""
    spec: Object = instance_set.get("spec") or {}
    if not spec.get("flatInstanceOrdinal"):
        return _named(instance_set, "defaultTemplateOrdinals", replicas=1)
    known = (instance_set.get("status") or {}).get("ordinals")
    ordinals = _flat(instance_set) if known is None else known
    return [f"{name_of(instance_set)}-{ordinal}" for ordinal in ordinals]


def _named(workload: Object, key: str, replicas: int) -> list[str]:
    spec: Object = workload.get("spec") or {}
    offline = frozenset(spec.get("offlineInstances") or ())
    names: list[str] = []
    for template in _templates(spec, key, replicas):
        prefix = "-".join(part for part in (name_of(workload), template["name"]) if part)
        candidates = (f"{prefix}-{ordinal}" for ordinal in _candidates(template["ordinals"]))
        names += islice((name for name in candidates if name not in offline), template["replicas"])
    return names


def _flat(workload: Object) -> list[int]:
    """Templates that name their ordinals get those; the others count up over what is left."""
    spec: Object = workload.get("spec") or {}
    offline = frozenset(spec.get("offlineInstances") or ())
    taken: list[int] = []
    templates = _templates(spec, "defaultTemplateOrdinals", 1)
    for template in sorted(templates, key=lambda item: not item["ordinals"]):
        free = (ordinal for ordinal in _candidates(template["ordinals"]) if ordinal not in taken)
        online = (ordinal for ordinal in free if f"{name_of(workload)}-{ordinal}" not in offline)
        taken += list(islice(online, template["replicas"]))
    return taken


def _templates(spec: Object, key: str, replicas: int) -> list[Object]:
    """The default template, which has the replicas that no other one has, and the named ones."""
    named: list[Object] = [
        {
            "name": template.get("name", ""),
            "replicas": _replicas(template, 1),
            "ordinals": _ordinals(template.get("ordinals") or {}),
        }
        for template in spec.get("instances") or ()
    ]
    rest = _replicas(spec, replicas) - sum(template["replicas"] for template in named)
    return [{"name": "", "replicas": max(0, rest), "ordinals": _ordinals(spec.get(key) or {})}, *named]


def _replicas(holder: Object, default: int) -> int:
    replicas = holder.get("replicas")
    return default if replicas is None else int(replicas)


def _ordinals(given: Object) -> Sequence[range]:
    """Explicit ordinals as ranges, lowest first; a range's end belongs to it."""
    ranges = [range(item["start"], item["end"] + 1) for item in given.get("ranges") or ()]
    ranges += [range(ordinal, ordinal + 1) for ordinal in given.get("discrete") or ()]
    return sorted(ranges, key=lambda item: item.start)


def _candidates(explicit: Collection[range]) -> Iterator[int]:
    """Each ordinal once, going up; from 0 without end when none is named."""
    if not explicit:
        yield from count()
    following = 0
    for ordinals in explicit:
        yield from range(max(following, ordinals.start), ordinals.stop)
        following = max(following, ordinals.stop)
