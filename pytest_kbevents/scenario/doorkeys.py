"""What the methods of ``kb_world`` take: the keys of the language, in Python's spelling (``event_time``, ``for_``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict

Duration = str
"""``500ms``, ``5s``, ``2m``."""
Conduct = str | Mapping[str, Any]
"""What a database does when it is asked: an output, or a mapping as in scenarios."""
Expected = Any
"""A value, or operators as in scenarios."""


class AgentKeys(TypedDict, total=False):
    """Of ``agent``, beside the Pod."""

    role_probe: Conduct
    available_probe: Conduct
    data_dump: Conduct
    data_load: Conduct
    actions: Mapping[str, Conduct]
    down: bool
    restart: bool
    release: str
    clock: str
    sends: Mapping[str, Any]


class EventKeys(TypedDict, total=False):
    """Of ``event``, beside the template."""

    same_as: str
    id: str
    pod: str
    role: str
    output: str
    code: int
    message: str
    event_time: str | None
    count: int | str
    repeat: int | Mapping[str, Any]
    burst: int
    values: Mapping[str, Any]
    fields: Mapping[str, Any]


class FaultKeys(TypedDict, total=False):
    """Of ``fault``, beside the kind."""

    refuse: Literal["GET", "POST", "PUT", "PATCH", "DELETE", "UPDATE"]
    hold: Literal["GET", "POST", "PUT", "PATCH", "DELETE", "UPDATE"]
    name: str
    subresource: Literal["", "status"]
    error: Literal["Conflict", "NotFound", "Forbidden", "ServiceUnavailable"]
    times: int
    carried_out: bool
    for_: Duration


class RunKeys(TypedDict, total=False):
    """Of ``run``, beside the command."""

    env: Mapping[str, str]
    exit_code: int
    output: Expected
    within: Duration


class SubjectKeys(TypedDict, total=False):
    """What judgements are about: the keys of one subject."""

    service: str
    routes_to: Expected
    pod: str
    role: Expected
    version: Expected
    epoch: Expected
    ready: bool
    component: str
    available: Literal["True", "False", "Unknown"] | None
    reason: Expected
    message: Expected
    tasks: str
    replicas: Expected
    text: Expected
    replica: str
    loaded: bool | None
    event: str
    recorded: str
    about: str
    says: Expected
    handled: bool
    times: Expected
    object: Mapping[str, str]
    matches: Expected
    two_holders_of: str


class TallyKeys(TypedDict, total=False):
    """What is counted: the key of one tally."""

    writes: Mapping[str, Any]
    requests: Mapping[str, Any]
    events: Mapping[str, Any]
    transitions: SubjectKeys


Steps = Sequence[Mapping[str, Any]]
"""Steps as in scenarios."""
