"""A transport around a transport: what was sent is a line in the log, and so is what could not be sent."""

from __future__ import annotations

import logging
from typing import Any

from pytest_kbevents.agent.logs import fields
from pytest_kbevents.api import status
from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.errors import NoAnswer, NotFound

_LOG = logging.getLogger(__name__)


class LoggedTransport:
    """Logs each Event that was written, and each request that failed. That one was not found is no failure."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def send(self, request: Request) -> Response:
        """Answer ``request``. Raises NoAnswer."""
        try:
            response = self._transport.send(request)
        except NoAnswer as error:
            _failed(request, error)
            raise
        if response.status >= 400:
            refusal = status.to_error(response.status, response.body)
            if request.method != "GET" or not isinstance(refusal, NotFound):
                _failed(request, refusal)
        elif request.method != "GET":
            _LOG.info("Event sent", extra=fields(**_told(response.body)))
        return response


def _failed(request: Request, error: Exception) -> None:
    _LOG.error("failed to send an Event", extra=fields(method=request.method, error=str(error)))


def _told(event: Any) -> dict[str, Any]:
    name = event["metadata"]["name"]
    return {"event": name, "reason": event.get("reason"), "count": event.get("count")}
