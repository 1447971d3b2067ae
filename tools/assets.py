"""Builds the real kube-apiserver, etcd and kubectl from the modules that go.mod pins, and the clients we test with.

``python tools/assets.py`` prints the folder they are in, for KUBEBUILDER_ASSETS; only what changed is built. That
variable also names the folder; without it, it is one of the user's cache, by the hash of all that goes in.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
STAMP = "built-from"
"""The file that says what a folder's programs were built from."""
ETCD = "go.etcd.io/etcd/server/v3"
PROGRAMS = {
    "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
    "kubectl": "k8s.io/kubernetes/cmd/kubectl",
    "etcd": ETCD,
    "informer": "./informer",
}
"""The programs by the name of their file."""


class CannotBuild(Exception):
    """The text says why, and the remedy."""


def main() -> int:
    """Build what is missing, and print the folder."""
    try:
        print(build())
    except CannotBuild as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    return 0


def build() -> Path:
    """The folder with the programs, built if they are not there. Raises CannotBuild."""
    wanted = content()
    folder = place(wanted)
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / STAMP
    with _alone(folder):
        if stamp.is_file() and stamp.read_text() == wanted:
            return folder
        if not stamp.is_file() and any((folder / name).exists() for name in PROGRAMS):
            raise CannotBuild(f"{folder} has programs that were not built here; name another folder")
        stamp.write_text("unfinished\n")
        _build_into(folder)
        stamp.write_text(wanted)
    return folder


def content() -> str:
    """The hash of all that decides what is built: the pins, our sources, the compiler. Raises CannotBuild."""
    digest = hashlib.sha256(_go("env", "GOVERSION", "GOOS", "GOARCH").encode())
    sources = [HERE / "go.mod", HERE / "go.sum", Path(__file__), *sorted((HERE / "informer").glob("*.go"))]
    for source in sources:
        digest.update(f"{source.name}\n".encode() + source.read_bytes())
    return digest.hexdigest() + "\n"


def place(wanted: str) -> Path:
    """KUBEBUILDER_ASSETS, or a folder of the cache."""
    if named := os.environ.get("KUBEBUILDER_ASSETS"):
        return Path(named).absolute()
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "kbevents" / f"assets-{wanted[:16]}"


def _build_into(folder: Path) -> None:
    """Each program appears whole or not at all; one that runs is not written over."""
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        for name, package in PROGRAMS.items():
            print(f"assets: building {name} (the first time takes minutes)", file=sys.stderr, flush=True)
            flags = "-s -w" if package == ETCD else f"-s -w {_version_flags()}"
            _go("build", "-trimpath", "-ldflags", flags, "-o", f"{fresh}/{name}", package)
            Path(fresh, name).replace(folder / name)


def _version_flags() -> str:
    """What ``make release`` of Kubernetes would link in: clients refuse a server of version v0.0.0."""
    release = re.search(r"k8s\.io/kubernetes (v(\d+)\.(\d+)\.\S+)", (HERE / "go.mod").read_text())
    assert release is not None, "go.mod pins k8s.io/kubernetes"
    version, major, minor = release.groups()
    facts = {"gitVersion": version, "gitMajor": major, "gitMinor": minor, "gitTreeState": "clean"}
    packages = ("k8s.io/component-base/version", "k8s.io/client-go/pkg/version")
    return " ".join(f"-X {package}.{name}={value}" for package in packages for name, value in facts.items())


def _go(*arguments: str) -> str:
    """Output of the Go command in this folder. Raises CannotBuild."""
    if shutil.which("go") is None:
        raise CannotBuild("Go is not on PATH; install it from https://go.dev/dl, 1.26 or newer")
    flags = os.environ.get("GOFLAGS", "")
    if "-p=" not in flags:
        flags = f"{flags} -p=2"  # two compilers of Kubernetes' packages at once fit into the memory of a small machine
    environment = {**os.environ, "CGO_ENABLED": "0", "GOFLAGS": f"{flags} -buildvcs=false".strip()}
    done = subprocess.run(["go", *arguments], cwd=HERE, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotBuild(f"go {' '.join(arguments)} failed:\n{done.stderr.strip()}")
    return done.stdout


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two runs at once build once."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    raise SystemExit(main())
