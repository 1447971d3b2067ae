"""The backends by the name that ``--kb-cluster`` takes."""

from __future__ import annotations

from collections.abc import Callable

from pytest_kbevents.cluster.backend import DEFINITIONS, KUBELET, NODES, VIRTUAL_TIME, Backend
from pytest_kbevents.settings import Settings, resolve

HAS = {
    "embedded": frozenset({DEFINITIONS, VIRTUAL_TIME}),
    "local": frozenset({DEFINITIONS}),
    "envtest": frozenset({DEFINITIONS}),
    "kind": frozenset({DEFINITIONS, KUBELET, NODES}),
    "kubeconfig": frozenset({DEFINITIONS, KUBELET}),
}
"""What each cluster can have of what scenarios need; what it has is known once it is up (``Backend.has``)."""


def make(name: str, settings: Settings | None = None, tell: Callable[[str], None] = lambda _: None) -> Backend:
    """The backend of that name, not yet started; only its own file is imported. ``tell`` is told what it waits for.
    Raises KeyError for any other name.
    """
    settings = settings or resolve({}, {}, {})
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
        case "kind":
            from pytest_kbevents.cluster.kind.cluster import Kind

            return Kind(settings, tell)
        case "kubeconfig":
            from pytest_kbevents.cluster.kubeconfig import Kubeconfig

            return Kubeconfig(settings)
    raise KeyError(name)
