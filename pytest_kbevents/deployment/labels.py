"""How objects of ours say so."""

from __future__ import annotations

from pytest_kbevents.api.names import MANAGED_BY_LABEL, NAME_LABEL, OWNER


def labels(name: str) -> dict[str, str]:
    """Of an object: what part of us it is, and that it is ours."""
    return {NAME_LABEL: name, MANAGED_BY_LABEL: OWNER}
