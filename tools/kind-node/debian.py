"""Debian as debootstrap makes it, with packages of ours."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Sequence
from pathlib import Path

import apt
import packed
import place
from command import run
from gobuild import CannotBuild, digest, step

SUITE = "bookworm"
"""Not newer: systemd of Debian 13 gives up on cgroup v1."""
CRUMBS = (
    "var/cache/apt/*",
    "var/cache/debconf/*",
    "var/lib/apt/lists/*",
    "var/log/*",
    "usr/share/doc/*",
    "usr/share/info/*",
    "usr/share/locale/*",
    "usr/share/man/*",
    "etc/hostname",
    "etc/resolv.conf",
)
"""What no container has a use for, or what Docker writes."""


def content(packages: Sequence[str]) -> str:
    """The hash of what decides it, but for what Debian's archive has on the day."""
    return digest(Path(__file__), platform.machine(), *packages)


def unpack(packages: Sequence[str], folder: Path) -> None:
    """Fill a folder with Debian and those packages, the same ones until the list changes. Raises CannotBuild."""
    if os.geteuid() != 0:
        raise CannotBuild("an image of Debian's files is made only as root; run this as root")
    kept = packed.named(f"debian-{content(packages)[:12]}", place.folder())
    if not kept.is_file():
        _keep(packages, kept)
    with step("unpacking Debian"):
        packed.unpack(kept, ["tar", "-C", str(folder), "-xp", "--numeric-owner"])


def remove(folder: Path, patterns: Sequence[str]) -> None:
    """Remove files and folders that match globs below a folder."""
    for pattern in patterns:
        for found in list(folder.glob(pattern)):
            if found.is_dir() and not found.is_symlink():
                shutil.rmtree(found)
            else:
                found.unlink()


def _keep(packages: Sequence[str], kept: Path) -> None:
    apt.provide("debootstrap", "debootstrap")
    with place.fresh() as tree:
        with step(f"debootstrap of {SUITE} (about a minute)"):
            include = f"--include={','.join(packages)}"
            # what it mounts goes with its own mount namespace, even when it fails
            run("unshare", "--mount", "debootstrap", "--variant=minbase", include, SUITE, str(tree))
            remove(tree, CRUMBS)
        with step("keeping Debian"):
            packed.pack(["tar", "-C", str(tree), "--numeric-owner", "-c", "."], kept)
