"""Formats by their names: ``format.dns1123Label().validate(self.name)`` is an optional list of what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pytest_kbevents.api import validity
from pytest_kbevents.apiserver.custom.checks import formats

KIND = "format"
"""The one field of a format's value in CEL."""


def _is(name: str, problem: str) -> Callable[[str], Iterable[str]]:
    return lambda text: () if formats.fits(name, text) else (problem,)


def _prefix(rule: Callable[[str], Iterable[str]]) -> Callable[[str], Iterable[str]]:
    return lambda text: rule(text[:-1] + "a" if text.endswith(("-", ".")) else text)


_RULES: Mapping[str, Callable[[str], Iterable[str]]] = {
    "dns1123Label": validity.dns_label,
    "dns1123Subdomain": validity.dns_subdomain,
    "dns1035Label": validity.old_dns_label,
    "qualifiedName": validity.qualified,
    "dns1123LabelPrefix": _prefix(validity.dns_label),
    "dns1123SubdomainPrefix": _prefix(validity.dns_subdomain),
    "dns1035LabelPrefix": _prefix(validity.old_dns_label),
    "labelValue": validity.label_value,
    "uri": _is("uri", "invalid URI for request"),
    "uuid": _is("uuid", "does not match the UUID format"),
    "byte": _is("byte", "invalid base64"),
    "date": _is("date", "invalid date"),
    "datetime": _is("datetime", "invalid datetime"),
}


def table() -> dict[str, Callable[..., Any]]:
    """A function for each format, and those that ask for one by name and hold a text against it."""
    found: dict[str, Callable[..., Any]] = {f"format__{name}": lambda name=name: {KIND: name} for name in _RULES}
    return found | {"format__named": named, "validate": validate}


def named(name: str) -> Any:
    """The format of a name, if there is one."""
    return _optional({KIND: name}, there=name in _RULES)


def validate(value: Any, text: str) -> Any:
    """What is wrong with a text, if anything."""
    problems = list(_RULES[value[KIND]](text))
    return _optional(problems, there=bool(problems))


def _optional(value: Any, *, there: bool) -> Any:
    from pytest_kbevents.apiserver.custom.cel import library

    return library.optional(value, there=there)
