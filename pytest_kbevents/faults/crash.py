"""The controller's process dies in the middle of what it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.protocols import Handler
from pytest_kbevents.environment.world import Killed, World
from pytest_kbevents.reconciler.manager import USER_AGENT


@dataclass(slots=True)
class Crash:
    """The controller dies once its ``after``-th write from now is committed, without hearing so, and starts anew."""

    after: int

    @contextmanager
    def on(self, world: World) -> Iterator[None]:
        """While the block runs."""
        world.interceptors.append(self)
        try:
            yield
        finally:
            world.interceptors.remove(self)

    def __call__(self, request: Request, handler: Handler) -> Response:
        """Hand on; raises Killed after that write."""
        response = handler(request)
        if request.user_agent == USER_AGENT and request.method != "GET" and response.status < 400:
            self.after -= 1
            if self.after == 0:
                raise Killed
        return response
