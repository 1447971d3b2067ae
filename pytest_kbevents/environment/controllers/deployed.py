"""The reference controller in the cluster's own Pods: a Deployment in the world's namespace."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from pytest_kbevents.api.known import resource_of
from pytest_kbevents.api.names import CONTROLLER_ACCOUNT, LEASE
from pytest_kbevents.api.resources import DEPLOYMENTS, LEASES, PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.cluster.patience import until
from pytest_kbevents.deployment.controller import arguments, controller
from pytest_kbevents.deployment.labels import labels
from pytest_kbevents.deployment.rollout import Rollout
from pytest_kbevents.environment.logs import log_of
from pytest_kbevents.errors import AlreadyExists, ClusterFailed, NoAnswer, NotFound, ServiceUnavailable

WORKS_WITHIN = 120.0
"""Seconds; a cluster on two busy cores needs ten."""
ENDS_WITHIN = 60.0
ENDING = 1
"""Seconds that its Pods have, when it is stopped, to give the Lease back: else nobody works while that lasts."""

_SELECTED = ",".join(f"{key}={value}" for key, value in labels(CONTROLLER_ACCOUNT).items())


class Deployed:
    """``rollout`` is how; its release is replaced by the one that is started."""

    def __init__(self, client: Client, rollout: Rollout) -> None:
        self._client = client
        self._rollout = rollout
        self._is_there = False
        self._runs = False

    def start(self, release: str) -> None:
        """Raises ApiError when the cluster does not take it."""
        if self._runs:
            return
        rollout = replace(self._rollout, release=release)
        if self._is_there:
            container = {"name": "controller", "args": arguments(rollout)}
            spec = {"replicas": rollout.replicas, "template": {"spec": {"containers": [container]}}}
            self._client.merge(DEPLOYMENTS, rollout.namespace, CONTROLLER_ACCOUNT, {"spec": spec})
        else:
            for manifest in controller(rollout):
                with suppress(AlreadyExists):
                    self._client.create(resource_of(manifest), manifest)
        self._is_there = self._runs = True

    def wait(self) -> None:
        """Until one of its Pods leads."""
        self._until(self._leads, WORKS_WITHIN, "does not lead")

    def stop(self) -> None:
        """Returns when no process of it is left."""
        if not self._runs:
            return
        self._runs = False
        namespace = self._rollout.namespace
        self._client.patch(DEPLOYMENTS, namespace, CONTROLLER_ACCOUNT, {"spec": {"replicas": 0}})
        for each in self._pods():
            with suppress(NotFound):
                self._client.delete(PODS, namespace, each, ENDING)
        self._until(lambda: not self._pods(), ENDS_WITHIN, "does not end")

    def log(self) -> str:
        """Of each of its Pods, the end."""
        return "\n".join(f"{pod}:\n{log_of(self._client, self._rollout.namespace, pod)}" for pod in self._pods())

    def close(self) -> None:
        """It goes with its namespace."""

    def _pods(self) -> list[str]:
        return [pod["metadata"]["name"] for pod in self._client.list(PODS, self._rollout.namespace, _SELECTED)]

    def _leads(self) -> bool:
        """Whether the Lease is held by a Pod that is there: what a killed one has left does not count."""
        try:
            lease = self._client.get(LEASES, self._rollout.namespace, LEASE)
        except NotFound:
            return False
        holder = str(lease.get("spec", {}).get("holderIdentity") or "")
        return any(holder.startswith(f"{pod}_") for pod in self._pods())

    def _until(self, is_so: Callable[[], bool], seconds: float, problem: str) -> None:
        """Raises ClusterFailed when the time is up."""
        if not until(is_so, seconds, despite=(NoAnswer, ServiceUnavailable)):
            text = f"the controller in namespace {self._rollout.namespace} {problem} within {seconds:g}s"
            raise ClusterFailed(f"{text}; the end of its log:\n{self.log()}")
