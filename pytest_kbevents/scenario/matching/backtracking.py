"""Regular expressions that Python's ``re`` may not come to an end with.

Where a loop can take one text in two ways, every turn doubles the ways, and ``re`` tries them all before it says no:
``(a+)+$`` on 40 letters takes years. Such a loop is found as in Weideman, van der Merwe, Berglund and Watson,
"Analyzing matching time behavior of backtracking regular expression matchers by using ambiguity of NFA" (2016).
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product

from pytest_kbevents.scenario.matching.positions import Positions, positions

MOST_LOOPS = 12
"""One after the other: each of them can multiply the time with the length of a text."""
MOST_PAIRS = 200_000
"""That are looked at; an expression that has more is too large to be meant."""

_Pair = tuple[int, int]


def endless(pattern: re.Pattern[str]) -> str:
    """Why it may not end, or ``""``. Raises RecursionError for one that is nested very deeply."""
    from re import _parser  # type: ignore[attr-defined]  # what a pattern is made of is not told otherwise

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = positions(pattern, _parser.parse(pattern.pattern, pattern.flags))
    loops = _loops(found.follow, range(len(found.taken)))
    if found.explodes:
        return "it repeats what may be nothing"
    if len(loops) > MOST_LOOPS:
        return f"it has more than {MOST_LOOPS} loops"
    if any(_is_ambiguous(loop, found) for loop in loops):
        return "it has a loop that can take one text in several ways"
    return ""


def _is_ambiguous(loop: set[int], found: Positions) -> bool:
    """Whether there are two ways from a position in the loop back to it, over the same text."""
    follow = {here: {there: ways for there, ways in found.follow[here].items() if there in loop} for here in loop}
    if any(ways > 1 for each in follow.values() for ways in each.values()):
        return True
    onward: dict[_Pair, set[_Pair]] = defaultdict(set)
    backward: dict[_Pair, set[_Pair]] = defaultdict(set)
    waiting = [(here, here) for here in loop]
    seen = set(waiting)
    while waiting:
        pair = waiting.pop()
        for one, two in product(follow[pair[0]], follow[pair[1]]):
            if found.taken[one].isdisjoint(found.taken[two]):
                continue
            onward[pair].add((one, two))
            backward[one, two].add(pair)
            if (one, two) not in seen:
                seen.add((one, two))
                waiting.append((one, two))
        if len(seen) > MOST_PAIRS:
            return True
    return any(one != two for one, two in _reached([(here, here) for here in loop], backward) & seen)


def _reached(start: Iterable[_Pair], edges: Mapping[_Pair, set[_Pair]]) -> set[_Pair]:
    waiting = list(start)
    found = set(waiting)
    while waiting:
        new = edges.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _loops(follow: Mapping[int, Iterable[int]], every: Iterable[int]) -> list[set[int]]:
    """Sets of positions that are reached from one another."""
    reached = {here: _onward(here, follow) for here in every}
    found: dict[int, set[int]] = {}
    for here, others in reached.items():
        if here in others and here not in found:
            loop = {there for there in others if here in reached[there]}
            found |= dict.fromkeys(loop, loop)
    return list({id(loop): loop for loop in found.values()}.values())


def _onward(here: int, follow: Mapping[int, Iterable[int]]) -> set[int]:
    """The positions that come after one, itself only where it comes again."""
    waiting = list(follow.get(here, ()))
    found = set(waiting)
    while waiting:
        new = set(follow.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found
