"""The one door to the CEL library: it is loaded when the first rule is compiled, and not before."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pytest_kbevents.apiserver.custom.cel import rewriting
from pytest_kbevents.apiserver.custom.cel.functions.table import BUILT_IN, FUNCTIONS

OLD_SELF = "oldSelf"
NOT_INSTALLED = "CEL rules need the extra 'cel': pip install 'pytest-kbevents[cel]'"
_UNKNOWN = "is not among the functions that this server knows"
_RAISED = re.compile(r"Python function call failed: \w+: (.*)\. Check function arguments and their types\.", re.DOTALL)
_FAILED = re.compile(r"Function '\w+' error: (.*)\. Check function arguments and their types\.", re.DOTALL)


class NotCompiled(ValueError):
    """A text that is no CEL expression, or one that this server cannot evaluate; the text says why."""


class Failed(ValueError):
    """An expression that could not be computed for these values, in the words of cel-go."""


@dataclass(frozen=True, slots=True)
class Program:
    """An expression, ready to be evaluated."""

    text: str
    uses_old: bool
    """It compares with what was before."""
    _compiled: Any
    _functions: Mapping[str, Callable[..., Any]]

    def evaluate(self, variables: Mapping[str, Any]) -> Any:
        """Its value. Raises Failed."""
        try:
            return self._compiled.execute(_cel().Context(dict(variables), dict(self._functions)))
        except Exception as error:  # noqa: BLE001 - the library raises whatever fits, RuntimeError among them
            raise Failed(_told(error)) from None


def parsed(text: str) -> Any:
    """What the library makes of an expression. Raises NotCompiled."""
    compile_ = _cel().compile
    try:
        return compile_(rewriting.rewritten(text))
    except ValueError as error:
        raise NotCompiled(_syntax(text, str(error))) from None


@lru_cache(maxsize=1024)
def compiled(text: str) -> Program:
    """Raises NotCompiled, also for functions of Kubernetes that nobody has taught this server."""
    program = parsed(text)
    named = program.functions()
    for name in named:
        if name[0].isalpha() and name not in FUNCTIONS and name not in BUILT_IN:
            spelled = name.replace("__", ".", 1)
            raise NotCompiled(pointed(text, max(text.find(spelled), 0), f"'{spelled}' {_UNKNOWN}"))
    functions = {name: FUNCTIONS[name] for name in named if name in FUNCTIONS}
    return Program(text, OLD_SELF in program.variables(), program, functions)


def optional(value: Any, *, there: bool) -> Any:
    """An optional value of CEL."""
    kind = _cel().OptionalValue
    return kind.of(value) if there else kind.none()


def pointed(text: str, at: int, told: str) -> str:
    """An error of the compiler, pointing at a place of a text."""
    before = text[:at]
    line, column = before.count("\n") + 1, at - (before.rfind("\n") + 1)
    shown = text.split("\n")[line - 1]
    return f"ERROR: <input>:{line}:{column + 1}: {told}\n | {shown}\n | {'.' * column}^"


@cache
def _cel() -> Any:
    try:
        import cel
    except ImportError:
        raise NotCompiled(NOT_INSTALLED) from None
    logging.getLogger("cel").setLevel(logging.CRITICAL)  # a function that fails is an answer, nothing to warn of
    return cel


def _syntax(text: str, said: str) -> str:
    """The library's error; it points at the place in lines of its own that differ in a blank."""
    told = said.partition(": ERROR: ")[2] or said
    return "ERROR: " + re.sub(r"\n\| ", "\n | ", told) if told != said else pointed(text, 0, said)


def _told(error: Exception) -> str:
    said = str(error)
    if match := _RAISED.search(said) or _FAILED.search(said):
        return match[1]
    if "string parse error" in said:
        return "type conversion error from 'string' to 'uint'"
    if isinstance(error, ZeroDivisionError):
        return "division by zero" if "division" in said else "modulus by zero"
    if isinstance(error, KeyError):
        return f"no such key: {error.args[0]}"
    if isinstance(error, OverflowError):
        return "integer overflow"
    return "no such overload" if isinstance(error, TypeError) else said
