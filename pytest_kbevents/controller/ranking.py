"""The greatest of many: of the objects that share a value, what one says that ranks highest, without looking at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api.objects import Key, Object

RankFunction = Callable[[Object], Iterable[tuple[str, int, Any]]]
"""What an object says: (value it is found under, rank, whatever was read out of it)."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one object says."""

    key: Key
    rank: int
    said: Any


class Ranking:
    """Kept as objects come and go; each is read once."""

    def __init__(self, function: RankFunction) -> None:
        self._function = function
        self._groups: dict[str, dict[Key, Ranked]] = {}
        self._greatest: dict[str, Ranked] = {}
        self._places: dict[Key, list[str]] = {}

    def put(self, key: Key, obj: Object | None) -> None:
        """As it is from now on; None: it is gone."""
        said = {} if obj is None else {value: Ranked(key, rank, what) for value, rank, what in self._function(obj)}
        for value in self._places.pop(key, ()):
            if value not in said:
                self._drop(value, key)
        for value, ranked in said.items():
            self._place(value, ranked)
        if said:
            self._places[key] = list(said)

    def greatest(self, value: str) -> Ranked | None:
        """The one of the highest rank; of several, the last that came."""
        group = self._groups.get(value)
        if not group:
            return None
        if value not in self._greatest:  # the greatest is gone: the others are looked at once
            self._greatest[value] = max(group.values(), key=lambda ranked: ranked.rank)
        return self._greatest[value]

    def all(self, value: str) -> list[Ranked]:
        """All of them, in no order."""
        return list(self._groups.get(value, {}).values())

    def _place(self, value: str, ranked: Ranked) -> None:
        self._groups.setdefault(value, {})[ranked.key] = ranked
        known = self._greatest.get(value)
        if known is not None and ranked.rank >= known.rank:
            self._greatest[value] = ranked
        elif known is not None and known.key == ranked.key:
            del self._greatest[value]

    def _drop(self, value: str, key: Key) -> None:
        group = self._groups[value]
        del group[key]
        known = self._greatest.get(value)
        if known is not None and known.key == key:
            del self._greatest[value]
        if not group:
            del self._groups[value]
