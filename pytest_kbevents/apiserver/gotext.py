"""How Go's fmt prints JSON values: errors of a kube-apiserver quote what they refuse in this form."""

from __future__ import annotations

import json
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any


def plain(value: Any) -> str:
    """``%v``: ``map[a:1 b:[x y]]``, ``<nil>``, ``true``."""
    if isinstance(value, dict):
        return f"map[{' '.join(f'{key}:{plain(value[key])}' for key in sorted(value))}]"
    if isinstance(value, (list, tuple)):
        return f"[{' '.join(map(plain, value))}]"
    return value if isinstance(value, str) else _scalar(value, "<nil>")


def syntax(value: Any) -> str:
    """``%#v``: ``map[string]interface {}{"a":1}``, ``[]interface {}{"x"}``, ``"x"``."""
    if isinstance(value, dict):
        entries = (f"{quoted(key)}:{syntax(value[key])}" for key in sorted(value))
        return f"map[string]interface {{}}{{{', '.join(entries)}}}"
    if isinstance(value, (list, tuple)):
        return f"[]interface {{}}{{{', '.join(map(syntax, value))}}}"
    return quoted(value) if isinstance(value, str) else _scalar(value, "interface {}(nil)")


def quoted(text: str) -> str:
    """``%q`` of a string."""
    return encode_basestring(text)


def json_of(value: Any) -> str:
    """What encoding/json writes: it is fit for HTML."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def ordered(value: Any) -> Any:
    """The value as Go writes it: the keys of maps in order, floats that are whole without a point."""
    if isinstance(value, dict):
        return {key: ordered(value[key]) for key in sorted(value)}
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return int(value)
    return [ordered(item) for item in value] if isinstance(value, list) else value


def type_of(value: Any) -> str:
    """``%T`` of a decoded JSON value: ``map[string]interface {}``, ``int64``."""
    for kind, name in _TYPES:
        if isinstance(value, kind):
            return name
    return "%!s(<nil>)"


def json_kind(value: Any) -> str:
    """What encoding/json calls a value it cannot put into a field: ``object``, ``number``."""
    for kind, name in _JSON_KINDS:
        if isinstance(value, kind):
            return name
    return "null"


def number(value: float) -> str:
    """``%v`` of an int64 or a float64: the shortest digits that tell it, with an exponent outside 1e-4 to 1e6."""
    if isinstance(value, int):
        return str(value)
    shortest = Decimal(repr(value)).normalize()
    mantissa, _, power = f"{shortest:e}".partition("e")
    return f"{shortest:f}" if -4 <= int(power) < 6 else f"{mantissa}e{int(power):+03d}"


_TYPES: tuple[tuple[type, str], ...] = (
    (dict, "map[string]interface {}"),
    (list, "[]interface {}"),
    (str, "string"),
    (bool, "bool"),
    (int, "int64"),
    (float, "float64"),
)
_JSON_KINDS: tuple[tuple[type, str], ...] = (
    (dict, "object"),
    (list, "array"),
    (str, "string"),
    (bool, "bool"),
    (int, "number"),
    (float, "number"),
)


def _scalar(value: Any, nothing: str) -> str:
    if value is None:
        return nothing
    if isinstance(value, bool):
        return "true" if value else "false"
    return number(value)
