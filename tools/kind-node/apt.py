"""Debian's packages, for a program that this machine lacks."""

from __future__ import annotations

import os
import shutil

from command import run
from gobuild import CannotBuild, step


def provide(program: str, package: str) -> None:
    """The program is on PATH, installed if it is not and if this machine lets us. Raises CannotBuild."""
    if shutil.which(program) is not None:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise CannotBuild(
            f"{program} is not on PATH; install it (Debian's package {package}), or run this as root where apt-get is"
        )
    with step(f"installing {package}"):
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", package, DEBIAN_FRONTEND="noninteractive")
