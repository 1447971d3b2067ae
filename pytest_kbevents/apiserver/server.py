"""The server: one request in, one answer out. It is the transport of the simulated world as it stands."""

from __future__ import annotations

import random

from pytest_kbevents.api import status
from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS
from pytest_kbevents.apiserver import discovery
from pytest_kbevents.apiserver.audit import Audit, AuditEntry
from pytest_kbevents.apiserver.registry import Registry, Route
from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.apiserver.strategy import Strategy
from pytest_kbevents.apiserver.verbs import Verbs
from pytest_kbevents.clock import Clock
from pytest_kbevents.errors import ApiError, MethodNotAllowed

FIRST_NAMESPACES = ("default", "kube-node-lease", "kube-public", "kube-system")
"""What every cluster has."""


class Server:
    """An API server with an empty cluster behind it."""

    def __init__(self, clock: Clock, rng: random.Random) -> None:
        self.audit = Audit()
        self.store = Store()
        self._clock = clock
        self._registry = Registry()
        self.store.subscribe(CUSTOM_RESOURCE_DEFINITIONS.qualified, None, self._registry.follow)
        self._verbs = Verbs(self.store, self._registry, Strategy(clock, rng))
        for name in FIRST_NAMESPACES:
            self.send(Request("POST", "/api/v1/namespaces", body={"metadata": {"name": name}}, user_agent="apiserver"))

    def send(self, request: Request) -> Response:
        """Answer; every error of the API is a Status."""
        with self.store.transaction():
            before = self.store.revision
            try:
                response = self._answer(request)
            except ApiError as error:
                response = Response(error.answered, status.failure(error))
            committed = self.store.revision if self.store.revision > before else None
            problem = response.body["message"] if response.status >= 400 else ""
            self.audit.add(
                AuditEntry(
                    self._clock.micros(),
                    request.user_agent,
                    request.method,
                    request.path,
                    response.status,
                    committed,
                    problem,
                )
            )
        return response

    def _answer(self, request: Request) -> Response:
        if request.method == "GET" and (document := discovery.document(self._registry, request.path)) is not None:
            return Response(200, document)
        route = self._registry.route(request.path)
        return self._verb(request, route)

    def _verb(self, request: Request, route: Route) -> Response:
        match request.method, bool(route.name):
            case "GET", _ if request.query.get("watch", "false").lower() not in ("false", "0"):
                return Response(200, stream=self._verbs.watch(route, request.query))
            case "GET", True:
                return Response(200, self._verbs.get(route))
            case "GET", False:
                return Response(200, self._verbs.list(route, request.query))
            case "POST", False if bool(route.namespace) == route.resource.namespaced:
                return Response(201, self._verbs.create(route, request.body))
            case "PUT", True:
                return Response(200, self._verbs.update(route, request.body))
            case "PATCH", True:
                return Response(200, self._verbs.patch(route, request.body, request.content_type))
            case "DELETE", True:
                return Response(200, self._verbs.delete(route, request.body))
        raise MethodNotAllowed("the server does not allow this method on the requested resource")
