"""A verdict for programs, and for the page: JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_kbevents import __version__
from pytest_kbevents.history.describe import describe
from pytest_kbevents.history.exchange import Exchange
from pytest_kbevents.history.revision import Revision
from pytest_kbevents.scenario.verdict import Finding, Told, Verdict

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where and how it was run: the kind of cluster, and the command that runs it again."""

    cluster: str
    command: str


def summary(verdict: Verdict, origin: Origin) -> Json:
    """Without the history. Times are whole microseconds since the world began."""
    of, opened = verdict.of, verdict.opened
    return {
        "scenario": {
            "name": of.name,
            "file": of.document.file,
            "description": of.description,
            "labels": {**of.labels, "level": of.level},
        },
        "run": {
            "release": verdict.release,
            "cluster": origin.cluster,
            "controller": verdict.cast.controller,
            "seed": verdict.cast.seed,
            "version": __version__,
            "command": origin.command,
        },
        "verdict": "passed" if verdict.passed else "failed",
        "time": round(verdict.seconds * 1_000_000),
        "finding": None if verdict.finding is None else _finding(verdict.finding, opened),
        "steps": [{"number": number, **_told(told, opened)} for number, told in enumerate(verdict.steps, 1)],
        "invariants": [_told(told, opened) for told in verdict.invariants],
    }


def whole(verdict: Verdict, origin: Origin) -> Json:
    """With every revision and every request."""
    return {
        **summary(verdict, origin),
        "revisions": [_revision(verdict, revision) for revision in verdict.history.revisions],
        "requests": [_request(exchange, verdict.opened) for exchange in verdict.requests],
    }


def _finding(finding: Finding, opened: int) -> Json:
    near = finding.nearest
    nearest: Mapping[str, Any] | None = None
    if near is not None:
        nearest = {"revision": near.revision, "time": near.micros - opened, "seen": near.seen}
    return {
        "problem": finding.problem,
        "vacuous": finding.vacuous,
        "position": str(finding.position),
        "said_at": None if finding.said_at is None else str(finding.said_at),
        "used_at": None if finding.used_at is None else str(finding.used_at),
        "verb": finding.verb,
        "revision": finding.revision,
        "time": finding.micros - opened,
        "expected": finding.expected,
        "seen": finding.seen,
        "nearest": nearest,
        "last_error": finding.last_error,
        "also": list(finding.also),
        "waiting": list(finding.waiting),
    }


def _told(told: Told, opened: int) -> Json:
    return {
        "verb": told.verb,
        "text": told.text,
        "position": str(told.position),
        "judges": told.judges,
        "outcome": told.outcome,
        "begun": None if told.begun is None else told.begun - opened,
        "ended": None if told.ended is None else told.ended - opened,
    }


def _revision(verdict: Verdict, revision: Revision) -> Json:
    return {
        "number": revision.number,
        "time": revision.micros - verdict.opened,
        "writer": verdict.writer(revision.number) or "?",
        "type": revision.type,
        "kind": revision.resource.kind,
        "name": revision.object["metadata"]["name"],
        "text": describe(revision),
        "before": revision.before,
        "after": revision.after,
    }


def _request(exchange: Exchange, opened: int) -> Json:
    return {
        "time": exchange.micros - opened,
        "by": exchange.user_agent,
        "method": exchange.method,
        "path": exchange.path,
        "code": exchange.code,
        "problem": exchange.problem,
    }
