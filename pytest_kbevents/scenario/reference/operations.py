"""docs/reference/operations.md: the verbs that do something."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from pytest_kbevents.scenario.jsonschema.document import generated, put_steps
from pytest_kbevents.scenario.jsonschema.generator import short_form
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.operations.registry import VERBS
from pytest_kbevents.scenario.reference.examples import OPERATIONS
from pytest_kbevents.scenario.reference.keys import GENERATED, keys, paragraph
from pytest_kbevents.scenario.reference.models import inner


def page() -> str:
    """Each verb that is no judgement."""
    verbs = {verb: model for verb, model in VERBS.items() if not model.judges}
    schemas = generated(verbs.values())
    for model in verbs.values():
        put_steps(schemas[model.__name__], model)
    lines = ["# Operations", ""]
    lines += paragraph(
        "A step is a mapping with one verb. Texts in it are [templates](templates.md), rendered when its turn comes. "
        f"The verbs that assert something are in [judgements](judgements.md). {GENERATED}"
    )
    for verb, model in verbs.items():
        lines += section(verb, model, schemas, OPERATIONS)
    for name, part in inner(verbs.values(), schemas).items():
        lines += [f"### {name}", "", *described(part), *keys(part, schemas[name])]
    return "\n".join(lines).rstrip() + "\n"


def section(
    verb: str, model: type[Operation], schemas: Mapping[str, Any], examples: Mapping[str, str], hidden: str = ""
) -> list[str]:
    """One verb: what it does, an example, its keys without the hidden one."""
    needs = f"It needs {' and '.join(model.needs)}." if model.needs else ""
    example = ["```yaml", f"- {examples[verb]}", "```", ""] if verb in examples else []
    lines = [f"## {verb}", "", *described(model), *(paragraph(needs) if needs else []), *example]
    return [*lines, *keys(model, schemas[model.__name__], [hidden])]


def described(model: type[BaseModel]) -> list[str]:
    """What a model is, and its short form."""
    key = short_form(model)
    short = f" Its `{key}` alone may stand for the whole." if key else ""
    return paragraph(re.sub(r"\s+", " ", model.__doc__ or "") + short)
