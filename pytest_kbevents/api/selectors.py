"""Label and field selectors, as the API server and a client's cache both read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pytest_kbevents.api.objects import Object, labels_of
from pytest_kbevents.errors import BadRequest

Predicate = Callable[[Object], bool]

_SET = re.compile(r"(?P<key>\S+)\s+(?P<op>in|notin)\s*\((?P<values>[^()]*)\)")
_EQUALITY = re.compile(r"(?P<key>[^=!\s]+)\s*(?P<op>==|=|!=)\s*(?P<value>[^=!\s]*)")
_NAME = re.compile(r"!?\s*[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One term of a label selector; ``values`` is None where only presence counts."""

    key: str
    values: frozenset[str] | None
    negated: bool = False

    def holds(self, labels: Mapping[str, str]) -> bool:
        """Kubernetes' rule: ``!=`` and ``notin`` hold for an object without the label too."""
        present = self.key in labels
        matched = present if self.values is None else present and labels[self.key] in self.values
        return matched != self.negated


def label_selector(text: str) -> Predicate:
    """``a=b,c!=d,e in (f,g),h,!i`` as a predicate over objects.

    Raises:
        BadRequest: the text is not a label selector.
    """
    requirements = [_requirement(term.strip()) for term in _terms(text)]
    return lambda obj: all(requirement.holds(labels_of(obj)) for requirement in requirements)


def matching_labels(labels: Mapping[str, str]) -> Predicate:
    """The selector of a Service: every one of these labels, with these values."""
    return lambda obj: all(labels_of(obj).get(key) == value for key, value in labels.items())


def field_selector(text: str) -> Predicate:
    """``metadata.name=x,involvedObject.uid!=y`` as a predicate; an absent field is the empty text.

    Raises:
        BadRequest: the text is not a field selector.
    """
    wanted: list[tuple[list[str], str, bool]] = []
    for term in _terms(text):
        match = _EQUALITY.fullmatch(term.strip())
        if match is None:
            raise BadRequest(f"invalid field selector {term!r}: it must be path=value or path!=value")
        wanted.append((match["key"].split("."), match["value"], match["op"] == "!="))
    return lambda obj: all((_field(obj, path) == value) != negated for path, value, negated in wanted)


def _requirement(term: str) -> Requirement:
    if match := _SET.fullmatch(term):
        values = frozenset(value.strip() for value in match["values"].split(","))
        return Requirement(match["key"], values, match["op"] == "notin")
    if match := _EQUALITY.fullmatch(term):
        return Requirement(match["key"], frozenset({match["value"]}), match["op"] == "!=")
    if _NAME.fullmatch(term):
        return Requirement(term.lstrip("! "), None, term.startswith("!"))
    raise BadRequest(f"unable to parse requirement: {term!r} is not a label selector term")


def _terms(text: str) -> list[str]:
    """Split at the commas outside parentheses."""
    return [term for term in re.split(r",(?![^()]*\))", text) if term.strip()]


def _field(obj: Object, path: list[str]) -> str:
    value: object = obj
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else None
    return "" if value is None else str(value)
