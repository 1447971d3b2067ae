"""task Events: a new replica has its data, has failed to get it, or is under way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pytest_kbevents.api.messages import TaskMessage
from pytest_kbevents.api.names import NEW_REPLICA, REPLICAS_STATUS_ANNOTATION, TASK, TASK_ENV, env_config_map
from pytest_kbevents.api.objects import Object, annotations_of, name_of, namespace_of, with_annotation
from pytest_kbevents.api.resources import CONFIG_MAPS, INSTANCE_SETS, Resource
from pytest_kbevents.client.protocols import Reader, ReaderWriter
from pytest_kbevents.errors import NotFound, NotNow
from pytest_kbevents.reconciler.agent_event import knows_pod, pod_of, reports
from pytest_kbevents.reconciler.outcome import Outcome, handled, ignored, skipped
from pytest_kbevents.reconciler.poison import Unreadable, consumed, unreadable
from pytest_kbevents.reconciler.releases import Behaviours
from pytest_kbevents.reconciler.task import replicas, task_message, tasks
from pytest_kbevents.reconciler.task.replicas import Replica, ReplicasStatus
from pytest_kbevents.reconciler.task.tasks import Task


class TaskHandler:
    """Notes what became of a newReplica task. ConfigMaps are read live, for no controller caches them."""

    def __init__(self, cache: Reader, live: ReaderWriter, behaviours: Behaviours) -> None:
        self._cache = cache
        self._live = live
        self._behaviours = behaviours

    def handle(self, event: Object) -> Outcome:
        """Raises NotFound when InstanceSet or ConfigMap is not there, NotNow when the replica is not listed."""
        if not reports(event, TASK):
            return ignored("not a task of kbagent")
        try:
            message = task_message.decode(event.get("message") or "")
        except ValueError as error:
            return unreadable(event, error, self._behaviours)
        if message.task != NEW_REPLICA:
            text = f"Event {name_of(event)} is about a task {message.task!r}, which nobody knows"
            return consumed(pod_of(event), "UnknownTask", text, self._behaviours)
        if self._behaviours.knows_pods and not knows_pod(event, self._cache, self._live):
            return skipped("the Pod is gone, or another one has its name")
        try:
            return self._noted(message, self._cache.get(INSTANCE_SETS, namespace_of(event), message.instance))
        except NotFound as error:
            if not self._behaviours.waits_for_task_target:
                raise
            raise NotNow(f"not there yet: {error.message}") from error

    def _noted(self, message: TaskMessage, instance_set: Object) -> Outcome:
        try:
            if self._behaviours.tasks_have_identity and (reason := self._refusal(message, instance_set)) is not None:
                return skipped(reason)
            for resource, obj in self._ordered(self._changes(message, instance_set)):
                self._live.update(resource, obj)
        except Unreadable as error:
            return consumed(instance_set, "UnreadableTasks", str(error), self._behaviours)
        return handled(f"replica {message.replica} noted")

    def _ordered(self, changes: Iterator[tuple[Resource, Object]]) -> Iterable[tuple[Resource, Object]]:
        """One by one, each made after the one before was written; or all of them made before the first is written,
        the InstanceSet first: a retry knows a task as long as it names the replica.
        """
        if self._behaviours.tasks_have_identity:
            return reversed(list(changes))
        return list(changes) if self._behaviours.waits_for_task_target else changes

    def _changes(self, message: TaskMessage, instance_set: Object) -> Iterator[tuple[Resource, Object]]:
        if message.succeeded:
            config_map = self._config_map(instance_set)
            listed = _tasks(config_map)
            if listed is not None:
                data = {**config_map["data"], TASK_ENV: tasks.encode(tasks.without(listed, message.replica))}
                yield CONFIG_MAPS, {**config_map, "data": data}
        status, replica = _listed(instance_set, message.replica)
        if replica is None:
            raise NotNow(f"replica {message.replica} not found")
        text = replicas.encode(replicas.noted(status, replica, message))
        yield INSTANCE_SETS, with_annotation(instance_set, REPLICAS_STATUS_ANNOTATION, text)

    def _refusal(self, message: TaskMessage, instance_set: Object) -> str | None:
        """Why the Event is not about a task that is still to be done. Raises NotNow when that cannot be said yet."""
        naming = tasks.naming(_tasks(self._config_map(instance_set)) or [], message.replica)
        _, replica = _listed(instance_set, message.replica)
        its_task = message.uid in [task.get("UID", "") for task in naming]
        if naming and not (its_task or (replica is not None and replicas.began(replica) <= message.started)):
            return f"the replica's task is not {message.uid!r}, and it began before the replica did"
        loaded = replica is not None and replica.get("dataLoaded")
        if loaded and not (naming and message.succeeded):
            return "the replica has its data already"
        if not naming:
            raise NotNow(f"no task names replica {message.replica}")
        return None

    def _config_map(self, instance_set: Object) -> Object:
        return self._live.get(CONFIG_MAPS, namespace_of(instance_set), env_config_map(name_of(instance_set)))


def _tasks(config_map: Object) -> list[Task] | None:
    """None when the ConfigMap has no list of tasks, or an empty text. Raises Unreadable."""
    text = (config_map.get("data") or {}).get(TASK_ENV)
    try:
        return tasks.decode(text) if text else None
    except ValueError as error:
        raise Unreadable(f"{TASK_ENV} in ConfigMap {name_of(config_map)} cannot be read: {error}") from error


def _listed(instance_set: Object, name: str) -> tuple[ReplicasStatus, Replica | None]:
    """The status of all replicas, and of that one if it is listed. Raises Unreadable."""
    text = annotations_of(instance_set).get(REPLICAS_STATUS_ANNOTATION)
    try:
        status = replicas.decode(text) if text else ReplicasStatus(0, ())
    except ValueError as error:
        raise Unreadable(f"annotation {REPLICAS_STATUS_ANNOTATION} cannot be read: {error}") from error
    return status, replicas.find(status, name)
