"""A scenario as a file of its own: it needs no other, and means the same whenever it is run."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from jinja2 import nodes

from pytest_kbevents.clock import SIMULATION_START
from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.functions import FUNCTIONS, Names, planned
from pytest_kbevents.scenario.lint.names import VARYING, parsed, undeclared
from pytest_kbevents.scenario.lint.turn import bound_by
from pytest_kbevents.scenario.render import rendered
from pytest_kbevents.scenario.scenario import VALUES, Scenario
from pytest_kbevents.scenario.template import Scope
from pytest_kbevents.scenario.yamlfile import Document, Path
from pytest_kbevents.scenario.yamltext import block

_MARKS = ("{{", "{%", "{#")
_RAW, _ENDRAW = "{% raw %}", "{% endraw %}"


def written(scenario: Scenario, seed: int) -> str:
    """One case, as YAML. What depends on the moment of its turn (now, uid, what is bound) stays a template. Raises
    ScenarioError for what cannot be written so.
    """
    workload = scenario.workload
    names = Names(workload, lambda _: "", lambda: SIMULATION_START, random.Random(f"templates {seed}"))
    functions = {name: getattr(names, name) for name in FUNCTIONS}
    steps = (step for top in scenario.steps for step in top.walk())
    bound = {name: Later(f"{{{{ {name} }}}}") for step in steps if (name := bound_by(step))}
    scope, values = Writing({**planned(workload).builtin, **functions}, bound, frozenset(bound)), {}
    if scenario.matrix:
        scope = scope.with_value("matrix", dict(scenario.matrix))
    for name, value in scenario.values.items():
        values[name] = scope.render(value, scenario.document, (*VALUES, name))
        scope = scope.keeping(name, values[name])
    data = rendered(scenario, scope, lambda step, names: step.render(names))
    spec = data["spec"] | ({"values": values} if values else {})
    return block({**data, "spec": spec})


class Later(str):
    """A text that is a template still."""

    __slots__ = ()


class Verbatim(str):
    """A text that looks like a template, and is none."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str) -> str:
        """Written so that it is read as it is."""
        return cls(f"{_RAW}{text}{_ENDRAW}") if any(mark in text for mark in _MARKS) else text

    @property
    def plain(self) -> str:
        """The text itself."""
        return self.removeprefix(_RAW).removesuffix(_ENDRAW)


class Writing(Scope):
    """``kept`` are names that templates in the written file can use, too, and that mean the same there."""

    def __init__(self, names: Mapping[str, Any], more: Mapping[str, Any], kept: frozenset[str]) -> None:
        super().__init__(names, more)
        self._kept = kept

    def with_values(self, values: Mapping[str, Any]) -> Writing:
        """As a scope; these names are known here alone."""
        known = {name: _plain(value) for name, value in values.items()}
        return Writing(self.builtin, {**self.more, **known}, self._kept - known.keys())

    def with_value(self, name: str, value: Any) -> Writing:
        """As a scope."""
        return self.with_values({name: value})

    def keeping(self, name: str, value: Any) -> Writing:
        """With a value that stands in the written file as well."""
        known = Later(f"{{{{ {name} }}}}") if _is_later(value) else _plain(value)
        return Writing(self.builtin, {**self.more, name: known}, self._kept | {name})

    def bare(self) -> Writing:
        """As a scope; what is bound is known in groups, too."""
        bound = {name: value for name, value in self.more.items() if name in self._kept and isinstance(value, Later)}
        return Writing(self.builtin, bound, frozenset(bound))

    def render(self, data: Any, document: Document, path: Path) -> Any:
        """As a scope, but for texts that depend on the run. Raises ScenarioError."""
        if not isinstance(data, str):
            return super().render(data, document, path)
        used = undeclared(data)
        later = {name for name in used if _is_later(self.more.get(name)) or (name in VARYING and name not in self.more)}
        if not later:
            return Verbatim.of(super().render(data, document, path))
        if all(isinstance(self.more.get(name), Later) for name in later) and _are_bare(data, later):
            return Later(super().render(data, document, path))
        given = sorted(used & self.more.keys() - self._kept, key=lambda name: not isinstance(self.more[name], Later))
        sets = [self._set(name, document, path) for name in given]
        return Later("".join(sets) + data)

    def _set(self, name: str, document: Document, path: Path) -> str:
        value = self.more[name]
        if isinstance(value, Later):
            return f"{{% set {name} %}}{value}{{% endset %}}"
        if _is_later(value):
            problem = f"{name} has something in it that only the run will know: it cannot be written out in the group"
            raise ScenarioError(document.position(path), problem)
        return f"{{% set {name} = {value!r} %}}"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return list(map(_plain, value))
    return value.plain if isinstance(value, Verbatim) else value


def _is_later(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_is_later, value.values()))
    return any(map(_is_later, value)) if isinstance(value, list) else isinstance(value, Later)


def _are_bare(text: str, names: set[str]) -> bool:
    """Whether a text does nothing with these names but to write them out."""
    tree = parsed(text)
    written = sum(
        isinstance(each, nodes.Name) and each.name in names for out in tree.find_all(nodes.Output) for each in out.nodes
    )
    return written == sum(each.name in names for each in tree.find_all(nodes.Name))
