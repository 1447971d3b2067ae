"""The API server refuses some requests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pytest_kbevents.api import status
from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.protocols import Handler
from pytest_kbevents.environment.world import World
from pytest_kbevents.errors import ApiError


@dataclass(slots=True)
class Refuse:
    """The next ``times`` requests with that method and path (``path`` is the end of it) are answered with ``error``.

    ``carried_out`` lets the request through first and loses its answer, as a connection that dies does.
    """

    method: str
    path: str
    error: ApiError
    times: int = 1
    carried_out: bool = False

    @contextmanager
    def on(self, world: World) -> Iterator[None]:
        """While the block runs."""
        world.interceptors.append(self)
        try:
            yield
        finally:
            world.interceptors.remove(self)

    def __call__(self, request: Request, handler: Handler) -> Response:
        """Refuse, or hand on."""
        if self.times <= 0 or request.method != self.method or not request.path.endswith(self.path):
            return handler(request)
        self.times -= 1
        if self.carried_out:
            handler(request)
        return Response(self.error.answered, status.failure(self.error))
