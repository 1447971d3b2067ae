"""Path elements, the keys of a field set.

``f:name`` is a field, ``k:{"name":"x"}`` the item of a list with those keys, ``v:"x"`` a value of a set, ``i:0`` an
index. ``.`` among the keys says that what they are parts of is itself a member.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any

from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.schemas.schema import ANY, Schema

SELF = "."
ESCAPES = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})
"""What Go's encoder of JSON writes for marks that HTML could take for its own."""
_RANKS = {".": 0, "f": 1, "k": 2, "v": 3, "i": 4}
_TYPE_RANKS: tuple[tuple[type, int], ...] = ((str, 2), (bool, 3), (int, 1), (float, 1), (list, 4), (dict, 5))


def of_item(item: Any, schema: Schema) -> str:
    """The element of an item of a list that is a set or a map. Raises ValueError in Go's words for one without any."""
    if schema.list_type == "set":
        if isinstance(item, dict):
            raise ValueError("associative list without keys has an element that's a map type")
        if isinstance(item, list):
            raise ValueError("not supported: associative list with lists as elements")
        if item is None:
            raise ValueError("associative list without keys has an element that's an explicit null")
        return f"v:{_json(item)}"
    if item is None:
        raise ValueError("associative list with keys may not have a null element")
    if not isinstance(item, dict):
        raise ValueError("associative list with keys may not have non-map elements")  # noqa: TRY004 - as the others
    return f"k:{_keys(item, schema)}"


def order(element: str) -> Any:
    """The place of an element among others: fields by name, then items by the values of their keys."""
    rank = _RANKS[element[0]]
    if rank < 2:
        return rank, element
    value = json.loads(element[2:])
    return rank, [(name, *_rank(value[name])) for name in sorted(value)] if rank == 2 else _rank(value)


def text(element: str) -> str:
    """As a person reads it in an error: ``.name``, ``[name="x"]``, ``[="x"]``, ``[0]``."""
    kind, content = element[0], element[2:]
    if kind == "f":
        return f".{content}"
    if kind == "i":
        return f"[{content}]"
    value = json.loads(content)
    if kind == "v":
        return f"[={_shown(value)}]"
    return f"[{','.join(f'{name}={_shown(value[name])}' for name in sorted(value))}]"


def read(element: str) -> str | None:
    """An element that a client sent, as this module writes it; None for a type to come. Raises ValueError."""
    kind, colon, content = element[:1], element[1:2], element[2:]
    if len(element) < 2:
        raise ValueError("key must be 2 characters long:")
    if colon != ":":
        raise ValueError(f"missing colon: {element}")
    if kind == "k":
        value = json.loads(content)
        if not isinstance(value, dict):
            raise ValueError(f"expected an object: {element}")
        return f"k:{{{','.join(f'{_json(name)}:{_json(value[name])}' for name in sorted(value))}}}"
    if kind == "v":
        return f"v:{_json(json.loads(content))}"
    return f"i:{int(content)}" if kind == "i" else element if kind == "f" else None


def _keys(item: dict[str, Any], schema: Schema) -> str:
    found = []
    for name in sorted(schema.keys):
        if name in item:
            found.append(f"{_json(name)}:{_json(item[name])}")
        elif (default := _default(schema, name)) is not None:
            found.append(f"{_json(name)}:{_json(default)}")
    if not found:
        names = " ".join(map(gotext.quoted, schema.keys))
        raise ValueError(
            f"associative list with keys has an element that omits all key fields [{names}] "
            "(and doesn't have default values for any key fields)"
        )
    return f"{{{','.join(found)}}}"


def _default(schema: Schema, name: str) -> Any:
    kind = (schema.items or ANY).fields.get(name, ANY)
    return kind.source.get("default", kind.default)  # the document's own, which for Go's required strings is ""


def _json(value: Any) -> str:
    """As Go writes it: compact, and no mark that means something in HTML."""
    if isinstance(value, str):
        return encode_basestring(value).translate(ESCAPES)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, sort_keys=True).translate(ESCAPES)


def _rank(value: Any) -> tuple[int, Any]:
    """Numbers before strings before booleans, as structured-merge-diff orders values of unlike types."""
    for kind, rank in _TYPE_RANKS:
        if isinstance(value, kind):
            return rank, value
    return 6, 0


def _shown(value: Any) -> str:
    if value is None:
        return "null"
    return gotext.quoted(value) if isinstance(value, str) else gotext.plain(value)
