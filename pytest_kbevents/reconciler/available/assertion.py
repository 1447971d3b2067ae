"""What a policy demands of one result (rule 5)."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_kbevents.api.objects import Object
from pytest_kbevents.reconciler.available.judgement import HOLDS, Judgement, every, negated, some
from pytest_kbevents.reconciler.available.probe_result import ProbeResult
from pytest_kbevents.reconciler.releases import Behaviours

SHOWN = 16
"""Bytes of an expected text that the condition shows."""

_OWN = ("succeed", "stdout", "stderr")


def judged(result: ProbeResult, assertion: Object, behaviours: Behaviours) -> Judgement:
    """Its own demands count where there are any; else the first of ``and``, ``or``, ``not``; without any it holds."""

    def nested(other: Object) -> Judgement:
        return every(_demands(result, other, behaviours))

    if any(assertion.get(key) is not None for key in _OWN):
        return nested(assertion)
    if assertion.get("and"):
        return every(map(nested, assertion["and"]))
    if assertion.get("or"):
        return some(map(nested, assertion["or"]))
    return HOLDS if assertion.get("not") is None else negated(nested(assertion["not"]))


def _demands(result: ProbeResult, assertion: Object, behaviours: Behaviours) -> Iterator[Judgement]:
    succeed = assertion.get("succeed")
    if succeed is not None:
        yield Judgement((result.code == 0) == succeed, f"probe code is not 0: {result.code}")
    for stream, seen in (("stdout", result.stdout), ("stderr", result.stderr)):
        expected: Object = assertion.get(stream) or {}
        if (whole := expected.get("equalTo")) is not None:
            differs = "does not match" if behaviours.says_does_not_match else "is not match"
            yield Judgement(seen == whole.encode(), f"probe {stream} {differs}: {shown(whole, behaviours)}")
        if (part := expected.get("contains")) is not None:
            yield Judgement(part.encode() in seen, f"probe {stream} does not contain: {shown(part, behaviours)}")


def shown(text: str, behaviours: Behaviours) -> str:
    """Its first 16 bytes, and ``...`` when there is more."""
    raw = text.encode()
    if len(raw) <= SHOWN:
        return text
    errors = "ignore" if behaviours.cuts_between_characters else "surrogateescape"
    return raw[:SHOWN].decode(errors=errors) + "..."
