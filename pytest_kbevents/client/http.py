"""The transport over a network: somebody's login, urllib3's connections."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from copy import copy
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from pytest_kbevents.api.http import Request, Response, WatchEvent
from pytest_kbevents.client.client import WATCH_SECONDS
from pytest_kbevents.client.incluster import InClusterLogin
from pytest_kbevents.client.login import Login, OfficialLogin
from pytest_kbevents.errors import NoAnswer, NotSent

CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
"""How long an answer may take; how long a watch may be silent beyond its time."""


class HttpTransport:
    """Talks to the cluster of a kubeconfig. ``wake`` is called, from any thread, when a watch has something new."""

    def __init__(self, kubeconfig: str | None, wake: Callable[[], None], context: str | None = None) -> None:
        """Without a kubeconfig, as the service account of the Pod that this runs in; without a context, as the file's
        current one. Raises what the login does: OSError, the official loader's ConfigException, and whatever YAML may
        lead to.
        """
        self._login: Login = InClusterLogin() if kubeconfig is None else OfficialLogin(kubeconfig, context)
        host = self._login.host
        self._prefix = urlsplit(host).path.rstrip("/")
        self._pool = self._login.manager.connection_from_url(host)
        self._absolute = host.removesuffix(self._prefix) if self._is_asked_by_whole_url() else ""
        self._wake = wake
        self._is_lent = False

    def lent(self, wake: Callable[[], None]) -> HttpTransport:
        """Another that shares login and connections with this one, which is not closed before."""
        other = copy(self)
        other._wake, other._is_lent = wake, True  # noqa: SLF001 - it is one of us
        return other

    def send(self, request: Request) -> Response:
        """Answer ``request``. Raises NoAnswer, NotSent."""
        watching = "watch" in request.query
        answer = self._exchange(request, streamed=watching)
        headers = {name.lower(): answer.headers[name] for name in answer.headers}  # one that came twice is joined
        if watching and answer.status < 400:
            return Response(answer.status, stream=_LineStream(answer, self._wake), headers=headers)
        return Response(answer.status, _decoded(answer.data), headers=headers)

    def close(self) -> None:
        """Give the connections back, if they are its own."""
        if not self._is_lent:
            self._login.manager.clear()

    def _is_asked_by_whole_url(self) -> bool:
        """By a proxy of plain HTTP, which could not know else whom a path is for."""
        pool = self._pool
        return pool.proxy is not None and pool.scheme == "http"

    def _exchange(self, request: Request, *, streamed: bool) -> Any:
        from urllib3 import Timeout
        from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

        headers = {"Accept": request.accept, "User-Agent": request.user_agent}
        body = request.body
        if body is not None:
            headers["Content-Type"] = request.content_type
            if not isinstance(body, bytes):
                body = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        headers |= self._login.headers()
        headers |= request.headers
        query = f"?{urlencode(request.query)}" if request.query else ""
        try:
            return self._pool.urlopen(
                request.method,
                f"{self._absolute}{self._prefix}{request.path}{query}",
                body=body,
                headers=headers,
                preload_content=not streamed,
                timeout=Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS + (WATCH_SECONDS if streamed else 0)),
                retries=False,
                assert_same_host=False,
            )
        except (ConnectTimeoutError, NewConnectionError) as error:
            raise NotSent(f"{request.method} {request.path}: {error}") from error
        except HTTPError as error:
            raise NoAnswer(f"{request.method} {request.path}: {error}") from error


class _Lines(Protocol):
    """A streamed HTTP answer, as urllib3 gives it."""

    def stream(self) -> Iterable[bytes]: ...
    def shutdown(self) -> None: ...
    def release_conn(self) -> None: ...
    def close(self) -> None: ...


class _LineStream:
    """A watch over HTTP: one thread reads, ``take`` never waits."""

    def __init__(self, answer: _Lines, wake: Callable[[], None]) -> None:
        self._answer = answer
        self._wake = wake
        self._items: deque[WatchEvent] = deque()
        self._ended = False
        self._thread = threading.Thread(target=self._read, name="kbevents-watch", daemon=True)
        self._thread.start()

    def ready(self) -> bool:
        return bool(self._items) or self._ended

    def take(self) -> WatchEvent | None:
        return self._items.popleft() if self._items else None

    def ended(self) -> bool:
        return self._ended and not self._items

    def close(self) -> None:
        with suppress(OSError, ValueError, RuntimeError):  # what an answer that has ended by itself says
            self._answer.shutdown()  # wakes the reader out of its recv; close() alone would not
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _read(self) -> None:
        from urllib3.exceptions import HTTPError

        rest = b""
        try:
            for chunk in self._answer.stream():
                *lines, rest = (rest + chunk).split(b"\n")
                for line in filter(None, lines):
                    item = json.loads(line)
                    self._items.append(WatchEvent(item["type"], item["object"]))
                self._wake()
        except (HTTPError, OSError, ValueError, LookupError):
            pass  # a broken watch, or none at all, is an ended watch: its reader lists again
        finally:
            self._ended = True
            self._answer.close()
            self._wake()


def _decoded(body: bytes) -> Any:
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")
