"""What the kubelet writes into a Pod's file system, and how its agent hears of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote

from pytest_kbevents.agent.files import FolderWatch

Changed = Callable[[str, str], None]
"""Told of a Pod's name and of the path, in the Pod's eyes, of a file that changed."""


def _nobody_hears(pod: str, path: str) -> None:
    """Until a fleet listens."""


class Disk(Protocol):
    """The file systems of all Pods."""

    changed: Changed

    def put(self, pod: str, path: str, text: str) -> None:
        """There before the Pod's containers start: nobody hears of it."""

    def write(self, pod: str, path: str, text: str) -> None:
        """Whoever watches the file hears of it."""

    def close(self) -> None:
        """Nothing is heard any more. Idempotent."""


class TalkingDisk:
    """The simulated world's: writing is telling."""

    def __init__(self) -> None:
        self.changed: Changed = _nobody_hears

    def put(self, pod: str, path: str, text: str) -> None:
        """Nothing is kept: nobody reads it."""

    def write(self, pod: str, path: str, text: str) -> None:
        del text
        self.changed(pod, path)

    def close(self) -> None:
        """Nothing is open."""


class WatchedDisk:
    """The live worlds': real files of this machine, and one watch over all of them. They lie in one folder, their paths
    in their names: in a folder that is new, something may happen before the watch reaches it.
    """

    def __init__(self) -> None:
        self.changed: Changed = _nobody_hears
        self._folder = tempfile.TemporaryDirectory(prefix="kbevents-pods-")
        self._root = Path(self._folder.name).resolve()
        self._known: dict[Path, str] = {}
        self._watch = FolderWatch([self._root], self._hear)
        self._watch.start()

    def put(self, pod: str, path: str, text: str) -> None:
        file = self._file(pod, path)
        self._known[file] = text
        self.write(pod, path, text)

    def write(self, pod: str, path: str, text: str) -> None:
        """As the kubelet does: whole, by renaming."""
        file = self._file(pod, path)
        fresh = file.with_name(f".{file.name}.new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(file)

    def close(self) -> None:
        self._watch.stop()
        self._folder.cleanup()

    def _file(self, pod: str, path: str) -> Path:
        return self._root / quote(pod + path, safe="")

    def _hear(self, file: Path, written: bool) -> None:
        """A file that has changed since it was put there or was last heard of."""
        del written  # it is replaced, as the kubelet does
        if file.name.startswith(".") or not file.is_file():
            return
        text = file.read_text(encoding="utf-8")
        if self._known.get(file) != text:
            self._known[file] = text
            pod, _, path = unquote(file.name).partition("/")
            self.changed(pod, f"/{path}")
