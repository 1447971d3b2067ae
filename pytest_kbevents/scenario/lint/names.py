"""Which names the templates in some data use, by their syntax trees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jinja2
from jinja2 import meta, nodes

from pytest_kbevents.scenario.template import _environment
from pytest_kbevents.scenario.yamlfile import Path

DICE = frozenset({"rand", "choice"})
"""Functions whose answer depends on the seed."""
VARYING = frozenset({"now", "micros", "uid", "event_name"})
"""Functions whose answer depends on when they are called."""


def texts(data: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text in some data, and where."""
    if isinstance(data, Mapping):
        for key, item in data.items():
            yield from texts(item, (*path, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from texts(item, (*path, index))
    elif isinstance(data, str):
        yield path, data


def names_in(data: Any) -> set[str]:
    """All names that templates in it take from outside."""
    return {name for _, text in texts(data) for name in undeclared(text)}


def attributes_in(data: Any, name: str) -> set[str] | None:
    """What templates in it take of a mapping of that name; None when one takes the mapping as a whole."""
    found: set[str] = set()
    for _, text in texts(data):
        if name not in undeclared(text):
            continue
        tree = parsed(text)
        taken = [
            str(attribute) for each in tree.find_all((nodes.Getattr, nodes.Getitem)) if (attribute := _of(each, name))
        ]
        if len(taken) != sum(1 for each in tree.find_all(nodes.Name) if each.name == name):
            return None
        found.update(taken)
    return found


@cache
def undeclared(text: str) -> frozenset[str]:
    """The names of one text; none of a text that does not parse, which the loader tells if it renders it."""
    if "{" not in text:
        return frozenset()
    try:
        return frozenset(meta.find_undeclared_variables(parsed(text)))
    except (jinja2.TemplateError, RecursionError):
        return frozenset()


def parsed(text: str) -> nodes.Template:
    """A template's syntax tree. Raises TemplateError."""
    return _grammar().parse(text)


@cache
def _grammar() -> jinja2.Environment:
    """It knows which filters and tests there are, and renders nothing."""
    grammar = jinja2.Environment()  # noqa: S701 - nothing is escaped in scenarios
    grammar.filters, grammar.tests = _environment().filters, _environment().tests
    return grammar


def _of(node: nodes.Node, name: str) -> str | None:
    """``b`` of ``a.b`` and of ``a["b"]``."""
    owner = getattr(node, "node", None)
    if not isinstance(owner, nodes.Name) or owner.name != name:
        return None
    if isinstance(node, nodes.Getattr):
        return node.attr
    argument = node.arg if isinstance(node, nodes.Getitem) else None
    return str(argument.value) if isinstance(argument, nodes.Const) else None
