"""The embedded server on a loopback port."""

from __future__ import annotations

import threading
from contextlib import suppress

from cheroot.server import HTTPConnection
from cheroot.wsgi import Server as HttpServer

from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.apiserver.wsgi import App

SPARE_THREADS = 32
"""Requests served side by side, beside any number of watches, each of which holds a thread."""


class _Connection(HTTPConnection):
    """Lets go now of what a client that went away will not read, instead of when it is garbage collected."""

    def close(self) -> None:
        with suppress(OSError):
            self.wfile.close()
        super().close()


class _Server(HttpServer):
    """Stops while threads hand back the connections they served."""

    def put_conn(self, conn: HTTPConnection) -> None:
        """Keep a connection for its next request, or close it: cheroot looks whether it stops, and may stop then."""
        try:
            super().put_conn(conn)
        except (ValueError, KeyError, OSError):  # what is asked of a selector that has been closed
            conn.close()


IDLE_SECONDS = 60
"""How long a connection may say nothing; one that a client is about to use again must not be closed under it."""
WAITING = 128
"""Connections that may wait to be accepted; many clients come at once."""
EXPIRY_SECONDS = 1.0
"""How often Events that have lasted long enough are looked for."""


class Listener:
    """Serves ``server`` over HTTP on 127.0.0.1 at a free port, between ``start`` and ``stop``."""

    def __init__(self, server: Server, token: str, port: int = 0) -> None:
        self._token = token
        self._server = server
        self._app = App(server, token, self._make_room)
        self._stopped = threading.Event()
        self._expiry = threading.Thread(target=self._expire, name="kbevents-expiry", daemon=True)
        self._room = SPARE_THREADS
        self._growing = threading.Lock()
        self._http = _Server(
            ("127.0.0.1", port),
            self._app,
            numthreads=SPARE_THREADS,
            request_queue_size=WAITING,
            timeout=IDLE_SECONDS,
            shutdown_timeout=1,
        )
        self._http.ConnectionClass = _Connection
        self._thread = threading.Thread(target=self._http.serve, name="kbevents-apiserver", daemon=True)

    @property
    def address(self) -> str:
        """The URL that clients are given. It carries the token, see ``App``."""
        return f"http://127.0.0.1:{self._http.bind_addr[1]}/{self._token}"

    def start(self) -> None:
        """Bind and serve in a thread; when this returns, the port answers. Raises OSError."""
        self._http.prepare()
        self._thread.start()
        self._expiry.start()

    def stop(self) -> None:
        """End the watches, then the threads."""
        self._stopped.set()
        self._app.close()
        self._http.stop()
        self._thread.join()
        self._expiry.join()

    def _expire(self) -> None:
        while not self._stopped.wait(EXPIRY_SECONDS):
            self._server.expire()

    def _make_room(self, watches: int) -> None:
        """Keep threads for requests however many watches there are, or nobody could be answered any more."""
        with self._growing:
            while self._room < watches + SPARE_THREADS:
                self._http.requests.grow(SPARE_THREADS)
                self._room += SPARE_THREADS
