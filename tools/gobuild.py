"""Builds programs from the Go modules that go.mod pins: what assets.py and kind-node have in common.

All come from one module, so that they share what is compiled; the flags are the same everywhere for the same reason.
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
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
STAMP = "built-from"
"""The file that says what a folder's programs were built from."""
NO_DEBUG = "-gcflags=all=-dwarf=false"
"""What the linker would leave out is not compiled either: a seventh of the time."""
MODULE = (Path(__file__), HERE / "go.mod", HERE / "go.sum")
"""What decides how anything is built here; with the sources of a program, what that program is."""


class CannotBuild(Exception):
    """The text says why, and the remedy."""


def build(folder: Path, programs: Mapping[str, str], wanted: str) -> None:
    """Put programs, packages by the name of their file, into a folder unless it has those of ``wanted``.

    Raises CannotBuild.
    """
    stamp = folder / STAMP
    with alone(folder):
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        if not stamp.is_file() and any((folder / name).exists() for name in programs):
            raise CannotBuild(f"{folder} has programs that were not built here; name another folder")
        stamp.write_text("unfinished\n")
        _build_into(folder, programs)
        stamp.write_text(wanted)


def content(*sources: Path) -> str:
    """The hash of all that decides what is built: pins, flags, our sources, the compiler. Raises CannotBuild."""
    return digest(go("env", "GOVERSION", "GOOS", "GOARCH"), *MODULE, *sources)


def digest(*inputs: str | Path) -> str:
    """The hash of texts and files, in that order; a folder is all files in it, each by its place below ours."""
    whole = hashlib.sha256()
    for given in inputs:
        if isinstance(given, str):
            whole.update(f"text {len(given)}\n{given}".encode())
            continue
        for file in sorted(given.rglob("*")) if given.is_dir() else [given]:
            if file.is_file() and file.suffix != ".pyc":
                data = file.read_bytes()
                whole.update(f"{file.relative_to(HERE)} {len(data)}\n".encode() + data)
    return whole.hexdigest()


def cache() -> Path:
    """The folder of the user's cache that is ours."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kbevents"


def kubernetes() -> str:
    """The version of Kubernetes that go.mod pins."""
    release = re.search(r"k8s\.io/kubernetes (v\S+)", (HERE / "go.mod").read_text())
    assert release is not None, "go.mod pins k8s.io/kubernetes"
    return release[1]


def go(*arguments: str) -> str:
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
def alone(folder: Path) -> Iterator[None]:
    """Two runs at once build once."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with step(f"waiting for another run that builds into {folder}"):
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def step(what: str) -> Iterator[None]:
    """A line on stderr that says what is waited for and, after it, how long that took."""
    began = time.monotonic()
    print(f"{what} ...", end="", file=sys.stderr, flush=True)
    took = ""
    try:
        yield
        took = f" {time.monotonic() - began:.1f} s"
    finally:
        print(took, file=sys.stderr, flush=True)


def _build_into(folder: Path, programs: Mapping[str, str]) -> None:
    """Each program appears whole or not at all; one that runs is not written over."""
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        for name, package in programs.items():
            with step(f"building {name} (the first time takes minutes)"):
                flags = ("-trimpath", NO_DEBUG, "-ldflags", f"-s -w {_version_flags()}")
                go("build", *flags, "-o", f"{fresh}/{name}", package)
                Path(fresh, name).replace(folder / name)


def _version_flags() -> str:
    """What ``make release`` of Kubernetes would link in: kubeadm and clients refuse a version of v0.0.0.

    The linker leaves out what a program does not have.
    """
    version = kubernetes()
    major, minor, _ = version.removeprefix("v").split(".", 2)
    facts = {"gitVersion": version, "gitMajor": major, "gitMinor": minor, "gitTreeState": "clean"}
    packages = ("k8s.io/component-base/version", "k8s.io/client-go/pkg/version")
    return " ".join(f"-X {package}.{name}={value}" for package in packages for name, value in facts.items())
