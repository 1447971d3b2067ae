"""What every fault is: something between everybody and the API server that can be put in and taken out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.protocols import Handler
from pytest_kbevents.environment.world import World


class Fault(ABC):
    """An interceptor."""

    __slots__ = ()
    met: int
    """How many requests it has met."""

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
