"""The node image for kind: the root folder, with the control plane's images in containerd."""

from __future__ import annotations

import time
from pathlib import Path

import archive
import controlplane
import debian
import gobuild
import images
import place
import programs
import root
from command import pipe, run, succeeds
from gobuild import CannotBuild, digest, step

IMPORT = (
    *("ctr", "--namespace=k8s.io", "images", "import", "--label=io.cri-containerd.pinned=pinned"),
    *("--all-platforms", "--no-unpack", "--digests", "-"),
)
PATIENCE = 30.0
"""Seconds that containerd may take to start."""


def ensure() -> str:
    """The tag of the image, which Docker has then. Raises CannotBuild."""
    return images.ensure("node", content(), _make)


def content() -> str:
    """The hash of what decides it. Raises CannotBuild."""
    ours = (Path(module) for module in (__file__, archive.__file__, controlplane.__file__))
    return digest(programs.content(), root.content(), *ours)


def _make(tag: str) -> None:
    base = f"{tag}-base"
    with place.fresh() as fresh:
        tree = fresh / "root"
        tree.mkdir()
        tree.chmod(0o755)
        debian.unpack(root.PACKAGES, tree)
        built = programs.build(programs.NODE)
        root.furnish(tree, built)
        with step("making the control plane's images"):
            found = controlplane.images(built, tree)
            archive.write(found, gobuild.go("env", "GOARCH").strip(), fresh / "images.tar")
        with step(f"importing {base}"):
            images.take(tree, base, ["ENV container=docker"])
        try:
            with step("putting the images into its containerd"):
                _fill(base, fresh / "images.tar", tag)
        finally:
            images.drop(base)


def _fill(base: str, kept: Path, tag: str) -> None:
    """Have the containerd of an image take images in, and keep what that makes of it under another tag."""
    options = ["--detach", "--security-opt", "seccomp=unconfined", "--entrypoint", "containerd"]
    # to be committed with the rest: an import cannot set it, and systemd ends by no other signal
    container = run("docker", "run", *options, "--stop-signal", "SIGRTMIN+3", base).strip()
    try:
        _wait_for_containerd(container)
        pipe(["cat", str(kept)], ["docker", "exec", "--interactive", container, *IMPORT])
        run("docker", "kill", "--signal", "TERM", container)
        run("docker", "wait", container)
        changes = ['ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]', "CMD []"]
        run("docker", "commit", *(word for change in changes for word in ("--change", change)), container, tag)
    finally:
        run("docker", "rm", "--force", "--volumes", container)


def _wait_for_containerd(container: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not succeeds("docker", "exec", container, "ctr", "version"):
        if time.monotonic() > deadline:
            raise CannotBuild(f"containerd does not start in the node image:\n{run('docker', 'logs', container)}")
        time.sleep(0.2)
