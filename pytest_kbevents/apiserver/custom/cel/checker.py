"""Whether an expression of a definition can be a rule, or a message, of a schema."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.apiserver.custom.cel import library
from pytest_kbevents.apiserver.custom.cel.costs.estimating import Estimator
from pytest_kbevents.apiserver.custom.cel.library import Failed, NotCompiled
from pytest_kbevents.apiserver.custom.cel.typed import syntax
from pytest_kbevents.apiserver.custom.cel.typed.inference import Checker
from pytest_kbevents.apiserver.custom.cel.typed.kinds import BOOL, STRING, Type, optional_of
from pytest_kbevents.apiserver.custom.cel.typed.syntax import Literal
from pytest_kbevents.apiserver.custom.checks import regexps

_CONVERSIONS = ("bool", "bytes", "double", "duration", "int", "string", "timestamp", "uint")


@dataclass(frozen=True, slots=True)
class Checked:
    """An expression that can be asked."""

    cost: int
    """What it costs at most, asked once."""
    uses_old: bool
    """It compares with what was before."""


def rule(text: str, whole: Type, *, optional: bool) -> Checked:
    """A rule of values of a type. ``optional`` declares what was before as a value that may be absent.

    Raises NotCompiled, in the words of the real server.
    """
    try:
        return _checked(text, whole, BOOL, optional=optional)
    except _OtherType:
        raise NotCompiled("cel expression must evaluate to a bool") from None
    except Failed as error:
        raise NotCompiled(f"program instantiation failed: {error}") from None
    except NotCompiled as error:
        raise NotCompiled(f"compilation failed: {error}") from None


def message(text: str, whole: Type, *, optional: bool) -> Checked:
    """The expression of a message. Raises NotCompiled, in the words of the real server."""
    try:
        return _checked(text, whole, STRING, optional=optional)
    except _OtherType:
        raise NotCompiled("messageExpression must evaluate to a string") from None
    except Failed as error:
        raise NotCompiled(f"messageExpression instantiation failed: {error}") from None
    except NotCompiled as error:
        raise NotCompiled(f"messageExpression compilation failed: {error}") from None


class _OtherType(Exception):
    """An expression is of another type than is wanted."""


def _checked(text: str, whole: Type, wanted: Type, *, optional: bool) -> Checked:
    library.parsed(text)
    checker, before = Checker(), optional_of(whole) if optional else whole
    try:
        node = syntax.read(text)
    except syntax.Unreadable:
        return Checked(0, library.compiled(text).uses_old)
    kind = checker.type_of(node, {"self": whole, library.OLD_SELF: before})
    if checker.problems:
        raise NotCompiled("\n".join(library.pointed(text, at, told) for at, told in sorted(checker.problems)))
    if kind != wanted:
        raise _OtherType
    library.compiled(text)
    for name, constant in checker.constants:
        _look_at(name, constant)
    return Checked(Estimator(whole, checker.types).cost(node, {}), library.OLD_SELF in checker.names)


def _look_at(function: str, constant: Literal) -> None:
    """Raises Failed for what is constant and can never be computed."""
    if function in _CONVERSIONS:
        library.compiled(f"{function}({constant.text})").evaluate({})
    elif function in ("find", "findAll") and constant.kind == "string" and (told := regexps.problem(constant.value)):
        raise Failed(told)
