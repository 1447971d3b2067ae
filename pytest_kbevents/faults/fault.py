"""What every fault is: something between everybody and the API server that can be put in and taken out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.protocols import Handler
from pytest_kbevents.environment.world import World

UPDATE = "UPDATE"
"""In place of a method: PUT or PATCH, whichever a sender takes to change an object."""


class Fault(ABC):
    """An interceptor."""

    __slots__ = ()
    met: int
    """How many requests it has met."""

    method: str
    path: str

    def is_meant(self, request: Request) -> bool:
        """Whether that is the method, and the path ends so."""
        methods = ("PUT", "PATCH") if self.method == UPDATE else (self.method,)
        return request.method in methods and request.path.endswith(self.path)

    @contextmanager
    def on(self, world: World) -> Iterator[None]:
        """While the block runs."""
        world.interceptors.append(self)
        try:
            yield
        finally:
            world.interceptors.remove(self)

    @abstractmethod
    def __call__(self, request: Request, handler: Handler) -> Response:
        """Answer the request, or hand it on."""
