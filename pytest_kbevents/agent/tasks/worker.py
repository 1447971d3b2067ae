"""The init container ``kbagent-worker``: does its Pod's tasks, one by one, and ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pytest_kbevents.agent.config.environment import Config, Task
from pytest_kbevents.agent.kbagent import Surroundings, sender
from pytest_kbevents.agent.releases import AgentBehaviours
from pytest_kbevents.agent.sending.delivery import Delivery
from pytest_kbevents.agent.sending.message import encode_task
from pytest_kbevents.agent.sending.sends import IN_BACKGROUND, IN_ORDER, Sends
from pytest_kbevents.agent.streams.network import Dialer
from pytest_kbevents.agent.tasks.load import Ended, Load
from pytest_kbevents.agent.ticks import Ticks
from pytest_kbevents.api.messages import TaskMessage
from pytest_kbevents.api.names import DATA_LOAD, TASK
from pytest_kbevents.clock import SECOND, Clock

DONE, PANIC = 0, 2
"""Exit codes."""

ONCE = (1, 0)
"""How often an Event of its progress is tried: the next one tells the same, and the load does not wait for it."""

Ends = Callable[[int, str], None]
"""Told of the process's end: its exit code and what it panicked with."""


class Worker:
    """Stepped until it ends. Stopping it is the process's death."""

    def __init__(
        self,
        config: Config,
        surroundings: tuple[Surroundings, Dialer],
        behaviours: AgentBehaviours,
        ends: Ends,
    ) -> None:
        where, self._network = surroundings
        self.name = f"kbagent/{config.identity.pod} worker"
        self._config = config
        self._clock: Clock = where.clock
        self._database = where.database
        self._behaviours = behaviours
        self._sender = sender(config.identity, where, behaviours)
        self._ends = ends
        self._tasks = [task for task in config.tasks if config.identity.pod in task.replicas.split(",")]
        self._load: Load | None = None
        self._started = 0
        self._progress: Ticks | None = None
        self._deliveries: list[Delivery] = []
        self._ended: Ended | None = None
        self._is_over = False

    def due(self) -> int | None:
        """The next step; None when it has ended or waits for bytes."""
        if self._is_over:
            return None
        if self._deliveries:
            return self._deliveries[0].due
        if self._load is None:
            return self._clock.micros()
        waits = [self._load.due(), self._progress.next if self._progress else None]
        return min((due for due in waits if due is not None), default=None)

    def step(self) -> None:
        """Begin the next task, take a step of it or of its Event, or end."""
        if self._deliveries:
            self._send()
        elif self._load is None:
            self._begin()
        elif self._progress is not None and self._progress.next <= self._clock.micros():
            self._progress.pass_until(self._clock.micros())
            self._deliver(self._message())
        elif (ended := self._load.step()) is not None:
            self._finish(ended)

    def stop(self) -> None:
        """What it had open is closed."""
        self._is_over = True
        if self._load is not None:
            self._load.close()

    def _begin(self) -> None:
        while self._tasks and self._tasks[0].new_replica is None:
            del self._tasks[0]
        if not self._tasks:
            self._end(DONE, "")
        elif self._config.streaming is None:
            self._end(PANIC, "a task, and no KB_AGENT_ACTION")
        else:
            self._start(self._tasks[0])

    def _start(self, task: Task) -> None:
        assert task.new_replica is not None, "others are passed over"
        self._started = self._sender.wall.micros()
        where = (self._network, self._database, self._clock)
        load = self._config.actions.get(DATA_LOAD)
        self._load = Load((task.new_replica, self._config.identity.pod), load, where, self._behaviours)
        self._progress = None
        if self._database.script.sends.progress:
            self._progress = Ticks(self._clock.micros(), max(task.report_period, 1) * SECOND)

    def _message(self) -> TaskMessage:
        task, pod = self._tasks[0], self._config.identity.pod
        return TaskMessage(task.instance, task.task, task.uid, pod, started=self._started)

    def _finish(self, ended: Ended) -> None:
        self._load, self._progress, self._ended = None, None, ended
        if self._tasks[0].notify_at_finish:
            now = self._sender.wall.micros()
            self._deliver(replace(self._message(), ended=now, code=ended.code, message=ended.message))
        else:
            self._go_on(ended)

    def _deliver(self, message: TaskMessage) -> None:
        patience = IN_BACKGROUND if self._behaviours.finishes_in_background else IN_ORDER
        if not message.finished:
            patience = ONCE
        sends = Sends(patience, self._sender, self._database, self._clock)
        self._deliveries = sends.begin((TASK, encode_task(message)))

    def _send(self) -> None:
        sent = self._deliveries[0].step()
        if sent is None:
            return
        del self._deliveries[0]
        if self._load is not None or self._deliveries:
            return  # of its progress, or the first of two
        if not sent:
            self._end(PANIC, "the Event of a finished task cannot be sent")
        elif self._ended is not None:
            self._go_on(self._ended)

    def _go_on(self, ended: Ended) -> None:
        del self._tasks[0]
        if ended.code != 0:
            self._end(PANIC, ended.message)

    def _end(self, code: int, text: str) -> None:
        self._is_over = True
        self._ends(code, text)
