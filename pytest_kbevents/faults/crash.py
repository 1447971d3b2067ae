"""The controller's process dies in the middle of what it does."""

from __future__ import annotations

from dataclasses import dataclass, field

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.protocols import Handler
from pytest_kbevents.environment.world import Killed
from pytest_kbevents.faults.fault import Fault
from pytest_kbevents.reconciler.manager import USER_AGENT


@dataclass(slots=True)
class Crash(Fault):
    """The controller dies once its ``after``-th write from now is committed, without hearing so, and starts anew."""

    after: int
    met: int = field(default=0, init=False)
    """Whether it has died: 0 or 1."""

    def __call__(self, request: Request, handler: Handler) -> Response:
        """Hand on; raises Killed after that write."""
        response = handler(request)
        if request.user_agent == USER_AGENT and request.method != "GET" and response.status < 400:
            self.after -= 1
            if self.after == 0:
                self.met = 1
                raise Killed
        return response
