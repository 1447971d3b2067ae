"""The database that an agent stands beside: it does what its script says, and keeps the data that it was given."""

from __future__ import annotations

import threading
from collections import Counter

from pytest_kbevents.agent.actions.action import Action
from pytest_kbevents.agent.actions.answer import Answer, Run
from pytest_kbevents.agent.actions.command import Process, kill
from pytest_kbevents.agent.actions.command import run as run_command
from pytest_kbevents.agent.actions.running import cut_at_limit, in_micros
from pytest_kbevents.agent.database.memory import Memory
from pytest_kbevents.agent.database.outputs import rendered
from pytest_kbevents.agent.database.script import Act, Conduct, Script
from pytest_kbevents.agent.panic import Panic
from pytest_kbevents.api.names import DATA_DUMP, DATA_LOAD

FAILS = Act(exitCode=1)
_PATTERN = bytes(range(256))


class ScriptedDatabase:
    """One Pod's. In live worlds many threads ask it, and one tells it."""

    def __init__(self, pod: str, memory: Memory | None = None) -> None:
        self._memory = memory or Memory("")
        self.data = self._memory.data or f"data of {pod}\n".encode()
        """What it dumps when it is not told otherwise; a load replaces it."""
        self.script = Script()
        """What it was told; to be changed by ``tell``."""
        self._runs: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._commands: set[Process] = set()
        """Real ones, that run now."""

    def tell(self, script: Script) -> None:
        """From now on it does this. An action that is told something new counts its runs anew."""
        with self._lock:
            for action in script.actions.keys() | self.script.actions.keys():
                if script.actions.get(action) != self.script.actions.get(action):
                    conduct = script.actions.get(action)
                    self._runs[action] = 0 if conduct is None else self._memory.runs(action, conduct)
            self.script = script

    @property
    def late(self) -> int:
        """Microseconds after which its agent begins a send."""
        return self.script.sends.late

    @property
    def twice(self) -> bool:
        """Whether its agent sends everything twice."""
        return self.script.sends.twice

    def answers(self, action: str) -> bool:
        """Data is dumped and loaded unasked; anything else must have been told."""
        return action in self.script.actions or action in (DATA_DUMP, DATA_LOAD)

    def kill(self) -> None:
        """The real commands that run now die."""
        for process in tuple(self._commands):
            kill(process)

    def runs(self, action: str) -> int:
        """How often the action has run since it was told what to do."""
        with self._lock:
            return self._runs[action]

    def run(self, run: Run) -> Answer:
        """Do it; an action that nobody told of succeeds and says nothing. Raises Panic."""
        with self._lock:
            name = run.action.name
            self._runs[name] += 1
            number, conduct = self._runs[name], self.script.actions.get(name)
            if conduct is not None:
                self._memory.ran(name, conduct, number)
        if conduct is None:
            answer = Answer(self.data if name == DATA_DUMP else b"")
        elif conduct.command is not None:
            command = _configured(run.action) if conduct.command is True else tuple(conduct.command)
            answer = run_command(command, run, whole_group=run.whole_group, running=self._commands)
        else:
            answer = _answer(_act(conduct, number), number, run)
        if name == DATA_LOAD and run.data is not None and cut_at_limit(answer, in_micros(run.limit)).succeeded:
            self.data = run.data
            self._memory.keep(run.data)
        return answer


def _configured(action: Action) -> tuple[str, ...]:
    """Its command. Raises Panic, as kbagent does for an exec that has none."""
    if not action.command:
        raise Panic(f"action {action.name} is an exec without command")
    return action.command


def _act(conduct: Conduct, number: int) -> Act:
    if conduct.fail_every is not None and number % conduct.fail_every == 0:
        return FAILS
    if not conduct.sequence:
        return conduct
    if conduct.repeat:
        return conduct.sequence[(number - 1) % len(conduct.sequence)]
    return conduct.sequence[min(number, len(conduct.sequence)) - 1]


def _answer(act: Act, number: int, run: Run) -> Answer:
    names = {"call": number, "parameters": dict(run.call.parameters), "arguments": list(run.arguments)}
    try:
        output = rendered(act.output, names).encode("utf-8", "surrogateescape")
    except Exception as error:  # noqa: BLE001 - whatever a template does wrong, its command fails and says why
        return Answer(exit_code=1, stderr=f"{type(error).__name__}: {error}", latency=act.latency)
    whole, rest = divmod(act.size, len(_PATTERN))
    made = _PATTERN * whole + _PATTERN[:rest]
    return Answer(output + made, act.exit_code, act.stderr, act.latency, cut_after=act.cut_after)
