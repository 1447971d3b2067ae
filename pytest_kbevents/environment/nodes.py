"""What happens to the nodes under a world's Pods."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from pytest_kbevents.api.names import INSTANCE_SET_LABEL
from pytest_kbevents.api.objects import Object, name_of, uid_of
from pytest_kbevents.api.resources import NODES, PODS
from pytest_kbevents.environment.place import Place
from pytest_kbevents.environment.pods import PodLife
from pytest_kbevents.errors import InputError, NotFound

Wait = Callable[[Callable[[], bool]], bool]
"""Lets the world go on until something is so; says whether it became so."""


class Nodes:
    """Those of a cluster that is ours. What is cordoned is uncordoned in the end."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._client = place.client
        self._cordoned: list[str] = []

    def of(self, pod: str) -> str:
        """The node that a Pod is on. Raises NotFound; InputError when it is on none yet."""
        found = self._client.get(PODS, self._place.namespace, pod).get("spec", {}).get("nodeName")
        if not found:
            raise InputError(f"Pod {pod} is on no node yet")
        return str(found)

    def drain(self, pod: str, wait: Wait) -> list[Object]:
        """As ``kubectl drain`` does it, of the world's own Pods: nothing new comes to the node, its Pods are evicted,
        and the InstanceSet's controller makes them anew elsewhere. Returns those. Raises InputError when they do
        not go.
        """
        node = self.of(pod)
        self._client.patch(NODES, "", node, {"spec": {"unschedulable": True}})
        self._cordoned.append(node)
        namespace, workload = self._place.namespace, self._place.workload
        selector = f"{INSTANCE_SET_LABEL}={workload.name}"
        there = [item for item in self._client.list(PODS, namespace, selector) if item["spec"].get("nodeName") == node]
        for item in there:
            eviction = {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": item["metadata"]}
            metadata = {"name": name_of(item), "namespace": namespace}
            self._client.post(PODS.path(namespace, name_of(item), "eviction"), eviction | {"metadata": metadata})
        uids = {uid_of(item) for item in there}
        if not wait(lambda: not uids & {uid_of(item) for item in self._client.list(PODS, namespace, selector)}):
            raise InputError(f"the Pods of node {node} do not go: {', '.join(map(name_of, there))}")
        return [PodLife(self._place).create(name_of(item)) for item in there]

    def uncordon(self) -> None:
        """Pods may come to all of them again."""
        while self._cordoned:
            with suppress(NotFound):
                self._client.patch(NODES, "", self._cordoned.pop(), {"spec": {"unschedulable": None}})
