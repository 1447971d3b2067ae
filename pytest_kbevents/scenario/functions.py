"""What a template can call."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.names import ROLE_PROBE
from pytest_kbevents.clock import SIMULATION_START, parse_duration
from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.environment.world import World
from pytest_kbevents.errors import InputError
from pytest_kbevents.scenario.template import Scope, b64, fnv, outcome_name, probe_message

_ANY_UID = "00000000-0000-4000-8000-000000000000"


class Unknown:
    """Stands for what only the run will know, while a file is checked: whatever is done with it, it is unknown."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.touched = False
        """Whether a template has used it: then what came out of that cannot be checked."""

    def __str__(self) -> str:
        self.touched = True
        return self._name

    def __getattr__(self, name: str) -> Unknown:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._itself()

    def _itself(self, *_: object) -> Unknown:
        self.touched = True
        return self

    def _known(self, *_: object) -> bool:
        self.touched = True
        return True

    def __len__(self) -> int:
        self.touched = True
        return 1

    def __iter__(self) -> Iterator[Unknown]:
        self.touched = True
        yield self

    def __hash__(self) -> int:
        self.touched = True
        return 0

    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = _known
    __eq__ = __ne__ = _known
    __getitem__ = __call__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __mod__ = _itself

    def __int__(self) -> int:
        self.touched = True
        return 0


@contextmanager
def watching(scope: Scope) -> Iterator[Callable[[], bool]]:
    """Within the block, says whether something that is unknown was used."""
    unknown = [value for value in scope.more.values() if isinstance(value, Unknown)]
    for value in unknown:
        value.touched = False
    yield lambda: any(value.touched for value in unknown)


class Names:
    """The functions, over what tells them apart: the workload, uids, the time, and the dice."""

    def __init__(
        self, workload: Workload, uid: Callable[[str], str], micros: Callable[[], int], dice: random.Random
    ) -> None:
        self._workload = workload
        self._uid = uid
        self._micros = micros
        self._dice = dice

    def pod(self, ordinal: int) -> str:
        """The name of a Pod of the component, by its ordinal."""
        if type(ordinal) is not int or not 0 <= ordinal < len(self._workload.all_pods):
            last = len(self._workload.all_pods) - 1
            raise InputError(f"pod({ordinal!r}): the component has Pods 0 to {last}; a step `scale` can bring more")
        return self._workload.pod(ordinal)

    def uid(self, pod: str) -> str:
        """The uid of a Pod as it is now; empty when it is not there."""
        return self._uid(pod)

    def now(self, offset: str = "+0s") -> str:
        """The world's time, or so much from it (`now("-30s")`), as eventTime is written: with microseconds."""
        return times.micro_time(self.micros(offset))

    def micros(self, offset: str = "+0s") -> int:
        """The same in microseconds since 1970, as role versions are."""
        sign = {"+": 1, "-": -1}.get(offset[:1])
        if sign is None:
            raise InputError(f"{offset!r} is not an offset such as +5s or -30s")
        try:
            return self._micros() + sign * parse_duration(offset[1:])
        except ValueError as error:
            raise InputError(str(error)) from None

    def event_name(self, pod: str, output: str, probe: str = ROLE_PROBE) -> str:
        """The name of the Event in which the Pod's agent says that a probe wrote that output: it has fnv32a in it."""
        return outcome_name(pod, self._uid(pod), self._workload.name, (probe, output))

    def role_message(self, output: str, code: int = 0, message: str = "", probe: str = ROLE_PROBE) -> str:
        """The message of an agent's Event about a probe: the JSON that kbagent writes, byte for byte."""
        return probe_message(self._workload.name, (probe, output), code, message)

    def b64(self, text: str) -> str:
        """Base64, as kbagent encodes outputs."""
        return b64(text)

    def fnv32a(self, text: str) -> str:
        """The hash at the end of kbagent's Event names, in hexadecimal."""
        return fnv(text)

    def rand(self, below: int) -> int:
        """A whole number from 0, below the one given; the seed of the run fixes it."""
        if type(below) is not int or below < 1:
            raise InputError(f"rand({below!r}): give a whole number above 0")
        return self._dice.randrange(below)

    def choice(self, items: Sequence[Any]) -> Any:
        """One of a list; the seed of the run fixes it."""
        if not items:
            raise InputError("choice([]): there is nothing to choose from")
        return self._dice.choice(items)


FUNCTIONS = tuple(name for name in vars(Names) if not name.startswith("_"))
"""What templates can call, in the order of the reference page."""


def planned(workload: Workload) -> Scope:
    """The names while a file is checked: what only a run can know is made up, so that every template can be tried."""
    names = Names(workload, lambda _: _ANY_UID, lambda: SIMULATION_START, random.Random(0))
    return _scope(names, workload, "namespace")


def live(world: World, seed: int) -> Scope:
    """The names of a run."""
    names = Names(world.workload, world.uid, world.clock.micros, random.Random(f"templates {seed}"))
    return _scope(names, world.workload, world.namespace)


def _scope(names: Names, workload: Workload, namespace: str) -> Scope:
    functions = {name: getattr(names, name) for name in FUNCTIONS}
    return Scope({**functions, "namespace": namespace, "component": workload.name, "replicas": workload.replicas})
