"""``tasks: NAME, replicas: [PODS]``: which replicas still have a task in the environment of a component."""

from __future__ import annotations

import json
from typing import ClassVar

from pydantic import Field

from pytest_kbevents.api.names import TASK_ENV, env_config_map
from pytest_kbevents.api.objects import name_of
from pytest_kbevents.api.resources import CONFIG_MAPS, EVENTS, INSTANCE_SETS
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.subject import Observation, Subject


class Tasks(Subject):
    """``KB_AGENT_TASK`` of a component names exactly these replicas, in any order."""

    key: ClassVar[str] = "tasks"

    tasks: str = Field(description="The component's InstanceSet.")
    replicas: list[str] = Field(description="Names of Pods; an empty list: no task is left.")

    def observe(self, state: State, namespace: str) -> Observation:
        found = state.get(CONFIG_MAPS, (namespace, env_config_map(self.tasks)))
        text = ((found or {}).get("data") or {}).get(TASK_ENV)
        return Observation(sorted(self.replicas), None if found is None else _replicas(text))

    def concerns(self, revision: Revision) -> bool:
        if revision.resource == CONFIG_MAPS:
            return name_of(revision.object) == env_config_map(self.tasks)
        return revision.resource in (EVENTS, INSTANCE_SETS)

    def sentence(self) -> str:
        return f"tasks of {self.tasks} are left for {', '.join(self.replicas) or 'nobody'}"


def _replicas(text: str | None) -> list[str] | str:
    """The replicas of all tasks, sorted; the text itself when it is no list of tasks."""
    try:
        tasks = json.loads(text or "[]")
        if isinstance(tasks, list):
            return sorted(name for task in tasks for name in task["replicas"].split(",") if name)
    except (ValueError, TypeError, KeyError, AttributeError):
        pass
    return str(text)
