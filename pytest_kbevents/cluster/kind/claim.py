"""Whose a kind cluster is, and who uses it: locks and a note in a folder of the user's cache.

A lock ends with the process that holds it, however that ends; so who uses a cluster is never in doubt.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pytest_kbevents.cluster.places import cache


@dataclass(frozen=True, slots=True)
class Note:
    """Written before a cluster is made, and removed when it has been deleted."""

    process: int
    begun: str
    """As people write a time."""
    content: str
    """What it was made with: another image or configuration is another cluster."""
    is_up: bool = False


class Claim:
    """One cluster's folder, by its name."""

    def __init__(self, name: str) -> None:
        self.folder = cache() / "kind" / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self._use: IO[bytes] | None = None

    @property
    def kubeconfig(self) -> Path:
        """Of the cluster."""
        return self.folder / "kubeconfig"

    @property
    def note(self) -> Note | None:
        """What was noted of the cluster; None: we have made none."""
        try:
            return Note(**json.loads((self.folder / "note.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, content: str, *, is_up: bool) -> None:
        """Note that it is being made, or is up."""
        begun = time.strftime("%Y-%m-%d %H:%M:%S")
        told = {"process": os.getpid(), "begun": begun, "content": content, "is_up": is_up}
        (self.folder / "note.json").write_text(json.dumps(told), encoding="utf-8")

    def forget(self) -> None:
        """It has been deleted."""
        (self.folder / "note.json").unlink(missing_ok=True)
        self.kubeconfig.unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else makes, takes or deletes it meanwhile."""
        with (self.folder / "door").open("wb") as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            yield

    def use(self) -> None:
        """From now on it is used. To be called ``alone``."""
        self._use = (self.folder / "users").open("wb")
        fcntl.flock(self._use, fcntl.LOCK_SH)

    def end_use(self) -> bool:
        """No longer; says whether nobody else uses it. To be called ``alone``."""
        if self._use is not None:
            self._use.close()
            self._use = None
        with (self.folder / "users").open("wb") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True
