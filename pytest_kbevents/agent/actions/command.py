"""Runs a real command, as kbagent runs an exec (event-pipeline.md section 6, Actions)."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress

from pytest_kbevents.agent.actions.answer import Answer, Run

Process = subprocess.Popen[bytes]

SIGNALLED = -1
"""The exit code that Go tells of a process that a signal ended."""


def run(command: tuple[str, ...], run: Run, *, whole_group: bool, running: set[Process] | None = None) -> Answer:
    """Blocks until its output has ended. The working directory and the environment are ours, beneath the call's
    parameters.

    At ``run.limit`` it is killed: its whole process group, or only the first process, whose children are waited for as
    long as they keep its output open. A command that cannot be started is an answer, too, in Go's words. While it runs
    it is among ``running``.
    """
    path = _path(command[0])
    if path is None:
        return Answer(exit_code=SIGNALLED, not_started=f'exec: "{command[0]}": executable file not found in $PATH')
    try:
        process = subprocess.Popen(  # noqa: S603 - to run what it is told is what an agent is for
            [*command, *run.arguments],
            executable=path,
            stdin=subprocess.DEVNULL if run.data is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(run.call.parameters),
            start_new_session=True,
        )
    except OSError as error:
        return Answer(exit_code=SIGNALLED, not_started=f"fork/exec {path}: {os.strerror(error.errno or 0).lower()}")
    except ValueError:  # a text with a NUL
        return Answer(exit_code=SIGNALLED, not_started=f"fork/exec {path}: invalid argument")
    running = set() if running is None else running
    running.add(process)
    try:
        with process:
            return _ended(process, run, whole_group=whole_group)
    finally:
        running.discard(process)


def kill(process: Process) -> None:
    """All of its processes die, as the container does that they run in."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _ended(process: Process, run: Run, *, whole_group: bool) -> Answer:
    late = False
    try:
        output, stderr = process.communicate(run.data, run.limit)
    except subprocess.TimeoutExpired:
        late = True
        _kill(process, whole_group=whole_group)
        output, stderr = process.communicate()
    said = stderr.decode("utf-8", "surrogateescape")
    if late:
        return Answer(output, SIGNALLED, said, timed_out=True)
    return Answer(output, max(process.returncode, SIGNALLED), said)


def _kill(process: Process, *, whole_group: bool) -> None:
    if whole_group:
        kill(process)
    else:
        process.kill()


def _path(name: str) -> str | None:
    """Where the executable is; None when the agent's own PATH does not have it. A name with a slash is a path."""
    return name if "/" in name else shutil.which(name, path=os.environ.get("PATH", ""))


def _environment(parameters: Mapping[str, str]) -> dict[str, str]:
    """The parameters, and what is ours beside them. A name ends at its first equals sign, as it does in a process."""
    entries = (f"{name}={value}".partition("=") for name, value in parameters.items())
    given = {name: value for name, _, value in entries}
    return given | {name: value for name, value in os.environ.items() if name not in given}
