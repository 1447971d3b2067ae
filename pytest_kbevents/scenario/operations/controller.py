"""``controller``: the event controller's process ends, dies, starts, or is another release's."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from pytest_kbevents.cluster.backend import CONTROLLER, REQUESTS
from pytest_kbevents.faults.crash import Crash
from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario.check import one_of
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage


class Controller(Operation):
    """``stop`` kills the process; ``start`` starts a new one with empty caches; ``restart`` is both at once; ``crash``
    kills it in the middle of its work, after one of its next writes and before it hears of it, and it starts anew.
    With a release, the new process is that one's: an upgrade, or its opposite.
    """

    verb: ClassVar[str] = "controller"
    needs: ClassVar[tuple[str, ...]] = (CONTROLLER,)

    do: Literal["start", "stop", "restart", "crash"] = Field(
        default="restart", description="start, stop, restart or crash; restart when not said."
    )
    after: int = Field(default=1, ge=1, le=1000, description="For crash: after so many writes from now.")
    release: Annotated[str, AfterValidator(one_of("release", RELEASES))] = Field(
        default="", description="Whose controller runs from now on; without it, the same as before."
    )

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"do": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("say do: stop, start, restart or crash, or a release")
        if "after" in self.model_fields_set and self.do != "crash":
            raise ValueError("after is for crash; leave it out")
        if self.release and self.do in ("stop", "crash"):
            raise ValueError(f"{self.do} starts no process of another release; say restart")
        return self

    @property
    def wants(self) -> tuple[str, ...]:
        return (*self.needs, REQUESTS) if self.do == "crash" else self.needs

    def execute(self, stage: Stage) -> None:
        world = stage.world
        if self.do == "crash":
            stage.begin(Crash(self.after), "crash of the controller")
            return
        if self.do in ("stop", "restart"):
            world.stop_controller()
        if self.do in ("start", "restart"):
            world.start_controller(self.release)
