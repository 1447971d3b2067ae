"""A transport around a transport: where faults are put and requests are seen, without either end knowing."""

from __future__ import annotations

from collections.abc import Callable

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.protocols import Handler, Transport

Interceptor = Callable[[Request, Handler], Response]
"""Answers a request itself, or hands it (or another) on by calling the handler."""


class Intercepted:
    """Every request goes through ``interceptors``, the newest first; the list may change while it is in use."""

    def __init__(self, transport: Transport, interceptors: list[Interceptor]) -> None:
        self._transport = transport
        self._interceptors = interceptors

    def send(self, request: Request) -> Response:
        """Answer ``request``."""
        return self._through(tuple(self._interceptors), request)

    def _through(self, interceptors: tuple[Interceptor, ...], request: Request) -> Response:
        if not interceptors:
            return self._transport.send(request)
        return interceptors[-1](request, lambda inner: self._through(interceptors[:-1], inner))
