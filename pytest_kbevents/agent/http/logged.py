"""A service around a service: each call of the API is a line in the log (``--api-logging``)."""

from __future__ import annotations

import logging

from pytest_kbevents.agent.http.service import Reply, Service
from pytest_kbevents.agent.logs import fields

_LOG = logging.getLogger(__name__)


class LoggedService:
    """What is asked, and with which status it was answered; not what is in it."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def answer(self, method: str, path: str, body: bytes) -> Reply:
        reply = self._service.answer(method, path, body)
        _LOG.info("HTTP API called", extra=fields(method=method, url=path, status=reply.status))
        return reply
