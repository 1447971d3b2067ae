"""Where files are that outlive a session."""

from __future__ import annotations

import os
from pathlib import Path


def cache() -> Path:
    """Our folder of the user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "kbevents"
