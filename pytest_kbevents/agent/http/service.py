"""What kbagent answers over HTTP, without the network (event-pipeline.md section 6, HTTP)."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pytest_kbevents.agent.actions.action import BAD_REQUEST, NOT_IMPLEMENTED, Result, failure
from pytest_kbevents.agent.actions.calls import Calls
from pytest_kbevents.agent.actions.running import Running
from pytest_kbevents.agent.config.calljson import decode
from pytest_kbevents.agent.sending.message import quoted
from pytest_kbevents.clock import SECOND, Clock

ACTION = "/v1.0/action"
SERVICES = {ACTION: "Action", "/v1.0/probe": "Probe", "/v1.0/streaming": "Streaming"}
JSON, TEXT = "application/json", "text/plain; charset=utf-8"
ALLOWED = {"Allow": "OPTIONS, POST"}


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back; without a content type when that is empty."""

    status: int
    content_type: str = ""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


NOT_FOUND = Reply(404, TEXT, b"Not Found")


class Service(Protocol):
    """What is served."""

    def answer(self, method: str, path: str, body: bytes) -> Reply:
        """Blocks until there is one; several threads ask at once."""


class NoService:
    """An agent without actions: it listens, and has nothing."""

    def answer(self, method: str, path: str, body: bytes) -> Reply:
        del method, path, body
        return NOT_FOUND


class ActionService:
    """Runs actions. ``wait`` advances a call and comes back with its result."""

    def __init__(self, calls: Calls, wait: Callable[[Running], Result]) -> None:
        self._calls = calls
        self._wait = wait

    def answer(self, method: str, path: str, body: bytes) -> Reply:
        """Of an action always 200, whatever came of it. Raises Panic, as ``Calls.begin`` does."""
        if path not in SERVICES:
            known = method == "POST" and path.removesuffix("/") in SERVICES
            return Reply(308, headers={"Location": path.removesuffix("/")}) if known else NOT_FOUND
        if method == "OPTIONS":
            return Reply(200, headers=ALLOWED)
        if method != "POST":
            return Reply(405, TEXT, b"Method Not Allowed", ALLOWED)
        if path != ACTION:
            problem = f"service {SERVICES[path]} does not support request handling: {NOT_IMPLEMENTED}"
            return Reply(500, TEXT, problem.encode())
        return Reply(200, JSON, _encoded(self._result(body)).encode())

    def _result(self, body: bytes) -> Result:
        try:
            call = decode(body.decode("utf-8", "replace"))
        except ValueError as error:
            return failure(BAD_REQUEST, f"unmarshal action request error: {error}")
        begun = self._calls.begin(call)
        return begun if isinstance(begun, Result) else self._wait(begun)


def _encoded(result: Result) -> str:
    if result.failure is not None:
        return f'{{"error":{quoted(result.failure.type)},"message":{quoted(result.failure.text)}}}'
    if result.output:
        return f'{{"output":{quoted(base64.b64encode(result.output).decode())}}}'
    return "{}"


def waited(running: Running, clock: Clock) -> Result:
    """Takes the call's steps in this thread, and blocks it between them."""
    never = threading.Event()
    while (result := running.step()) is None:
        never.wait(max(running.due - clock.micros(), 0) / SECOND)
    return result
