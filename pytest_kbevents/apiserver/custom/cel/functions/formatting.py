"""``"%s is %d".format([a, b])``."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.custom.cel.functions import times

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_CLAUSE = re.compile(r"%(?:%|(?:\.(\d+))?([a-zA-Z]))")


def formatted(form: str, values: list[Any]) -> str:
    """The form with its clauses filled in. Raises ValueError."""
    left = list(values)

    def clause(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        if not left:
            raise ValueError(f"index {len(values)} out of range")
        return _one(left.pop(0), match[2], match[1])

    return _CLAUSE.sub(clause, form)


def _one(value: Any, letter: str, precision: str | None) -> str:
    match letter:
        case "s":
            return text(value)
        case "d" if isinstance(value, (int, float)):
            return str(value)
        case "f" if isinstance(value, (int, float)):
            return f"{value:.{precision or 6}f}"
        case "e" if isinstance(value, (int, float)):
            mantissa, _, power = f"{value:e}".partition("e")
            return f"{mantissa}×10{power.lstrip('+').translate(_RAISED)}"  # noqa: RUF001 - cel-go's sign
        case "b" | "o" if isinstance(value, int):
            return f"{value:{letter}}"
        case "x" | "X":
            found = value if isinstance(value, int) else (value.encode() if isinstance(value, str) else value).hex()
            spelled = f"{found:x}" if isinstance(found, int) else found
            return spelled.upper() if letter == "X" else str(spelled)
    raise ValueError(f'could not parse formatting clause: unrecognized formatting clause "{letter}"')


def text(value: Any) -> str:
    """A value as ``%s`` writes it."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, list):
        return f"[{', '.join(_quoted(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)}: {_quoted(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, datetime):
        return times.stamp(value)
    if isinstance(value, timedelta):
        return times.span(value)
    if isinstance(value, bytes):
        return value.decode()
    return gotext.number(value) if isinstance(value, (int, float)) else str(value)


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else text(value)
