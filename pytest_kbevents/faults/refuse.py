"""The API server refuses some requests."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from pytest_kbevents.api import status
from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.protocols import Handler
from pytest_kbevents.errors import ApiError
from pytest_kbevents.faults.fault import Fault


@dataclass(slots=True)
class Refuse(Fault):
    """The next ``times`` requests with that method and path (``path`` is the end of it) are answered with ``error``.

    ``carried_out`` lets the request through first and loses its answer, as a connection that dies does.
    """

    method: str
    path: str
    error: ApiError
    times: int = 1
    carried_out: bool = False
    met: int = field(default=0, init=False)
    """How many it has refused."""
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False, compare=False)

    def __call__(self, request: Request, handler: Handler) -> Response:
        """Refuse, or hand on."""
        if not self.is_meant(request) or not self._takes():
            return handler(request)
        if self.carried_out:
            handler(request)
        return Response(self.error.answered, status.failure(self.error))

    def _takes(self) -> bool:
        """Whether one is left to refuse; in live worlds requests come from many threads."""
        with self._lock:
            if self.times <= 0:
                return False
            self.times -= 1
            self.met += 1
            return True
