"""The backends by the name that ``--kb-cluster`` takes."""

from __future__ import annotations

from pytest_kbevents.cluster.backend import Backend


def make(name: str) -> Backend:
    """The backend of that name, not yet started; only its own file is imported. Raises KeyError for any other."""
    match name:
        case "embedded":
            from pytest_kbevents.cluster.embedded import Embedded

            return Embedded()
        case "local":
            from pytest_kbevents.cluster.local import Local

            return Local()
        case "envtest":
            from pytest_kbevents.cluster.envtest import Envtest

            return Envtest()
    raise KeyError(name)
