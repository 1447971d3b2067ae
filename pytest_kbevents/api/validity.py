"""What names, label keys and label values may look like (Kubernetes: apimachinery's validation package)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

NameRule = Callable[[str], Iterable[str]]
"""Says what is wrong with a name."""

REMEMBERED = 4096
"""Names whose problems are remembered: the same few come with every write."""

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?", re.ASCII)
_SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*", re.ASCII)
_QUALIFIED = re.compile(r"([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]", re.ASCII)
_VALUE = re.compile(r"(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?", re.ASCII)

_OLD_LABEL = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?", re.ASCII)

_OLD_LABEL_RULE = (
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, "
    "and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is "
    "'[a-z]([-a-z0-9]*[a-z0-9])?')"
)
_LABEL_RULE = (
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with "
    "an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
)
_SUBDOMAIN_RULE = (
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and "
    "end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
)
_QUALIFIED_RULE = (
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
    "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
    "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
)
_VALUE_RULE = (
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and "
    "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
    "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
)


@lru_cache(REMEMBERED)
def dns_label(name: str) -> tuple[str, ...]:
    """RFC 1123, 63 characters: Namespaces, Services, containers."""
    return tuple(_dns_label(name))


def _dns_label(name: str) -> Iterator[str]:
    if len(name) > 63:
        yield "must be no more than 63 characters"
    if not _LABEL.fullmatch(name):
        yield "must not contain dots" if _SUBDOMAIN.fullmatch(name) else _LABEL_RULE


@lru_cache(REMEMBERED)
def old_dns_label(name: str) -> tuple[str, ...]:
    """RFC 1035, 63 characters, the first a letter: versions, and the names of custom kinds."""
    length = () if len(name) <= 63 else ("must be no more than 63 characters",)
    return length if _OLD_LABEL.fullmatch(name) else (*length, _OLD_LABEL_RULE)


@lru_cache(REMEMBERED)
def dns_subdomain(name: str) -> tuple[str, ...]:
    """RFC 1123, 253 characters: most kinds."""
    return tuple(_dns_subdomain(name))


def _dns_subdomain(name: str) -> Iterator[str]:
    if len(name) > 253:
        yield "must be no more than 253 characters"
    if not _SUBDOMAIN.fullmatch(name):
        yield _SUBDOMAIN_RULE


@lru_cache(REMEMBERED)
def path_segment(name: str) -> tuple[str, ...]:
    """What can stand between two slashes: roles and their bindings."""
    return tuple(_path_segment(name))


def _path_segment(name: str) -> Iterator[str]:
    if name in (".", ".."):
        yield f"may not be '{name}'"
        return
    for part in ("/", "%"):
        if part in name:
            yield f"may not contain '{part}'"


@lru_cache(REMEMBERED)
def qualified(name: str) -> tuple[str, ...]:
    """``name`` or ``prefix/name``: keys of labels and annotations."""
    return tuple(_qualified(name))


def _qualified(name: str) -> Iterator[str]:
    *prefix, part = name.split("/")
    if len(prefix) > 1:
        yield (
            "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with "
            "an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
            "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. "
            "'example.com/MyName')"
        )
        return
    if prefix and not prefix[0]:
        yield "prefix part must be non-empty"
    elif prefix:
        yield from (f"prefix part {problem}" for problem in dns_subdomain(prefix[0]))
    if not part:
        yield "name part must be non-empty"
    elif len(part) > 63:
        yield "name part must be no more than 63 bytes"
    if not _QUALIFIED.fullmatch(part):
        yield f"name part {_QUALIFIED_RULE}"


@lru_cache(REMEMBERED)
def label_value(value: str) -> tuple[str, ...]:
    """Values of labels."""
    return tuple(_label_value(value))


def _label_value(value: str) -> Iterator[str]:
    if len(value) > 63:
        yield "must be no more than 63 bytes"
    if not _VALUE.fullmatch(value):
        yield _VALUE_RULE
