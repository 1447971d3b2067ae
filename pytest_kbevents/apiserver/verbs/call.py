"""One request on its way through the verbs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pytest_kbevents.api.http import JSON, Request
from pytest_kbevents.apiserver.access.users import LOOPBACK, User
from pytest_kbevents.apiserver.kinds.rules import Moment
from pytest_kbevents.apiserver.registry import Route


@dataclass(slots=True)
class Call:
    """A request that has been routed and authorised."""

    request: Request
    route: Route
    moment: Moment
    user: User = LOOPBACK
    warnings: list[str] = field(default_factory=list)
    """What the answer's headers will warn of."""

    @property
    def query(self) -> Mapping[str, str]:
        """The query's parameters."""
        return self.request.query

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return _media_type(self.request.content_type)


@lru_cache(maxsize=64)
def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip() or JSON


def details(route: Route, name: str | None = None, *, kind: bool = False) -> dict[str, Any]:
    """What a Status says of the object: its name, group and resource (``kind``: its kind instead)."""
    resource = route.served.resource
    return {
        **({"name": route.name if name is None else name} if route.name or name else {}),
        **({"group": resource.group} if resource.group else {}),
        "kind": resource.kind if kind else resource.plural,
    }
