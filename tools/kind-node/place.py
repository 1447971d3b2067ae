"""Where all that is made here is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gobuild


def folder() -> Path:
    """Our folder in the user's cache, made if it is not there. To lose it costs time only."""
    ours = gobuild.cache() / "kind-node"
    ours.mkdir(parents=True, exist_ok=True)
    return ours


@contextmanager
def fresh() -> Iterator[Path]:
    """A folder to make something in, gone afterwards; not in /tmp, which may allow no device files or be small."""
    with tempfile.TemporaryDirectory(dir=folder(), prefix="fresh-") as made:
        Path(made).chmod(0o755)  # it may become a container's root folder, which all users of that read
        yield Path(made)
