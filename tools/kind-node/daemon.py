"""Docker: there, or installed and started here."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import apt
import place
from command import succeeds
from gobuild import CannotBuild, step

RUNTIME = "nosysres"
"""The name of our runtime, and of the file that is one."""
CAP_SYS_RESOURCE = 1 << 24
PATIENCE = 60.0
"""Seconds that a daemon may take to start."""


def ensure() -> None:
    """Docker answers. Raises CannotBuild."""
    if _answers():
        return
    if host := os.environ.get("DOCKER_HOST"):
        raise CannotBuild(f"Docker does not answer at DOCKER_HOST={host}; start it there, or unset DOCKER_HOST")
    if os.geteuid() != 0:
        raise CannotBuild("Docker does not answer, and only root can start it; start it, or let this user use it")
    apt.provide("dockerd", "docker.io")
    apt.provide("docker", "docker.io")
    if not _answers():  # where there is systemd, the package has started it
        with step("starting dockerd"):
            _start(place.folder())


def _answers() -> bool:
    return succeeds("docker", "info", "--format", "{{.ServerVersion}}")


def _start(folder: Path) -> None:
    """Detached: it lives on when this ends. Raises CannotBuild when it does not answer."""
    log = folder / "dockerd.log"
    with log.open("w") as said:
        process = subprocess.Popen(
            ["dockerd", *_runtime(folder)],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    deadline = time.monotonic() + PATIENCE
    while not _answers():
        if process.poll() is not None or time.monotonic() > deadline:
            end = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
            raise CannotBuild(f"dockerd does not start; see {log}:\n{end}")
        time.sleep(0.2)


def _runtime(folder: Path) -> list[str]:
    """The daemon's options for our runtime, only where CAP_SYS_RESOURCE cannot be had."""
    if bounding_set(Path("/proc/self/status").read_text()) & CAP_SYS_RESOURCE:
        return []
    ours = folder / RUNTIME
    shutil.copyfile(Path(__file__).parent / f"runc-{RUNTIME}", ours)  # the daemon outlives this checkout
    ours.chmod(0o755)
    return ["--add-runtime", f"{RUNTIME}={ours}", "--default-runtime", RUNTIME]


def bounding_set(status: str) -> int:
    """The capabilities that a process can have at all, of /proc's words on it."""
    return int(next(line for line in status.splitlines() if line.startswith("CapBnd:")).split()[1], 16)
