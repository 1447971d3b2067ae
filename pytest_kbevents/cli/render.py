"""``kbevents render``: what a scenario becomes."""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from jinja2 import nodes

from pytest_kbevents.clock import SIMULATION_START
from pytest_kbevents.errors import ScenarioError, SelectionError
from pytest_kbevents.scenario import catalog
from pytest_kbevents.scenario.check import unknown
from pytest_kbevents.scenario.eventtemplates import DataTemplate, TextTemplate, shipped
from pytest_kbevents.scenario.functions import FUNCTIONS, Names, planned
from pytest_kbevents.scenario.lint.groups import verbs_in
from pytest_kbevents.scenario.lint.names import VARYING, parsed, undeclared
from pytest_kbevents.scenario.lint.turn import bound_by
from pytest_kbevents.scenario.operations.event import Event
from pytest_kbevents.scenario.render import rendered
from pytest_kbevents.scenario.scenario import VALUES, Scenario
from pytest_kbevents.scenario.steps import Step
from pytest_kbevents.scenario.template import Scope
from pytest_kbevents.scenario.yamlfile import Document
from pytest_kbevents.scenario.yamlfile import Path as DataPath

_LAYOUT: dict[str, Any] = {"default_flow_style": None, "width": 110}
_MARKS = ("{{", "{%", "{#")
_RAW, _ENDRAW = "{% raw %}", "{% endraw %}"
_NO_TEXT = re.compile(r"[-+]?[0-9.]*([eE][-+]?[0-9]*)?|true|false|null|~", re.IGNORECASE)
"""What is read as something else than text when it is not quoted, or may be."""


def add(commands: Any) -> None:
    """Declare the command."""
    text = (
        "Print what a scenario becomes: groups and what it includes put in, each case by itself, templates rendered. "
        "What depends on the moment of its turn (now, uid, what is bound) stays a template, and so means the same."
    )
    parser: argparse.ArgumentParser = commands.add_parser("render", help=text.partition(":")[0], description=text)
    parser.add_argument(
        "scenario", metavar="NAME|FILE", help="a name of the project's or the shipped catalog, or a file"
    )
    parser.add_argument("--case", metavar="K=V,...", default="", help="only the cases with these values of the matrix")
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="what rand and choice choose by; 0 if not given"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one document a case. Raises SelectionError, ScenarioError."""
    base = Path.cwd()
    folders = [folder for folder in (base / "scenarios", catalog.shipped()) if folder.is_dir()]
    try:
        found = [each for choice in catalog.select([options.scenario], folders, base) for each in choice.scenarios]
    except SelectionError as error:
        raise SelectionError(str(error).removeprefix("--kb-scenario ")) from None
    chosen = found if not options.case else list(_of_case(found, options.case))
    sys.stdout.write("---\n".join(written(scenario, options.seed) for scenario in chosen))
    return 0


def _of_case(scenarios: Iterable[Scenario], case: str) -> Iterable[Scenario]:
    """Those whose matrix has all these values. Raises SelectionError."""
    given = dict(_pair(part) for part in case.split(","))
    spelled = [(scenario, _spelled(scenario.matrix)) for scenario in scenarios]
    for key in given:
        for scenario, values in spelled:
            if key not in values:
                raise SelectionError(f"--case {case}: {scenario.name}: {unknown('key of the matrix', key, values)}")
    found = [scenario for scenario, values in spelled if given.items() <= values.items()]
    if not found:
        names = ", ".join(scenario.name for scenario, _ in spelled)
        raise SelectionError(f"--case {case}: no such case; there are: {names}")
    return found


def _pair(part: str) -> tuple[str, str]:
    key, equals, value = part.partition("=")
    if not (key and equals):
        raise SelectionError(f"--case {part!r}: write KEY=VALUE, with commas between several")
    return key.strip(), value.strip()


def _spelled(matrix: Mapping[str, Any]) -> dict[str, str]:
    """As names of cases spell them."""
    return {key: str(value.get("name", "?") if isinstance(value, dict) else value) for key, value in matrix.items()}


def written(scenario: Scenario, seed: int) -> str:
    """One case as a file of its own that needs no other, and means the same. Raises ScenarioError for what cannot be
    written so.
    """
    workload = scenario.workload
    names = Names(workload, lambda _: "", lambda: SIMULATION_START, random.Random(f"templates {seed}"))
    functions = {name: getattr(names, name) for name in FUNCTIONS}
    bound = {name: Later(f"{{{{ {name} }}}}") for step in _steps(scenario) if (name := bound_by(step))}
    scope, values = Writing({**planned(workload).builtin, **functions}, bound, frozenset(bound)), {}
    if scenario.matrix:
        scope = scope.with_value("matrix", dict(scenario.matrix))
    for name, value in scenario.values.items():
        values[name] = scope.render(value, scenario.document, (*VALUES, name))
        scope = scope.keeping(name, values[name])
    data = rendered(scenario, scope, lambda step, names: step.render(names))
    spec = {key: value for key, value in data["spec"].items() if key not in ("templates", "template_folders")}
    spec |= {"values": values} if values else {}
    if templates := _templates(scenario, spec["steps"]):
        spec = {**{key: value for key, value in spec.items() if key != "steps"}, "templates": templates, **spec}
    return str(yaml.dump({**data, "spec": spec}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, **_LAYOUT))


def _steps(scenario: Scenario) -> Iterable[Step]:
    return (step for top in scenario.steps for step in top.walk())


def _templates(scenario: Scenario, steps: list[dict[str, Any]]) -> dict[str, Any]:
    """The scenario's Event templates that the steps use, wherever they come from."""
    used = {value.get("template") for verb, value in verbs_in(steps) if verb == Event.verb}
    every = any(isinstance(name, Later) for name in used)
    found: dict[str, Any] = {}
    for name, template in scenario.plan.templates.items():
        if (every or name in used) and shipped().get(name) is not template:
            assert isinstance(template, (TextTemplate, DataTemplate)), "there are no others"
            found[name] = template.text if isinstance(template, TextTemplate) else dict(template.data)
    return found


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

    def render(self, data: Any, document: Document, path: DataPath) -> Any:
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

    def _set(self, name: str, document: Document, path: DataPath) -> str:
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


class _Dumper(yaml.SafeDumper):
    """Texts stay texts, and what is shared is written as often as it is there."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True

    def text(self, data: str) -> yaml.Node:
        """Quoted where it must be; over several lines as it is."""
        style = '"' if _NO_TEXT.fullmatch(data) else "|" if "\n" in data else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Dumper.add_representer(str, _Dumper.text)
_Dumper.add_representer(Later, _Dumper.text)
_Dumper.add_representer(Verbatim, _Dumper.text)
