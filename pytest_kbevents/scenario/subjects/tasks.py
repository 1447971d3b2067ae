"""``tasks: NAME, replicas: [PODS]``: which replicas still have a task in the environment of a component."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from pydantic import Field

from pytest_kbevents.api.names import TASK_ENV, env_config_map
from pytest_kbevents.api.objects import name_of
from pytest_kbevents.api.resources import CONFIG_MAPS, EVENTS, INSTANCE_SETS, Resource
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.subject import Subject, words
from pytest_kbevents.scenario.values import NamesExpectation, TextExpectation, in_any_order


class Tasks(Subject):
    """``KB_AGENT_TASK`` of a component names exactly these replicas, in any order."""

    key: ClassVar[str] = "tasks"
    said: ClassVar[tuple[str, ...]] = ("replicas", "text")

    tasks: str = Field(description="The component's InstanceSet.")
    replicas: NamesExpectation = Field(default=None, description="Names of Pods; an empty list: no task is left.")
    text: TextExpectation = Field(default=None, description="The variable as it is written, byte for byte.")

    @property
    def kinds(self) -> tuple[Resource, ...]:
        return (CONFIG_MAPS,)

    def reading(self, state: State, namespace: str) -> Any:
        found = state.get(CONFIG_MAPS, (namespace, env_config_map(self.tasks)))
        if found is None:
            return None
        text = (found.get("data") or {}).get(TASK_ENV)
        return {"replicas": _replicas(text), "text": text}

    def expectation(self) -> Any:
        said = super().expectation()
        return said | ({"replicas": in_any_order(said["replicas"])} if "replicas" in said else {})

    def concerns(self, revision: Revision) -> bool:
        if revision.resource == CONFIG_MAPS:
            return name_of(revision.object) == env_config_map(self.tasks)
        return revision.resource in (EVENTS, INSTANCE_SETS)

    def name(self) -> str:
        return f"tasks of {self.tasks}"

    def sentence(self) -> str:
        if "replicas" not in self.model_fields_set:
            return f"{self.name()} are written as {words(self.text)}"
        told = self.replicas
        left = (", ".join(map(words, told)) or "nobody") if isinstance(told, list) else words(told)
        return f"{self.name()} are left for {left}"


def _replicas(text: str | None) -> list[str] | str:
    """The replicas of all tasks, sorted; the text itself when it is no list of tasks."""
    try:
        tasks = json.loads(text or "[]")
        if isinstance(tasks, list):
            return sorted(name for task in tasks for name in task["replicas"].split(",") if name)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    return str(text)
