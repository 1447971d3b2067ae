"""Connections between Pods: bytes both ways, read without waiting, over whatever lies between."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from pytest_kbevents.agent.ticks import asleep
from pytest_kbevents.errors import KbEventsError


class Unreachable(KbEventsError):
    """There is no connection; the text is Go's."""


class Connection(Protocol):
    """One end. ``close`` says that no more will come; ``abort`` breaks the connection off."""

    heard: Callable[[], None]
    """To be set by who reads it: called, from any thread, when there is something new to be taken."""

    def send(self, data: bytes) -> None:
        """To the other end; what is sent into a connection that is gone is lost."""

    def take(self) -> bytes:
        """What has come since; empty when there is nothing now."""

    def ready(self) -> bool:
        """Whether ``take`` or ``over`` has something to say."""

    def over(self) -> bool:
        """Whether nothing will come any more: closed, or broken."""

    def broken(self) -> bool:
        """Whether it was broken off."""

    def addresses(self) -> str:
        """``<here>-><there>``, as Go tells of an error."""

    def close(self) -> None:
        """Idempotent."""

    def abort(self) -> None:
        """Idempotent."""


T = TypeVar("T")

SOMEWHERE = "10.0.255.254"
"""The IP that a Pod seems to connect from."""

Accept = Callable[[Connection], None]
"""What a listener does with a new connection."""


class Dialer(Protocol):
    """How a Pod reaches another."""

    def connect(self, host: str, port: int, seconds: int) -> Connection:
        """To ``<pod>.<service>...`` or an IP. Raises Unreachable."""


class Network(Dialer, Protocol):
    """How Pods find each other."""

    def listen(self, pod: str, address: str, accept: Accept) -> None:
        """From now on, connections to the streaming port of ``pod``, whose IP is ``address``, go to ``accept``."""

    def leave(self, pod: str) -> None:
        """Nobody listens there any more. Idempotent."""

    def close(self) -> None:
        """Nobody listens any more."""


@dataclass(slots=True)
class _Pipe:
    """One direction of a connection within the process."""

    came: deque[bytes] = field(default_factory=deque)
    over: bool = False
    broken: bool = False
    heard: Callable[[], None] = asleep


class Wire:
    """One end of a connection within the process."""

    def __init__(self, inward: _Pipe, outward: _Pipe, addresses: str) -> None:
        self._in, self._out = inward, outward
        self._addresses = addresses

    def send(self, data: bytes) -> None:
        if data and not self._out.over:
            self._out.came.append(data)
            self._out.heard()

    def take(self) -> bytes:
        return self._in.came.popleft() if self._in.came else b""

    def ready(self) -> bool:
        return bool(self._in.came) or self._in.over

    def over(self) -> bool:
        return self._in.over and not self._in.came

    def broken(self) -> bool:
        return self._in.broken

    def addresses(self) -> str:
        return self._addresses

    def close(self) -> None:
        self._out.over = True
        self._out.heard()

    def abort(self) -> None:
        for pipe in (self._in, self._out):
            pipe.over = pipe.broken = True
            pipe.heard()

    @property
    def heard(self) -> Callable[[], None]:
        """Called when something has come."""
        return self._in.heard

    @heard.setter
    def heard(self, alarm: Callable[[], None]) -> None:
        self._in.heard = alarm


class Wires:
    """The simulated world's network: a connection is there at once, and what is sent has come."""

    def __init__(self) -> None:
        self._doors: dict[str, tuple[str, Accept | None]] = {}

    def listen(self, pod: str, address: str, accept: Accept) -> None:
        self._doors[pod] = (address, accept)

    def leave(self, pod: str) -> None:
        if pod in self._doors:
            self._doors[pod] = (self._doors[pod][0], None)

    def connect(self, host: str, port: int, seconds: int) -> Connection:
        del seconds  # it takes no time
        address, accept = found(self._doors, host)
        if accept is None:
            raise Unreachable(f"dial tcp {address}:{port}: connect: connection refused")
        there, back = _Pipe(), _Pipe()
        source, target = f"{SOMEWHERE}:40000", f"{address}:{port}"
        accept(Wire(there, back, f"{target}->{source}"))
        return Wire(back, there, f"{source}->{target}")

    def close(self) -> None:
        self._doors.clear()


def found(doors: Mapping[str, tuple[str, T]], host: str) -> tuple[str, T]:
    """The door of a Pod, by its IP or by the first label of its name. Raises Unreachable."""
    pod = host.partition(".")[0]
    for name, door in doors.items():
        if host == door[0] or name == pod:
            return door
    raise Unreachable(f"dial tcp: lookup {host}: no such host")
