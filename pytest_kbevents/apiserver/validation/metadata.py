"""What the metadata of every object must keep, and what of it may change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.api.objects import Object, labels_of
from pytest_kbevents.api.validity import NameRule, label_value, qualified
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden, invalid, required, shown, too_long

ANNOTATIONS_LIMIT = 256 * 1024
"""Bytes of all annotations of an object, keys and values."""
IMMUTABLE = "field is immutable"
_OWNER = ("apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion")
_STANDARD_FINALIZERS = ("orphan", "foregroundDeletion", "kubernetes")


def check(obj: Object, name_rule: NameRule, *, namespaced: bool, custom: bool = False) -> Iterator[Cause]:
    """Metadata of an object to be stored. Of a custom one, a finalizer needs no domain, and is warned of."""
    metadata = obj["metadata"]
    if prefix := metadata.get("generateName"):
        masked = prefix[:-1] + "a" if prefix.endswith(("-", ".")) else prefix
        yield from (invalid("metadata.generateName", prefix, problem) for problem in name_rule(masked))
    name = metadata.get("name", "")
    if not name:
        yield required("metadata.name", "name or generateName is required")
    else:
        yield from (invalid("metadata.name", name, problem) for problem in name_rule(name))
    if not namespaced and metadata.get("namespace"):
        yield forbidden("metadata.namespace", "not allowed on this type")
    yield from labels(labels_of(obj), "metadata.labels")
    if annotations := metadata.get("annotations"):
        yield from _annotations(annotations)
    if owners := metadata.get("ownerReferences"):
        yield from _owners(owners)
    if finalizers := metadata.get("finalizers"):
        yield from _finalizers(finalizers, custom=custom)


def changed(obj: Object, old: Object) -> Iterator[Cause]:
    """What an update may not change."""
    new, before = obj["metadata"], old["metadata"]
    for field in ("name", "namespace", "uid", "creationTimestamp"):
        if new.get(field, "") != before.get(field, ""):
            yield invalid(f"metadata.{field}", new.get(field, ""), IMMUTABLE)
    for field in ("deletionTimestamp", "deletionGracePeriodSeconds"):
        if new.get(field) != before.get(field):
            yield invalid(f"metadata.{field}", new.get(field), IMMUTABLE)
    if before.get("deletionTimestamp"):
        added = sorted(set(new.get("finalizers") or ()) - set(before.get("finalizers") or ()))
        if added:
            listed = ", ".join(shown(name) for name in added)
            rule = "no new finalizers can be added if the object is being deleted, found new finalizers"
            yield forbidden("metadata.finalizers", f"{rule} []string{{{listed}}}")


def labels(entries: Mapping[str, str], field: str) -> Iterator[Cause]:
    """A map of labels, wherever it stands."""
    for key, value in entries.items():
        for problem in qualified(key):
            yield invalid(field, key, problem)
        for problem in label_value(value):
            yield invalid(field, value, problem)


def _annotations(entries: Mapping[str, str]) -> Iterator[Cause]:
    size = 0
    for key, value in entries.items():
        if "/" in key or not key.isalnum():
            yield from (invalid("metadata.annotations", key, problem) for problem in qualified(key.lower()))
        size += len(key.encode()) + len(value.encode("utf-8", "surrogatepass"))
    if size > ANNOTATIONS_LIMIT:
        yield too_long("metadata.annotations", ANNOTATIONS_LIMIT)


def _owners(owners: list[Mapping[str, Any]]) -> Iterator[Cause]:
    for index, owner in enumerate(owners):
        yield from _owner(owner, f"metadata.ownerReferences[{index}]")
    controllers = [owner for owner in owners if owner.get("controller")]
    if len(controllers) > 1:
        yield from _two_controllers(controllers)


def _owner(owner: Mapping[str, Any], field: str) -> Iterator[Cause]:
    if owner["apiVersion"].count("/") > 1:
        told = f"unexpected GroupVersion string: {owner['apiVersion']}"
        yield invalid(f"{field}.apiVersion", owner["apiVersion"], told)
    elif not owner["apiVersion"].rpartition("/")[2]:
        yield required(f"{field}.apiVersion", "must not be empty")
    for part in ("kind", "name", "uid"):
        if not owner.get(part):
            yield required(f"{field}.{part}", "must not be empty")
    if (owner.get("apiVersion"), owner.get("kind")) == ("v1", "Event"):
        yield invalid(field, owner, "/v1, Kind=Event is disallowed from being an owner")


def _two_controllers(controllers: list[Mapping[str, Any]]) -> Iterator[Cause]:
    first, second = (f"{owner['kind']}/{owner['name']}" for owner in controllers[:2])
    controllers = [{key: owner[key] for key in _OWNER if key in owner} for owner in controllers]
    rule = "Only one reference can have Controller set to true. Found"
    yield invalid("metadata.ownerReferences", controllers, f'{rule} "true" in references for {first} and {second}')


def _finalizers(names: Any, *, custom: bool) -> Iterator[Cause]:
    for index, name in enumerate(names):
        field = f"metadata.finalizers[{index}]"
        yield from (invalid("metadata.finalizers", name, problem) for problem in qualified(name))
        if not custom and "/" not in name and name not in _STANDARD_FINALIZERS:
            yield invalid(field, name, "name is neither a standard finalizer name nor is it fully qualified")
    if {"orphan", "foregroundDeletion"} <= set(names):
        yield invalid("metadata.finalizers", list(names), "finalizer orphan and foregroundDeletion cannot be both set")
