"""What must be so before a Pod is reconfigured (event-pipeline.md section 6, Actions)."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from pytest_kbevents.agent.actions.action import (
    BAD_REQUEST,
    PRECONDITION_FAILED,
    UNKNOWN,
    Call,
    Failure,
    Result,
    failure,
)

RECONFIGURE, CUSTOM = "reconfigure", "udf-reconfigure"
"""An action's name, and how those of others begin."""
CREATED, REMOVED, UPDATED = "KB_CONFIG_FILES_CREATED", "KB_CONFIG_FILES_REMOVED", "KB_CONFIG_FILES_UPDATED"
"""Parameters: the configuration files that the action is about."""


def unmet(call: Call) -> Result | None:
    """The first condition that does not hold; None when all hold, or the action has none.

    A file that cannot be read is an error of type ``unknown``, in Go's words.
    """
    if call.action != RECONFIGURE and not call.action.startswith(CUSTOM):
        return None
    for path in _listed(call.parameters, CREATED):
        if not _exists(path):
            return _unmet(f"created file is not exist: {path}")
    for path in _listed(call.parameters, REMOVED):
        if _exists(path):
            return _unmet(f"removed file is still exist: {path}")
    for entry in _listed(call.parameters, UPDATED):
        path, colon, expected = entry.partition(":")
        if not colon or ":" in expected:
            given = call.parameters[UPDATED]
            return failure(BAD_REQUEST, f"reconfigure - updated files format error: {given}")
        if (found := _outdated(path, expected)) is not None:
            return found
    return None


def _outdated(path: str, expected: str) -> Result | None:
    try:
        got = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except (OSError, ValueError) as error:  # the latter is a NUL in the path
        verb = "read" if isinstance(error, IsADirectoryError) else "open"
        why = os.strerror(getattr(error, "errno", errno.EINVAL)).lower()
        return Result(failure=Failure(UNKNOWN, f"{verb} {path}: {why}"))
    if got == expected:
        return None
    return _unmet(f"updated file is not up-to-date {path}: expected {expected}, got {got}")


def _exists(path: str) -> bool:
    return os.path.exists(path)  # noqa: PTH110 - unlike Path, it takes an empty text for no file


def _listed(parameters: Mapping[str, str], name: str) -> list[str]:
    text = parameters.get(name, "")
    return text.split(",") if text else []


def _unmet(what: str) -> Result:
    return failure(PRECONDITION_FAILED, f"reconfigure - {what}")
