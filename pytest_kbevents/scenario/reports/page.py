"""One scenario's run as a page that stands alone, for a person who got it from CI: no network, one file from a disk."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

SCRIPTS = (
    "elements",
    "model",
    "difference",
    "marks",
    "timeline",
    "moving",
    "panel",
    "details",
    "table",
    "top",
)
"""The parts of the script, as ``page.NAME.js``, in the order in which they need each other; ``page.js`` starts them."""

_FOLDER = Path(__file__).parent
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def page(document: Mapping[str, Any]) -> str:
    """One HTML text, equal for equal documents: style, script and document are inside, and nothing else can be loaded.

    Args:
        document: the run, as plain JSON. Times are microseconds since the start of the world.

    Raises:
        ValueError: a number in it is not one that JSON has.
    """
    style, script = _style(), _script()
    return Template(_read("page.html")).substitute(
        title=_title(document),
        policy=_policy(style, script),
        style=style,
        script=script,
        document=_embedded({**document, "revisions": list(_lean(document["revisions"]))}),
    )


def _title(document: Mapping[str, Any]) -> str:
    name, release = document["scenario"]["name"], document["run"]["release"]
    text = html.escape(f"{document['verdict'].upper()}: {name} [{release}]")
    return text.encode("ascii", "xmlcharrefreplace").decode()


def _policy(style: str, script: str) -> str:
    """Only this style and this script, nothing from anywhere, and no text that becomes HTML."""
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
        ]
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _embedded(document: Mapping[str, Any]) -> str:
    """JSON in ASCII that an HTML parser sees no sign of markup in, whatever texts it has."""
    return json.dumps(document, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


def _lean(revisions: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Without each ``before`` that only repeats what the last revision of the same object left: half of the page."""
    left: dict[tuple[str, str], Any] = {}
    for revision in revisions:
        key = (revision["kind"], revision["name"])
        known = key in left and left[key] == revision["before"]
        yield {name: value for name, value in revision.items() if name != "before" or not known}
        left[key] = revision["after"]


@cache
def _style() -> str:
    return _read("page.css") + _read("page.lanes.css")


@cache
def _script() -> str:
    """All parts as one: they share their names, and the page needs one hash."""
    return "\n".join(_read(name) for name in (*(f"page.{part}.js" for part in SCRIPTS), "page.js"))


def _read(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")
