"""A failed verdict as a person reads it: in a terminal of 100 columns, without colour."""

from __future__ import annotations

import difflib
import json
import textwrap
from typing import Any

from pytest_kbevents.scenario.verdict import Finding, Line, Verdict

WIDTH = 100


def report(verdict: Verdict, repeat: str) -> str:
    """The finding of a failed verdict; ``repeat`` is the command that runs it again."""
    finding = verdict.finding
    assert finding is not None, "a passed verdict has no finding"
    parts = [
        _wrapped(finding.problem),
        f"  at {finding.position}, step {finding.verb}",
        "",
        *_difference(finding),
        *_section("last API error", [_wrapped(finding.last_error or "none", "  ")]),
        *_section(f"last {len(finding.revisions)} revisions that matter", _revisions(finding.revisions)),
        *_section("run it again", [f"  {repeat}"]),
    ]
    return "\n".join(parts).rstrip()


def _difference(finding: Finding) -> list[str]:
    if finding.expected is None and finding.seen is None:
        return []
    expected, seen = _lines(finding.expected), _lines(finding.seen)
    if len(expected) == len(seen) == 1:
        return _section("expected (-) and last seen (+)", [f"  - {expected[0]}", f"  + {seen[0]}"])
    lines = difflib.ndiff(expected, seen)
    return _section("expected (-) and last seen (+)", [f"  {line}" for line in lines if not line.startswith("?")])


def _lines(value: Any) -> list[str]:
    """One line where it fits, else one a field."""
    line = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if len(line) <= WIDTH - 4:
        return [line]
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True).splitlines()


def _revisions(lines: tuple[Line, ...]) -> list[str]:
    if not lines:
        return ["  none"]
    number = max(len(str(line.number)) for line in lines)
    time = max(len(line.time) for line in lines)
    writer = max(len(line.writer) for line in lines)
    return [
        _wrapped(line.text, f"  {line.number:>{number}}  {line.time:>{time}}  {line.writer:<{writer}}  ")
        for line in lines
    ]


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"{title}:", *lines, ""]


def _wrapped(text: str, first: str = "") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False)
