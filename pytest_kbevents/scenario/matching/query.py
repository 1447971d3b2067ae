"""JMESPath: a question about data, as an expression. The library is loaded when the first one is asked."""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Protocol

MOST_COPIES = 1000
"""Of the data, in what an expression finds."""


class QueryError(ValueError):
    """An expression that does not parse, with the place, or one that cannot be asked of the data at hand."""


class _Query(Protocol):
    """A parsed expression."""

    parsed: Any

    def search(self, data: Any) -> Any:
        """Its result."""


def search(expression: str, data: Any) -> Any:
    """What the expression finds in the data, as JSON; None when nothing is there. Raises QueryError."""
    query = _compiled(expression)
    try:
        found = query.search(data)
        json.dumps(found, allow_nan=False)
    except Exception as error:  # noqa: BLE001 - whatever the library stumbles over, it is the expression's author's
        raise QueryError(_line(error)) from None
    return found


def check(expression: str) -> None:
    """Raises QueryError when the expression does not parse, or calls a function that is not there or not so."""
    parsed = _compiled(expression).parsed
    for name, arguments in _calls(parsed):
        _check_call(name, arguments)
    try:
        copies = _copies(parsed)
    except RecursionError:
        raise QueryError("this JMESPath is nested too deeply") from None
    if copies > MOST_COPIES:
        raise QueryError(f"this JMESPath may find more than {MOST_COPIES} copies of the data")


@lru_cache(maxsize=10_000)
def _compiled(expression: str) -> _Query:
    import jmespath
    from jmespath.exceptions import JMESPathError, ParseError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a text in backticks without quotes is out of fashion, and clear
            return jmespath.compile(expression)
    except ParseError as error:
        column = error.lex_position + 1
        found = "the expression ends" if column > len(expression) else f"{expression[column - 1 :][:20]!r} stands"
        raise QueryError(
            f"this JMESPath does not parse: {found} at column {column} where something else must"
        ) from None
    except JMESPathError:
        raise QueryError("this JMESPath is empty; @ stands for the value itself") from None
    except RecursionError:
        raise QueryError("this JMESPath is nested too deeply") from None
    except Exception as error:  # noqa: BLE001 - its lexer stumbles over some texts
        raise QueryError(f"this JMESPath does not parse: {_line(error)}") from None


def _calls(node: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The functions that an expression calls, each with the number of its arguments."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if node["type"] == "function_expression":
            yield node["value"], len(node["children"])
        waiting += [child for child in node["children"] if isinstance(child, dict)]


def _copies(node: dict[str, Any]) -> int:
    """How often the data that it is asked of can be in its result, at most: brackets in brackets copy copies."""
    copies = [_copies(child) for child in node["children"] if isinstance(child, dict)]
    if node["type"] in ("multi_select_list", "multi_select_dict"):
        return max(1, sum(copies))
    return math.prod(copies)


def _check_call(name: str, arguments: int) -> None:
    from jmespath.functions import Functions

    from pytest_kbevents.scenario.check import unknown

    table = Functions.FUNCTION_TABLE
    if name not in table:
        raise QueryError(unknown("JMESPath function", name, table))
    signature = table[name]["signature"]
    variadic = bool(signature) and bool(signature[-1].get("variadic"))
    if arguments < len(signature) or (arguments > len(signature) and not variadic):
        least = "at least " if variadic else ""
        problem = f"is called with {arguments} arguments, and takes {least}{len(signature)}"
        raise QueryError(f"the JMESPath function {name} {problem}")


def _line(error: Exception) -> str:
    text = str(error).partition("\n")[0]
    return text if len(text) <= 200 else f"{text[:197]}..."
