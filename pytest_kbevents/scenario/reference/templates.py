"""docs/reference/templates.md: what texts can compute, and the Events that are shipped."""

from __future__ import annotations

import inspect
import re

from pytest_kbevents.scenario import template
from pytest_kbevents.scenario.eventtemplates import SUFFIX, shipped
from pytest_kbevents.scenario.functions import FUNCTIONS, Names
from pytest_kbevents.scenario.jsonschema.document import generated
from pytest_kbevents.scenario.reference.keys import GENERATED, item, keys, paragraph

NAMES = {
    "namespace": "The world's namespace.",
    "component": "The component's name, as the Component and its Pods have it.",
    "replicas": "How many Pods the component begins with.",
}
"""What every template knows beside functions."""

FILTERS = {
    "b64": "Text in base64.",
    "fnv32a": "The FNV-1a hash of a text, 32 bits, in hexadecimal: what kbagent names its Events by.",
    "json": "Compact JSON, escaped as Go does it.",
    "present": "Of a message's fields, what kbagent writes: no empty output and no empty message.",
    "scalar": "A value as YAML reads it, whatever characters it has.",
}
"""Our filters; Jinja2's own are there, too."""

_REMARK = re.compile(r"\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)


def page() -> str:
    """Names, functions, filters, Event templates."""
    lines = ["# Templates", ""]
    lines += paragraph(
        "Texts in a scenario are [Jinja2](https://jinja.palletsprojects.com) templates, sandboxed and strict: an "
        "unknown name is an error. What they make is text; where a number, or true or false, is wanted, it is read as "
        f"one. {GENERATED}"
    )
    lines += ["## Names", ""]
    lines += paragraph("Beside these, a template knows the scenario's `values`, and what steps bind.")
    lines += [line for name, meaning in NAMES.items() for line in item(name, (), meaning)]
    lines += ["", "## Functions", ""]
    lines += [line for name in FUNCTIONS for line in item(_called(name), (), getattr(Names, name).__doc__)]
    lines += ["", "## Filters", "", *paragraph("Beside Jinja2's own:")]
    lines += [line for name, meaning in FILTERS.items() for line in item(name, (), meaning)]
    return "\n".join([*lines, "", *_events()]).rstrip() + "\n"


def _events() -> list[str]:
    values = {name: found.values for name, found in shipped().items()}
    schemas = generated(set(values.values()))
    lines = ["## Event templates", "", *paragraph("What `event: {template: NAME}` writes, and its `values`.")]
    for name, model in values.items():
        lines += [f"### {name}", "", *paragraph(_remark(name)), *keys(model, schemas[model.__name__])]
    return lines


def _called(name: str) -> str:
    """With its parameters, and without their types."""
    _, *parameters = inspect.signature(getattr(Names, name)).parameters.values()
    return f"{name}({', '.join(str(each.replace(annotation=inspect.Parameter.empty)) for each in parameters)})"


def _remark(name: str) -> str:
    """What a shipped template says of itself at its top; its values are listed."""
    found = _REMARK.match((template.TEMPLATES / f"{name}{SUFFIX}").read_text(encoding="utf-8"))
    return re.sub(r"; values: .*", ".", found[1]) if found else ""
