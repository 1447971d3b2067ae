"""Images as ``docker save`` writes them, made of files alone: nothing of them goes through a Docker."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROGRAMS = "usr/local/bin"
PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
FOLDERS = {"tmp": 0o1777, "run": 0o755, "etc": 0o755}
"""What every image has beside its files, with the mode."""


@dataclass(frozen=True)
class Image:
    """One program, started by default, and the files and symbolic links it needs, by their place in the image."""

    name: str
    program: Path
    files: Mapping[str, Path] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


def write(images: Sequence[Image], architecture: str, archive: Path) -> None:
    """Write images into one file; ``architecture`` is Go's word."""
    manifest = []
    with tarfile.open(archive, "w") as whole:
        for image in images:
            layer = archive.with_name("layer")
            digest = _layer(image, layer)
            settings = json.dumps(_settings(image, architecture, digest)).encode()
            config = f"{hashlib.sha256(settings).hexdigest()}.json"
            whole.add(layer, f"{digest}.tar")
            _add(whole, config, settings)
            manifest.append({"Config": config, "RepoTags": [image.name], "Layers": [f"{digest}.tar"]})
            layer.unlink()
        _add(whole, "manifest.json", json.dumps(manifest).encode())


def _layer(image: Image, file: Path) -> str:
    """Write the only layer of an image, and give its digest."""
    with tarfile.open(file, "w") as layer:
        for folder, mode in FOLDERS.items():
            entry = tarfile.TarInfo(folder)
            entry.type, entry.mode = tarfile.DIRTYPE, mode
            layer.addfile(entry)
        for name, target in image.links.items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.SYMTYPE, target
            layer.addfile(entry)
        for name, source in {**image.files, f"{PROGRAMS}/{image.program.name}": image.program}.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = source.stat().st_size, 0o755
            with source.open("rb") as data:
                layer.addfile(entry, data)
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _settings(image: Image, architecture: str, digest: str) -> dict[str, object]:
    return {
        "architecture": architecture,
        "os": "linux",
        "config": {"Env": [PATH], "Entrypoint": [f"/{PROGRAMS}/{image.program.name}"], "WorkingDir": "/"},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digest}"]},
        "history": [{"created_by": "kind-node"}],
    }


def _add(whole: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    whole.addfile(entry, io.BytesIO(data))
