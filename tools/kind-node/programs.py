"""The programs, built from the Go module: kind and kubectl for this machine, others for a node."""

from __future__ import annotations

from pathlib import Path

import gobuild
import place

KUBERNETES = "k8s.io/kubernetes/cmd"
HOST = "bin"
"""The folder of what goes on PATH: nothing else may be found there."""
NODE = "node"
"""The folder of what goes into a node, in its root or in the control plane's images."""
PROGRAMS = {
    HOST: {"kind": "sigs.k8s.io/kind", "kubectl": f"{KUBERNETES}/kubectl"},
    NODE: {
        "kubectl": f"{KUBERNETES}/kubectl",
        "kubeadm": f"{KUBERNETES}/kubeadm",
        "kubelet": f"{KUBERNETES}/kubelet",
        "crictl": "sigs.k8s.io/cri-tools/cmd/crictl",
        "kube-apiserver": f"{KUBERNETES}/kube-apiserver",
        "kube-controller-manager": f"{KUBERNETES}/kube-controller-manager",
        "kube-scheduler": f"{KUBERNETES}/kube-scheduler",
        "kube-proxy": f"{KUBERNETES}/kube-proxy",
        "etcd": "go.etcd.io/etcd/server/v3",
        "coredns": "./coredns",
        "pause": "./pause",
    },
}


def content() -> str:
    """The hash of what decides them. Raises CannotBuild."""
    return gobuild.content(Path(__file__), gobuild.HERE / "coredns", gobuild.HERE / "pause")


def build(whose: str) -> Path:
    """The folder with the programs of HOST or NODE, built if they are not there. Raises CannotBuild."""
    wanted = content()
    folder = place.folder() / f"programs-{wanted[:12]}" / whose
    gobuild.build(folder, PROGRAMS[whose], wanted)
    return folder


def module(path: str) -> Path:
    """The folder of a module's sources. Raises CannotBuild."""
    return Path(gobuild.go("list", "-m", "-f", "{{.Dir}}", path).strip())
