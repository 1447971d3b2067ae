"""How answers look: whole objects, Tables, metadata alone; JSON or YAML.

May live here: content negotiation and the forms it chooses between. May not: what objects are, or who may see them.
"""

from __future__ import annotations

from collections.abc import Callable

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.apiserver.registry import Route

View = Callable[[Response], Response]


def of(request: Request, route: Route) -> View | None:
    """The view that a request's Accept header asks for; None for the whole object as JSON. Raises NotAcceptable."""
    del request, route
    return None
