"""The programs that a kind cluster needs."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pytest_kbevents.errors import SettingError

REMEDIES = {
    "kind": "https://kind.sigs.k8s.io/docs/user/quick-start/#installation has it",
    "kubectl": "https://kubernetes.io/docs/tasks/tools/ has it",
    "docker": "https://docs.docker.com/engine/install/ has it",
}
ANSWERS_WITHIN = 30
"""Seconds for the Docker daemon to say that it is there."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Where they are."""

    kind: Path
    kubectl: Path
    docker: Path


def find(folder: str) -> Programs:
    """In ``folder``, if one is named, which from now on is the first on this process' PATH: kind looks for docker
    itself. Raises SettingError for the first that is not there, and when docker's daemon does not answer.
    """
    if folder:
        os.environ["PATH"] = os.pathsep.join([str(Path(folder).absolute()), os.environ.get("PATH", "")])
    places = {name: _found(name, folder) for name in REMEDIES}
    _raise_silence(places["docker"])
    return Programs(**places)


def _found(name: str, folder: str) -> Path:
    found = shutil.which(name)
    if found is None:
        where = f"in {folder} and on PATH" if folder else "on PATH"
        raise SettingError(f"--kb-cluster kind: there is no {name} {where}; {REMEDIES[name]}, or say --kb-tools DIR")
    return Path(found)


def _raise_silence(docker: Path) -> None:
    command = [str(docker), "info", "--format", "{{.ServerVersion}}"]
    try:
        done = subprocess.run(  # noqa: S603 - what the user has on PATH
            command, capture_output=True, text=True, timeout=ANSWERS_WITHIN, check=False
        )
        problem = done.stderr.strip() if done.returncode else ""
    except subprocess.TimeoutExpired:
        problem = f"no answer within {ANSWERS_WITHIN}s"
    if problem:
        last = problem.splitlines()[-1]
        raise SettingError(f"--kb-cluster kind: the Docker daemon does not answer ({last}); start it")
