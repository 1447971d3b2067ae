"""The root folder of a node: Debian with systemd and containerd, kind's own files from its module, our changes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import debian
import gobuild
import programs
from command import run
from gobuild import digest, step

PACKAGES = (
    *("systemd", "dbus", "util-linux", "mount", "kmod", "bash", "procps", "jq", "ca-certificates", "e2fsprogs"),
    *("containerd", "runc", "containernetworking-plugins", "libseccomp2"),
    *("iptables", "nftables", "conntrack", "iproute2", "ethtool", "socat"),
)
OURS = Path(__file__).parent / "files"
LINKS = {
    "opt/cni/bin": "/usr/lib/cni",
    "usr/local/bin/containerd": "/usr/bin/containerd",
    "usr/local/bin/ctr": "/usr/bin/ctr",
    "usr/local/bin/containerd-shim-runc-v2": "/usr/bin/containerd-shim-runc-v2",
    "usr/sbin/init": "/usr/lib/systemd/systemd",
}
"""Where kind's files look for what Debian has elsewhere."""
UNUSED = (
    # as kind's Dockerfile does
    "usr/lib/systemd/system/sysinit.target.wants/systemd-tmpfiles-setup.service",
    "usr/lib/systemd/system/multi-user.target.wants/*",
    "usr/lib/systemd/system/local-fs.target.wants/*",
    "usr/lib/systemd/system/basic.target.wants/*",
    "usr/lib/systemd/system/sockets.target.wants/*udev*",
    "usr/lib/systemd/system/sockets.target.wants/*initctl*",
    "etc/systemd/system/*.wants/*",
    # fs.protected_* and kernel.pid_max are the host's kernel's: a node leaves them as they are
    "usr/lib/sysctl.d/50-pid-max.conf",
    "usr/lib/sysctl.d/99-protect-links.conf",
    # of kind's files: no apt at build time, not rootless
    "usr/local/bin/clean-install",
    "etc/systemd/system/containerd-fuse-overlayfs.service",
)
PROGRAMS = ("kubeadm", "kubelet", "kubectl", "crictl")
FOLDERS = ("etc/kubernetes/manifests", "etc/cni/net.d")
CONTAINERD = "etc/containerd/config.toml"
OOM = "restrict_oom_score_adj = false"
UNITS = ("kubelet.service", "containerd.service", "undo-mount-hacks.service", "kbevents-node.service")


def content() -> str:
    """The hash of what decides it, but for the programs and the module that kind's files are from."""
    return digest(Path(__file__), OURS, debian.content(PACKAGES))


def furnish(root: Path, built: Path) -> None:
    """Make a node's root of a folder with Debian and those packages, and of the programs. Raises CannotBuild."""
    with step("putting kind's files, ours and the programs into it"):
        overlay(programs.module("sigs.k8s.io/kind") / "images" / "base" / "files", root)
        overlay(OURS, root)
        debian.remove(root, UNUSED)
        _link(root)
        for program in PROGRAMS:
            copy(built / program, root / "usr" / "bin" / program, executable=True)
        _configure(root)


def overlay(files: Path, root: Path) -> None:
    """Copy the files of a tree to the same places; those in a folder ``bin`` are programs."""
    for file in sorted(files.rglob("*")):
        if file.is_file():
            copy(file, root / file.relative_to(files), executable=file.parent.name == "bin")


def copy(file: Path, target: Path, *, executable: bool) -> None:
    """Whatever its mode was: in Go's cache of modules all is read-only."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    shutil.copyfile(file, target)
    target.chmod(0o755 if executable else 0o644)


def _link(root: Path) -> None:
    for name, target in LINKS.items():
        link = root / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(target)


def _configure(root: Path) -> None:
    """What is written into files that others made."""
    for folder in FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "kind" / "version").write_text(gobuild.kubernetes())
    with (root / "etc" / "systemd" / "journald.conf").open("a") as journald:
        journald.write("ReadKMsg=no\n")
    containerd = root / CONTAINERD
    settings = containerd.read_text()
    assert OOM in settings, "kind's containerd configuration says what we change"
    # without CAP_SYS_RESOURCE nobody may lower it, and no Pod would start; kind does the same when rootless
    containerd.write_text(settings.replace(OOM, OOM.replace("false", "true")))
    spec = json.loads(run("chroot", str(root), "ctr", "oci", "spec"))
    del spec["process"]["rlimits"]  # as kind's Dockerfile does
    (root / "etc" / "containerd" / "cri-base.json").write_text(json.dumps(spec))
    run("chroot", str(root), "systemctl", "enable", *UNITS)
    run("chroot", str(root), "systemctl", "mask", "systemd-binfmt.service")  # it registers with the host's kernel


def sandbox_image(root: Path) -> str:
    """The name under which kind's configuration of containerd wants the image of pause."""
    found = re.search(r'sandbox_image = "(.+)"', (root / CONTAINERD).read_text())
    assert found is not None, "kind's containerd configuration names the image of pause"
    return found[1]
