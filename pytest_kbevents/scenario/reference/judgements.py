"""docs/reference/judgements.md: what can be asserted, of what, and by which operators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from pytest_kbevents.scenario.jsonschema.document import FAMILIES, generated
from pytest_kbevents.scenario.matching.operators import OPERATORS
from pytest_kbevents.scenario.operations.registry import VERBS
from pytest_kbevents.scenario.reference import examples
from pytest_kbevents.scenario.reference.keys import GENERATED, item, keys, paragraph
from pytest_kbevents.scenario.reference.models import inner
from pytest_kbevents.scenario.reference.operations import described, section
from pytest_kbevents.scenario.subjects.registry import SUBJECTS
from pytest_kbevents.scenario.tallies.registry import TALLIES


def page() -> str:
    """Verbs, subjects, what can be counted, operators."""
    verbs = {verb: model for verb, model in VERBS.items() if model.judges}
    families = [*SUBJECTS.values(), *TALLIES.values()]
    schemas = generated([*verbs.values(), *families])
    lines = ["# Judgements", ""]
    lines += paragraph(
        "A judgement is a step that asserts something of the history, at every revision, and changes nothing. It is "
        "about a [subject](#subjects), whose keys stand beside its own, or about [a count](#counts). What must be so "
        f"is an [expectation](#expectations). {GENERATED}"
    )
    for verb, model in verbs.items():
        hidden = next((name for name, field in model.model_fields.items() if field.annotation in FAMILIES), "")
        excluded = bool(hidden) and model.model_fields[hidden].exclude is True
        lines += section(verb, model, schemas, examples.JUDGEMENTS, hidden if excluded else "")
    lines += ["## Subjects", "", *paragraph("What is looked at. Each is known by its first key.")]
    lines += _family(SUBJECTS, schemas, examples.SUBJECTS)
    lines += ["## Counts", "", *paragraph("What `at_most` and `exactly` count. Each is known by its first key.")]
    lines += _family(TALLIES, schemas, examples.TALLIES)
    for name, part in inner([*families, *verbs.values()], schemas).items():
        lines += [f"### {name}", "", *described(part), *keys(part, schemas[name])]
    return "\n".join([*lines, *_expectations()]).rstrip() + "\n"


def _family(family: Mapping[str, type[BaseModel]], schemas: dict[str, Any], shown: Mapping[str, str]) -> list[str]:
    lines: list[str] = []
    for key, model in family.items():
        example = ["```yaml", f"- {shown[key]}", "```", ""] if key in shown else []
        lines += [f"### {key}", "", *described(model), *example, *keys(model, schemas[model.__name__])]
    return lines


def _expectations() -> list[str]:
    lines = ["## Expectations", ""]
    lines += paragraph(
        "An expectation looks like the data it is held against. Of a mapping only the named keys are looked at; null "
        "stands for what is not there; lists match item by item and must be of the same length; anything else must be "
        "the same, and of the same type: `1` is neither `true` nor `'1'`. A mapping whose keys all begin with `$` is "
        "an operator; several side by side must all hold. Data whose keys begin with `$` is compared with `$eq`."
    )
    for name, operator in OPERATORS.items():
        example = f" `{examples.OPERATORS[name]}`" if name in examples.OPERATORS else ""
        lines += item(name, (operator.operand.told,), operator.says + example)
    return [*lines, ""]
