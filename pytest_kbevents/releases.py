"""Whose behaviour is imitated, and how a table of behaviours is written: each once, with its value in each release.

What the releases do stands in the tables of the reconciler and of the agent, ``releases.py`` in each room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

RELEASES = (
    "0.5.0",
    "0.8.3",
    "0.9.1",
    "0.9.5",
    "1.0.0-nov24",
    "1.0.0-dec24",
    "1.0.0-jan25",
    "1.0.0",
    "1.0.1",
    "1.0.2",
    "1.0.3-beta.1",
    "1.0.3",
    "1.1.0-beta.5",
    "1.1.0-beta.9",
    "main",
    "fixed",
)
"""KubeBlocks' releases by version; ``fixed`` is main with its known problems repaired. The betas of 1.0.0 by the day:
as it was on 21 November and 2 December 2024 and on 15 January 2025.
"""

DEFAULT_RELEASE = "fixed"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One row: what it is, which entries of the list of bugs it belongs to, and its value in each release."""

    name: str
    text: str
    entries: tuple[str, ...]
    values: Mapping[str, Any]


def since(text: str, *entries: str, **values: Any) -> Any:
    """A field of a table: ``v0_9_5=8, v1_0_0=1`` is 8 in 0.9.5, and 1 from 1.0.0 to the next release that is named.

    ``entries`` are those of the list of bugs (``KB-R30``, ``O-12``). The first release must be named.
    """
    named = dict(values)
    spread: dict[str, Any] = {}
    current = named[_field_name(RELEASES[0])]
    for release in RELEASES:
        current = named.pop(_field_name(release), current)
        spread[release] = current
    if named:
        raise KeyError(f"no release is called {', '.join(named)}")
    return field(metadata={"behaviour": (text, entries, spread)})


def rows(kind: type) -> Iterator[Behaviour]:
    """All behaviours of a table, in the order they are declared."""
    for item in fields(kind):
        text, entries, values = item.metadata["behaviour"]
        yield Behaviour(item.name, text, entries, values)


def table(kind: type[T]) -> dict[str, T]:
    """Each release's column."""
    return {release: kind(**{row.name: row.values[release] for row in rows(kind)}) for release in RELEASES}


def _field_name(release: str) -> str:
    """``1.0.3-beta.1`` is ``v1_0_3_beta_1``; main and fixed are themselves."""
    return f"v{release.translate(str.maketrans('.-', '__'))}" if release[0].isdigit() else release
