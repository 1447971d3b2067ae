"""The language as methods, for people who prefer Python: a method a verb, each with the verb's keys."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Unpack

from pytest_kbevents.errors import Position
from pytest_kbevents.scenario.check import keys_of
from pytest_kbevents.scenario.conductor import Conductor
from pytest_kbevents.scenario.doorkeys import (
    AgentKeys,
    Duration,
    EventKeys,
    FaultKeys,
    RunKeys,
    Steps,
    SubjectKeys,
    TallyKeys,
)
from pytest_kbevents.scenario.operations.registry import VERBS
from pytest_kbevents.scenario.reports.terminal import report
from pytest_kbevents.scenario.steps import Place, steps
from pytest_kbevents.scenario.verdict import Finding, Verdict
from pytest_kbevents.scenario.yamlfile import Document

__tracebackhide__ = True  # pytest shows the test, and not how its calls are carried out


class KbWorld:
    """A world to act in. What does not hold raises AssertionError with the report that scenarios have, at the line of
    the test; what cannot be understood raises ScenarioError there.
    """

    def __init__(self, conductor: Conductor, pods: list[str]) -> None:
        self._conductor = conductor
        self._found: Finding | None = None
        """The first failure."""
        self.pods = pods
        """The names of the Pods that the world began with, by ordinal."""

    # What does something.

    def agent(self, pod: str, **more: Unpack[AgentKeys]) -> None:
        """What the database in a Pod does from now on."""
        self._do("agent", {"pod": pod, **more})

    def probe(self, pod: str, *, action: str = "roleProbe") -> None:
        """Run a probe at once."""
        self._do("probe", {"pod": pod, "action": action})

    def event(self, template: str = "", **more: Unpack[EventKeys]) -> None:
        """Write an Event past the agent."""
        self._do("event", ({"template": template} if template else {}) | dict(more))

    def apply(self, manifest: Mapping[str, Any]) -> None:
        """Create an object, or bring the one that is there in line."""
        self._do("apply", dict(manifest))

    def patch(self, kind: str, name: str, patch: Mapping[str, Any], *, subresource: Literal["", "status"] = "") -> None:
        """Change part of an object."""
        self._do("patch", {"kind": kind, "name": name, "patch": dict(patch), "subresource": subresource})

    def delete(self, kind: str, name: str) -> None:
        """Take an object away."""
        self._do("delete", {"kind": kind, "name": name})

    def component(self, do: Literal["reconcile"] = "reconcile", *, variables: Mapping[str, str] | None = None) -> None:
        """The component's controller comes by once more."""
        self._do("component", {"do": do, "variables": dict(variables or {})})

    def scale(self, to: int) -> None:
        """Have so many replicas."""
        self._do("scale", {"to": to})

    def pod(
        self,
        name: str,
        do: Literal["create", "delete", "recreate", "ready", "unready", "update", "kill"],
        *,
        container: Literal["", "kbagent", "database"] = "",
    ) -> None:
        """What happens to a Pod."""
        self._do("pod", {"name": name, "do": do} | ({"container": container} if container else {}))

    def node(self, do: Literal["drain", "uncordon"], *, of: str = "") -> None:
        """What happens to the node that a Pod is on."""
        self._do("node", {"do": do} | ({"of": of} if of else {}))

    def controller(
        self, do: Literal["start", "stop", "restart", "crash"] = "restart", *, after: int = 0, release: str = ""
    ) -> None:
        """What happens to the controller's process."""
        self._do(
            "controller", {"do": do} | ({"after": after} if after else {}) | ({"release": release} if release else {})
        )

    def fault(self, kind: str, **more: Unpack[FaultKeys]) -> None:
        """What controller and agents ask goes wrong."""
        self._do("fault", {"kind": kind, **more})

    def wait(self, for_: Duration) -> None:
        """Time passes."""
        self._do("wait", {"for_": for_})

    def advance(self, by: Duration) -> None:
        """Time jumps, and nobody acts meanwhile."""
        self._do("advance", {"by": by})

    def bind(self, kind: str, name: str, query: str) -> Any:
        """A value out of an object, by JMESPath."""
        self._do("bind", {"name": "bound", "object": {"kind": kind, "name": name}, "query": query})
        return self._conductor.bound["bound"]

    def run(self, *command: str, **more: Unpack[RunKeys]) -> str:
        """Run a real command; what it wrote to stdout."""
        self._do("run", {"command": list(command), "bind": "output", **more})
        return str(self._conductor.bound["output"])

    def parallel(self, *branches: Steps) -> None:
        """Courses of steps at once, written as in scenarios: ``[{"agent": {...}}, {"expect": {...}}]``."""
        self._do("parallel", {"branches": [[dict(step) for step in branch] for branch in branches]})

    # What judges.

    def expect(self, *, within: Duration = "5s", **subject: Unpack[SubjectKeys]) -> None:
        """It becomes so, within a time."""
        self._do("expect", {"within": within, **subject})

    def stays(self, *, for_: Duration, **subject: Unpack[SubjectKeys]) -> None:
        """It is so, and goes on to be so at every revision."""
        self._do("stays", {"for_": for_, **subject})

    def never(self, *, longer_than: Duration = "0s", **subject: Unpack[SubjectKeys]) -> None:
        """From here to the end of the test, at no revision."""
        self._do("never", {"longer_than": longer_than, **subject})

    def always(self, *, longer_than: Duration = "0s", **subject: Unpack[SubjectKeys]) -> None:
        """From here to the end of the test, at every revision."""
        self._do("always", {"longer_than": longer_than, **subject})

    def unchanged(self, *, for_: Duration, **subject: Unpack[SubjectKeys]) -> None:
        """It is as it was before something was done, at every revision."""
        self._do("unchanged", {"for_": for_, **subject})

    def before(self, *, first: SubjectKeys, then: SubjectKeys, within: Duration = "5s") -> None:
        """One thing becomes so before another does."""
        self._do("before", {"first": dict(first), "then": dict(then), "within": within})

    def exactly(self, times: int, *, for_: Duration = "0s", **tally: Unpack[TallyKeys]) -> None:
        """It happens so often, since before something was done."""
        self._do("exactly", {"times": times, "for_": for_, **tally})

    def at_most(self, times: int, *, for_: Duration = "0s", **tally: Unpack[TallyKeys]) -> None:
        """It happens so often at most."""
        self._do("at_most", {"times": times, "for_": for_, **tally})

    @property
    def namespace(self) -> str:
        """Where it is."""
        return self._conductor.world.namespace

    @property
    def kubeconfig(self) -> Path | None:
        """How other programs reach its cluster; None when they cannot."""
        return self._conductor.world.kubeconfig

    def finish(self) -> None:
        """Decide what is still open; the fixture does it at the end. Raises AssertionError, unless something has
        failed before: then nothing more counts.
        """
        if self._found is None:
            self._raise(self._conductor.finish())

    @property
    def verdict(self) -> Verdict:
        """What has come of it so far, with the history."""
        return self._conductor.verdict(self._found)

    def _do(self, verb: str, data: Mapping[str, Any]) -> None:
        document = _Line(*_caller())
        spelled = {_spelled(verb, key): _plain(value) for key, value in data.items()}
        course = steps([{verb: spelled}], Place(document, {}), ())
        self._raise(self._conductor.play(course))

    def _raise(self, found: Finding | None) -> None:
        if found is not None:
            self._found = self._found or found
            raise AssertionError(report(self._conductor.verdict(found), "pytest, this test alone"))


class _Line(Document):
    """Everything is at one line of a test."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__(file)
        self._at = Position(file, line, 1)

    def position(self, path: Any) -> Position:
        """The line."""
        del path
        return self._at

    key_position = position


def _caller() -> tuple[str, int]:
    """The first frame that is not of this file."""
    frame = sys._getframe(1)  # noqa: SLF001 - the documented way to know who calls
    while frame.f_code.co_filename == __file__ and frame.f_back is not None:
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno


def _spelled(verb: str, key: str) -> str:
    """A key as files spell it: ``for_`` is for, ``event_time`` eventTime where the verb has such a key."""
    model = VERBS[verb]
    bare = key.removesuffix("_")
    field = model.model_fields.get(bare)
    return (field.alias or bare) if field is not None and bare not in keys_of(model) else bare


def _plain(value: Any) -> Any:
    """Mappings and sequences as dicts and lists."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
