"""The backends by the name that ``--kb-cluster`` takes."""

from __future__ import annotations

from pytest_kbevents.cluster.backend import Backend


def make(name: str) -> Backend:
    """The backend of that name, not yet started; only its own file is imported."""
    if name == "local":
        from pytest_kbevents.cluster.local import Local

        return Local()
    from pytest_kbevents.cluster.embedded import Embedded

    return Embedded()
