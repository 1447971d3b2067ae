"""The snippets of a page, and what their directives (``<!-- run -->`` before a fence) ask for."""

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(page for folder in ("tutorial", "how-to", "explanation") for page in (DOCS / folder).glob("*.md"))

_FENCE = re.compile(
    r"(?:^<!-- (?P<directive>[^\n]*?) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Snippet:
    """``directive`` is what stands in the comment right before it."""

    language: str
    directive: str
    text: str
    line: int


def snippets(page):
    """All of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Snippet(found["language"], found["directive"] or "", found["text"], text[: found.start("text")].count("\n"))
        for found in _FENCE.finditer(text)
    ]
