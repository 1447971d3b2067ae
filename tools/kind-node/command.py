"""Commands of the system: run alone, or one into another."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from typing import IO

from gobuild import CannotBuild

TOLD = 20
"""As many lines of what a command said are told when it fails."""


def run(*command: str, **environment: str) -> str:
    """What it prints. Raises CannotBuild with the end of what it said when it fails."""
    _require(command[0])
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, env={**os.environ, **environment}, capture_output=True, check=False
    )
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip()).decode(errors="replace").splitlines()
        raise CannotBuild("\n".join([f"{shlex.join(command)} failed:", *said[-TOLD:]]))
    return done.stdout.decode()


def succeeds(*command: str) -> bool:
    """Whether it is there and succeeds."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


def pipe(source: Sequence[str], sink: Sequence[str], output: IO[bytes] | None = None) -> None:
    """One into the other, whose output goes to a file if there is one. Raises CannotBuild when either fails."""
    for program in (source[0], sink[0]):
        _require(program)
    with subprocess.Popen(source, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as first:
        second = subprocess.run(sink, stdin=first.stdout, stdout=output or subprocess.DEVNULL, check=False)
    if first.returncode != 0 or second.returncode != 0:
        raise CannotBuild(f"{shlex.join(source)} | {shlex.join(sink)} failed, see above")


def _require(program: str) -> None:
    if shutil.which(program) is None:
        raise CannotBuild(f"{program} is not on PATH; install it")
