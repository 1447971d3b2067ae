"""Whether a text can be read as a value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def reads(reader: Callable[..., Any], *text: Any) -> bool:
    """Whether a reader, which raises ValueError at what it cannot read, reads it."""
    try:
        reader(*text)
    except ValueError:
        return False
    return True
