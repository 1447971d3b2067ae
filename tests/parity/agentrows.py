"""Rows of the tables of agents: a probe's configuration, what the database does, what happens meanwhile, and the Events
that come of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from parity.agentworld import KBAGENT, AgentWorld, Fault, environ, failed, succeeded
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.clock import SECOND

LORRY = ("0.9.5",)
BETA = "1.0.0-jan25"
"""Its agents move lastTimestamp alone."""
BACKGROUND = ("1.0.0",)
LATE = (*LORRY, *BACKGROUND, BETA)
"""Their first run comes a period after the initial delay."""
IN_ORDER = KBAGENT[1:]
LIMITED = IN_ORDER
LINE_1_0 = ("1.0.0", "1.0.2", "1.0.3-beta.1", "1.0.3")
LINE_1_1 = ("1.1.0-beta.5", "1.1.0-beta.9", "main", "fixed")
WATCHING = ("1.0.3", "1.1.0-beta.9", "main", "fixed")
NOT_WATCHING = ("1.0.0", "1.0.2", "1.0.3-beta.1", "1.1.0-beta.5")
NEWEST = ("main", "fixed")
BEFORE = KBAGENT[:-2]
"""Neither cut nor repeat anything."""

EXEC = {"exec": {"command": ["/bin/true"]}}
SLOW = {"periodSeconds": 100}
FOLDER = "/etc/kubeblocks/pod-metadata"
FILE = f"{FOLDER}/role"
FAILS = {"exitCode": 1}
BOOM = "exit code: 1: failed"


def ok(time, output="primary", count=1, **whose):
    return (time, succeeded(output, **whose), count)


def bad(time, text=BOOM, count=1, last="", **whose):
    return (time, failed(text, last, **whose), count)


def said(time, rest, count=1):
    """A message to the byte, as it goes on behind ``"code":``."""
    return (time, f'{{"instance":"c1-mysql","probe":"roleProbe","code":{rest}', count)


def each(period, report, **more):
    """A probe that is told again each ``report`` seconds."""
    return {"periodSeconds": period, "reportPeriodSeconds": report, **more}


def runs(*acts, **more):
    return {"sequence": list(acts), **more}


@dataclass
class Row:
    """``told``: when, what and its count. ``then``: what happens meanwhile, and when. ``refused``, where it is given,
    is what was asked in vain: when, how, and the answer's code.
    """

    told: list[Any]
    does: Any = field(default_factory=lambda: runs("primary"))
    probe: dict[str, Any] = field(default_factory=dict)
    action: dict[str, Any] = field(default_factory=dict)
    then: list[tuple[float, Callable[[AgentWorld], Any]]] = field(default_factory=list)
    lasts: float = 10
    refused: list[Any] | None = None
    on: tuple[str, ...] = KBAGENT
    from_start: bool = False
    beside: dict[str, Any] = field(default_factory=dict)
    """Other probes by their action: the probe, and what the database does, as ``does``."""
    lists: tuple[list[Any], list[Any]] | None = None
    """Actions and probes, instead of those."""


def changed(path=FILE):
    return lambda world: world.file_changed(path)


def fault(method, code=503, times=1, **more):
    return lambda world: world.faults.append(Fault(method, code, times, **more))


def up_again(world):
    world.faults.clear()


def restarts(**changed):
    return lambda world: world.restart(**changed)


def somebody_writes(patch):
    return lambda world: world.client.patch(EVENTS, "ns", world.event()["metadata"]["name"], patch)


def somebody_deletes(world):
    world.client.delete(EVENTS, "ns", world.event()["metadata"]["name"])


def somebody_deletes_before_the_next_write(world):
    def meanwhile(request, handler):
        if request.method == "PUT":
            somebody_deletes(world)
        return handler(request)

    world.faults.append(meanwhile)


def only(releases, rows):
    """These rows, on those releases."""
    return {name: replace(row, on=releases) for name, row in rows.items()}


def cases(table):
    return [pytest.param(release, row, id=f"{name}-{release}") for name, row in table.items() for release in row.on]


def configured(row):
    """The row's lists of actions and probes."""
    if row.lists is not None:
        return row.lists
    action = {"name": "roleProbe", **EXEC, **row.action}
    probe = {"instance": "c1-mysql", "action": "roleProbe", "periodSeconds": 1, **row.probe}
    others = [
        {"instance": "c1-mysql", "action": name, "periodSeconds": 1, **one} for name, (one, _) in row.beside.items()
    ]
    return [action, *({"name": name, **EXEC} for name in row.beside)], [probe, *others]


def first_run(release, probes):
    """Seconds from the agent's start to its first run."""
    probe = probes[0]
    period = probe.get("periodSeconds", 0)
    return probe.get("initialDelaySeconds", 0) + ((period if period > 0 else 60) if release in LATE else 0)


def play(release, row):
    """The row's world at its end."""
    world = AgentWorld(release)
    actions, probes = configured(row)
    if not row.from_start:
        world.begin += first_run(release, probes) * SECOND
    others = {name: conduct for name, (_, conduct) in row.beside.items()}
    world.does(roleProbe=row.does, **others)
    world.start(environ(actions, probes))
    for time, act in row.then:
        world.run(time, before=True)
        act(world)
    world.run(row.lasts)
    return world
