"""A revision in one line, for people."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.api.http import ADDED
from pytest_kbevents.api.names import TASK
from pytest_kbevents.api.objects import name_of
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.history.revision import Revision

_DULL = frozenset({"resourceVersion", "uid", "creationTimestamp", "generation", "managedFields"})
_SHOWN = 3
_WIDTH = 46
_LEAD = 8
"""Characters of what is the same, before the part in which two texts differ."""
_NEVER = "0001-01-01T00:00:00Z"
"""The end of a task that has not ended."""


def describe(revision: Revision) -> str:
    """What the revision did to the object: created, deleted, or which fields went from what to what."""
    subject = f"{revision.resource.kind} {name_of(revision.object)}{_news(revision)}"
    if revision.after is None:
        return f"{subject} deleted"
    if revision.type == ADDED or revision.before is None:
        return f"{subject} created"
    changes = [f"{_short(path)} {_pair(old, new)}" for path, old, new in _changes(revision.before, revision.object)]
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
    except (ValueError, TypeError, AttributeError, RecursionError):  # whoever wrote it, it is no agent's
        return f" ({reason}: {_text(message)})"
    if reason == TASK:
        what = f"{reason} {outcome.get('UID', '')!r} of {outcome.get('replica', '')}"
        what += "" if outcome.get("endTime", _NEVER) == _NEVER else " ended"
    else:
        what = f"{reason} {_text(output)!r}"
    said = what if outcome.get("code") == 0 else f"{reason} failed: {_text(outcome.get('message'))}"
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


def _pair(old: Any, new: Any) -> str:
    """From what to what; of long texts, the part in which they differ."""
    before, after = _whole(old), _whole(new)
    if max(len(before), len(after)) > _WIDTH:
        pairs = enumerate(zip(before, after, strict=False))
        same = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
        skipped = max(same - _LEAD, 0)
        lead = "..." if skipped else ""
        before, after = f"{lead}{before[skipped:]}", f"{lead}{after[skipped:]}"
    return f"{_cut(before)} -> {_cut(after)}"


def _text(value: Any) -> str:
    return _cut(_whole(value))


def _whole(value: Any) -> str:
    return "(none)" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 3]}..."
