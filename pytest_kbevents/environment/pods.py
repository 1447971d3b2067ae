"""What happens to single Pods: they go, come back with another uid, and stop being ready."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from pytest_kbevents.api import times
from pytest_kbevents.api.names import ROLE_LABEL
from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import INSTANCE_SETS, PODS
from pytest_kbevents.environment.manifests import create_pod, set_gate
from pytest_kbevents.environment.place import Place
from pytest_kbevents.errors import NotFound
from pytest_kbevents.history.revision import State
from pytest_kbevents.history.routing import is_ready

NEXT = "-next"
"""After the tag of an image, that of the one which follows it."""


def unready(state: State, namespace: str, names: Iterable[str]) -> list[str]:
    """What is known of the Pods that are not ready, one text each."""
    pods = {name: state.get(PODS, (namespace, name)) for name in names}
    return [f"{name} {_told(pod)}" for name, pod in pods.items() if pod is None or not is_ready(pod)]


def has_started(pod: Object) -> bool:
    """Whether one of its containers, of either sort, runs or has run."""
    status = pod.get("status") or {}
    containers = [*(status.get("initContainerStatuses") or ()), *(status.get("containerStatuses") or ())]
    return any({"running", "terminated"} & each.get("state", {}).keys() or each.get("lastState") for each in containers)


def _told(pod: Object | None) -> str:
    """In which phase it is, and what its containers wait for."""
    if pod is None:
        return "is not there"
    status = pod.get("status") or {}
    containers = [*(status.get("initContainerStatuses") or ()), *(status.get("containerStatuses") or ())]
    waiting = [each["state"]["waiting"] for each in containers if each.get("state", {}).get("waiting")]
    reasons = [f"{each.get('reason', '')} {each.get('message', '')}".strip() for each in waiting]
    conditions = [each.get("message", "") for each in status.get("conditions") or () if each.get("status") != "True"]
    return f"is {status.get('phase', 'unknown')} ({'; '.join(filter(None, dict.fromkeys([*reasons, *conditions])))})"


class PodLife:
    """The Pods of one world's component."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._client, self._namespace = place.client, place.namespace

    def create(self, name: str) -> Object:
        """As the InstanceSet's controller does it; a kubelet makes it run. Raises AlreadyExists."""
        instance_set = self._client.get(INSTANCE_SETS, self._namespace, self._place.workload.name)
        return create_pod(self._place, name, instance_set)

    def delete(self, name: str) -> None:
        """It is gone at once: no kubelet has to say that its containers have ended. Raises NotFound."""
        self._client.delete(PODS, self._namespace, name, 0)

    def recreate(self, name: str) -> Object:
        """Another Pod of that name, with a uid of its own and without the old one's labels and annotations."""
        with suppress(NotFound):
            self.delete(name)
        return self.create(name)

    def update(self, name: str) -> None:
        """The InstanceSet's controller updates it in place: another image for its containers. Raises NotFound."""
        found = self._client.get(PODS, self._namespace, name)
        containers = [
            {**each, "image": f"{each['image'].partition('@')[0]}{NEXT}"} for each in found["spec"]["containers"]
        ]
        label = {"labels": {ROLE_LABEL: None}} if self._place.producer.takes_roles_on_update else {}
        self._client.merge(PODS, self._namespace, name, {"metadata": label, "spec": {"containers": containers}})

    def ready(self, name: str, *, ready: bool) -> None:
        """Its readiness probe succeeds or fails; its agent goes on. Raises NotFound."""
        if self._place.image:
            set_gate(self._place, name, is_ready=ready)
            return
        found = self._client.get(PODS, self._namespace, name)
        others = [item for item in found.get("status", {}).get("conditions") or () if item.get("type") != "Ready"]
        now = times.time(self._place.clock.micros())
        told = {"type": "Ready", "status": "True" if ready else "False", "lastTransitionTime": now}
        self._client.patch(PODS, self._namespace, name, {"status": {"conditions": [*others, told]}}, "status")
