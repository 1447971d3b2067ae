"""Which objects a list or watch is about: namespace, labels, fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pytest_kbevents.api import selectors
from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.kinds.rules import COMMON_FIELDS
from pytest_kbevents.apiserver.registry import Route
from pytest_kbevents.errors import BadRequest

Selects = Callable[[Object], bool]


def everything(_: Object) -> bool:
    """Selects all."""
    return True


def of(route: Route, query: Mapping[str, str]) -> Selects:
    """The selectors of a query over stored objects, the namespace aside. Raises BadRequest."""
    labels, fields = query.get("labelSelector", ""), query.get("fieldSelector", "")
    if not labels and not fields:
        return everything
    labelled = selectors.label_selector(labels)
    if not fields:
        return labelled
    terms = (_stored(route, term) for term in selectors.field_terms(fields))
    fielded = selectors.field_selector(terms, route.served.rules.defaulted)
    return lambda obj: labelled(obj) and fielded(obj)


def _stored(route: Route, term: selectors.FieldTerm) -> selectors.FieldTerm:
    """A term by the path that is stored. Raises BadRequest for a field that cannot be selected by."""
    rules = route.served.rules
    if term.path not in rules.fields:
        raise BadRequest(_unknown(route, term.path))
    return replace(term, path=rules.aliases.get(term.path, term.path))


def _unknown(route: Route, path: str) -> str:
    resource = route.served.resource
    if resource.group == "batch":
        return f'field label "{path}" not supported for {resource.kind}'
    if resource.group and not route.served.custom and route.served.shelf == resource.qualified:
        return f'"{path}" is not a known field selector: only "metadata.name", "metadata.namespace"'
    if route.served.rules.fields == COMMON_FIELDS and not route.served.custom:
        return f'"{path}" is not a known field selector: only "metadata.name", "metadata.namespace"'
    return f"field label not supported: {path}"
