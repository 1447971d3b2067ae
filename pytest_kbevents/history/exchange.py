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
    revision: int = 0
    """What a write committed, where the answer says it."""

    @property
    def answer(self) -> str:
        """The code in words."""
        return "no answer" if self.code is None else str(self.code)

    @property
    def failed(self) -> bool:
        """Whether it was an error. A GET that finds nothing is how an agent asks, and none."""
        if self.code is None:
            return True
        return self.code >= 400 and not (self.method == "GET" and self.code == 404)


class Observed:
    """A transport that keeps what goes through it in ``exchanges``, in the order of the answers, and in ``writers`` who
    committed which revision.
    """

    def __init__(self, transport: Transport, clock: Clock, exchanges: list[Exchange], writers: dict[int, str]) -> None:
        self._transport = transport
        self._clock = clock
        self._exchanges = exchanges
        self._writers = writers

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
        self._keep(request, response.status, problem, _committed(request, response))
        return response

    def _keep(self, request: Request, code: int | None, problem: str, revision: int = 0) -> None:
        micros = self._clock.micros()
        if revision:  # an update that changes nothing is answered with the revision of who wrote before
            self._writers.setdefault(revision, request.user_agent)
        self._exchanges.append(
            Exchange(micros, request.user_agent, request.method, request.path, request.body, code, problem, revision)
        )


def _committed(request: Request, response: Response) -> int:
    """The answer to a deletion has the object as it was, and says nothing of when it went."""
    if response.status >= 400 or request.method not in ("POST", "PUT", "PATCH") or not isinstance(response.body, dict):
        return 0
    revision = (response.body.get("metadata") or {}).get("resourceVersion", "")
    return int(revision) if str(revision).isdigit() else 0
