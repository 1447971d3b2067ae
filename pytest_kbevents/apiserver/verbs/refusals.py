"""What is refused before any rule of a kind is asked, in the real server's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents.api.objects import Object, name_of, namespace_of
from pytest_kbevents.apiserver.verbs.call import Call, details
from pytest_kbevents.errors import ApiError, BadRequest, Conflict, Invalid, NotFound


def not_found(call: Call) -> NotFound:
    """The error of an object that is not there."""
    return NotFound(
        f'{call.route.served.resource.qualified} "{call.route.name}" not found', details=details(call.route)
    )


def check_name(call: Call, obj: Object) -> None:
    """Raises BadRequest when the object has no name, or another than the path."""
    name = name_of(obj)
    if not name:
        problem = f"the name of the object ({call.route.name} based on URL) was undeterminable: name must be provided"
        raise BadRequest(problem)
    if name != call.route.name:
        raise BadRequest(f"the name of the object ({name}) does not match the name on the URL ({call.route.name})")


def check_namespace(call: Call, obj: Object) -> None:
    """Raises BadRequest when the object names another namespace than the path."""
    if namespace_of(obj) not in ("", call.route.namespace) and call.route.served.resource.namespaced:
        raise BadRequest("the namespace of the provided object does not match the namespace sent on the request")


def expect_uid(call: Call, given: str | None, uid: str) -> None:
    """Raises Conflict when the object is another one than the writer has in mind."""
    if given and given != uid:
        route = call.route
        namespace = f"{route.namespace}/" if route.namespace else ""
        group = f"{route.served.resource.group}/" if route.served.custom else ""
        key = f"/registry/{group}{route.served.resource.plural}/{namespace}{route.name}"
        problem = f"Precondition failed: UID in precondition: {given}, UID in object meta: {uid}"
        storage = (
            f"StorageError: invalid object, Code: 4, Key: {key}, ResourceVersion: 0, AdditionalErrorMsg: {problem}"
        )
        raise Conflict(f"{cannot(call)}: {storage}", details=details(route))


def cannot(call: Call) -> str:
    """How a Conflict begins."""
    return f'Operation cannot be fulfilled on {call.route.served.resource.qualified} "{call.route.name}"'


def needs_revision(call: Call) -> ApiError:
    """The error of an update that must say what it replaces, and does not."""
    resource = call.route.served.resource
    rule = "metadata.resourceVersion: Invalid value: 0: must be specified for an update"
    cause = {"reason": "FieldValueInvalid", "message": rule.partition(": ")[2], "field": "metadata.resourceVersion"}
    told: Mapping[str, Any] = details(call.route) | {"causes": [cause]}
    return Invalid(f'{resource.qualified} "{call.route.name}" is invalid: {rule}', details=dict(told))
