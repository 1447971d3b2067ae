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
from pytest_kbevents.api.http import Request
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.apiserver.subscription import Subscription
from pytest_kbevents.errors import ApiError, BadRequest, Unauthorized

BODY_LIMIT = 3 * 1024 * 1024
"""Bytes of one request's body, as the real server's default."""
WATCH_SECONDS = 3600.0
"""How long a watch lasts when the client does not say."""

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[[str, list[tuple[str, str]]], Callable[[bytes], object]]


class App:
    """Serves one Server to those who know the token: as a bearer token, or as the first segment of the path.

    The second way is for kubectl and all of client-go, which send no Authorization header over plain HTTP
    (docs/adr/0002).
    """

    def __init__(self, server: Server, token: str, on_watch: Callable[[int], None] = lambda _: None) -> None:
        """``on_watch`` is told, as a watch begins, how many are running: each keeps the thread that serves it."""
        self._server = server
        self._token = token
        self._on_watch = on_watch
        self._watches: set[Subscription] = set()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        try:
            request = self._request(environ)
            response = self._server.send(request)
        except ApiError as error:
            return _send(start_response, error.answered, status.failure(error))
        except Exception as error:  # noqa: BLE001 - whatever a body makes us do wrong, the answer is a Status
            return _send(start_response, 500, status.failure(ApiError(f"Internal error occurred: {error!r}")))
        if response.stream is None:
            return _send(start_response, response.status, response.body)
        assert isinstance(response.stream, Subscription)
        self._watches.add(response.stream)
        self._on_watch(len(self._watches))
        write = start_response("200 OK", [("Content-Type", "application/json")])
        try:
            write(b"")  # sends the headers: a client waits for them, and the first change may be long in coming
        except BaseException:
            self._end(response.stream)
            raise
        return self._lines(response.stream, _watch_seconds(request))

    def end_watches(self) -> None:
        """Close every running watch, so that the threads that serve them can go."""
        for watch in tuple(self._watches):
            watch.close()

    def _request(self, environ: Environ) -> Request:
        path = self._authenticated(environ)
        body: Any = None
        stated = str(environ.get("CONTENT_LENGTH") or "0")
        if not (stated.isascii() and stated.isdigit()):
            raise BadRequest("Content-Length must be a whole number")
        length = int(stated)
        if length > BODY_LIMIT:
            raise ApiError(f"Request entity too large: limit is {BODY_LIMIT}", code=413)
        if raw := environ["wsgi.input"].read(length):
            try:
                body = json.loads(raw)
            except ValueError as error:
                raise BadRequest(f"the object provided is unrecognized: {error}") from None
        return Request(
            environ["REQUEST_METHOD"],
            path,
            dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)),
            body,
            environ.get("CONTENT_TYPE") or "application/json",
            environ.get("HTTP_ACCEPT", ""),
            environ.get("HTTP_USER_AGENT", ""),
        )

    def _authenticated(self, environ: Environ) -> str:
        """The path without the token. Raises Unauthorized."""
        path: str = environ.get("PATH_INFO", "/")
        scheme, _, given = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        first, _, rest = path.lstrip("/").partition("/")
        if self._is_token(first):
            return f"/{rest}"
        if scheme.lower() == "bearer" and self._is_token(given.strip()):
            return path
        raise Unauthorized("Unauthorized")

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._token.encode())

    def _lines(self, watch: Subscription, seconds: float) -> Iterator[bytes]:
        """One JSON document a line until the time is up or the server stops. A client's going shows at a write."""
        until = monotonic() + seconds
        try:
            while not watch.ended() and (left := until - monotonic()) > 0:
                if watch.wait(left) and (item := watch.take()) is not None:
                    yield _dumped({"type": item.type, "object": item.object}) + b"\n"
        finally:
            self._end(watch)

    def _end(self, watch: Subscription) -> None:
        watch.close()
        self._watches.discard(watch)


def _watch_seconds(request: Request) -> float:
    asked = request.query.get("timeoutSeconds", "")
    return float(asked) if asked.isascii() and asked.isdigit() and int(asked) > 0 else WATCH_SECONDS


def _send(start_response: StartResponse, code: int, body: Any) -> list[bytes]:
    text = isinstance(body, str)
    payload = body.encode() if text else _dumped(body)
    content_type = "text/plain; charset=utf-8" if text else "application/json"
    headers = [("Content-Type", content_type), ("Content-Length", str(len(payload)))]
    start_response(f"{code} {HTTPStatus(code).phrase}", headers)
    return [payload]


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
