"""From a body in protobuf to the JSON value that says the same."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.apiserver.protobuf.wire import Broken, fields, signed
from pytest_kbevents.apiserver.schemas import builtin

MAGIC = b"k8s\0"
"""What every body begins with."""
_META = builtin.META
_SECOND = 1_000_000


def value(body: bytes) -> dict[str, Any]:
    """The object of a body. Raises Broken, also for a kind that is not known."""
    if not body.startswith(MAGIC):
        raise Broken("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]")
    envelope = dict(fields(body[len(MAGIC) :]))
    typed = dict(fields(_bytes(envelope.get(1, b""))))
    version, kind = _text(typed.get(1, b"")), _text(typed.get(2, b""))
    group, _, release = version.rpartition("/")
    try:
        name = builtin.name_of(group, release, kind)
        return {"kind": kind, "apiVersion": version, **_message(_bytes(envelope.get(2, b"")), _messages()[name])}
    except KeyError:
        raise Broken(f'no kind "{kind}" is registered for version "{version}"') from None


def _message(data: bytes, described: Mapping[str, list[str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, raw in fields(data):
        if str(number) not in described:
            continue
        name, kind, *how = described[str(number)]
        match how:
            case ["list"]:
                found.setdefault(name, []).append(_value(raw, kind))
            case ["map"]:
                entry = dict(fields(_bytes(raw)))
                found.setdefault(name, {})[_text(entry.get(1, b""))] = _value(entry.get(2, b""), kind)
            case ["embedded"]:
                found |= _value(raw, kind)
            case _:
                found[name] = _value(raw, kind)
    return found


def _value(raw: int | bytes, kind: str) -> Any:
    special = _SPECIAL.get(kind)
    if special is not None:
        return special(raw)
    described = _messages()[kind]
    found = _message(_bytes(raw), described)
    return found.get("items", []) if _is_list(kind, described) else found


def _is_list(kind: str, described: Mapping[str, list[str]]) -> bool:
    """A message that stands for a list: Go's named slices."""
    return kind not in builtin.documents() and [field[0] for field in described.values()] == ["items"]


def _bytes(raw: int | bytes) -> bytes:
    if isinstance(raw, int):
        raise Broken("proto: wrong wireType = 0")
    return raw


def _text(raw: int | bytes) -> str:
    return _bytes(raw).decode("utf-8", "replace")


def _number(raw: int | bytes) -> int:
    if not isinstance(raw, int):
        raise Broken("proto: wrong wireType = 2")
    return signed(raw)


def _json(raw: int | bytes) -> Any:
    """A value that travels as JSON within a message."""
    text = dict(fields(_bytes(raw))).get(1, b"")
    try:
        return json.loads(_bytes(text)) if text else None
    except ValueError as error:
        raise Broken(str(error)) from None


def _moment(raw: int | bytes) -> int | None:
    """Microseconds since the epoch; an empty message is no time at all."""
    parts = dict(fields(_bytes(raw)))
    return _number(parts.get(1, 0)) * _SECOND + _number(parts.get(2, 0)) // 1000 if parts else None


def _time(raw: int | bytes) -> str | None:
    moment = _moment(raw)
    return None if moment is None else times.time(moment)


def _micro_time(raw: int | bytes) -> str | None:
    moment = _moment(raw)
    return None if moment is None else times.micro_time(moment)


def _quantity(raw: int | bytes) -> str:
    return _text(dict(fields(_bytes(raw))).get(1, b""))


def _int_or_string(raw: int | bytes) -> int | str:
    parts = dict(fields(_bytes(raw)))
    return _text(parts.get(3, b"")) if parts.get(1) else _number(parts.get(2, 0))


_SPECIAL: Mapping[str, Callable[[int | bytes], Any]] = {
    "string": _text,
    "bytes": lambda raw: base64.b64encode(_bytes(raw)).decode(),
    "bool": lambda raw: bool(_number(raw)),
    "int32": _number,
    "int64": _number,
    f"{_META}Time": _time,
    f"{_META}MicroTime": _micro_time,
    f"{_META}FieldsV1": _json,
    "io.k8s.apimachinery.pkg.runtime.RawExtension": _json,
    "io.k8s.apimachinery.pkg.api.resource.Quantity": _quantity,
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": _int_or_string,
}


@cache
def _messages() -> Mapping[str, Mapping[str, list[str]]]:
    text = (resources.files(__package__) / "messages.json").read_text("utf-8")
    found: Mapping[str, Mapping[str, list[str]]] = json.loads(text)
    return found
