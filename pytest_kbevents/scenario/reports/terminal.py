"""A failed verdict as a person reads it, in a terminal of 100 columns or a log of CI."""

from __future__ import annotations

import difflib
import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pytest_kbevents.clock import since
from pytest_kbevents.scenario.verdict import Finding, Line, Verdict

WIDTH = 100

Style = Literal["", "problem", "title", "wanted", "seen", "faint"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line, and what it is: where there are colours, they follow from that."""

    text: str
    style: Style = ""


def report(verdict: Verdict, repeat: str) -> str:
    """All rows of it, as a text."""
    return "\n".join(row.text for row in rows(verdict, repeat))


def rows(verdict: Verdict, repeat: str) -> list[Row]:
    """The finding of a failed verdict; ``repeat`` is the command that runs it again."""
    finding = verdict.finding
    assert finding is not None, "a passed verdict has no finding"
    sections = [
        *_problem(finding),
        *_difference(finding),
        *_nearest(verdict, finding),
        *_list("for the same cause", finding.also),
        *_list("also waited for", finding.waiting),
        *_section("last API error", [Row(_wrapped(finding.last_error or "none", "  "))]),
        *_section(f"last {len(finding.revisions)} revisions that matter", _revisions(finding)),
        *_section("run it again", [Row(f"  {repeat}")]),
    ]
    while sections and not sections[-1].text:
        sections.pop()
    return sections


def _problem(finding: Finding) -> Iterator[Row]:
    yield Row(_wrapped(finding.problem), "problem")
    yield Row(f"  at {finding.position}, step {finding.verb}")
    if finding.said_at is not None:
        yield Row(f"  said at {finding.said_at}")
    if finding.used_at is not None:
        yield Row(f"  used at {finding.used_at}")
    yield Row("")


def _difference(finding: Finding) -> list[Row]:
    if finding.expected is None and finding.seen is None:
        return []
    expected, seen = _lines(finding.expected), _lines(finding.seen)
    title = "expected (-) and last seen (+)"
    if len(expected) == len(seen) == 1:
        return _section(title, [Row(f"  - {expected[0]}", "wanted"), Row(f"  + {seen[0]}", "seen")])
    styles: dict[str, Style] = {"-": "wanted", "+": "seen"}
    lines = [line for line in difflib.ndiff(expected, seen) if not line.startswith("?")]
    return _section(title, [Row(f"  {line}", styles.get(line[:1], "")) for line in lines])


def _nearest(verdict: Verdict, finding: Finding) -> list[Row]:
    near = finding.nearest
    if near is None:
        return []
    when = since(near.micros, verdict.opened)
    place = f"at revision {near.revision}, {when}" if near.revision else f"to begin with, {when}"
    return _section(f"nearest miss, {place}", [Row(f"  + {line}", "seen") for line in _lines(near.seen)])


def _list(title: str, texts: tuple[str, ...]) -> list[Row]:
    return _section(title, [Row(_wrapped(text, "  ")) for text in texts]) if texts else []


def _lines(value: Any) -> list[str]:
    """One line where it fits, else one a field."""
    line = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if len(line) <= WIDTH - 4:
        return [line]
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True).splitlines()


def _revisions(finding: Finding) -> list[Row]:
    lines = finding.revisions
    if not lines:
        return [Row("  none")]
    number = max(len(str(line.number)) for line in lines)
    time = max(len(line.time) for line in lines)
    writer = max(len(line.writer) for line in lines)

    def told(line: Line) -> Row:
        mark = ">" if line.number == finding.revision else " "
        start = f"{mark} {line.number:>{number}}  {line.time:>{time}}  {line.writer:<{writer}}  "
        return Row(_wrapped(line.text, start), "problem" if mark == ">" else "")

    return [told(line) for line in lines]


def _section(title: str, lines: list[Row]) -> list[Row]:
    return [Row(f"{title}:", "title"), *lines, Row("")]


def _wrapped(text: str, first: str = "") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False)
