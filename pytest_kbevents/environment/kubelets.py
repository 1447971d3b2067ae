"""What is done to Pods and nodes where kubelets run them, and how long that takes: their time is nobody's fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from pytest_kbevents.api.objects import Object, name_of, uid_of
from pytest_kbevents.api.resources import PODS
from pytest_kbevents.environment import containers
from pytest_kbevents.environment.nodes import Nodes
from pytest_kbevents.environment.place import Place
from pytest_kbevents.environment.pods import has_started, unready
from pytest_kbevents.errors import ClusterFailed, InputError
from pytest_kbevents.history.history import History

Wait = Callable[[Callable[[], bool]], bool]
"""Lets the world go on until something is so; says whether it became so in time."""


class Kubelets:
    """Those of one world, if there are any."""

    def __init__(self, place: Place, history: History, wait: Wait, kubeconfig: Path | None) -> None:
        self._place = place
        self._history = history
        self._wait = wait
        self._kubeconfig = kubeconfig
        self._nodes = Nodes(place)

    def until_ready(self, names: list[str]) -> None:
        """Raises ClusterFailed with what is known of the Pods that are not."""
        if not self._wait(lambda: not self._unready(names)):
            raise ClusterFailed(f"Pods of {self._place.namespace} are not ready: {'; '.join(self._unready(names))}")

    def until_started(self, made: Iterable[Object]) -> None:
        """The first container of each of these Pods has run: what its agent does is judged from then on. Raises
        ClusterFailed.
        """
        wanted = {uid_of(each): name_of(each) for each in made} if self._place.image else {}
        if not self._wait(lambda: wanted.keys() <= self._started()):
            told = "; ".join(self._unready(wanted.values()))
            raise ClusterFailed(f"Pods of {self._place.namespace} do not start: {told}")

    def kill(self, pod: str, container: str) -> None:
        """The process of a container. Raises InputError when it cannot be reached."""
        if self._kubeconfig is None or not self._place.image:
            raise InputError("no kubelet runs the Pods here: there is no container to be killed")
        containers.end(self._kubeconfig, self._place.namespace, pod, container)

    def drain(self, pod: str) -> None:
        """The node that a Pod is on. Raises InputError when its Pods do not go, ClusterFailed when none come."""
        self.until_started(self._nodes.drain(pod, self._wait))

    def uncordon(self) -> None:
        """All nodes that were drained take Pods again."""
        self._nodes.uncordon()

    def _unready(self, names: Iterable[str]) -> list[str]:
        return unready(self._history.state, self._place.namespace, names)

    def _started(self) -> set[str]:
        return {uid_of(pod) for pod in self._history.state.list(PODS) if has_started(pod)}
