"""``bind``: a value of an object gets a name."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.scenario.kinds import Reference, resource_of
from pytest_kbevents.scenario.matching.query import search
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Query


class Bind(Operation):
    """Take something out of an object as it is now; templates of later steps use it by its name."""

    verb: ClassVar[str] = "bind"

    name: str = Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", description="The name.")
    object: Reference = Field(description="Which object.")
    query: Query = Field(description="What of it: JMESPath, such as metadata.uid.")

    @property
    def binds(self) -> str:
        return self.name

    def execute(self, stage: Stage) -> None:
        resource = resource_of(self.object.kind)
        found = stage.world.history.state.get(resource, (stage.world.namespace, self.object.name))
        where = f"{self.object.kind} {self.object.name}"
        if found is None:
            raise JudgementFailed(f"bind {self.name}: there is no {where}", vacuous=True)
        value = search(self.query, found)
        if value is None:
            problem = f"bind {self.name}: {where} has nothing at {self.query}"
            raise JudgementFailed(problem, expected={"query": self.query}, seen=found, vacuous=True)
        stage.bound[self.name] = value
