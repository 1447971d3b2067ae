"""JSON patch, RFC 6902, with the liberties that kube-apiserver's library (evanphx/json-patch v4) takes.

Where it departs from the RFC: ``replace`` of an absent key adds it; ``test`` of an absent key for null passes; ``copy``
of an absent key copies null; a negative index counts from the end; an absent ``value`` is null.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from pytest_kbevents.api.objects import same
from pytest_kbevents.apiserver import gotext
from pytest_kbevents.errors import BadRequest, Invalid, RequestEntityTooLarge

MOST_OPERATIONS = 10_000
MOST_COPIED_BYTES = 3 * 1024 * 1024
"""What the ``copy`` operations of one patch may add up to, as JSON."""

_INDEX = re.compile(r"[+-]?[0-9]+", re.ASCII)


def apply(obj: Any, operations: Any) -> Any:
    """The object after all operations, in order; the input is not changed, what no operation touched is shared.

    Raises:
        BadRequest: the patch is no list of operations, or a field of one has the wrong type.
        RequestEntityTooLarge: more than 10,000 operations.
        Invalid: an operation does not apply, or a test fails; nothing of the patch is applied.
    """
    if operations is None:
        return obj
    _check(operations)
    draft = _Draft(obj)
    try:
        for operation in operations:
            _OPERATIONS[operation.get("op")](draft, operation)
    except LookupError:
        raise Invalid("the server rejected our request due to an error in our request", details={}) from None
    return draft.root


def _check(operations: Any) -> None:
    if not isinstance(operations, list):
        raise _undecodable(operations, "Go value", "[]handlers.jsonPatchOp")
    for operation in operations:
        if not isinstance(operation, dict):
            raise _undecodable(operation, "Go value", "handlers.jsonPatchOp")
        for name in ("op", "path", "from"):
            if not isinstance(operation.get(name), str | None):
                raise _undecodable(operation[name], f"Go struct field jsonPatchOp.{name}", "string")
    if len(operations) > MOST_OPERATIONS:
        raise RequestEntityTooLarge(
            "Request entity too large: The allowed maximum operations in a JSON patch is "
            f"{MOST_OPERATIONS}, got {len(operations)}"
        )


def _undecodable(value: Any, place: str, kind: str) -> BadRequest:
    return BadRequest(
        f"error decoding patch: json: cannot unmarshal {gotext.json_kind(value)} into {place} of type {kind}"
    )


class _Draft:
    """The object while it changes: a container is copied the first time something in it changes."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.copied_bytes = 0
        self._own: dict[int, Any] = {}

    def container(self, path: str, *, change: bool) -> tuple[Any, str]:
        """What holds the value at ``path``, and the value's key there. LookupError: there is no such container."""
        _, *tokens = (token.replace("~1", "/").replace("~0", "~") for token in path.split("/"))
        if not tokens:
            raise LookupError(path)
        holder = self.root = self._owned(self.root) if change else self.root
        for token in tokens[:-1]:
            below = get(holder, token)
            if not isinstance(below, (dict, list)):
                raise LookupError(path)  # noqa: TRY004 - as for any other path that is not there
            if change:
                below = self._owned(below)
                holder[token if isinstance(holder, dict) else _index(token)] = below
            holder = below
        return holder, tokens[-1]

    def _owned(self, holder: Any) -> Any:
        if id(holder) in self._own:
            return holder
        copy = holder.copy()
        self._own[id(copy)] = copy
        return copy

    def share(self) -> None:
        """From now on one container may stand in two places: each is copied anew before it changes."""
        self._own.clear()


def get(holder: Any, key: str) -> Any:
    """An absent key of an object is null, an index out of range an error."""
    return holder.get(key) if isinstance(holder, dict) else holder[_index(key)]


def _index(key: str) -> int:
    if not _INDEX.fullmatch(key):
        raise LookupError(key)
    return int(key)


def _text(operation: Mapping[str, Any], name: str) -> str:
    text: str | None = operation.get(name)
    if text is None:
        raise LookupError(name)
    return text


def _put(draft: _Draft, path: str, value: Any) -> None:
    holder, key = draft.container(path, change=True)
    if isinstance(holder, dict):
        holder[key] = value
        return
    index = len(holder) if key == "-" else _index(key)
    index += len(holder) + 1 if index < 0 else 0
    if not 0 <= index <= len(holder):
        raise LookupError(path)
    holder.insert(index, value)


def _add(draft: _Draft, operation: Mapping[str, Any]) -> None:
    _put(draft, _text(operation, "path"), operation.get("value"))


def _remove(draft: _Draft, operation: Mapping[str, Any]) -> None:
    _take(draft, _text(operation, "path"))


def _take(draft: _Draft, path: str) -> Any:
    holder, key = draft.container(path, change=True)
    return holder.pop(key if isinstance(holder, dict) else _index(key))


def _replace(draft: _Draft, operation: Mapping[str, Any]) -> None:
    path, value = _text(operation, "path"), operation.get("value")
    if not path:
        if not isinstance(value, (dict, list)):
            raise LookupError(path)
        draft.root = value
        return
    holder, key = draft.container(path, change=True)
    get(holder, key)
    holder[key if isinstance(holder, dict) else _index(key)] = value


def _move(draft: _Draft, operation: Mapping[str, Any]) -> None:
    value = _take(draft, _text(operation, "from"))
    _put(draft, _text(operation, "path"), value)


def _copy(draft: _Draft, operation: Mapping[str, Any]) -> None:
    holder, key = draft.container(_text(operation, "from"), change=False)
    value = get(holder, key)
    draft.copied_bytes += len(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())
    if draft.copied_bytes > MOST_COPIED_BYTES:
        raise LookupError("copied too much")
    draft.share()
    _put(draft, _text(operation, "path"), value)


def _test(draft: _Draft, operation: Mapping[str, Any]) -> None:
    path = _text(operation, "path")
    value = draft.root
    if path:
        holder, key = draft.container(path, change=False)
        value = get(holder, key)
    if not same(value, operation.get("value")):
        raise LookupError(path)


_OPERATIONS: dict[Any, Callable[[_Draft, Mapping[str, Any]], None]] = {
    "add": _add,
    "remove": _remove,
    "replace": _replace,
    "move": _move,
    "copy": _copy,
    "test": _test,
}
