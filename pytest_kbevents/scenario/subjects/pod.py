"""``pod: NAME, role: ROLE``: the label that Services select on."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from pytest_kbevents.api.names import ROLE_LABEL
from pytest_kbevents.api.objects import labels_of, name_of
from pytest_kbevents.api.resources import EVENTS, PODS
from pytest_kbevents.history.revision import Revision, State
from pytest_kbevents.scenario.subjects.subject import Observation, Subject


class PodRole(Subject):
    """A Pod has this role label; null: none."""

    key: ClassVar[str] = "pod"

    pod: str = Field(description="The Pod's name.")
    role: str | None = Field(description="The label's value; null when there must be none.")

    def observe(self, state: State, namespace: str) -> Observation:
        pod = state.get(PODS, (namespace, self.pod))
        expected = {"pod": self.pod, "role": self.role}
        return Observation(expected, None if pod is None else {"pod": self.pod, "role": labels_of(pod).get(ROLE_LABEL)})

    def concerns(self, revision: Revision) -> bool:
        if revision.resource == EVENTS:
            return bool((revision.object.get("involvedObject") or {}).get("name") == self.pod)
        return revision.resource == PODS and name_of(revision.object) == self.pod

    def sentence(self) -> str:
        return f"Pod {self.pod} has role {self.role}" if self.role else f"Pod {self.pod} has no role"
