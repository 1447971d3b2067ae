"""Steps as they stand in files, before anything is rendered: what they say may depend on the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pytest_kbevents.errors import Position, ScenarioError
from pytest_kbevents.scenario.check import checked, unknown
from pytest_kbevents.scenario.functions import Unknown, watching
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.operations.parallel import Parallel
from pytest_kbevents.scenario.operations.registry import VERBS
from pytest_kbevents.scenario.operations.use import Use
from pytest_kbevents.scenario.schema import GroupModel
from pytest_kbevents.scenario.template import Scope
from pytest_kbevents.scenario.yamlfile import Document, Path

MOST_STEPS = 10_000
"""Of a scenario, those of its groups counted each time that they are used."""
DEEPEST = 50
"""Groups and branches in one another."""


@dataclass(frozen=True, slots=True)
class Step:
    """One verb and what it is given. ``branches`` are the courses of steps in it: one of a ``use``, several of a
    ``parallel``, none of anything else.
    """

    verb: str
    data: Any
    document: Document
    path: Path
    branches: tuple[tuple[Step, ...], ...] = ()
    group: Group | None = None
    """What a ``use`` uses."""
    used_at: Position | None = None
    """Where the group was used that it belongs to."""

    @property
    def position(self) -> Position:
        """Where its verb stands."""
        return self.document.key_position(self.path)

    def render(self, scope: Scope) -> Any:
        """What it is given, with the templates in it rendered. Raises ScenarioError."""
        if self.verb == Parallel.verb:  # its steps are rendered when their turn comes
            return self.data
        return scope.render(self.data, self.document, self.path)

    def operation(self, data: Any) -> Operation:
        """What it does, from rendered data. Raises ScenarioError."""
        return VERBS[self.verb].read(data, self.document, self.path)

    def read(self, scope: Scope) -> Operation:
        """Both. Raises ScenarioError."""
        return self.operation(self.render(scope))

    def inner(self, scope: Scope) -> Scope:
        """What the steps in it know."""
        if self.group is None:
            return scope
        given = self.data.get("with") or {} if isinstance(self.data, dict) else {}
        rendered = {name: self._given(name, value, scope) for name, value in given.items()}
        return scope.bare().with_values(self.group.defaults() | rendered)

    def _given(self, name: str, value: Any, scope: Scope) -> Any:
        """A parameter's value; what is made of something unknown is unknown itself."""
        with watching(scope) as touched:
            rendered = scope.render(value, self.document, (*self.path, "with", name))
            return Unknown(name) if touched() else rendered

    def walk(self) -> Iterator[Step]:
        """Itself, and all steps in it."""
        yield self
        for branch in self.branches:
            for step in branch:
                yield from step.walk()


@dataclass(frozen=True, slots=True)
class Group:
    """Steps under a name; ``shelf`` is what they can use themselves."""

    name: str
    model: GroupModel
    document: Document
    path: Path
    shelf: Mapping[str, Group] = field(repr=False)

    def defaults(self) -> dict[str, Any]:
        """Of its parameters that have one."""
        return {
            name: each.default for name, each in self.model.parameters.items() if "default" in each.model_fields_set
        }


@dataclass(slots=True)
class _Count:
    """Of the steps that have been read."""

    steps: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where steps stand, and what they can use. ``using`` are the groups that they are in, ``depth`` is how many groups
    and branches that is.
    """

    document: Document
    shelf: Mapping[str, Group]
    using: tuple[str, ...] = ()
    used_at: Position | None = None
    depth: int = 0
    count: _Count = field(default_factory=_Count, repr=False)


def steps(items: list[dict[str, Any]], place: Place, path: Path) -> tuple[Step, ...]:
    """Each with what is in it. Raises ScenarioError."""
    return tuple(_step(item, place, (*path, index)) for index, item in enumerate(items))


def _step(data: dict[str, Any], place: Place, path: Path) -> Step:
    document = place.document
    place.count.steps += 1
    if place.count.steps > MOST_STEPS:
        raise ScenarioError(document.position(path), f"with this one there are more than {MOST_STEPS} steps")
    if place.depth > DEEPEST:
        raise ScenarioError(document.position(path), f"more than {DEEPEST} groups and branches are in one another here")
    if len(data) != 1:
        raise ScenarioError(document.position(path), f"a step has one verb, this one has {len(data)}")
    verb = next(iter(data))
    at = (*path, verb)
    if verb not in VERBS:
        raise ScenarioError(document.key_position(at), unknown("verb", verb, VERBS))
    value = data[verb]
    if verb == Use.verb:
        return _use(value, place, at)
    branches: tuple[tuple[Step, ...], ...] = ()
    if verb == Parallel.verb:
        branches = _branches(checked(Parallel, value, document, at), value, place, at)
    return Step(verb, value, document, at, branches, used_at=place.used_at)


def _branches(parallel: Parallel, value: Any, place: Place, at: Path) -> tuple[tuple[Step, ...], ...]:
    inside = at if isinstance(value, list) else (*at, "branches")
    place = replace(place, depth=place.depth + 1)
    return tuple(
        steps(branch, place, (*inside, index))
        if isinstance(branch, list)
        else (_step(branch, place, (*inside, index)),)
        for index, branch in enumerate(parallel.branches)
    )


def _use(value: Any, place: Place, at: Path) -> Step:
    document = place.document
    use = checked(Use, value, document, at)
    named = (*at, "group") if isinstance(value, dict) else at
    group = place.shelf.get(use.group)
    if group is None:
        raise ScenarioError(document.position(named), unknown("group", use.group, place.shelf))
    if use.group in place.using:
        raise ScenarioError(document.position(named), f"the group {use.group!r} uses itself: that would never end")
    _check_given(use, group, document, at)
    using, used_at = (*place.using, use.group), document.key_position(at)
    inner = Place(group.document, group.shelf, using, used_at, place.depth + 1, place.count)
    inside = steps(group.model.steps, inner, (*group.path, "steps"))
    return Step(use.verb, value, document, at, (inside,), group, place.used_at)


def _check_given(use: Use, group: Group, document: Document, at: Path) -> None:
    known = group.model.parameters
    for name in use.given:
        if name not in known:
            raise ScenarioError(document.key_position((*at, "with", name)), unknown("parameter", name, known))
    missing = [name for name in known if name not in use.given and name not in group.defaults()]
    if missing:
        raise ScenarioError(document.position(at), f"the group {group.name!r} must be given {', '.join(missing)}")
