"""What objects, lists and watch items are turned into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from pytest_kbevents.api.http import Request
from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.registry import Route
from pytest_kbevents.apiserver.views import partial
from pytest_kbevents.apiserver.views.negotiation import PARTIAL, PARTIAL_LIST, TABLE, Form
from pytest_kbevents.apiserver.views.table import Tables, included
from pytest_kbevents.errors import ApiError

Turn = Callable[[Object], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Shape:
    """How each is turned; ``of_item`` is None for items that cannot be, and a watch of them ends at once."""

    of_object: Turn
    of_list: Turn
    of_item: Turn | None


def of(form: Form, request: Request, route: Route, now: Callable[[], int]) -> Shape:
    """The shape of a form; ``now`` gives microseconds since the epoch. Raises BadRequest."""
    served, version = route.served, form.version
    if form.kind == TABLE:
        tables = Tables(served, version, included(request.query), now)
        return Shape(tables.of_object, tables.of_list, tables.of_watch())
    if form.kind == PARTIAL:
        return Shape(_partial(version), _refusing(partial.no_object(served)), _partial(version))
    if form.kind == PARTIAL_LIST:
        return Shape(_refusing(partial.no_list(served)), lambda obj: partial.of_list(obj, version), None)
    return Shape(_same, _same, _same)


def _same(obj: Object) -> Object:
    return obj


def _partial(version: str) -> Turn:
    return lambda obj: partial.of_object(obj, version)


def _refusing(error: ApiError) -> Turn:
    def refuse(_: Object) -> NoReturn:
        raise error

    return refuse
