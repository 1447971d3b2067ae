"""A scenario that has been read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.errors import Position, ScenarioError
from pytest_kbevents.scenario.plan import Plan
from pytest_kbevents.scenario.releasesmodel import ReleasesModel
from pytest_kbevents.scenario.steps import Step
from pytest_kbevents.scenario.template import Scope
from pytest_kbevents.scenario.values import slug
from pytest_kbevents.scenario.yamlfile import Document, Path
from pytest_kbevents.settings import LEVELS

VALUES: Path = ("spec", "values")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One case of one file, checked as far as it can be without running."""

    name: str
    """With a matrix, ``NAME@key=value,key=value``."""
    labels: Mapping[str, str]
    description: str
    document: Document
    plan: Plan
    matrix: Mapping[str, Any]
    values: Mapping[str, Any]
    releases: ReleasesModel | None
    lasting: tuple[Step, ...]
    """What must never, or always, be so."""
    steps: tuple[Step, ...]
    command: Position | None = None
    """The first step that makes this machine run a real command."""
    needs: Mapping[str, Position] = field(default_factory=dict)
    """What a world must have, and the first step that needs it."""

    @property
    def workload(self) -> Workload:
        """The component under test."""
        return self.plan.workload

    @property
    def cluster(self) -> Any:
        """What it says of the component, as it stands in the file, its case of the matrix put in."""
        scope = Scope({"matrix": dict(self.matrix)})
        return scope.render(self.document.data["spec"]["cluster"], self.document, ("spec", "cluster"))

    @property
    def file_name(self) -> str:
        """Its name in a file of its own: ``NAME``, or ``NAME-value-value``."""
        return slug(re.sub(r"[^@,=]*=", "", self.name), 50)

    @property
    def level(self) -> str:
        """How much conformance depends on it; MUST when not said."""
        return self.labels.get("level", LEVELS[0])

    @property
    def area(self) -> str:
        """What it is about; ``""`` when not said."""
        return self.labels.get("area", "")

    def says_of(self, release: str) -> Literal["passes", "fails"] | None:
        """What must come of it on a release; None when the scenario says nothing about that one."""
        if self.releases is None or release in self.releases.passes_on:
            return "passes"
        return "fails" if release in self.releases.fails_on else None

    def bind(self, scope: Scope) -> Scope:
        """The scope with the scenario's values, each rendered with those before it. Raises ScenarioError."""
        if self.matrix:
            scope = scope.with_value("matrix", dict(self.matrix))
        for name, value in self.values.items():
            if name in scope.builtin or name == "matrix":
                at = self.document.key_position((*VALUES, name))
                raise ScenarioError(at, f"{name!r} is what templates know anyway: choose another name")
            scope = scope.with_value(name, scope.render(value, self.document, (*VALUES, name)))
        return scope
