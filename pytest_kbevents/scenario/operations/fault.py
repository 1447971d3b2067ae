"""``fault``: what the controller and the agents ask of the API server goes wrong, so many times."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from pytest_kbevents.clock import SECOND
from pytest_kbevents.cluster.backend import REQUESTS
from pytest_kbevents.errors import ApiError, Conflict, Forbidden, NotFound, ServiceUnavailable
from pytest_kbevents.faults.hold import Hold
from pytest_kbevents.faults.refuse import Refuse
from pytest_kbevents.scenario.kinds import Kind, resource_of
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Duration

ERRORS: dict[str, ApiError] = {
    "Conflict": Conflict("Operation cannot be fulfilled: the object has been modified"),
    "NotFound": NotFound("the object is not there"),
    "Forbidden": Forbidden("admission: denied the request"),
    "ServiceUnavailable": ServiceUnavailable("the server is currently unable to handle the request"),
}


Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE", "UPDATE"]
"""The last one is PUT or PATCH."""


class Fault(Operation):
    """The next requests of that sort are refused, or carried out without an answer, or held back. The harness's own are
    not.
    """

    verb: ClassVar[str] = "fault"
    needs: ClassVar[tuple[str, ...]] = (REQUESTS,)

    refuse: Method | None = Field(
        default=None, description="The method of the requests that are refused; UPDATE: PUT or PATCH."
    )
    hold: Method | None = Field(
        default=None,
        description="The method, or UPDATE, of those whose sender hears nothing, and that arrive later all the same.",
    )
    kind: Kind = Field(description="The object's kind.")
    name: str = Field(default="", description="The object's name; without one, what goes to the kind as a whole.")
    subresource: Literal["", "status"] = Field(default="", description="status, for what changes the status.")
    error: Literal["Conflict", "NotFound", "Forbidden", "ServiceUnavailable"] = Field(
        default="Conflict", description="The answer's reason."
    )
    times: int = Field(default=1, ge=1, le=1000, description="How many requests.")
    carried_out: bool = Field(default=False, description="The request is carried out, and only its answer is lost.")
    late: Duration = Field(default=5 * SECOND, alias="for", description="How long they are held; 5s when not said.")

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.refuse is None) == (self.hold is None):
            raise ValueError("say either refuse or hold, each with a method such as PUT")
        odd = self.model_fields_set & ({"late"} if self.refuse else {"error", "carried_out"})
        if odd:
            word = "for" if "late" in odd else min(odd)
            raise ValueError(f"{word} is for {'hold' if self.refuse else 'refuse'}; leave it out")
        return self

    def execute(self, stage: Stage) -> None:
        path = resource_of(self.kind).path(stage.world.namespace, self.name, self.subresource)
        told = " ".join(word for word in (self.kind, self.name, self.subresource) if word)
        if self.refuse is not None:
            fault = Refuse(self.refuse, path, ERRORS[self.error], times=self.times, carried_out=self.carried_out)
            stage.begin(fault, f"{self.refuse} {told}")
        elif self.hold is not None:
            held = Hold(self.hold, path, int(self.late * stage.shared.time_scale), stage.world.clock, times=self.times)
            stage.world.driver.add(held)
            stage.begin(held, f"{self.hold} {told}")
