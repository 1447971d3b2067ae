"""Deadlines that a probe cannot keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pytest_kbevents.agent.database.script import Conduct
from pytest_kbevents.agent.probes.probeconfig import DEFAULT_PERIOD
from pytest_kbevents.api.names import AVAILABLE_PROBE, ROLE_PROBE
from pytest_kbevents.clock import SECOND
from pytest_kbevents.environment.workload import Probe
from pytest_kbevents.scenario.judgements.expect import Expect
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.durations import length
from pytest_kbevents.scenario.lint.rule import Found, rule
from pytest_kbevents.scenario.operations.agent import Agent
from pytest_kbevents.scenario.operations.bind import Bind
from pytest_kbevents.scenario.operations.wait import Wait
from pytest_kbevents.scenario.subjects.component import ComponentAvailable
from pytest_kbevents.scenario.subjects.pod import PodRole
from pytest_kbevents.scenario.subjects.subject import Subject
from pytest_kbevents.scenario.subjects.told import Told

_QUIET = {kind.verb for kind in (Agent, Bind, Wait)}
"""Where nothing else is done, probes alone tell anything."""


@dataclass(frozen=True, slots=True)
class _Script:
    """What a probe of a Pod answers, and when that can be known at the earliest, in microseconds since the start."""

    fails: bool
    is_first: bool
    known: int


_Scripts = dict[tuple[str, str], _Script | None]
"""By Pod and probe; None where the script has several answers, or the agent began anew."""


@rule("too-soon", "warning")
def too_soon(case: Case) -> Found:
    """A `within` that is over before the probe which alone could bring it about has run as often as its threshold."""
    if any(turn.operation is None or not (turn.judges or turn.verb in _QUIET) for turn in case.turns):
        return
    scripts: _Scripts = {}
    now = 0
    for turn in case.turns:
        operation = turn.operation
        if isinstance(operation, Agent):
            _tell(operation, scripts, case, now)
        if isinstance(operation, Expect):
            known = _known(operation.subject, scripts)
            if known is not None and known > now + operation.within:
                problem = f"{operation.within / SECOND:g}s is over before the probe can have told it"
                remedy = f"{(known - now) / SECOND:g}s from here at the earliest (a period for each further run)"
                yield turn.at("within"), f"{problem}, {remedy}; wait longer"
        now += length(operation)


def _tell(agent: Agent, scripts: _Scripts, case: Case, now: int) -> None:
    if {"down", "restart", "release", "clock"} & agent.model_fields_set:
        scripts.update({(agent.pod, name): None for name in case.workload.probes})
        return
    told = {ROLE_PROBE: agent.role_probe, AVAILABLE_PROBE: agent.available_probe, **agent.actions}
    for name, conduct in told.items():
        if conduct is not None and name in case.workload.probes:
            key = agent.pod, name
            before = scripts.get(key)
            is_known = _is_simple(conduct) and (key not in scripts or before is not None)
            scripts[key] = _script(case.workload.probes[name], conduct, before, now) if is_known else None


def _script(probe: Probe, conduct: Conduct, before: _Script | None, now: int) -> _Script:
    """The first answer, and a turn of luck, is told by as many runs as it takes; another output by the next one."""
    period = (probe.period if probe.period > 0 else DEFAULT_PERIOD) * SECOND
    fails = conduct.exit_code != 0
    runs = max(probe.failure_threshold if fails else probe.success_threshold, 1)
    if before is None:
        delay = max(probe.initial_delay * SECOND - now, 0)
        return _Script(fails, is_first=True, known=now + delay + (runs - 1) * period)
    return _Script(fails, is_first=False, known=now + (runs - 1) * period if before.fails != fails else 0)


def _is_simple(conduct: Conduct) -> bool:
    """Whether it answers the same each time."""
    return not (conduct.sequence or conduct.command or conduct.fail_every or "[[" in conduct.output)


def _known(subject: Subject, scripts: _Scripts) -> int | None:
    """When it can be so at the earliest; None when that cannot be said."""
    found = list(_telling(subject, scripts))
    times = [script.known for script in found if script is not None]
    return min(times) if found and len(times) == len(found) else None


def _telling(subject: Subject, scripts: _Scripts) -> Iterator[_Script | None]:
    """The scripts that can bring it about; a role may be told out of turn once it is there."""
    if isinstance(subject, ComponentAvailable) and subject.available == "True":
        yield from (script for (_, name), script in scripts.items() if name == AVAILABLE_PROBE)
    elif isinstance(subject, PodRole) and isinstance(subject.role, str):
        script = scripts.get((subject.pod, ROLE_PROBE))
        yield script if script is None or (script.is_first and not script.fails) else None
    elif isinstance(subject, Told):
        script = scripts.get((subject.about, subject.event))
        yield script if script is None or script.is_first else None
