"""The hand-over of a new replica's data: connect to the source, ask for its dump, feed it to the load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pytest_kbevents.agent.actions.action import Action, Call
from pytest_kbevents.agent.actions.answer import Answer, Database, Run
from pytest_kbevents.agent.actions.running import cut_at_limit, limit
from pytest_kbevents.agent.config.environment import NewReplica
from pytest_kbevents.agent.releases import AgentBehaviours
from pytest_kbevents.agent.sending.message import quoted
from pytest_kbevents.agent.streams.network import Connection, Dialer, Unreachable
from pytest_kbevents.api.names import DATA_DUMP, DATA_LOAD, TARGET_POD_PARAMETER
from pytest_kbevents.clock import SECOND, Clock

CONNECT_SECONDS, PATIENT_CONNECT_SECONDS = 5, 10
TIE = SECOND // 10
"""By as much a load may be late whose stream ended at its limit: it began after the dump, which may have the same."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of it: the code and the text of the task's Event."""

    code: int = 0
    message: str = ""


class Load:
    """One hand-over. Stepped when ``due``, in microseconds since the epoch, until it says how it ended."""

    def __init__(
        self,
        order: tuple[NewReplica, str],
        load: Action | None,
        surroundings: tuple[Dialer, Database, Clock],
        behaviours: AgentBehaviours,
    ) -> None:
        self._new_replica, self._pod = order
        self._load = load
        self._network, self._database, self._clock = surroundings
        self._behaviours = behaviours
        self._connection: Connection | None = None
        self._is_closed = False
        self._begun = self._clock.micros()
        self._came = bytearray()
        self._answer: Answer | None = None
        self._end: int | None = None

    def due(self) -> int | None:
        """None: bytes must come first."""
        if self._end is not None or self._connection is None:
            return self._end or self._begun
        return self._clock.micros() if self._connection.ready() else None

    def step(self) -> Ended | None:
        """Connect, receive, or end; None while there is more to do."""
        if self._end is not None:
            return self._ended()
        if self._connection is None:
            return self._connect()
        self._came += self._connection.take()
        if self._connection.over():
            return self._stream_ended(self._connection)
        return None

    def close(self) -> None:
        """The worker's process dies, perhaps while another thread connects."""
        self._is_closed = True
        if self._connection is not None:
            self._connection.close()

    def _connect(self) -> Ended | None:
        task = self._new_replica
        if not task.remote:
            return Ended(-1, "remote server is required")
        if task.port == 0:
            return Ended(-1, "remote port is required")
        if self._load is None:
            return Ended(-1, f"{DATA_LOAD} is not supported")
        seconds = CONNECT_SECONDS if self._behaviours.limits_actions else PATIENT_CONNECT_SECONDS
        try:
            self._connection = self._network.connect(task.remote, task.port, seconds)
        except Unreachable as error:
            return Ended(-1, str(error))
        if self._is_closed:
            self._connection.close()
            return None
        self._begun = self._clock.micros()
        self._connection.send(handshake(task.parameters, self._pod).encode())
        return None

    def _stream_ended(self, connection: Connection) -> Ended | None:
        """The load has read all that came; what it then does, and whether its time was up before."""
        connection.close()
        if connection.broken():
            return Ended(-1, f"read tcp {connection.addresses()}: read: connection reset by peer")
        self._answer = self._loaded()
        self._end = self._clock.micros() + self._answer.latency
        return None

    def _loaded(self) -> Answer:
        """What the load makes of the data in the time that is left to it."""
        assert self._load is not None, "checked before it connected"
        limits = self._behaviours.limits_actions
        call = Call(DATA_LOAD, self._parameters(), timeout=None if limits else self._new_replica.timeout)
        seconds = limit(self._load, call, self._behaviours, capped=self._behaviours.caps_transfers)
        left = None if seconds is None else self._begun + seconds * SECOND - self._clock.micros()
        if left is not None and left < -TIE:
            return Answer(exit_code=-1, timed_out=True)
        patience = None if left is None else max(-(-left // SECOND), 1)
        run = Run(self._load, call, limit=patience, data=bytes(self._came), whole_group=limits)
        return cut_at_limit(self._database.run(run), None if left is None else max(left, 0))

    def _ended(self) -> Ended:
        answer = self._answer
        assert answer is not None, "the end is known only with it"
        if answer.timed_out:
            return Ended(-1, "timedOut")
        if answer.not_started:
            return Ended(-1, answer.not_started)
        return Ended() if answer.exit_code == 0 else Ended(-1, f"exit status {answer.exit_code}")

    def _parameters(self) -> dict[str, str]:
        given = dict(self._new_replica.parameters)
        return {**given, TARGET_POD_PARAMETER: self._pod} if given else {}


def handshake(parameters: Mapping[str, str], pod: str) -> str:
    """What the source is asked, as Go writes it: keys of a map in order."""
    named = sorted({**parameters, TARGET_POD_PARAMETER: pod}.items())
    fields = ",".join(f"{quoted(key)}:{quoted(value)}" for key, value in named)
    return f'{{"action":"{DATA_DUMP}","parameters":{{{fields}}}}}'
