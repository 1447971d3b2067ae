"""The HTTP door: a WSGI app around the server. Serialises, checks the token, streams watches; decides nothing else."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from time import monotonic
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from pytest_kbevents.api import status
from pytest_kbevents.api.http import JSON, Request, Response
from pytest_kbevents.apiserver.access.users import AUTHENTICATED, MASTERS, User
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.apiserver.verbs.incoming import BODY_LIMIT
from pytest_kbevents.apiserver.verbs.watching import Subscription
from pytest_kbevents.errors import ApiError, BadRequest, RequestEntityTooLarge

WATCH_SECONDS = 3600.0
"""How long a watch lasts when the client does not say."""
BOOKMARK_SECONDS = 60.0
"""How often a reader who asked for bookmarks is told how far the watch is."""
LAST_BOOKMARK_SECONDS = 2.0
"""How long before a watch ends its reader is told so once more."""
ADMIN = User("admin", (MASTERS, AUTHENTICATED), uid="admin")
"""Who knows the token."""

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[[str, list[tuple[str, str]]], Callable[[bytes], object]]


class App:
    """Serves one Server to those who know the token: as a bearer token, or as the first segment of the path.

    The second way is for kubectl and all of client-go, which send no Authorization header over plain HTTP
    (docs/adr/0002). Whoever knows neither is anonymous, and may ask whether the server is well.
    """

    def __init__(self, server: Server, token: str, on_watch: Callable[[int], None] = lambda _: None) -> None:
        """``on_watch`` is told, as a watch begins, how many are running: each keeps the thread that serves it."""
        self._server = server
        self._token = token
        self._on_watch = on_watch
        self._watches: set[Subscription] = set()
        self._ending = False
        server.authentication.accept(token, ADMIN)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        try:
            request = self._request(environ)
            response = self._server.send(request)
        except ApiError as error:
            return _send(environ, start_response, Response(error.answered, status.failure(error)))
        except Exception as error:  # noqa: BLE001 - whatever a body makes us do wrong, the answer is a Status
            internal = ApiError(f"Internal error occurred: {error!r}")
            return _send(environ, start_response, Response(500, status.failure(internal)))
        if response.stream is None:
            return _send(environ, start_response, response)
        assert isinstance(response.stream, Subscription)
        self._watches.add(response.stream)
        if self._ending:  # asked for after the others, it would be the one that is never closed
            response.stream.close()
        self._on_watch(len(self._watches))
        write = start_response("200 OK", [("Content-Type", response.headers.get("content-type", JSON))])
        try:
            write(b"")  # sends the headers: a client waits for them, and the first change may be long in coming
        except BaseException:
            self._end(response.stream)
            raise
        return self._lines(response.stream, _watch_seconds(request))

    def close(self) -> None:
        """End every watch, and each that is still asked for, so that the threads that serve them can go."""
        self._ending = True
        self.end_watches()

    def end_watches(self) -> None:
        """Close every running watch: their readers begin anew."""
        for watch in tuple(self._watches):
            watch.close()

    def _request(self, environ: Environ) -> Request:
        path, authorization = self._door(environ)
        stated = str(environ.get("CONTENT_LENGTH") or "0")
        if not (stated.isascii() and stated.isdigit()):
            raise BadRequest("Content-Length must be a whole number")
        length = int(stated)
        if length > BODY_LIMIT:
            raise RequestEntityTooLarge(f"Request entity too large: limit is {BODY_LIMIT}")
        raw = environ["wsgi.input"].read(length)
        headers = {name: environ[key] for name, key in _HEADERS.items() if key in environ}
        return Request(
            environ["REQUEST_METHOD"],
            path,
            dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)),
            raw if raw or environ["REQUEST_METHOD"] in ("POST", "PUT", "PATCH") else None,
            environ.get("CONTENT_TYPE") or JSON,
            environ.get("HTTP_ACCEPT", ""),
            environ.get("HTTP_USER_AGENT", ""),
            headers | {"authorization": authorization},
        )

    def _door(self, environ: Environ) -> tuple[str, str]:
        """The path without the token, and what the request shows of who asks."""
        path: str = environ.get("PATH_INFO", "/")
        first, _, rest = path.lstrip("/").partition("/")
        if hmac.compare_digest(first.encode("utf-8", "surrogateescape"), self._token.encode()):
            return f"/{rest}", f"Bearer {self._token}"
        return path, environ.get("HTTP_AUTHORIZATION", "")

    def _lines(self, watch: Subscription, seconds: float) -> Iterator[bytes]:
        """One JSON document a line until the time is up or the server stops. A client's going shows at a write."""
        until = monotonic() + seconds
        told = monotonic()
        last_told = not watch.bookmarks
        try:
            while not watch.ended() and (left := until - monotonic()) > 0:
                pause = left if last_told else min(max(left - LAST_BOOKMARK_SECONDS, 0.01), BOOKMARK_SECONDS)
                if watch.wait(pause) and (item := watch.take()) is not None:
                    yield _dumped({"type": item.type, "object": item.object}) + b"\n"
                elif watch.bookmarks and not last_told and not watch.ended():
                    last_told = until - monotonic() <= LAST_BOOKMARK_SECONDS
                    if last_told or monotonic() - told >= BOOKMARK_SECONDS:
                        told = monotonic()
                        mark = watch.progress(self._server.store.revision)
                        yield _dumped({"type": mark.type, "object": mark.object}) + b"\n"
        finally:
            self._end(watch)

    def _end(self, watch: Subscription) -> None:
        watch.close()
        self._watches.discard(watch)


_HEADERS = {
    "impersonate-user": "HTTP_IMPERSONATE_USER",
    "impersonate-group": "HTTP_IMPERSONATE_GROUP",
    "impersonate-uid": "HTTP_IMPERSONATE_UID",
    "if-none-match": "HTTP_IF_NONE_MATCH",
}
"""What a request may carry beside the headers that every one has, and WSGI's names for it."""


def _watch_seconds(request: Request) -> float:
    asked = request.query.get("timeoutSeconds", "")
    return float(asked) if asked.isascii() and asked.isdigit() and int(asked) > 0 else WATCH_SECONDS


def _send(environ: Environ, start_response: StartResponse, response: Response) -> list[bytes]:
    body = response.body
    payload = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else _dumped(body)
    if environ["REQUEST_METHOD"] == "HEAD":
        payload = b""  # on a connection that is kept, a client would read it as the start of its next answer
    content_type = "text/plain; charset=utf-8" if isinstance(body, str) else JSON
    told = {"content-type": content_type, "content-length": str(len(payload)), **response.headers}
    headers = [(name.title(), value) for name, value in told.items()]
    start_response(f"{response.status} {HTTPStatus(response.status).phrase}", headers)
    return [payload]


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
