"""The package's own files: of a wheel, or as it is installed here, editable or not."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest_kbevents
from pytest_kbevents.deployment.layout import LEFT_OUT
from pytest_kbevents.errors import InputError

PACKAGE = "pytest_kbevents"


def files(wheel: Path | None) -> dict[str, bytes]:
    """By path, ``pytest_kbevents/...``, those that the image has. Raises InputError."""
    found = dict(_installed() if wheel is None else _of_wheel(wheel))
    if f"{PACKAGE}/__init__.py" not in found:
        raise InputError(f"--wheel {wheel}: this is no wheel of pytest-kbevents")
    return found


def _installed() -> Iterator[tuple[str, bytes]]:
    home = Path(pytest_kbevents.__file__).parent
    for file in sorted(home.rglob("*")):
        path = PurePosixPath(PACKAGE, file.relative_to(home).as_posix())
        if _is_wanted(path) and file.is_file():
            yield str(path), file.read_bytes()


def _of_wheel(wheel: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                path = PurePosixPath(name)
                if path.parts[:1] == (PACKAGE,) and _is_wanted(path) and not name.endswith("/"):
                    yield str(path), archive.read(name)
    except (OSError, zipfile.BadZipFile) as error:
        text = getattr(error, "strerror", None) or error
        raise InputError(f"--wheel {wheel} cannot be read: {text}; `python -m build --wheel` makes one") from None


def _is_wanted(path: PurePosixPath) -> bool:
    return path.parts[1] not in LEFT_OUT and "__pycache__" not in path.parts and ".." not in path.parts
