"""The window of results that a Component's status keeps (rule 4): a JSON list in one text."""

from __future__ import annotations

import base64
from collections.abc import Collection, Sequence
from typing import Any

from pytest_kbevents.api import gojson, times
from pytest_kbevents.api.objects import Object
from pytest_kbevents.clock import SECOND
from pytest_kbevents.reconciler.available.probe_result import ProbeResult

CACHE_KEY = "Event/available-probe"
"""In the Component's ``status.message``."""

_LAST = times.parse("9999-12-31T23:59:59Z")

_SHAPE = {
    "podName": gojson.text,
    "podUID": gojson.text,
    "timestamp": gojson.moment,
    "code": gojson.int32,
    "stdout": gojson.octets,
    "stderr": gojson.octets,
}


def cached(component: Object) -> str:
    """The text that the status has, ``""`` when it has none."""
    return str(((component.get("status") or {}).get("message") or {}).get(CACHE_KEY) or "")


def decode(text: str) -> list[ProbeResult]:
    """Raises ValueError for anything but such a list; no text is none."""
    rows = gojson.document(text, gojson.array(gojson.struct(_SHAPE))) if text else []
    return [_result(row) for row in rows]


def encode(results: Sequence[ProbeResult]) -> str:
    """As Go writes it: what is empty is left out."""
    return gojson.encode([_row(result) for result in results])


def kept(known: Sequence[ProbeResult], new: ProbeResult, names: Collection[str], after: int) -> list[ProbeResult]:
    """The latest of each Pod that the component has now and that is dated after ``after``. Of two with one date the
    known one stays. The new one's Pod comes first: the real list is out of order after each Event as well.
    """
    latest: dict[str, ProbeResult] = {}
    for result in (*known, new):
        if result.pod not in names or result.micros <= after:
            continue
        if result.pod not in latest or result.micros > latest[result.pod].micros:
            latest[result.pod] = result
    return sorted(latest.values(), key=lambda result: result.pod != new.pod)


def _result(row: dict[str, Any]) -> ProbeResult:
    return ProbeResult(
        row.get("podName", ""),
        row.get("podUID", ""),
        row.get("timestamp", times.ZERO_MICROS),
        row.get("code", 0),
        row.get("stdout", b""),
        row.get("stderr", b""),
    )


def _row(result: ProbeResult) -> dict[str, Any]:
    row = {
        "podName": result.pod,
        "podUID": result.uid,
        "timestamp": _moment(result.micros),
        "code": result.code,
    }
    output = {"stdout": result.stdout, "stderr": result.stderr}
    return {**row, **{key: base64.b64encode(value).decode() for key, value in output.items() if value}}


def _moment(micros: int) -> str:
    """With as many decimals as it needs, and no later than a time can be written."""
    micros = min(micros, _LAST)
    return times.time(micros) if micros % SECOND == 0 else times.micro_time(micros).rstrip("0Z") + "Z"
