"""What ``event: {values: ...}`` may say: each template's own words."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

from pytest_kbevents.api import times
from pytest_kbevents.scenario.values import Model


def _time(text: str) -> str:
    times.parse(text)
    return text


class NoValues(Model):
    """The template asks for nothing else."""


class AnyValues(Model):
    """A template of the scenario's own asks for whatever it uses."""

    model_config = ConfigDict(extra="allow")


class CheckRoleValues(Model):
    """What lorry's Events differ in."""

    container: str = Field(default="lorry", description="The container that they are about.")
    event: str = Field(default="Success", description="Success, roleChanged, or what is to be ignored.")
    wrapped: bool = Field(default=False, description="Whether the message stands in kubelet's text.")


class KubeletValues(Model):
    """What the kubelet says of a probe of its own."""

    container: str = Field(default="kbagent", description="The container that was probed.")
    reason: str = Field(default="Unhealthy", description="The Event's reason.")


class PlainValues(Model):
    """An Event of somebody else."""

    name: str = Field(default="", min_length=1, description="The Event's name; without it, made of the Pod's.")
    reason: str = Field(default="Scheduled", description="The Event's reason.")


class TaskValues(Model):
    """What a task's Event says of the task."""

    task: str = Field(default="", description="The task's UID.")
    replica: str = Field(default="", description="The replica; without it, the Pod.")
    started: Annotated[str, AfterValidator(_time)] = Field(default="", description="When it began; without it, now.")
    unfinished: bool = Field(default=False, description="Whether it still runs.")


VALUES: dict[str, type[Model]] = {
    "checkRole": CheckRoleValues,
    "kubelet": KubeletValues,
    "plain": PlainValues,
    "task": TaskValues,
}
"""By template; one that is not here asks for nothing."""
