"""The Status kind: how an API server says that it did not do what was asked."""

from __future__ import annotations

from typing import Any

from pytest_kbevents import errors
from pytest_kbevents.errors import ApiError

_BY_REASON: dict[str, type[ApiError]] = {
    kind.reason: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, ApiError) and kind.reason
} | {"Gone": errors.Gone}
_BY_CODE: dict[int, type[ApiError]] = {
    kind.code: kind for kind in _BY_REASON.values() if kind is not errors.AlreadyExists
}


def failure(error: ApiError) -> dict[str, Any]:
    """The Status body of an error."""
    return {
        "kind": "Status",
        "apiVersion": "v1",
        "metadata": error.metadata,
        "status": "Failure",
        "message": error.message,
        **({"reason": error.reason} if error.reason else {}),
        **({"details": error.details} if error.detailed else {}),
        "code": error.answered,
    }


def to_error(code: int, body: Any) -> ApiError:
    """The error a client raises for an answer; a body that is no Status (a proxy's page) is quoted."""
    if not isinstance(body, dict) or body.get("kind") != "Status":
        return _BY_CODE.get(code, ApiError)(f"answer {code} without a Status: {str(body)[:200]!r}", code=code)
    kind = _BY_REASON.get(body.get("reason", ""), _BY_CODE.get(code, ApiError))
    return kind(body.get("message", ""), details=body.get("details"), code=code)
