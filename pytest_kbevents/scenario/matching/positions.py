"""A regular expression as its positions - the places where it takes a character - and which of them can follow which.

Read from what Python's own parser makes of it. What takes no character (anchors, what is looked ahead for) stands for
nothing, and what a group matched before stands for any text: the expression here matches more than the real one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

SMALL = 8
"""A repetition of no more turns is no loop, unless it is in one."""
_SAMPLES = "0aA_ \n!é\u0660\U0010ffff"
"""Characters of each category."""
_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda char: char.isalnum() or char == "_",
}


@dataclass(slots=True)
class Part:
    """``empty`` is in how many ways it can match nothing; ``first`` and ``last`` are the positions where it begins and
    ends, each with the number of ways to get there.
    """

    empty: int = 1
    first: Counter[int] = field(default_factory=Counter)
    last: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class Positions:
    """``follow`` has the number of ways from one position to the next, ``taken`` the characters that each takes, as
    indices of samples. ``explodes``: nothing is repeated often, so that there are many ways to match it.
    """

    follow: defaultdict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    taken: list[set[int]] = field(default_factory=list)
    explodes: bool = False


def positions(pattern: re.Pattern[str], tree: Iterable[Any]) -> Positions:
    """Of a pattern, whose parsed ``tree`` that is."""
    builder = _Builder(pattern, tree)
    builder.part(tree)
    return builder.found


class _Builder:
    def __init__(self, pattern: re.Pattern[str], tree: Iterable[Any]) -> None:
        self.found = Positions()
        self._folds = bool(pattern.flags & re.IGNORECASE) or "(?" in pattern.pattern
        codes = {ord(char) for char in _SAMPLES} | {code + near for code in _codes(tree) for near in (-1, 0, 1)}
        self._samples = [chr(code) for code in sorted(codes) if 0 <= code <= 0x10FFFF]

    def part(self, items: Iterable[Any], *, loops: bool = False, turns: int = 1) -> Part:
        """``loops``: it is in a loop; ``turns`` is how often at least what is around it is repeated."""
        whole = Part()
        for item in items:
            whole = self._then(whole, self._item(item, loops, turns))
        return whole

    def _item(self, item: Any, loops: bool, turns: int) -> Part:
        name, value = str(item[0]), item[1]
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            return self._repeated(value, loops, turns)
        if name == "BRANCH":
            return _either([self.part(branch, loops=loops, turns=turns) for branch in value[1]])
        if name == "GROUPREF_EXISTS":
            return _either([self.part(branch or (), loops=loops, turns=turns) for branch in value[1:]])
        if name in ("SUBPATTERN", "ATOMIC_GROUP"):
            return self.part(value[-1] if name == "SUBPATTERN" else value, loops=loops, turns=turns)
        if name in ("ASSERT", "ASSERT_NOT"):
            self.part(value[1], loops=loops, turns=turns)
            return Part()
        return Part() if name == "AT" else self._position(name, value)

    def _repeated(self, value: Any, loops: bool, turns: int) -> Part:
        least, most, items = value
        is_loop = most > SMALL or (most > 1 and loops)
        part = self.part(items, loops=is_loop or loops, turns=turns * max(1, least))
        self.found.explodes |= bool(part.empty) and turns * least > 2 * SMALL
        if is_loop:
            self._link(part.last, part.first)
        return Part(part.empty if least else 1, part.first, part.last)

    def _position(self, name: str, value: Any) -> Part:
        items = value if name == "IN" else [(name, value)]
        taken = {index for index, char in enumerate(self._samples) if self._takes(items, char)}
        self.found.taken.append(taken)
        here = Counter([len(self.found.taken) - 1])
        return Part(int(name == "GROUPREF"), here, here)

    def _takes(self, items: Any, char: str) -> bool:
        forms = {char, *char.lower(), *char.upper()} if self._folds else {char}
        negated = str(items[0][0]) == "NEGATE"
        return negated != any(_is_in(item, form) for item in items[negated:] for form in forms)

    def _then(self, one: Part, two: Part) -> Part:
        self._link(one.last, two.first)
        first, last = one.first + _times(two.first, one.empty), two.last + _times(one.last, two.empty)
        return Part(min(2, one.empty * two.empty), first, last)

    def _link(self, last: Counter[int], first: Counter[int]) -> None:
        for before, ways in last.items():
            for after, more in first.items():
                self.found.follow[before][after] = min(2, self.found.follow[before][after] + ways * more)


def _either(parts: list[Part]) -> Part:
    first, last = Counter[int](), Counter[int]()
    for part in parts:
        first += part.first
        last += part.last
    return Part(min(2, sum(part.empty for part in parts)), first, last)


def _times(ways: Counter[int], factor: int) -> Counter[int]:
    return Counter({position: min(2, number * factor) for position, number in ways.items() if factor})


def _is_in(item: Any, char: str) -> bool:
    name, value = str(item[0]), item[1]
    if name in ("LITERAL", "NOT_LITERAL"):
        return bool(ord(char) == value) == (name == "LITERAL")
    if name == "RANGE":
        return bool(value[0] <= ord(char) <= value[1])
    if name == "CATEGORY":
        wanted = str(value)
        return ("_NOT_" in wanted) != _CATEGORIES[wanted.replace("_NOT_", "_")](char)
    return True  # any character, or what a group matched


def _codes(tree: Any) -> Iterable[int]:
    """All characters that are named in it."""
    tree = getattr(tree, "data", tree)  # a parsed part is a list of its own kind
    if isinstance(tree, int) and not isinstance(tree, bool) and 0 <= tree <= 0x10FFFF:
        yield int(tree)
    elif not isinstance(tree, (str, bytes)) and hasattr(tree, "__iter__"):
        for item in tree:
            yield from _codes(item)
