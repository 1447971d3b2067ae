"""What was asked of the API server, as those who asked saw it: faults stand between the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import Clock


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. ``code`` is None when no answer came; ``problem`` is the error in words."""

    micros: int
    user_agent: str
    method: str
    path: str
    body: Any
    code: int | None
    problem: str

    @property
    def failed(self) -> bool:
        """Whether it was an error. A GET that finds nothing is how an agent asks, and none."""
        if self.code is None:
            return True
        return self.code >= 400 and not (self.method == "GET" and self.code == 404)


class Observed:
    """A transport that keeps what goes through it in ``exchanges``, in the order of the answers."""

    def __init__(self, transport: Transport, clock: Clock, exchanges: list[Exchange]) -> None:
        self._transport = transport
        self._clock = clock
        self._exchanges = exchanges

    def send(self, request: Request) -> Response:
        """Hand on. Raises what the transport raises."""
        try:
            response = self._transport.send(request)
        except Exception as error:  # whatever it is, the one who asked heard nothing
            self._keep(request, None, str(error) or type(error).__name__)
            raise
        problem = ""
        if response.status >= 400 and isinstance(response.body, dict):
            problem = str(response.body.get("message", ""))
        self._keep(request, response.status, problem)
        return response

    def _keep(self, request: Request, code: int | None, problem: str) -> None:
        micros = self._clock.micros()
        self._exchanges.append(
            Exchange(micros, request.user_agent, request.method, request.path, request.body, code, problem)
        )
