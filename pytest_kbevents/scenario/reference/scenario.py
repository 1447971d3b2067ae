"""docs/reference/scenario.md: what a file may say."""

from __future__ import annotations

from pytest_kbevents.scenario.jsonschema.document import documents, generated, put_steps
from pytest_kbevents.scenario.reference.keys import GENERATED, keys, paragraph
from pytest_kbevents.scenario.reference.models import inner


def page() -> str:
    """Each kind of file, and each model in it, in the order in which a file has them."""
    kinds = documents()
    schemas = generated(kinds.values())
    for name, model in inner(kinds.values(), schemas).items():
        put_steps(schemas[name], model)
    lines = ["# Scenario files", ""]
    lines += paragraph(
        "A file is YAML 1.2 in UTF-8. Its `kind` says what it holds; unknown keys are errors. `kbevents schema` prints "
        "the same as JSON Schema, for editors. What steps can do is in [operations](operations.md), what they can "
        f"assert in [judgements](judgements.md), what texts can compute in [templates](templates.md). {GENERATED}"
    )
    for kind, model in kinds.items():
        lines += [f"## kind: {kind}", "", *paragraph(model.__doc__ or ""), *keys(model, schemas[model.__name__])]
    for name, model in inner(kinds.values(), schemas).items():
        lines += [f"### {name}", "", *paragraph(model.__doc__ or ""), *keys(model, schemas[name])]
    return "\n".join(lines).rstrip() + "\n"
