"""``pod: NAME, role: ROLE``: the label that Services select on, and what the controller noted beside it."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from pytest_kbevents.api.names import ROLE_EPOCH_ANNOTATION, ROLE_LABEL, ROLE_TIME_ANNOTATION
from pytest_kbevents.api.objects import annotations_of, labels_of
from pytest_kbevents.api.resources import EVENTS, PODS, Resource
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.history.routing import is_ready
from pytest_kbevents.scenario.subjects.subject import Subject, said_of
from pytest_kbevents.scenario.values import TextExpectation


class PodRole(Subject):
    """A Pod has this role label, and role version; null: none."""

    key: ClassVar[str] = "pod"
    said: ClassVar[tuple[str, ...]] = ("role", "version", "epoch", "ready")

    pod: str = Field(description="The Pod's name.")
    role: TextExpectation = Field(default=None, description="The label's value; null when there must be none.")
    version: TextExpectation = Field(
        default=None, description="When the newest claim that moved its role was made: microseconds, as text."
    )
    epoch: TextExpectation = Field(
        default=None, description="The newest version that the database itself gave with a role."
    )
    ready: bool = Field(default=True, description="Whether it is ready for traffic.")

    @property
    def kinds(self) -> tuple[Resource, ...]:
        return (PODS,)

    def reading(self, state: State, namespace: str) -> Any:
        pod = state.get(PODS, (namespace, self.pod))
        if pod is None:
            return None
        return {
            "role": labels_of(pod).get(ROLE_LABEL),
            "version": annotations_of(pod).get(ROLE_TIME_ANNOTATION),
            "epoch": annotations_of(pod).get(ROLE_EPOCH_ANNOTATION),
            "ready": is_ready(pod),
        }

    def concerns(self, revision: Revision) -> bool:
        """What others claim moves it, too."""
        return revision.resource in (PODS, EVENTS)

    def name(self) -> str:
        return f"Pod {self.pod}"

    def sentence(self) -> str:
        fields = self.expectation()
        ready = fields.pop("ready", None)
        parts = [f"has {said_of(fields)}"] if fields else []
        if ready is not None:
            parts.append("is ready" if ready else "is not ready")
        return f"{self.name()} {' and '.join(parts)}"
