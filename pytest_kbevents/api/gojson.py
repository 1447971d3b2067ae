"""JSON as Go's decoder reads it into a struct, and as its encoder writes it (event-pipeline.md section 1)."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from pytest_kbevents.api import times

Convert = Callable[[Any], Any]
Shape = Mapping[str, Convert]
"""Field name -> what makes its value out of a JSON value; it raises ValueError for a wrong type."""

_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_UNSAFE = re.compile("[<>&\u2028\u2029]")

LONGEST_INTEGER = 20
"""Characters of the longest 64-bit integer."""


class _Pairs(list[tuple[str, Any]]):
    """A JSON object with its keys as written, doubles too."""


class _Float(str):
    """A number that is no integer for Go: with a point, an exponent, or digits beyond any of its integers."""

    __slots__ = ()


def decode(text: str, shape: Shape) -> dict[str, Any]:
    """The fields of ``shape`` that the document sets; unknown keys are passed over, of a repeated key the last counts.

    Raises:
        ValueError: the text is not one JSON object (or null), or a value has the wrong type.
    """
    return document(text, struct(shape))  # type: ignore[no-any-return]


def document(text: str, convert: Convert) -> Any:
    """What ``convert`` makes of the whole text. Raises ValueError, as ``decode`` does."""
    try:
        value = json.loads(
            text, object_pairs_hook=_Pairs, parse_int=_integer, parse_float=_Float, parse_constant=_refuse
        )
    except RecursionError:
        raise ValueError("exceeded max depth") from None
    return convert(value)


def encode(value: Any) -> str:
    """Objects, lists, texts, whole numbers, true and false: no spaces, and what a browser would trip over escaped."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", plain)


def struct(shape: Shape) -> Convert:
    """A nested object; null is an empty one."""
    names = {_folded(name): name for name in shape}

    def convert(value: Any) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for key, item in _typed(_Pairs() if value is None else value, _Pairs):
            name = names.get(_folded(key))
            if name is not None and item is not None:  # null leaves what is there
                fields[name] = shape[name](item)
        return fields

    return convert


def record(make: Callable[..., Any], fields: Mapping[str, tuple[str, Convert]]) -> Convert:
    """A nested object that is made into one of ours. ``fields``: key in JSON -> keyword, and what reads it."""
    read = struct({key: convert for key, (_, convert) in fields.items()})
    return lambda value: make(**{fields[key][0]: item for key, item in read(value).items()})


def array(item: Convert) -> Convert:
    """A list of one kind; null is an empty one."""

    def convert(value: Any) -> list[Any]:
        if value is None:
            return []
        if isinstance(value, _Pairs):
            raise ValueError("cannot unmarshal object into a list")  # noqa: TRY004
        return [item(entry) for entry in _typed(value, list)]

    return convert


def text(value: Any) -> str:
    """A string; half a surrogate pair becomes U+FFFD."""
    if isinstance(value, _Float):
        raise ValueError("cannot unmarshal number into a string")  # noqa: TRY004
    given: str = _typed(value, str)
    return given.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def int32(value: Any) -> int:
    """An integer literal within 32 bits."""
    if type(value) is not int or not -(2**31) <= value < 2**31:
        raise ValueError(f"cannot unmarshal {value!r} into an int32")
    return value


def boolean(value: Any) -> bool:
    """True or false."""
    return bool(_typed(value, bool))


def moment(value: Any) -> int:
    """An RFC 3339 time, in microseconds since the epoch."""
    return times.parse(text(value))


def texts(value: Any) -> dict[str, str]:
    """A map of strings, its keys as they are; of a repeated key the last counts."""
    return {key: "" if item is None else text(item) for key, item in _typed(value, _Pairs)}


def octets(value: Any) -> bytes:
    """Bytes: standard base64 with padding (line breaks inside are skipped), or a list of byte numbers."""
    if isinstance(value, list) and not isinstance(value, _Pairs):
        return bytes(_octet(item) for item in value)
    given = re.sub(r"[\r\n]", "", text(value))
    if not _BASE64.fullmatch(given):
        raise ValueError("illegal base64 data")
    try:
        return base64.b64decode(given)
    except binascii.Error as error:
        raise ValueError(str(error)) from None


def _integer(literal: str) -> int | _Float:
    return int(literal) if len(literal) <= LONGEST_INTEGER else _Float(literal)


def _octet(value: Any) -> int:
    if value is None:
        return 0
    if type(value) is not int or not 0 <= value < 256:
        raise ValueError(f"cannot unmarshal {value!r} into a byte")
    return value


def _typed(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"cannot unmarshal {type(value).__name__} into {kind.__name__}")  # noqa: TRY004
    return value


def _folded(key: str) -> str:
    """Unicode simple folding: a character that folds into several stays as it is."""
    return "".join(folded if len(folded := char.casefold()) == 1 else char for char in key)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"invalid character in {constant}")
