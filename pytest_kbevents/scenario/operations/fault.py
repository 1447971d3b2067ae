"""``fault``: the API server refuses the controller and the agents something, so many times."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from pytest_kbevents.errors import ApiError, Conflict, Forbidden, ServiceUnavailable
from pytest_kbevents.faults.refuse import Refuse
from pytest_kbevents.scenario.kinds import Kind, resource_of
from pytest_kbevents.scenario.operations.operation import Operation
from pytest_kbevents.scenario.stage import Stage

ERRORS: dict[str, ApiError] = {
    "Conflict": Conflict("Operation cannot be fulfilled: the object has been modified"),
    "Forbidden": Forbidden("admission: denied the request"),
    "ServiceUnavailable": ServiceUnavailable("the server is currently unable to handle the request"),
}


class Fault(Operation):
    """The next requests of that sort are refused, or carried out without an answer. The harness's own are not."""

    verb: ClassVar[str] = "fault"

    refuse: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = Field(description="The request's method.")
    kind: Kind = Field(description="The object's kind.")
    name: str = Field(default="", description="The object's name; without one, what goes to the kind as a whole.")
    error: Literal["Conflict", "Forbidden", "ServiceUnavailable"] = Field(
        default="Conflict", description="The answer's reason."
    )
    times: int = Field(default=1, ge=1, le=1000, description="How many requests.")
    carried_out: bool = Field(default=False, description="The request is carried out, and only its answer is lost.")

    def execute(self, stage: Stage) -> None:
        path = resource_of(self.kind).path(stage.world.namespace, self.name)
        error = ERRORS[self.error]
        fault = Refuse(self.refuse, path, error, times=self.times, carried_out=self.carried_out)
        stage.begin(fault, f"{self.refuse} {self.kind}{f' {self.name}' if self.name else ''}")
