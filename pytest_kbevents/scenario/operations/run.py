"""``run``: a real command on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from typing import IO, ClassVar

from pydantic import Field

from pytest_kbevents.clock import SECOND
from pytest_kbevents.environment.world import World
from pytest_kbevents.errors import JudgementFailed
from pytest_kbevents.scenario.matching.match import compare
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.stage import Stage
from pytest_kbevents.scenario.values import Duration, TextExpectation

SHOWN = 2000
"""Characters of what it wrote, in a report."""


class Run(Operation):
    """Run a command and wait for its end; only with ``--kb-allow-commands``. It finds the world's namespace in
    ``KB_NAMESPACE``, and its cluster by ``KUBECONFIG``, where that can be reached. What it writes can be judged, and
    given a name. In a simulated world no time passes meanwhile.
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

    def execute(self, stage: Stage) -> Running | None:
        running = Running(self, stage)
        if not stage.world.stands_still:
            return running
        running.wait()
        try:
            running.settle()
        finally:
            running.abandon()
        return None


def _of_the_world(world: World) -> dict[str, str]:
    """What a command finds of it in its environment."""
    found = {"KB_NAMESPACE": world.namespace}
    return found if world.kubeconfig is None else found | {"KUBECONFIG": str(world.kubeconfig)}


class Running:
    """The command, in a session of its own: what it leaves behind ends with it."""

    def __init__(self, run: Run, stage: Stage) -> None:
        """Raises JudgementFailed when it cannot be started."""
        self.deadline = stage.deadline(run.within)
        self._seconds = run.within * stage.shared.time_scale / SECOND
        self._run, self._stage = run, stage
        self._told = " ".join(run.command)
        self._streams = (tempfile.TemporaryFile(), tempfile.TemporaryFile())  # noqa: SIM115 - they are read in the end
        try:
            self._process = subprocess.Popen(  # noqa: S603 - that is what was allowed
                run.command,
                env=os.environ | run.env | _of_the_world(stage.world),
                stdin=subprocess.DEVNULL,
                stdout=self._streams[0],
                stderr=self._streams[1],
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            for stream in self._streams:
                stream.close()
            raise JudgementFailed(f"{self._told}: it cannot be run: {error}") from None

    def wait(self) -> None:
        """For its end, on the wall's clock."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(self._seconds)

    def done(self) -> bool:
        """When it has ended."""
        return self._process.poll() is not None

    def abandon(self) -> None:
        """It will not be settled, or is."""
        self._kill()
        for stream in self._streams:
            stream.close()

    def _kill(self) -> None:
        """It, and what it left behind."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def settle(self) -> None:
        """Raises JudgementFailed."""
        code = self._process.poll()
        self._kill()
        run, told = self._run, self._told
        if code is None:
            raise JudgementFailed(f"{told}: not within {self._stage.spell(run.within)}")
        output, stderr = map(_read, self._streams)
        if code != run.exit_code:
            seen = {"exitCode": code, "stdout": output[-SHOWN:], "stderr": stderr[-SHOWN:]}
            raise JudgementFailed(f"{told}: it ends with {code}", expected={"exitCode": run.exit_code}, seen=seen)
        if "output" in run.model_fields_set and not (found := compare(run.output, output.rstrip())).holds:
            raise JudgementFailed(f"{told}: it writes something else", expected=found.expected, seen=found.seen)
        if run.bind:
            self._stage.bound[run.bind] = output.rstrip()


def _read(stream: IO[bytes]) -> str:
    with stream:
        stream.seek(0)
        return stream.read().decode("utf-8", "replace")
