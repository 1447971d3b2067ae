"""The network of live worlds whose Pods have no machine of their own: real TCP, over this machine's loopback."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pytest_kbevents.agent.streams.network import Accept, Connection, Unreachable, found
from pytest_kbevents.agent.streams.tcp import TcpListener, dial

HERE = "127.0.0.1"


class Loopback:
    """Each Pod has a port that is free; whoever asks for its name or its IP is led there."""

    def __init__(self, wake: Callable[[], None]) -> None:
        """``wake`` is called, from any thread, when something has come."""
        self._wake = wake
        self._doors: dict[str, tuple[str, TcpListener | None]] = {}
        self._lock = threading.Lock()

    def listen(self, pod: str, address: str, accept: Accept) -> None:
        listener = TcpListener((HERE, 0), accept, self._wake)
        with self._lock:
            self._doors[pod] = (address, listener)

    def leave(self, pod: str) -> None:
        with self._lock:
            address, listener = self._doors.get(pod, ("", None))
            self._doors[pod] = (address, None)
        if listener is not None:
            listener.close()

    def connect(self, host: str, port: int, seconds: int) -> Connection:
        with self._lock:
            address, listener = found(self._doors, host)
        if listener is None:
            raise Unreachable(f"dial tcp {address}:{port}: connect: connection refused")
        return dial((HERE, listener.port), seconds, self._wake)

    def close(self) -> None:
        for pod in tuple(self._doors):
            self.leave(pod)
