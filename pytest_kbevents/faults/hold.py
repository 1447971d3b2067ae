"""The network holds some requests back: their sender hears nothing, and they arrive all the same, later."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.protocols import Handler
from pytest_kbevents.clock import Clock
from pytest_kbevents.errors import NoAnswer
from pytest_kbevents.faults.fault import Fault


@dataclass(slots=True, eq=False)
class Hold(Fault):
    """The next ``times`` requests with that method and path (``path`` is the end of it) arrive ``by`` microseconds
    late, whether or not their sender still lives. It is an actor of the world, too: it delivers them.
    """

    method: str
    path: str
    by: int
    clock: Clock
    times: int = 1
    met: int = field(default=0, init=False)
    """How many it has held."""
    name: str = field(default="requests in flight", init=False)
    _held: list[tuple[int, Request, Handler]] = field(default_factory=list, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def __call__(self, request: Request, handler: Handler) -> Response:
        """Hold, or hand on. Raises NoAnswer for what is held."""
        with self._lock:
            holds = self.is_meant(request) and self.met < self.times
            if holds:
                self.met += 1
                self._held.append((self.clock.micros() + self.by, request, handler))
        if not holds:
            return handler(request)
        raise NoAnswer(f"{request.method} {request.path}: the connection broke")

    def due(self) -> int | None:
        """When the next one arrives."""
        with self._lock:
            return self._held[0][0] if self._held else None

    def step(self) -> None:
        """It arrives; nobody is there to hear the answer."""
        with self._lock:
            _, request, handler = self._held.pop(0)
        with suppress(NoAnswer):
            handler(request)
