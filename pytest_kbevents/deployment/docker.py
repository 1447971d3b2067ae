"""The docker client, as far as images go."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pytest_kbevents.errors import ClusterFailed, InputError

NO_DAEMON = ("cannot connect to the docker daemon", "is the docker daemon running", "error during connect")
PROBE = """\
import json, os, sys
try:
    libc = os.confstr("CS_GNU_LIBC_VERSION") or ""
except (ValueError, OSError):
    libc = ""
print(json.dumps([sys.executable, "%d.%d" % sys.version_info[:2], libc]))
"""


@dataclass(frozen=True, slots=True)
class Python:
    """The interpreter in an image. ``libc`` is ``glibc 2.36``, or ``""`` where it is another library."""

    executable: str
    version: str
    libc: str


@dataclass(frozen=True, slots=True)
class Image:
    """What docker knows of one."""

    id: str
    architecture: str
    size: int
    """Bytes."""


class Docker:
    """Raises InputError when it is not installed, ClusterFailed when its daemon does not answer or a command fails."""

    def __init__(self, program: str = "docker") -> None:
        found = shutil.which(program)
        if found is None:
            raise InputError(f"there is no program {program} on PATH: install Docker, or put it there")
        self._program = found

    def image(self, reference: str) -> Image | None:
        """None when it is not there."""
        done = self._run("image", "inspect", reference)
        if done.returncode != 0:
            self._check_daemon(done)
            return None
        found: dict[str, Any] = json.loads(done.stdout)[0]
        return Image(found["Id"], found["Architecture"], int(found.get("Size") or 0))

    def pull(self, reference: str) -> None:
        """Get it from its registry. Raises InputError when that is not to be had."""
        done = self._run("pull", "--quiet", reference)
        if done.returncode != 0:
            self._check_daemon(done)
            text = f"there is no image {reference} here, and it cannot be pulled ({_last_line(done)})"
            raise InputError(f"{text}; name another with --base or KB_IMAGE_BASE")

    def python(self, reference: str) -> Python:
        """Which interpreter an image has. Raises InputError when it has none."""
        command = ("run", "--rm", "--network", "none", "--entrypoint", "python3", reference, "-I", "-S", "-c", PROBE)
        done = self._run(*command)
        if done.returncode != 0:
            self._check_daemon(done)
            text = f"no python3 runs in the image {reference} ({_last_line(done)})"
            raise InputError(f"{text}; name one with Python with --base or KB_IMAGE_BASE")
        return Python(*json.loads(done.stdout))

    def build(self, folder: Path, reference: str) -> None:
        """Make an image of the folder with a Dockerfile."""
        done = self._run("build", "--tag", reference, str(folder), environment=self._builder())
        if done.returncode != 0:
            self._check_daemon(done)
            raise ClusterFailed(f"docker build of {reference} failed ({_last_line(done)}); see `docker info`")

    def _builder(self) -> Mapping[str, str]:
        """BuildKit where the client has it, and that one of its builders which knows the daemon's own images."""
        has_buildkit = self._run("buildx", "version").returncode == 0
        return {"BUILDX_BUILDER": "default"} if has_buildkit else {"DOCKER_BUILDKIT": "0"}

    def _run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        command = [self._program, *arguments]
        variables = {**os.environ, **(environment or {})}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=variables)  # noqa: S603 - our own words

    def _check_daemon(self, done: subprocess.CompletedProcess[str]) -> None:
        if any(text in done.stderr.lower() for text in NO_DAEMON):
            raise ClusterFailed(f"docker does not answer ({_last_line(done)}); start its daemon, or set DOCKER_HOST")


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    """What was said last, in a line: tools end with the reason."""
    lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    return lines[-1] if lines else f"exit code {done.returncode}"
