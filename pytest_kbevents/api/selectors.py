"""Label and field selectors, as the API server and a client's cache both read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pytest_kbevents.api.label_parser import requirements
from pytest_kbevents.api.objects import Object, labels_of
from pytest_kbevents.errors import BadRequest

Predicate = Callable[[Object], bool]

_FIELD = re.compile(r"([^=!]*?)(==|!=|=)(.*)", re.DOTALL)


def label_selector(text: str) -> Predicate:
    """``a=b,c!=d,e in (f,g),h,!i`` as a predicate over objects.

    Raises:
        BadRequest: the text is not a label selector.
    """
    wanted = requirements(text)
    return lambda obj: all(requirement.holds(labels_of(obj)) for requirement in wanted)


def matching_labels(labels: Mapping[str, str]) -> Predicate:
    """The selector of a Service: every one of these labels, with these values."""
    return lambda obj: all(labels_of(obj).get(key) == value for key, value in labels.items())


@dataclass(frozen=True, slots=True)
class FieldTerm:
    """One term of a field selector: a path, a value, and whether it must differ."""

    path: str
    value: str
    negated: bool


def field_terms(text: str) -> Iterator[FieldTerm]:
    r"""``metadata.name=x,involvedObject.uid!=y``, term by term; ``\`` takes the meaning from ``,``, ``=`` and itself.

    Raises:
        BadRequest: the text is not a field selector.
    """
    for term in filter(None, re.split(r"(?<!\\),", text)):
        match = _FIELD.fullmatch(term)
        if match is None:
            raise BadRequest(f"invalid selector: '{text}'; can't understand '{term}'")
        if bare := re.search(r"(?<!\\)=", match[3]):
            raise BadRequest(f"invalid field selector: unescaped character in value: {ord(bare[0])}")
        yield FieldTerm(match[1], re.sub(r"\\([\\,=])", r"\1", match[3]), match[2] == "!=")


def field_selector(terms: Iterable[FieldTerm], defaulted: Mapping[str, str] | None = None) -> Predicate:
    """A predicate over objects; an absent field is the empty text, or what ``defaulted`` has for its path.

    That is another path, or a text after ``=``.
    """
    wanted = [(term.path, term.value, term.negated) for term in terms]
    instead = defaulted or {}
    return lambda obj: all((_value(obj, path, instead) == value) != negated for path, value, negated in wanted)


def _value(obj: Object, path: str, instead: Mapping[str, str]) -> str:
    found = _field(obj, path.split("."))
    if found or path not in instead:
        return found
    other = instead[path]
    return other[1:] if other.startswith("=") else _field(obj, other.split("."))


def _field(obj: Object, path: list[str]) -> str:
    value: object = obj
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
