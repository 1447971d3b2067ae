"""Which verb a request is, and who carries it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.access.authentication import Authentication
from pytest_kbevents.apiserver.access.authorization import Authorization
from pytest_kbevents.apiserver.access.reviews import Reviews
from pytest_kbevents.apiserver.registry import NO_RESOURCE, NOT_ALLOWED, Route
from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.apiserver.verbs.call import Call
from pytest_kbevents.apiserver.verbs.deleting import Deleting
from pytest_kbevents.apiserver.verbs.options import boolean
from pytest_kbevents.apiserver.verbs.patching import Patching
from pytest_kbevents.apiserver.verbs.reading import Reading
from pytest_kbevents.apiserver.verbs.scaling import Scaling
from pytest_kbevents.apiserver.verbs.special import Special
from pytest_kbevents.apiserver.verbs.watching import watch
from pytest_kbevents.apiserver.verbs.writing import Writing
from pytest_kbevents.errors import MethodNotAllowed, NotFound

_OF_ONE: Mapping[str, str] = {"GET": "get", "PUT": "update", "PATCH": "patch", "DELETE": "delete", "POST": "create"}
_OF_MANY: Mapping[str, str] = {"GET": "list", "POST": "create", "DELETE": "deletecollection"}


def verb_of(request: Request, route: Route) -> str:
    """The verb of a request, as RBAC names it. Raises MethodNotAllowed."""
    verb = (_OF_ONE if route.name else _OF_MANY).get(request.method, "")
    asked = request.query and "watch" in request.query and boolean(request.query["watch"])
    if verb == "list" and (asked or route.watches):
        verb = "watch"
    entry = route.served.subresources[route.subresource] if route.subresource else route.served.entry
    if route.name and entry["verbs"] == ["create"] and not route.subresource:
        raise NotFound(NO_RESOURCE, details={})  # a review is never stored: none has a name
    homeless = route.served.resource.namespaced and not route.namespace and verb not in ("list", "watch")
    if verb not in entry["verbs"] or homeless or (verb == "create" and bool(route.name) > bool(route.subresource)):
        raise MethodNotAllowed(NOT_ALLOWED, details={})
    return verb


class Dispatch:
    """Hands a call to its verb."""

    def __init__(self, store: Store, authentication: Authentication, authorization: Authorization) -> None:
        writing = Writing(store)
        self._reading = Reading(store)
        self._patching = Patching(writing)
        self._deleting = Deleting(store)
        self._scaling = Scaling(writing)
        self._special = Special(store, writing, self._deleting, authentication)
        self._reviews = Reviews(store, authentication, authorization)
        self._answers: Mapping[str, Callable[[Call], Response]] = {
            "get": lambda call: _read(call, self._reading.get(call)),
            "list": lambda call: _read(call, self._reading.listing(call)),
            "watch": lambda call: Response(200, stream=watch(store, call), headers=_headers(call)),
            "create": lambda call: _written(call, *writing.create(call)),
            "update": lambda call: _written(call, *writing.update(call)),
            "patch": lambda call: _written(call, *self._patching.patch(call)),
            "delete": lambda call: _read(call, self._deleting.delete(call)[0]),
            "deletecollection": lambda call: _read(call, self._delete_collection(call)),
        }

    def respond(self, call: Call, verb: str) -> Response:
        """Carry out an authorised call. Raises ApiError."""
        if call.route.subresource == "scale":
            return _answer(call, *self._scaling.respond(call, verb))
        if self._special.has(call.route):
            return _answer(call, *self._special.respond(call))
        if self._reviews.has(call.route):
            return _answer(call, self._reviews.respond(call), True)
        answer = self._answers.get(verb)
        if answer is not None:
            return answer(call)
        raise NotFound(NO_RESOURCE, details={})

    def _delete_collection(self, call: Call) -> Object:
        listed = self._reading.listing(call)
        self._deleting.collection(call, self._reading.selected(call))
        return listed


def _written(call: Call, obj: Object, new: bool) -> Response:
    return _answer(call, call.route.served.shown(obj), new)


def _read(call: Call, body: Object) -> Response:
    return Response(200, body, headers=_headers(call)) if call.warnings else Response(200, body)


def _answer(call: Call, body: Object, new: bool) -> Response:
    return Response(201 if new else 200, body, headers=_headers(call))


def _headers(call: Call) -> dict[str, str]:
    told = dict.fromkeys(call.warnings)  # each once
    return {"warning": ", ".join(f"299 - {_quoted(text)}" for text in told)} if told else {}


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
