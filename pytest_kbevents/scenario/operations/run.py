"""``run``: a real command on this machine."""

from __future__ import annotations

import os
import subprocess
from typing import ClassVar

from pydantic import Field

from pytest_kbevents.clock import SECOND
from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.scenario.matching.match import compare
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Duration, TextExpectation

SHOWN = 2000
"""Characters of what it wrote, in a report."""


class Run(Operation):
    """Run a command and wait for its end; only with ``--kb-allow-commands``. It finds the world's namespace in
    ``KB_NAMESPACE``. What it writes can be judged, and given a name. In a simulated world no time passes meanwhile.
    """

    verb: ClassVar[str] = "run"

    command: list[str] = Field(min_length=1, description="The program and its arguments; no shell.")
    env: dict[str, str] = Field(default_factory=dict, description="More of its environment.")
    exit_code: int = Field(default=0, alias="exitCode", description="What it must end with.")
    output: TextExpectation = Field(
        default=None, description="What it must write to stdout, white space at the end aside."
    )
    bind: str = Field(default="", pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$", description="The name of that output.")
    within: Duration = Field(default=30 * SECOND, description="After which it is killed; 30s when not said.")

    @property
    def runs_commands(self) -> bool:
        return True

    @property
    def binds(self) -> str:
        return self.bind

    def execute(self, stage: Stage) -> None:
        seconds = self.within * stage.shared.time_scale / SECOND
        told = " ".join(self.command)
        try:
            done = subprocess.run(  # noqa: S603 - that is what was allowed
                self.command,
                env=os.environ | self.env | {"KB_NAMESPACE": stage.world.namespace},
                capture_output=True,
                timeout=seconds,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            raise JudgementFailed(f"{told}: not within {stage.spell(self.within)}") from None
        except (OSError, ValueError) as error:
            raise JudgementFailed(f"{told}: it cannot be run: {error}") from None
        output, stderr = (stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
        if done.returncode != self.exit_code:
            seen = {"exitCode": done.returncode, "stdout": output[-SHOWN:], "stderr": stderr[-SHOWN:]}
            raise JudgementFailed(
                f"{told}: it ends with {done.returncode}", expected={"exitCode": self.exit_code}, seen=seen
            )
        if "output" in self.model_fields_set and not (found := compare(self.output, output.rstrip())).holds:
            raise JudgementFailed(f"{told}: it writes something else", expected=found.expected, seen=found.seen)
        if self.bind:
            stage.bound[self.bind] = output.rstrip()
