"""The environment that templates are compiled and rendered in."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from types import BuiltinMethodType
from typing import Any

import jinja2
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pytest_kbevents.sandbox.counting import JOINED, PAID, SPENT, CountingGenerator
from pytest_kbevents.sandbox.effort import bound, rendering, spend, spent
from pytest_kbevents.sandbox.results import GROWING_FILTERS, check_format, check_growth, check_method, check_operation

Function = Callable[..., Any]


class Sandbox(ImmutableSandboxedEnvironment):
    """Undefined names are errors, and there are no global ones. What a template does is counted: with too much of it,
    rendering raises InputError.
    """

    code_generator_class = CountingGenerator
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, filters: Mapping[str, Function] | None = None, **syntax: Any) -> None:
        """``filters`` beside Jinja2's; ``syntax`` are options of Jinja2's own Environment."""
        super().__init__(
            undefined=jinja2.StrictUndefined,
            keep_trailing_newline=True,
            optimized=False,  # nothing is worked out before there is somebody to count
            finalize=_written,
            **syntax,
        )
        self.globals.clear()
        self.filters |= filters or {}
        tables: tuple[dict[str, Any], ...] = (self.filters, self.tests)
        for table in tables:
            table.update({name: _counted(function, name) for name, function in table.items()})
        self.filters |= {SPENT: spent, PAID: _paid, JOINED: _joined}

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """``+``, ``*``, ``**`` and ``%``, of what is not too large for it."""
        check_operation(operator, left, right)
        return spent(super().call_binop(context, operator, left, right))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805, PYI063 - as Jinja2 has it
        """A function, a macro, or a method of a value."""
        args = tuple(_at_hand(each) for each in args)
        spent([*args, *kwargs.values()])
        if isinstance(__obj, BuiltinMethodType):
            check_method(__obj, args)
        return spent(super().call(__context, __obj, *args, **kwargs))

    def wrap_str_format(self, value: Any) -> Function | None:
        """``str.format`` with fields that are not too wide."""
        function = super().wrap_str_format(value)
        if function is None:
            return None

        def bounded(*args: Any, **kwargs: Any) -> Any:
            check_format(value.__self__, [*args, *kwargs.values()])
            return function(*args, **kwargs)

        return bounded


def render(template: jinja2.Template, names: Mapping[str, Any]) -> str:
    """What a template of a ``Sandbox`` writes. Raises InputError when it does too much, and whatever it does wrong."""
    with rendering():
        text = template.render(names)
        bound(len(text))
        return text


def _counted(function: Function, name: str) -> Function:
    """A filter or a test that counts what it is given and what it makes of it."""
    passed = 1 if hasattr(function, "jinja_pass_arg") else 0  # the context, or the like, comes first

    @functools.wraps(function)
    def counted(*args: Any, **kwargs: Any) -> Any:
        given = [_at_hand(each) for each in args[passed:]]
        spent([*given, *kwargs.values()])
        if name in GROWING_FILTERS:
            check_growth(given[0], [*given[1:], *kwargs.values()])
        if name == "format":
            check_operation("%", given[0], kwargs or tuple(given[1:]))
        return spent(function(*args[:passed], *given, **kwargs))

    return counted


def _at_hand(value: Any) -> Any:
    """What is made item by item, as a list: so it can be counted."""
    if not isinstance(value, Iterator):
        return value
    found = []
    for item in value:
        spend(1)
        found.append(item)
    return found


@jinja2.pass_context
def _written(context: Context, value: Any) -> Any:
    """What stands in ``{{ }}``; it takes the context so that Jinja2 calls it when the template is rendered."""
    del context
    return spent(value)


@jinja2.pass_context
def _paid(context: Context, amount: int) -> str:
    del context
    spend(amount)
    return ""


def _joined(parts: list[Any]) -> str:
    text = "".join(map(str, parts))
    spend(len(text))
    return text
