"""Serves kbagent's HTTP port (event-pipeline.md section 6, HTTP)."""

from __future__ import annotations

import logging
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from cheroot.server import HTTPConnection
from cheroot.wsgi import Server

from pytest_kbevents.agent.http.service import Service
from pytest_kbevents.agent.panic import Panic

LONGEST_SILENCE = 3600
"""Seconds after which an idle connection is closed."""
LONGEST_STOP = 2
"""Seconds after which what still goes on is left behind."""
LOOK_SECONDS = 0.1
"""How often cheroot looks whether it is to stop."""
WAITING = 128
"""Connections that may wait to be accepted."""
CHUNK = 64 * 1024

_FULL = b"The connection cannot be served because Server.Concurrency limit exceeded"
FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Type: text/plain\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(_FULL), _FULL)
)

_LOG = logging.getLogger(__name__)

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


class HttpServer:
    """Serves at a host and a port, or at a unix socket's path, between ``start`` and ``stop``.

    As many connections as ``max_concurrency`` are served side by side, idle ones count; the next one is told that it
    is one too many. ``failed`` is given what the service raises, in the thread that served; that caller gets a 500.
    """

    def __init__(
        self,
        service: Service,
        address: tuple[str, int] | str,
        max_concurrency: int,
        failed: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        self._http = _Server(address, _App(service, failed), max_concurrency)
        self._ready = threading.Event()
        self._problem: OSError | None = None
        self._thread = threading.Thread(target=self._serve, name="kbevents kbagent http", daemon=True)

    @property
    def port(self) -> int:
        """Where it listens, once it does; 0 at a unix socket."""
        address = self._http.bind_addr
        return 0 if isinstance(address, str) else int(address[1])

    def start(self) -> None:
        """When this returns, it answers. Raises Panic when the address cannot be had."""
        self._thread.start()
        self._ready.wait()
        if self._problem is not None:
            _LOG.error("cannot listen: %s", self._problem)
            raise Panic("no endpoint to listen on")

    def stop(self) -> None:
        """Close the connections; calls under way are left behind when they last longer. Idempotent."""
        if not self._ready.is_set():
            return
        closing = threading.Thread(target=self._http.stop, name="kbevents kbagent http stop", daemon=True)
        closing.start()
        closing.join(LONGEST_STOP)
        self._thread.join(LONGEST_STOP)

    def _serve(self) -> None:
        """The threads that a daemon starts are daemons: a call that never ends does not keep the process."""
        try:
            self._http.prepare()
        except OSError as error:
            self._problem = error
        self._ready.set()
        if self._problem is None:
            self._http.serve()


class _App:
    """WSGI around a service."""

    def __init__(self, service: Service, failed: Callable[[Exception], None]) -> None:
        self._service = service
        self._failed = failed

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        method, body = environ["REQUEST_METHOD"], environ["wsgi.input"].read()
        try:
            reply = self._service.answer(method, environ["PATH_INFO"], body)
        except Exception as error:
            self._failed(error)
            raise
        headers = {"Content-Length": str(len(reply.body)), **reply.headers}
        if reply.content_type:
            headers["Content-Type"] = reply.content_type
        start_response(f"{reply.status} {HTTPStatus(reply.status).phrase}", list(headers.items()))
        return [] if method == "HEAD" else [reply.body]


class _Connection(HTTPConnection):
    """Says when it ends, and lets go at once of what a client that went away will not read."""

    refused = False

    def refuse(self) -> None:
        """Tell the client. Its end of the connection is left to it: what is closed over unread bytes is reset, and the
        client might not see the answer.
        """
        self.refused = True
        with suppress(OSError):
            self.socket.sendall(FULL)
            self.socket.shutdown(socket.SHUT_WR)

    def gone(self) -> bool:
        """Pass over what a refused client has sent; whether it has closed its end."""
        try:
            return not self.socket.recv(CHUNK)
        except OSError:
            return True

    def close(self) -> None:
        self.server.admitted.discard(self)
        with suppress(OSError):
            self.wfile.close()
        super().close()


class _Server(Server):
    """Counts connections from accept to close. A new one has no thread before it says something."""

    ConnectionClass = _Connection
    keep_alive_conn_limit = sys.maxsize
    expiration_interval = LOOK_SECONDS

    def __init__(self, address: tuple[str, int] | str, app: _App, max_concurrency: int) -> None:
        super().__init__(
            address,
            app,
            numthreads=max_concurrency,
            request_queue_size=WAITING,
            timeout=LONGEST_SILENCE,
            shutdown_timeout=LONGEST_STOP // 2,
        )
        self.admitted: set[_Connection] = set()
        """Those that are open, without the refused ones."""
        self._limit = max_concurrency

    def process_conn(self, conn: _Connection) -> None:
        """Called in the thread that accepts, for a connection that is new and for one that can be read."""
        if conn in self.admitted:
            super().process_conn(conn)
        elif conn.refused and conn.gone():
            conn.close()
        else:
            if not conn.refused:
                self._admit(conn)
            self.put_conn(conn)

    def _admit(self, conn: _Connection) -> None:
        if len(self.admitted) < self._limit:
            self.admitted.add(conn)
        else:
            conn.refuse()

    def put_conn(self, conn: _Connection) -> None:
        """Wait for its next bytes, or close it: cheroot looks whether it stops, and may stop then."""
        try:
            super().put_conn(conn)
        except (ValueError, KeyError, OSError):  # what is asked of a selector that has been closed
            conn.close()

    @staticmethod
    def bind_socket(socket_: socket.socket, bind_addr: Any) -> socket.socket:
        """It may be bound again at once, also where the first port was any; one that cannot be bound is closed. Cheroot
        forgets both.
        """
        if socket_.family != socket.AF_UNIX:
            socket_.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            socket_.bind(bind_addr)
        except OSError:
            socket_.close()
            raise
        return socket_

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        _LOG.log(level, "%s", msg, exc_info=traceback)
