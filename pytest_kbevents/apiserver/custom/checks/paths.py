"""Paths to a field of a schema: ``.spec.size``, ``['a b'].c``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TOKEN = re.compile(r"'(?:[^'\\]|\\.)*'|[.\[\]]|[^.\[\]']+|'[^.\[\]]*")
_SPECIAL = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", "'": "'", '"': '"'}


class BadPath(ValueError):
    """A path that leads nowhere in its schema; the text says why."""


def resolve(path: str, schema: Mapping[str, Any], *, brackets: bool = True) -> tuple[str, Mapping[str, Any]]:
    """The path as errors write it, and the schema of what it leads to; ``brackets`` lets steps be ``['name']``.

    Raises BadPath.
    """
    found = ""
    tokens = iter(_TOKEN.findall(path))
    for sign in tokens:
        if sign == "[" and not brackets:
            raise BadPath("array notation is not allowed")
        if sign not in (".", "["):
            raise BadPath(f"expected [ or . but got: {sign}")
        step = _next(tokens)
        if sign == "[":
            if len(step) < 2 or step[0] != "'" or step[-1] != "'":
                raise BadPath(f"expected single quoted string but got {step}")
            step = _unescaped(step[1:-1])
        found += (f".{step}" if found else step) if schema.get("properties") else f"[{step}]"
        schema = _below(schema, step)
        if sign == "[" and (closing := _next(tokens)) != "]":
            raise BadPath(f"expected ] but got {closing}")
    return found, schema


def _next(tokens: Iterator[str]) -> str:
    token = next(tokens, None)
    if token is None:
        raise BadPath("unexpected end of JSON path")
    return token


def _below(schema: Mapping[str, Any], step: str) -> Mapping[str, Any]:
    properties, others = schema.get("properties") or {}, schema.get("additionalProperties")
    found = properties.get(step) if properties else others
    if found is None:
        raise BadPath("does not refer to a valid field")
    return found if isinstance(found, Mapping) else {}


def _unescaped(text: str) -> str:
    def meant(match: re.Match[str]) -> str:
        if match[1] not in _SPECIAL:
            raise BadPath("invalid string literal: invalid syntax")
        return _SPECIAL[match[1]]

    return re.sub(r"\\(.)", meant, text)
