"""``two_holders_of: ROLE``: two Pods of one InstanceSet have a role at once. What must never be."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from pytest_kbevents.api.resources import PODS, Resource
from pytest_kbevents.history.holders import holders
from pytest_kbevents.history.revision import State
from pytest_kbevents.scenario.matching.match import Comparison
from pytest_kbevents.scenario.subjects.subject import Subject


class TwoHolders(Subject):
    """Two or more Pods of one InstanceSet have a role, whatever its case."""

    key: ClassVar[str] = "two_holders_of"
    said: ClassVar[tuple[str, ...]] = ()
    says_enough: ClassVar[bool] = True

    two_holders_of: str = Field(min_length=1, description="The role.")

    @property
    def kinds(self) -> tuple[Resource, ...]:
        return (PODS,)

    def reading(self, state: State, namespace: str) -> Any:
        del namespace
        found = [pods for pods in holders(state, self.two_holders_of).values() if pods]
        return max(found, key=len, default=None)

    def observe(self, state: State, namespace: str) -> Comparison:
        pods = self.reading(state, namespace) or []
        holds = len(pods) > 1
        return Comparison(
            holds=holds, expected={"holders": "two or more"}, seen={"holders": pods}, misses=int(not holds)
        )

    def name(self) -> str:
        return f"a holder of {self.two_holders_of}"

    def sentence(self) -> str:
        return f"two_holders_of {self.two_holders_of}"

    def happening(self, comparison: Comparison) -> str:
        return f"{' and '.join(comparison.seen['holders'])} hold it"
