"""An Accept header, read as Kubernetes reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Clause:
    """One media type that the client takes."""

    type: str
    subtype: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    quality: float = 1.0

    def covers(self, media: str) -> bool:
        """Whether a media type such as ``application/json`` is one of these."""
        kind, _, subkind = media.partition("/")
        return self.type in (kind, "*") and self.subtype in (subkind, "*")


@lru_cache(maxsize=64)
def clauses(header: str) -> tuple[Clause, ...]:
    """What the client takes, best first; what cannot be read is left out."""
    return tuple(sorted(_read(header), key=_rank))


def _rank(clause: Clause) -> tuple[float, bool, bool]:
    return -clause.quality, clause.type == "*", clause.subtype == "*"


def _read(header: str) -> Iterator[Clause]:
    for part in header.split(","):
        media, *options = part.split(";")
        kind, slash, subkind = (text.strip(" ") for text in media.partition("/"))
        if kind == "*" and not slash:
            subkind = "*"
        if not subkind or "/" in subkind:
            continue
        parameters = dict(_parameters(options))
        yield Clause(kind, subkind, parameters, _quality(parameters.pop("q", "1")))


def _parameters(options: list[str]) -> Iterator[tuple[str, str]]:
    for option in options:
        name, equals, value = option.partition("=")
        if equals and value and "=" not in value:
            yield name.strip(" "), value.strip(" ")


def _quality(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
