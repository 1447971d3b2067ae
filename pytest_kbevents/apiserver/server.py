"""The server: one request in, one answer out. It is the transport of the simulated world as it stands."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from pytest_kbevents.api import status, times
from pytest_kbevents.api.http import PLAIN, Request, Response
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS
from pytest_kbevents.apiserver import bootstrap
from pytest_kbevents.apiserver.access.authentication import Authentication
from pytest_kbevents.apiserver.access.authorization import Authorization
from pytest_kbevents.apiserver.access.users import LOOPBACK, User
from pytest_kbevents.apiserver.audit import Audit, AuditEntry
from pytest_kbevents.apiserver.controllers.imitation import Imitation
from pytest_kbevents.apiserver.dispatch import Dispatch, verb_of
from pytest_kbevents.apiserver.expiry import Expiry
from pytest_kbevents.apiserver.identity import Identity
from pytest_kbevents.apiserver.kinds.rules import Moment
from pytest_kbevents.apiserver.registry import NO_RESOURCE, Registry
from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.apiserver.verbs.call import Call
from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.errors import ApiError, NotFound

TEXT = "text/plain; charset=utf-8"


class Server:
    """An API server with an empty cluster behind it.

    ``imitates`` says whose controllers stand behind it: ``envtest`` has none, ``kind`` collects garbage and empties
    namespaces. ``fork`` gives another one with the same past.
    """

    def __init__(self, clock: Clock, seed: str = "0", *, imitates: str = "envtest") -> None:
        self._assemble(clock, Identity(seed), Store(), Registry(), imitates)
        bootstrap.fill(self)

    def _assemble(self, clock: Clock, identity: Identity, store: Store, registry: Registry, imitates: str) -> None:
        self.audit = Audit()
        self.store = store
        self.registry = registry
        self.identity = identity
        self._clock = clock
        self._imitates = imitates
        self.authentication = Authentication(store, clock)
        self._authorization = Authorization(store)
        self._dispatch = Dispatch(store, self.authentication, self._authorization)
        self._imitation = Imitation(store, registry, imitates)
        self._expiry = Expiry(store)
        store.subscribe(CUSTOM_RESOURCE_DEFINITIONS.qualified, store.revision, registry.follow)

    def fork(self, clock: Clock, seed: str | None = None) -> Server:
        """A server with everything of this one, and a future of its own; the cost does not depend on what is stored.

        ``seed`` begins its uids and generated names anew; without one they go on as this server's would.
        """
        other = Server.__new__(Server)
        identity = self.identity.fork() if seed is None else Identity(seed)
        with self.store.transaction():
            other._assemble(clock, identity, self.store.fork(), self.registry.fork(), self._imitates)  # noqa: SLF001
            other._expiry.follow_on(self._expiry)  # noqa: SLF001
        return other

    def send(self, request: Request) -> Response:
        """Answer; every error of the API is a Status."""
        with self.store.transaction():
            now = self._clock.micros()
            self._expiry.sweep(now)
            before = self.store.revision
            user, verb, problem = LOOPBACK, "", ""
            try:
                user = self._authorization.acting(self.authentication.user(request), request)
                verb, response = self._answer(request, user, now)
            except ApiError as error:
                problem = error.message
                response = _refusal(request, error)
            if request.method == "HEAD":
                response = replace(response, body=None)
            if isinstance(response.body, str) and "content-type" not in response.headers:
                response = replace(response, headers={**response.headers, "content-type": TEXT})
            committed = self.store.revision if self.store.revision > before else None
            if committed is not None:
                self._imitation.settle(now)
            agent, method, path, code = request.user_agent, request.method, request.path, response.status
            self.audit.add(AuditEntry(now, agent, method, path, code, committed, problem, user.name, verb))
        return response

    def next_expiry(self) -> int | None:
        """When the next object ends by itself, in microseconds since the epoch; None while none will."""
        return self._expiry.due()

    def expire(self) -> None:
        """Delete what has ended by itself by now."""
        with self.store.transaction():
            self._expiry.sweep(self._clock.micros())

    def _answer(self, request: Request, user: User, now: int) -> tuple[str, Response]:
        path = request.path
        if not _below_a_version(path):
            from pytest_kbevents.apiserver import discovery

            response = discovery.response(self.registry, request, self._authorization, user)
            if response is not None:
                return request.method.lower(), response
        try:
            route = self.registry.route(request.path)
        except NotFound as error:
            self._authorization.require_unknown(user, request)
            from pytest_kbevents.apiserver import discovery

            if error.message == NO_RESOURCE and (page := discovery.missing(request.path)) is not None:
                return request.method.lower(), page
            raise
        verb = verb_of(request, route)
        self._authorization.require(user, verb, route)
        view = None
        if request.accept not in PLAIN:
            from pytest_kbevents.apiserver import views

            view = views.of(request, route, verb, self._clock.micros)
        call = Call(request, route, Moment(_time(now // SECOND), self.identity), user)
        if route.served.deprecation:
            call.warnings.append(route.served.deprecation)
        response = self._dispatch.respond(call, verb)
        return verb, view(response) if view else response


def _refusal(request: Request, error: ApiError) -> Response:
    """A Status, in the form that was asked for."""
    response = Response(error.answered, status.failure(error))
    if request.accept in PLAIN:
        return response
    from pytest_kbevents.apiserver import views

    return views.error(request, response)


@lru_cache(maxsize=16)
def _time(seconds: int) -> str:
    return times.time(seconds * SECOND)


def _below_a_version(path: str) -> bool:
    """It may name a resource. What is not below a version of a group never does."""
    depth = path.strip("/").count("/")
    return depth > 1 if path.startswith("/api/") else depth > 2 and path.startswith("/apis/")
