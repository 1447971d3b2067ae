"""The image that controllers, agents and stand-ins run from: made once for each content, in two layers, so that another
version of the package needs no pip.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from pytest_kbevents.deployment import layout, requirements, sources
from pytest_kbevents.deployment.docker import Docker, Image
from pytest_kbevents.deployment.wheels import fetch
from pytest_kbevents.errors import ClusterFailed

REPOSITORY = "kbevents"
DIGITS = 12
"""Of the content's hash, in its tag."""
EPOCH = 1_577_836_800
"""When all of its files were changed, 2020-01-01: the same content is the same layer."""

Tell = Callable[[str], None]


def build(base: str, wheel: Path | None, tell: Tell) -> str:
    """The reference of the image with the package, of ``wheel`` or as it is installed, on ``base``; made only when
    docker does not have it. ``tell`` is told what takes time.

    Raises:
        InputError: docker, pip, the base, the wheel or a dependency is not there, or is none.
        ClusterFailed: docker or pip fails.
    """
    docker = Docker()
    files = sources.files(wheel)
    below = _base(docker, base, tell)
    pins = requirements.pins()
    needs = _reference("needs-", [base, below.id, layout.needs(base), *pins])
    reference = _reference("", [layout.package(needs), layout.command(""), *_flat(files.items())])
    if docker.image(reference) is None:
        if docker.image(needs) is None:
            tell(f"building {needs}: {base}, and what the package needs")
            _build_needs(docker, (base, below), needs)
        tell(f"building {reference}")
        _build_package(docker, needs, files, reference)
    return reference


def _base(docker: Docker, base: str, tell: Tell) -> Image:
    found = docker.image(base)
    if found is None:
        tell(f"pulling {base}")
        docker.pull(base)
        found = docker.image(base)
    if found is None:
        raise ClusterFailed(f"docker pulled {base} and does not know it; see `docker image ls`")
    return found


def _build_needs(docker: Docker, base: tuple[str, Image], reference: str) -> None:
    name, image = base
    python = docker.python(name)
    pins = requirements.pins(requirements.markers(python.version))
    with tempfile.TemporaryDirectory(prefix="kbevents-image-") as folder:
        home = Path(folder, layout.HOME_FOLDER)
        fetch(pins, python, image.architecture, home)
        _finish(Path(folder), layout.needs(name))
        docker.build(Path(folder), reference)


def _build_package(docker: Docker, needs: str, files: dict[str, bytes], reference: str) -> None:
    python = docker.python(needs).executable
    with tempfile.TemporaryDirectory(prefix="kbevents-image-") as folder:
        home, programs = Path(folder, layout.HOME_FOLDER), Path(folder, layout.PROGRAMS_FOLDER)
        for name, content in files.items():
            _write(home / name, content)
        _write(programs / layout.COMMAND, layout.command(python).encode())
        for name in layout.STANDINS:
            source = files[f"{sources.PACKAGE}/{layout.standin_source(name)}"].decode()
            _write(programs / f"{layout.COMMAND}-{name}", layout.standin(python, source).encode())
        _finish(Path(folder), layout.package(needs))
        docker.build(Path(folder), reference)


def _finish(folder: Path, dockerfile: str) -> None:
    """Everybody may read it and run its programs, whatever the umask; and it is as old as always."""
    for path in folder.rglob("*"):
        runs = path.is_dir() or path.parent.name == layout.PROGRAMS_FOLDER
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (EPOCH, EPOCH))
    (folder / "Dockerfile").write_text(dockerfile, encoding="utf-8")


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _reference(prefix: str, parts: Iterable[str | bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return f"{REPOSITORY}:{prefix}{digest.hexdigest()[:DIGITS]}"


def _flat(files: Iterable[tuple[str, bytes]]) -> Iterable[str | bytes]:
    for item in sorted(files):
        yield from item
