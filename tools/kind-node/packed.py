"""Compressed files: by zstd, a third of gzip's time, or by gzip where that is all there is."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from command import pipe


def named(stem: str, folder: Path) -> Path:
    """The file of that stem, as this machine compresses."""
    return folder / f"{stem}.tar.{'zst' if _zstd() else 'gz'}"


def pack(source: list[str], file: Path) -> None:
    """Keep what a command prints. The file appears whole or not at all. Raises CannotBuild."""
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as fresh:
        try:
            pipe(source, ["zstd", "-q", "-3", "-T0"] if _zstd() else ["gzip", "-1"], fresh)
            Path(fresh.name).replace(file)
        finally:
            Path(fresh.name).unlink(missing_ok=True)


def unpack(file: Path, sink: list[str]) -> None:
    """Give a command what was kept. Raises CannotBuild."""
    pipe(["zstd" if _zstd() else "gzip", "-dc", str(file)], sink)


def _zstd() -> bool:
    return shutil.which("zstd") is not None
