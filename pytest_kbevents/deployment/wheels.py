"""The distributions of the image, fetched by pip for the interpreter in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pytest_kbevents.deployment.docker import Python
from pytest_kbevents.errors import ClusterFailed, InputError

MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
"""Docker's words for architectures, and those of wheels where they are others."""
GLIBCS = (39, 34, 31, 28, 27, 26, 24, 17)
"""The 2.x that wheels are built for."""
MUSLS = (2, 1)
PROGRAMS = "bin"
"""What distributions bring for people to run."""
NO_PIP = "No module named pip"
REASON = "ERROR: "


def fetch(pins: Sequence[str], python: Python, architecture: str, folder: Path) -> None:
    """Unpack the wheels of ``pins`` into the folder. Raises InputError without pip, ClusterFailed when it fails."""
    options = [
        "--no-deps",
        "--only-binary=:all:",
        "--no-compile",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
    ]
    target = ["--target", str(folder), "--implementation", "cp", "--python-version", python.version]
    fitting = [word for platform in platforms(python.libc, architecture) for word in ("--platform", platform)]
    command = [sys.executable, "-m", "pip", "install", *options, *target, *fitting, *pins]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if NO_PIP in done.stderr:
        raise InputError(f"{sys.executable} has no pip, which fetches what the image needs: python -m ensurepip")
    if done.returncode != 0:
        raise ClusterFailed(
            f"pip cannot fetch what the image needs for Python {python.version} on {architecture} "
            f"({_reason(done.stderr)}); see that an index can be reached, and that the base's Python is not too old"
        )
    shutil.rmtree(folder / PROGRAMS, ignore_errors=True)


def platforms(libc: str, architecture: str) -> list[str]:
    """The tags of wheels that run there, the newest first."""
    machine = MACHINES.get(architecture, architecture)
    found = re.fullmatch(r"glibc 2\.(\d+).*", libc)
    if found is None:
        return [f"musllinux_1_{minor}_{machine}" for minor in MUSLS]
    newest = [f"manylinux_2_{minor}_{machine}" for minor in GLIBCS if minor <= int(found[1])]
    return [*newest, f"manylinux2014_{machine}"]


def _reason(told: str) -> str:
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    reasons = [line.removeprefix(REASON) for line in lines if line.startswith(REASON)]
    return (reasons or lines or ["it says nothing"])[-1]
