"""The images that kubeadm starts a cluster from, with the programs built here under the names it asks for."""

from __future__ import annotations

import re
from pathlib import Path

import gobuild
import root
from archive import Image
from command import run

NETFILTER = ("xtables-nft-multi", "xtables-legacy-multi", "conntrack", "nft")
"""What kube-proxy calls, out of Debian's /usr/sbin."""
LINKS = {
    **{folder: f"usr/{folder}" for folder in ("bin", "lib", "lib64", "sbin")},
    **{
        f"usr/sbin/{family}{verb}": "xtables-nft-multi"
        for family in ("iptables", "ip6tables")
        for verb in ("", "-save", "-restore")
    },
}


def images(built: Path, tree: Path) -> list[Image]:
    """All that a node has from the start, of the programs in ``built`` and the node's root. Raises CannotBuild."""
    named = run(str(built / "kubeadm"), "config", "images", "list", "--kubernetes-version", gobuild.kubernetes())
    found = [Image(root.sandbox_image(tree), built / "pause")]
    for name in named.split():
        program = name.rpartition("/")[2].partition(":")[0]
        if program == "kube-proxy":
            found.append(Image(name, built / program, _netfilter(tree), LINKS))
        elif program != "pause":  # of which kind's configuration has its own tag
            found.append(Image(name, built / program))
    return found


def _netfilter(tree: Path) -> dict[str, Path]:
    """The programs, their plugins, and the libraries of both.

    The plugins need more than the programs: without libm all works until a Service has two endpoints.
    """
    programs = [f"/usr/sbin/{name}" for name in NETFILTER]
    plugins = [f"/{file.relative_to(tree)}" for file in tree.glob("usr/lib/*/xtables/*.so")]
    linked = run("chroot", str(tree), "ldd", *programs, *plugins)
    libraries = sorted(set(re.findall(r"^\t(?:.+ => )?(/\S+) \(", linked, re.MULTILINE)))
    # libraries are links, some of them absolute: followed inside, not out to this machine's own
    real = run("chroot", str(tree), "readlink", "-f", *libraries).split()
    files = {f"usr/{name.lstrip('/').removeprefix('usr/')}": file for name, file in zip(libraries, real, strict=True)}
    files |= {name.lstrip("/"): name for name in programs + plugins}
    return {name: tree / file.lstrip("/") for name, file in files.items()}
