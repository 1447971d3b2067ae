"""A revision in one line, for people."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.api.http import ADDED
from pytest_kbevents.api.objects import name_of
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.history.revision import Revision

_DULL = frozenset({"resourceVersion", "uid", "creationTimestamp", "generation", "managedFields"})
_SHOWN = 3
_WIDTH = 46


def describe(revision: Revision) -> str:
    """What the revision did to the object: created, deleted, or which fields went from what to what."""
    subject = f"{revision.resource.kind} {name_of(revision.object)}{_news(revision)}"
    if revision.after is None:
        return f"{subject} deleted"
    if revision.type == ADDED or revision.before is None:
        return f"{subject} created"
    changes = [
        f"{_short(path)} {_text(old)} -> {_text(new)}" for path, old, new in _changes(revision.before, revision.object)
    ]
    more = f" (+{len(changes) - _SHOWN} more)" if len(changes) > _SHOWN else ""
    return f"{subject}: {', '.join(changes[:_SHOWN]) or 'no change'}{more}"


def _news(revision: Revision) -> str:
    """What an Event says; of a kb-agent's, the outcome instead of its JSON."""
    if revision.resource != EVENTS:
        return ""
    reason, message = revision.object.get("reason", ""), revision.object.get("message") or ""
    try:
        outcome = json.loads(message)
        output = base64.b64decode(outcome.get("output", "")).decode("utf-8", "replace").strip()
    except (ValueError, AttributeError):
        return f" ({reason}: {_text(message)})"
    said = (
        f"{reason} {_text(output)!r}"
        if outcome.get("code") == 0
        else f"{reason} failed: {_text(outcome.get('message'))}"
    )
    return f" ({said})"


def _changes(before: Any, after: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*before, *(key for key in after if key not in before)]:
            if key not in _DULL:
                yield from _changes(before.get(key), after.get(key), (*path, key))
    elif before is None and isinstance(after, Mapping):
        yield from _changes({}, after, path)
    elif after is None and isinstance(before, Mapping):
        yield from _changes(before, {}, path)
    elif before != after:
        yield path, before, after


def _short(path: tuple[str, ...]) -> str:
    """A label or annotation by its name alone, a field by its path."""
    if path[:1] == ("metadata",) and len(path) == 3:
        return path[2]
    return ".".join(path)


def _text(value: Any) -> str:
    text = "(none)" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 3]}..."
