"""Namespaces: they end in two steps, and who empties them says so through a finalizer of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from pytest_kbevents.api import validity
from pytest_kbevents.api.objects import Object, name_of
from pytest_kbevents.apiserver.kinds.rules import Fresh, Moment, Rules
from pytest_kbevents.apiserver.validation.causes import Cause, invalid

FINALIZER = "kubernetes"
"""Stands in ``spec.finalizers`` until the namespace is empty."""
NAME_LABEL = "kubernetes.io/metadata.name"
FOR_EVER = ("default", "kube-system", "kube-public")
"""Namespaces that cannot be deleted."""


class NamespaceRules(Rules):
    """A Namespace."""

    returns_deleted = True
    fields: ClassVar[tuple[str, ...]] = ("metadata.name", "status.phase", "name")
    aliases: ClassVar[dict[str, str]] = {"name": "metadata.name"}

    def name_problems(self, name: str) -> Iterable[str]:
        return validity.dns_label(name)

    def default_metadata(self, obj: Fresh) -> None:
        if not obj["metadata"].get("generateName"):  # a generated name comes after the defaults
            _label(obj)

    def validate(self, obj: Object) -> Iterator[Cause]:
        for finalizer in obj["spec"].get("finalizers") or ():
            yield from (invalid("spec.finalizers", finalizer, problem) for problem in validity.qualified(finalizer))
            if "/" not in finalizer and finalizer != FINALIZER:
                rule = "name is neither a standard finalizer name nor is it fully qualified"
                yield invalid("spec.finalizers", finalizer, rule)

    def begin(self, obj: Fresh, moment: Moment) -> None:
        del moment
        _label(obj)
        finalizers = obj["spec"].get("finalizers") or []
        obj["spec"]["finalizers"] = finalizers if FINALIZER in finalizers else [*finalizers, FINALIZER]
        obj["status"] = {"phase": "Active"}

    def change(self, obj: Fresh, old: Object, moment: Moment) -> None:
        del moment
        obj["spec"] = {**obj["spec"], "finalizers": old["spec"].get("finalizers")}
        if not obj["spec"]["finalizers"]:
            del obj["spec"]["finalizers"]
        obj["status"] = old["status"]


def _label(obj: Fresh) -> None:
    obj["metadata"]["labels"] = {**(obj["metadata"].get("labels") or {}), NAME_LABEL: name_of(obj)}
