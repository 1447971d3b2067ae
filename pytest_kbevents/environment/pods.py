"""What happens to single Pods: they go, come back with another uid, and stop being ready."""

from __future__ import annotations

from contextlib import suppress

from pytest_kbevents.api import times
from pytest_kbevents.api.resources import INSTANCE_SETS, PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import Clock
from pytest_kbevents.environment.manifests import pod
from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.errors import NotFound


class PodLife:
    """The Pods of one world's component. ``agents`` is the release of the agents in new Pods."""

    def __init__(self, client: Client, clock: Clock, namespace: str, workload: Workload, agents: str) -> None:
        self._client = client
        self._clock = clock
        self._namespace = namespace
        self._workload = workload
        self._agents = agents

    def create(self, name: str) -> None:
        """As the InstanceSet's controller does it; a kubelet makes it run. Raises AlreadyExists."""
        instance_set = self._client.get(INSTANCE_SETS, self._namespace, self._workload.name)
        self._client.create(PODS, pod(self._workload, name, instance_set, self._agents))

    def delete(self, name: str) -> None:
        """It is gone at once: no kubelet has to say that its containers have ended. Raises NotFound."""
        self._client.delete(PODS, self._namespace, name, 0)

    def recreate(self, name: str) -> None:
        """Another Pod of that name, with a uid of its own and without the old one's labels and annotations."""
        with suppress(NotFound):
            self.delete(name)
        self.create(name)

    def ready(self, name: str, *, is_ready: bool) -> None:
        """Its readiness probe succeeds or fails; its agent goes on. Raises NotFound."""
        found = self._client.get(PODS, self._namespace, name)
        others = [item for item in found.get("status", {}).get("conditions") or () if item.get("type") != "Ready"]
        now = times.time(self._clock.micros())
        ready = {"type": "Ready", "status": "True" if is_ready else "False", "lastTransitionTime": now}
        self._client.patch(PODS, self._namespace, name, {"status": {"conditions": [*others, ready]}}, "status")
