"""What kbagent reads from its environment variables, once (event-pipeline.md section 6, Start; tasks: section 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pytest_kbevents.agent.actions.action import Action
from pytest_kbevents.agent.config import lists as configjson
from pytest_kbevents.agent.panic import Panic
from pytest_kbevents.agent.probes.probeconfig import ProbeConfig
from pytest_kbevents.agent.sending.event import Identity
from pytest_kbevents.api import gojson
from pytest_kbevents.api.names import NEW_REPLICA

ACTION, PROBE, STREAMING, TASK = "KB_AGENT_ACTION", "KB_AGENT_PROBE", "KB_AGENT_STREAMING", "KB_AGENT_TASK"
NAMESPACE, POD_NAME = "KB_AGENT_NAMESPACE", "KB_AGENT_POD_NAME"
POD_UID, NODE_NAME = "KB_AGENT_POD_UID", "KB_AGENT_NODE_NAME"
"""Environment variables."""

_Entry = TypeVar("_Entry")


@dataclass(frozen=True, slots=True)
class NewReplica:
    """Where a new replica's data comes from, and who waits for it; ``timeout`` in seconds."""

    remote: str = ""
    port: int = 0
    replicas: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    timeout: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One entry of ``KB_AGENT_TASK``. ``replicas`` are Pod names, joined by commas; ``report_period`` in seconds."""

    instance: str = ""
    task: str = ""
    uid: str = ""
    replicas: str = ""
    notify_at_finish: bool = False
    report_period: int = 0
    new_replica: NewReplica | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """What an agent is to do."""

    identity: Identity
    actions: Mapping[str, Action]
    """By name."""
    probes: tuple[ProbeConfig, ...]
    """One an action, and each action is there."""
    streaming: frozenset[str] | None
    """The actions that may be streamed; None: no streaming port is opened."""
    tasks: tuple[Task, ...] = ()
    """A worker's, from ``read_tasks``; a server does not look at them."""


_NEW_REPLICA = gojson.record(
    NewReplica,
    {
        "remote": ("remote", gojson.text),
        "port": ("port", gojson.int32),
        "replicas": ("replicas", gojson.text),
        "parameters": ("parameters", gojson.texts),
        "timeoutSeconds": ("timeout", gojson.int32),
    },
)
_TASK = gojson.record(
    Task,
    {
        "instance": ("instance", gojson.text),
        "task": ("task", gojson.text),
        "UID": ("uid", gojson.text),
        "replicas": ("replicas", gojson.text),
        "notifyAtFinish": ("notify_at_finish", gojson.boolean),
        "reportPeriodSeconds": ("report_period", gojson.int32),
        NEW_REPLICA: ("new_replica", _NEW_REPLICA),
    },
)


def read(environ: Mapping[str, str], *, needs_streaming: bool = False) -> Config:
    """The configuration; without actions nothing else is looked at, and without probes streaming is not.

    Raises:
        Panic: a list cannot be read, or a probe or a streaming name has no action; no name is one, too, where the
            release ``needs_streaming``.
    """
    identity = Identity(*(environ.get(name, "") for name in (NAMESPACE, POD_NAME, POD_UID, NODE_NAME)))
    if not environ.get(ACTION):
        return Config(identity, {}, (), None)
    actions = {action.name: action for action in _list(ACTION, environ[ACTION], configjson.actions)}
    if not environ.get(PROBE):
        return Config(identity, actions, (), frozenset())
    probes = {probe.action: probe for probe in _list(PROBE, environ[PROBE], configjson.probes)}
    for name in probes:
        if name not in actions:
            raise Panic(f"probe {name} has no action defined")
    return Config(
        identity, actions, tuple(probes.values()), _streaming(environ.get(STREAMING, ""), actions, needs_streaming)
    )


def read_tasks(text: str) -> tuple[Task, ...]:
    """The tasks in the text of ``KB_AGENT_TASK``; an empty one has none. Raises Panic when it cannot be read."""
    return tuple(_list(TASK, text, _tasks)) if text else ()


def same_ports(port: int, streaming_port: int) -> None:
    """Raises Panic when HTTP and streaming are to listen on the same port."""
    if port == streaming_port:
        raise Panic("HTTP port and streaming port are the same")


def _tasks(text: str) -> list[Task]:
    found: list[Task] = gojson.document(text, gojson.array(_TASK))
    return found


def _list(variable: str, text: str, parse: Callable[[str], list[_Entry]]) -> list[_Entry]:
    try:
        return parse(text)
    except ValueError as error:
        raise Panic(f"{variable}: {error}") from None


def _streaming(text: str, actions: Mapping[str, Action], needs_one: bool) -> frozenset[str]:
    names = text.split(",") if text or needs_one else []
    for name in names:
        if name not in actions:
            raise Panic(f"action {name} has not defined")
    return frozenset(names)
