"""The scale-out producer: what KubeBlocks' component controller does when a component is to have more or fewer replicas
(the facts: event-pipeline.md section 5).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pytest_kbevents.agent.kubelet.container import address_of, port_of
from pytest_kbevents.api import times
from pytest_kbevents.api.names import (
    AGENT,
    DATA_LOAD,
    INSTANCE_SET_LABEL,
    MEMBER_JOIN,
    NEW_REPLICA,
    REPLICAS_STATUS_ANNOTATION,
    STREAMING_PORT_NAME,
    TASK_ENV,
    env_config_map,
)
from pytest_kbevents.api.objects import Object, annotations_of, name_of, with_annotation
from pytest_kbevents.api.resources import COMPONENTS, CONFIG_MAPS, INSTANCE_SETS, PODS
from pytest_kbevents.environment.manifests import create_pod
from pytest_kbevents.environment.phases import tell_phase
from pytest_kbevents.environment.place import Place
from pytest_kbevents.errors import Conflict, InputError

CLUSTER_DOMAIN = "cluster.local"
REPORT_PERIOD = 60
ATTEMPTS = 10
"""To write the InstanceSet past its other writers."""

Entry = dict[str, Any]


class Scaling:
    """Scales one world's component."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._client, self._clock = place.client, place.clock
        self._namespace, self._workload = place.namespace, place.workload

    def to(self, replicas: int) -> list[Object]:
        """Change the number of replicas: tasks are written before the Pods that have to do them are made. Returns the
        new ones.

        Raises:
            InputError: there is no Pod to load the data from.
        """
        name = self._workload.name
        spec = {"spec": {"replicas": replicas}}
        generation = self._client.patch(COMPONENTS, self._namespace, name, spec)["metadata"]["generation"]
        wanted = [self._workload.pod(ordinal) for ordinal in range(replicas)]
        there = [name_of(item) for item in self._pods()]
        new = [each for each in wanted if each not in there]
        for attempt in range(ATTEMPTS):
            before = self._client.get(INSTANCE_SETS, self._namespace, name)
            entries = self._entries(before, wanted, new, str(generation))
            try:
                instance_set = self._client.update(INSTANCE_SETS, _with_status(before, replicas, entries))
                break
            except Conflict:
                if attempt == ATTEMPTS - 1:
                    raise
        self._assign(entries, str(generation), {})
        made = [create_pod(self._place, each, instance_set) for each in new]
        for each in there:
            if each not in wanted:
                self._client.delete(PODS, self._namespace, each, grace=0)
        return made

    def reconcile(self, variables: Mapping[str, str]) -> None:
        """Another pass: the environment is written with these variables, and with the task of the replicas that have no
        data yet. Raises InputError as ``to``.
        """
        component = self._client.get(COMPONENTS, self._namespace, self._workload.name)
        instance_set = self._client.get(INSTANCE_SETS, self._namespace, self._workload.name)
        entries = _listed(annotations_of(instance_set).get(REPLICAS_STATUS_ANNOTATION))
        behaviours = self._place.producer
        there = self._client.get(CONFIG_MAPS, self._namespace, env_config_map(self._workload.name)).get("data") or {}
        known = {} if behaviours.keeps_removed_variables else dict.fromkeys(there)
        data = {**known, **variables}
        if behaviours.forgets_running_tasks:
            self._write(data)
        else:
            self._assign(entries, str(component["metadata"]["generation"]), data, again=True)
        tell_phase(self._place)

    def _assign(
        self, entries: Sequence[Entry], generation: str, data: Mapping[str, str | None], *, again: bool = False
    ) -> None:
        """Write the environment, with one task for all replicas that have no data yet."""
        waiting = [entry["name"] for entry in entries if entry.get("dataLoaded") is False]
        if not waiting:
            if data:
                self._write(data)
            return
        source = self._source(() if again and self._place.producer.loads_from_new_replicas else waiting)
        names = ",".join(waiting)
        host = f"{name_of(source)}.{self._workload.name}-headless.{self._namespace}.svc.{CLUSTER_DOMAIN}"
        if self._place.producer.addresses_sources_by_ip:
            host = address_of(source)
        port = port_of(source, AGENT, STREAMING_PORT_NAME)
        if port is None:
            raise InputError(f"Pod {name_of(source)} has no port {STREAMING_PORT_NAME!r} in container {AGENT}")
        task = {
            "instance": self._workload.name,
            "task": NEW_REPLICA,
            "UID": generation,
            "replicas": names,
            "notifyAtFinish": True,
            "reportPeriodSeconds": REPORT_PERIOD,
            NEW_REPLICA: {"remote": host, "port": port, "replicas": names},
        }
        self._write({**data, TASK_ENV: json.dumps([task], separators=(",", ":"))})

    def _write(self, data: Mapping[str, str | None]) -> None:
        self._client.patch(CONFIG_MAPS, self._namespace, env_config_map(self._workload.name), {"data": dict(data)})

    def _source(self, waiting: Sequence[str]) -> Object:
        """The first Pod that may be one; where any may be, the last: chance would choose there."""
        pods = self._pods()
        for item in pods if waiting else pods[::-1]:
            if name_of(item) not in waiting:
                return item
        raise InputError(f"scale {self._workload.name}: no available pod to dump data")

    def _entry(self, name: str, generation: str) -> Entry:
        now = times.time(self._clock.micros())
        entry: Entry = {"name": name, "generation": generation, "creationTimestamp": now, "provisioned": False}
        if DATA_LOAD in self._workload.actions:
            entry["dataLoaded"] = False
        if MEMBER_JOIN in self._workload.actions:
            entry["memberJoined"] = False
        return entry

    def _entries(self, instance_set: Object, wanted: Sequence[str], new: Sequence[str], generation: str) -> list[Entry]:
        """Those that stay, and one for each new replica."""
        text = annotations_of(instance_set).get(REPLICAS_STATUS_ANNOTATION)
        status = _listed(text)
        kept = [entry for entry in status if entry["name"] in wanted and entry["name"] not in new]
        return kept + [self._entry(name, generation) for name in new]

    def _pods(self) -> list[Object]:
        return self._client.list(PODS, self._namespace, f"{INSTANCE_SET_LABEL}={self._workload.name}")


def _listed(text: str | None) -> list[Entry]:
    try:
        entries: list[Entry] = json.loads(text)["status"] if text else []
        return [entry for entry in entries if entry["name"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"annotation {REPLICAS_STATUS_ANNOTATION} cannot be read: {error!r}") from None


def _with_status(instance_set: Object, replicas: int, entries: Sequence[Entry]) -> Object:
    text = json.dumps({"replicas": replicas, "status": list(entries)}, separators=(",", ":"))
    changed = with_annotation(instance_set, REPLICAS_STATUS_ANNOTATION, text)
    return {**changed, "spec": {**instance_set["spec"], "replicas": replicas}}
