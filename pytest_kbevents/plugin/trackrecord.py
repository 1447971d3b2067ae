"""The track record: what each scenario comes to on every release, beside what it says, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from pytest_kbevents.errors import SettingError
from pytest_kbevents.scenario.verdict import Verdict

BEGIN, END = "<!-- track record -->", "<!-- end of the track record -->"
"""In a file that has both, what is between them is written anew, and all else stays."""
CELLS = {"passes": "✓", "fails": "✗", "passes, unsaid": "·", "fails, unsaid": "-", "": " "}
LEGEND = "✓ passes and ✗ fails, as the scenario says; · passes and - fails where it says nothing."
TITLES = ("bug", "scenario", "what happens", "issues", "first bad", "first good")

Told = Mapping[str, str]
"""A test's properties, as in conformance.json."""


def told(verdict: Verdict) -> list[tuple[str, str]]:
    """What the record needs of a run, as properties of its test."""
    word = "passes" if verdict.passed else "fails"
    unsaid = ", unsaid" if verdict.of.says_of(verdict.release) is None else ""
    about = " ".join(verdict.of.description.split())
    return [("kb_cell", f"{word}{unsaid}"), ("kb_seconds", f"{verdict.seconds:.0f}"), ("kb_about", about)]


def table(results: Iterable[Told], releases: Sequence[str]) -> list[str]:
    """A row a scenario, by its bug; those without one come last."""
    rows = sorted(results, key=lambda each: (_order(each.get("bug", "")), each["scenario"]))
    head = [*TITLES, *releases, "seconds"]
    lines = [_row(head), _row(["---"] * len(head))]
    for name, group in groupby(rows, key=lambda each: each["scenario"]):
        by_release = {each["release"]: each for each in group}
        one = next(iter(by_release.values()))
        issues = ", ".join(f"#{number}" for number in one.get("issue", "").split())
        cells = [CELLS[by_release.get(release, {}).get("cell", "")] for release in releases]
        longest = max(int(each.get("seconds", "0")) for each in by_release.values())
        said = [
            one.get("bug", ""),
            name,
            one.get("about", ""),
            issues,
            one.get("first_bad", ""),
            one.get("first_good", ""),
        ]
        lines.append(_row([*said, *cells, str(longest)]))
    return [*lines, "", f"{LEGEND} Seconds are the world's own, at most."]


def frame(path: Path) -> tuple[str, str]:
    """What the file has before and after the record; nothing, when there is no such file yet. Raises SettingError."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else f"{BEGIN}{END}\n"
    except UnicodeDecodeError:
        raise SettingError(f"--kb-track-record {path}: it is no text in UTF-8; name another file") from None
    except OSError as error:
        raise SettingError(f"--kb-track-record {path}: {error.strerror}") from None
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SettingError(f"--kb-track-record {path}: it has no lines {BEGIN} and {END} to write between")
    return before, after


def put(path: Path, lines: Sequence[str]) -> None:
    """Write the record into its frame. Raises SettingError when it cannot be written."""
    before, after = frame(path)
    record = "\n".join([BEGIN, "", *lines, "", END])
    try:
        path.write_text(f"{before}{record}{after}", encoding="utf-8")
    except OSError as error:
        raise SettingError(f"--kb-track-record {path}: {error.strerror}") from None


def _order(bug: str) -> tuple[int, str]:
    """KB-A01, KB-K01, KB-R01, KB-T01, O-01; none is last."""
    return (0 if bug else 1), bug


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
