"""What a scenario file may say: scenarios, and files of steps that scenarios include."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from pytest_kbevents.cluster.backend import NEEDS
from pytest_kbevents.scenario.check import Placed, one_of, unknown
from pytest_kbevents.scenario.clustermodel import ClusterModel
from pytest_kbevents.scenario.releasesmodel import BEHAVIOURS, BehaviourName, Release, ReleasesModel
from pytest_kbevents.scenario.values import NAME, Model
from pytest_kbevents.settings import LEVELS

__all__ = ["BEHAVIOURS", "BehaviourName", "Release", "ReleasesModel", "ScenarioModel", "StepsModel"]

API_VERSION = "kbevents/v1"
MOST_CASES = 256
"""That a matrix may make."""


def _text(value: Any) -> Any:
    """A number, such as an issue's, is text here; YAML cannot know."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _level(labels: dict[str, str]) -> dict[str, str]:
    if (level := labels.get("level", LEVELS[0])) not in LEVELS:
        raise Placed(("level",), unknown("level", level, LEVELS))
    return labels


class Metadata(Model):
    """What a scenario is called and found by."""

    name: str = Field(pattern=NAME, max_length=50, description="What --kb-scenario takes; unique in a catalog.")
    labels: Annotated[dict[str, Annotated[str, BeforeValidator(_text)]], AfterValidator(_level)] = Field(
        default_factory=dict,
        description="Free labels; `area` and `level` (MUST, SHOULD, MAY) are shown. Each is selected by as a whole, "
        "and by each of its words: `issue: 8660 8661` by issue=8660, issue=8661, and issue-8660.",
    )


class Parameter(Model):
    """What a group of steps asks for."""

    description: str = Field(default="", description="What it is.")
    default: Any = Field(default=None, description="What it is when nothing is given; without it, it must be given.")


class GroupModel(Model):
    """Steps under a name, to be used again and again."""

    description: str = Field(default="", description="What they do.")
    parameters: dict[str, Parameter] = Field(default_factory=dict, description="Names that the steps use.")
    steps: list[dict[str, Any]] = Field(min_length=1, description="As in a scenario.")

    @model_validator(mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        """``parameters: [old, new]`` must all be given."""
        if isinstance(value, dict) and isinstance(value.get("parameters"), list):
            return value | {"parameters": {str(name): {} for name in value["parameters"]}}
        return value


class Library(Model):
    """What scenarios, and files of steps, have in common."""

    include: list[str] = Field(
        default_factory=list, description="Files of kind Steps, relative to this one: their groups and templates."
    )
    groups: dict[str, GroupModel] = Field(default_factory=dict, description="Steps that `use` carries out, by name.")
    templates: dict[str, dict[str, Any] | str] = Field(
        default_factory=dict, description="Event templates, by name: an Event, or its YAML as one Jinja2 text."
    )
    template_folders: list[str] = Field(
        default_factory=list, description="Folders, relative to this file, with Event templates as NAME.yaml.j2."
    )


class Spec(Library):
    """The story."""

    description: str = Field(min_length=1, description="What happens, and what must be true, in a sentence or two.")
    cluster: ClusterModel = Field(description="The component under test.")
    matrix: dict[str, list[Any]] = Field(
        default_factory=dict,
        description="Each combination of these values is a scenario of its own; templates know them as matrix.NAME.",
    )
    values: dict[str, Any] = Field(
        default_factory=dict, description="Names for templates; later ones may use earlier ones."
    )
    releases: ReleasesModel | None = Field(default=None, description="On which releases it passes, on which it fails.")
    needs: list[Annotated[str, AfterValidator(one_of("need", NEEDS))]] = Field(
        default_factory=list,
        description="What a world must have for it, beside what its steps need anyway; else it is skipped: "
        + "; ".join(f"{need} ({meaning})" for need, meaning in NEEDS.items())
        + ".",
    )
    never: list[dict[str, Any]] = Field(
        default_factory=list, description="Must not be so at any revision of the whole run: subjects, as in steps."
    )
    always: list[dict[str, Any]] = Field(
        default_factory=list, description="Must be so at every revision of the whole run: subjects, as in steps."
    )
    steps: list[dict[str, Any]] = Field(min_length=1, description="One operation each, carried out in order.")

    @model_validator(mode="after")
    def _is_bounded(self) -> Self:
        cases = 1
        for name, values in self.matrix.items():
            if not values:
                raise ValueError(f"matrix: {name} has no values: then there is no scenario at all")
            cases *= len(values)
        if cases > MOST_CASES:
            raise ValueError(f"matrix makes {cases} scenarios; more than {MOST_CASES} is not meant")
        return self


class ScenarioModel(Model):
    """A scenario file."""

    api_version: Literal["kbevents/v1"] = Field(alias="apiVersion", description="The version of the language.")
    kind: Literal["Scenario"] = Field(description="That it is a scenario.")
    metadata: Metadata = Field(description="What it is called and found by.")
    spec: Spec = Field(description="The story.")


class StepsSpec(Library):
    """Groups of steps and Event templates, for scenarios that include the file."""

    description: str = Field(default="", description="What they are for.")


class StepsModel(Model):
    """A file of steps."""

    api_version: Literal["kbevents/v1"] = Field(alias="apiVersion", description="The version of the language.")
    kind: Literal["Steps"] = Field(description="That it holds steps for scenarios.")
    metadata: Metadata = Field(description="What it is called.")
    spec: StepsSpec = Field(description="What can be used.")
