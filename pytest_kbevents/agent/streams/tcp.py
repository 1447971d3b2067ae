"""Connections over TCP: a thread reads, and whoever drives the agent writes."""

from __future__ import annotations

import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from pytest_kbevents.agent.streams.network import Accept, Unreachable

READ_SIZE = 64 * 1024
AGAIN = 0.1
"""Seconds after which it is accepted again when that failed."""
BREAK_OFF = struct.pack("ii", 1, 0)
"""SO_LINGER of no time: closing sends a reset instead of the end."""


class TcpConnection:
    """One end. ``wake`` is called, from another thread, when something has come and nobody reads it yet."""

    def __init__(self, connected: socket.socket, wake: Callable[[], None]) -> None:
        self._socket = connected
        self._addresses = f"{_text(connected.getsockname())}->{_text(connected.getpeername())}"
        self.heard: Callable[[], None] = wake
        """Called when something has come."""
        self._came: deque[bytes] = deque()
        self._over = self._broken = self._closed = False
        self._reader = threading.Thread(target=self._read, name="kbevents stream", daemon=True)
        self._reader.start()

    def send(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError:
            self._over = self._broken = True

    def take(self) -> bytes:
        return self._came.popleft() if self._came else b""

    def ready(self) -> bool:
        return bool(self._came) or self._over

    def over(self) -> bool:
        return self._over and not self._came

    def broken(self) -> bool:
        return self._broken

    def addresses(self) -> str:
        return self._addresses

    def close(self) -> None:
        self._end()

    def abort(self) -> None:
        with suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, BREAK_OFF)
        self._end(aborts=True)

    def _end(self, *, aborts: bool = False) -> None:
        """The reader holds the socket in its recv: it is woken first."""
        if self._closed:
            return
        self._closed = True
        if not aborts:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_WR)
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RD)
        if threading.current_thread() is not self._reader:
            self._reader.join()
        self._socket.close()

    def _read(self) -> None:
        try:
            while data := self._socket.recv(READ_SIZE):
                self._came.append(data)
                self.heard()
        except OSError:
            self._broken = True
        self._over = True
        self.heard()


class TcpListener:
    """Accepts at one port; ``accept`` is called from a thread of its own."""

    def __init__(self, address: tuple[str, int], accept: Accept, wake: Callable[[], None]) -> None:
        """Raises OSError when the port cannot be had."""
        self._socket = socket.create_server(address)
        self.port: int = self._socket.getsockname()[1]
        """Where it listens."""
        self._accept = accept
        self._wake = wake
        self._closed, self._pause = False, threading.Event()
        self._thread = threading.Thread(target=self._serve, name="kbevents streaming port", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Accept no more."""
        self._closed = True
        self._pause.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes the thread out of its accept
        self._socket.close()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _serve(self) -> None:
        while not self._closed:
            try:
                connected, _ = self._socket.accept()
            except OSError:
                self._pause.wait(AGAIN)  # too many are open, perhaps; when it is closed, at once
                continue
            with suppress(OSError), _closing_on_error(connected):  # one that is gone already
                self._accept(TcpConnection(connected, self._wake))
                self._wake()


def dial(address: tuple[str, int], seconds: float, wake: Callable[[], None]) -> TcpConnection:
    """Connect. Raises Unreachable in Go's words."""
    host, port = address
    try:
        connected = socket.create_connection(address, seconds)
    except socket.gaierror:
        raise Unreachable(f"dial tcp: lookup {host}: no such host") from None
    except TimeoutError:
        raise Unreachable(f"dial tcp {host}:{port}: i/o timeout") from None
    except OSError as error:
        raise Unreachable(f"dial tcp {host}:{port}: connect: {(error.strerror or str(error)).lower()}") from None
    connected.settimeout(None)
    try:
        with _closing_on_error(connected):
            return TcpConnection(connected, wake)
    except OSError as error:
        raise Unreachable(f"dial tcp {host}:{port}: connect: {(error.strerror or str(error)).lower()}") from None


@contextmanager
def _closing_on_error(connected: socket.socket) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connected.close()
        raise


def _text(address: tuple[str, int]) -> str:
    return f"{address[0]}:{address[1]}"
