"""What the database beside an agent does, as data: told by a scenario, carried by a ConfigMap, read by the agent.

One ConfigMap a Pod, ``<pod>-database``, whose ``script`` is the JSON of a ``Script``. Whoever writes it tells the
agent, wherever that runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from pytest_kbevents.agent.database.outputs import checked, encodable
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.api.objects import Object, name_of
from pytest_kbevents.clock import parse_duration

SUFFIX = "-database"
KEY = "script"


class Data(BaseModel):
    """Base of what is read here: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


LANGUAGE = {"language": True}
"""Validation context of what people write: a number without a unit is none of their lengths of time."""
LONGEST = parse_duration("876000h")


def _duration(value: Any, info: ValidationInfo) -> int:
    return value if _is_in_micros(value, info) else parse_duration(value)


def _is_in_micros(value: Any, info: ValidationInfo) -> bool:
    return type(value) is int and info.context is not LANGUAGE and abs(value) <= LONGEST


def _offset(value: Any, info: ValidationInfo) -> int:
    if _is_in_micros(value, info):
        return int(value)
    if not (isinstance(value, str) and value.startswith(("+", "-"))):
        raise ValueError(f"{value!r} is not an offset such as +5m or -30s")
    return parse_duration(value[1:]) * (1 if value[0] == "+" else -1)


def _release(value: str) -> str:
    if value and value not in TABLE:
        raise ValueError(f"there is no release {value!r}; one of {', '.join(TABLE)}")
    return value


Micros = Annotated[int, BeforeValidator(_duration)]
"""``2s`` in files, microseconds here."""
Offset = Annotated[int, BeforeValidator(_offset)]
"""``+5m`` or ``-30s`` in files, microseconds here."""


class Act(Data):
    """What one run does."""

    output: Annotated[str, AfterValidator(checked)] = Field(
        default="",
        description="What it writes; nothing is trimmed. [[ ]] is rendered at each run: `call` is its number, from 1, "
        "`parameters` and `arguments` are the caller's.",
    )
    exit_code: int = Field(default=0, alias="exitCode", description="Zero is success.")
    stderr: Annotated[str, AfterValidator(encodable)] = Field(
        default="", description="Part of the error's text when it fails."
    )
    latency: Micros = Field(default=0, ge=0, description="How long it takes.")
    size: int = Field(default=0, ge=0, le=1 << 30, description="So many made-up bytes follow its output.")
    cut_after: int | None = Field(
        default=None, alias="cutAfter", ge=0, description="A dump's connection breaks after so many bytes."
    )

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if isinstance(value, (int, float)):
            raise ValueError(f"{value} is no text: write it in quotes")  # noqa: TRY004 - what pydantic tells at its place
        return {"output": value} if isinstance(value, str) else value


class Conduct(Act):
    """What an action does, run after run. A text alone is its output."""

    sequence: list[Act] = Field(
        default_factory=list, description="One run after the other; the last one goes on. Each may be a text."
    )
    repeat: bool = Field(default=False, description="The sequence begins anew after its last.")
    fail_every: int | None = Field(
        default=None, alias="failEvery", ge=1, description="Every n-th run fails, with exit code 1."
    )
    command: list[str] | Literal[True] | None = Field(
        default=None, description="A real command instead; true: the one that the action is configured with."
    )

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if self.repeat and not self.sequence:
            raise ValueError("repeat is for a sequence; give one")
        mute = {"output", "exit_code", "stderr", "latency", "size", "cut_after"} & self.model_fields_set
        if self.sequence and mute:
            raise ValueError("a sequence says what each run does: write the rest into its entries")
        if self.command == []:
            raise ValueError("command must name a program")
        if self.command is not None and self.model_fields_set - {"command"}:
            raise ValueError("a real command does what it does; say command alone, or script what it does")
        return self


class Sends(Data):
    """How the agent misbehaves when it sends."""

    twice: bool = Field(default=False, description="Each Event is sent once more, and so counted once more.")
    late: Micros = Field(default=0, ge=0, description="Each send begins so much later.")
    progress: bool = Field(
        default=False, description="A task that runs is told of each report period. No release really does that."
    )


class Script(Data):
    """All that is told of one Pod."""

    up: bool = Field(default=True, description="Its containers run.")
    life: int = Field(default=0, description="Another number restarts the agent.")
    release: Annotated[str, BeforeValidator(_release)] = Field(default="", description="Whose agent it is.")
    clock: Offset = Field(default=0, description="How wrong its clock is.")
    sends: Sends = Field(default_factory=Sends, description="How it misbehaves when it sends.")
    actions: Mapping[str, Conduct] = Field(default_factory=dict, description="What each action does.")
    asked: Mapping[str, int] = Field(
        default_factory=dict, description="Another number runs that probe at once, out of its turn."
    )


def newly_asked(before: Script, after: Script) -> list[str]:
    """The probes that are to run at once."""
    return [action for action, number in after.asked.items() if before.asked.get(action, 0) != number]


def config_map_of(pod: str) -> str:
    """The ConfigMap that tells a Pod's database what to do."""
    return f"{pod}{SUFFIX}"


def pod_of(config_map: Object) -> str:
    """Whose database it tells; ``""`` when it is some other ConfigMap."""
    name = name_of(config_map)
    return name.removesuffix(SUFFIX) if name.endswith(SUFFIX) and KEY in (config_map.get("data") or {}) else ""


def encode(script: Script) -> str:
    """The text for the ConfigMap."""
    return script.model_dump_json(by_alias=True, exclude_defaults=True)


def decode(config_map: Object) -> Script:
    """Raises ValueError that names the ConfigMap, the key and what is wrong with it."""
    try:
        return Script.model_validate_json((config_map.get("data") or {}).get(KEY, ""))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in ("data", KEY, *first["loc"]))
        raise ValueError(f"ConfigMap {name_of(config_map)}: {place}: {first['msg']}") from None
