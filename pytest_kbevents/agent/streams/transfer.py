"""One connection to the streaming port: a handshake comes in, an action's output goes out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from pytest_kbevents.agent.actions.action import Action, Call
from pytest_kbevents.agent.actions.answer import Answer, Database, Run
from pytest_kbevents.agent.actions.running import cut_at_limit, in_micros, limit
from pytest_kbevents.agent.config.calljson import decode
from pytest_kbevents.agent.releases import AgentBehaviours
from pytest_kbevents.agent.streams.network import Connection
from pytest_kbevents.clock import Clock

CHUNK = 64 * 1024
ESCAPE = len("uXXXX")
PARTS = 10
"""A dump that takes its time writes so many parts of it, one after the other."""


class Transfer:
    """Stepped when ``due``, until it is ``over``."""

    def __init__(
        self,
        connection: Connection,
        allowed: Mapping[str, Action],
        database: Database,
        behaviours: AgentBehaviours,
        clock: Clock,
    ) -> None:
        self.over = False
        self._connection = connection
        self._allowed = allowed
        self._database = database
        self._behaviours = behaviours
        self._clock = clock
        self._heard = b""
        self._parts: list[tuple[int, bytes]] | None = None
        self._aborts = False

    def due(self) -> int | None:
        """When the next step may be taken, in microseconds since the epoch."""
        if self._parts is None:
            return self._clock.micros() if self._connection.ready() else None
        return self._parts[0][0] if self._parts else self._clock.micros()

    def step(self) -> None:
        """Listen, write, or end."""
        if self._parts is None:
            self._listen()
        elif self._parts:
            self._connection.send(self._parts.pop(0)[1])
        else:
            self.end(aborts=self._aborts)

    def end(self, *, aborts: bool) -> None:
        """Close the connection, or break it off."""
        self.over = True
        (self._connection.abort if aborts else self._connection.close)()

    def _listen(self) -> None:
        self._heard += self._connection.take()
        try:
            text = self._heard.decode()
            _, end = json.JSONDecoder().raw_decode(text.lstrip())
            call = decode(text.lstrip()[:end])
        except (ValueError, RecursionError) as error:
            if self._connection.over() or not _is_incomplete(error):
                self.end(aborts=False)
            return
        action = self._allowed.get(call.action)
        if action is None:
            self.end(aborts=False)
        else:
            self._dump(action, call)

    def _dump(self, action: Action, call: Call) -> None:
        limits = self._behaviours.limits_actions
        asked, capped = replace(call, timeout=None) if limits else call, self._behaviours.caps_transfers
        seconds = limit(action, asked, self._behaviours, capped=capped)
        answer = self._database.run(Run(action, call, limit=seconds, whole_group=limits))
        ended = cut_at_limit(answer, in_micros(seconds))
        failed = not ended.succeeded
        self._aborts = answer.cut_after is not None or (failed and self._behaviours.aborts_failed_dumps)
        now = self._clock.micros()
        self._parts = _parts(answer, now)
        if ended is not answer:  # it is killed before it has written all
            last = now + ended.latency
            self._parts = [part for part in self._parts if part[0] <= last] + [(last, b"")]


def _parts(answer: Answer, now: int) -> list[tuple[int, bytes]]:
    """What is written when: evenly over the time that it takes."""
    output = answer.output if answer.cut_after is None else answer.output[: answer.cut_after]
    if not answer.latency:
        return [(now, output[start : start + CHUNK]) for start in range(0, len(output), CHUNK)]
    size = max(-(-len(output) // PARTS), 1)
    return [
        (now + answer.latency * (number + 1) // PARTS, output[number * size : (number + 1) * size])
        for number in range(PARTS)
    ]


def _is_incomplete(error: Exception) -> bool:
    """Whether more bytes could make it a document."""
    if isinstance(error, UnicodeDecodeError):
        return error.reason == "unexpected end of data"
    if not isinstance(error, json.JSONDecodeError):
        return False
    rest = error.doc[error.pos :].rstrip()
    in_escape = error.msg.startswith("Invalid \\") and len(rest) <= ESCAPE
    in_word = any(word.startswith(rest) for word in ("true", "false", "null", "-"))
    return error.msg.startswith("Unterminated string") or in_escape or in_word
