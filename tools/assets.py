"""Builds the real kube-apiserver, etcd and kubectl from the modules that go.mod pins, and the clients we test with.

``python tools/assets.py`` prints the folder they are in, for KUBEBUILDER_ASSETS; only what changed is built. That
variable also names the folder; without it, it is one of the user's cache, by the hash of all that goes in.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import gobuild

PROGRAMS = {
    "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
    "kubectl": "k8s.io/kubernetes/cmd/kubectl",
    "etcd": "go.etcd.io/etcd/server/v3",
    "informer": "./informer",
}
"""The programs by the name of their file."""


def main() -> int:
    """Build what is missing, and print the folder."""
    try:
        print(build())
    except gobuild.CannotBuild as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    return 0


def build() -> Path:
    """The folder with the programs, built if they are not there. Raises CannotBuild."""
    wanted = gobuild.content(Path(__file__), gobuild.HERE / "informer")
    folder = place(wanted)
    gobuild.build(folder, PROGRAMS, wanted)
    return folder


def place(wanted: str) -> Path:
    """KUBEBUILDER_ASSETS, or a folder of the cache."""
    if named := os.environ.get("KUBEBUILDER_ASSETS"):
        return Path(named).absolute()
    return gobuild.cache() / f"assets-{wanted[:16]}"


if __name__ == "__main__":
    raise SystemExit(main())
