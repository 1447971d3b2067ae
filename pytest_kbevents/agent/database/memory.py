"""What a database still knows when its processes start anew: in a Pod, the agent, its worker and what comes after a
restart are different ones, and the database beside them is one.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pytest_kbevents.agent.database.script import Conduct

FOLDER = "KB_DATABASE_FOLDER"
"""The variable that names a folder which all containers of the Pod share."""


class Memory:
    """Files in a folder. ``""`` is none: then all is forgotten."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder) if folder else None

    def runs(self, action: str, conduct: Conduct) -> int:
        """How often the action has run since it was told to do this."""
        try:
            told = json.loads(self._file(action).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return 0
        return int(told["runs"]) if told["conduct"] == _digest(conduct) else 0

    def ran(self, action: str, conduct: Conduct, runs: int) -> None:
        """It has run so often."""
        if self._folder is not None:
            told = {"conduct": _digest(conduct), "runs": runs}
            self._file(action).write_text(json.dumps(told), encoding="utf-8")

    @property
    def data(self) -> bytes | None:
        """What was loaded last; None: nothing."""
        try:
            return None if self._folder is None else (self._folder / "data").read_bytes()
        except OSError:
            return None

    def keep(self, data: bytes) -> None:
        """It has been loaded."""
        if self._folder is not None:
            (self._folder / "data").write_bytes(data)

    def _file(self, action: str) -> Path:
        return (self._folder or Path("/nonexistent")) / f"{action}.json"


def _digest(conduct: Conduct) -> str:
    return hashlib.sha256(conduct.model_dump_json().encode()).hexdigest()
