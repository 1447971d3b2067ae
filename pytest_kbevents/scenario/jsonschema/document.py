"""The schema of a whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from pytest_kbevents.scenario import schema as models
from pytest_kbevents.scenario.clustermodel import ClusterModel
from pytest_kbevents.scenario.eventtemplates import shipped
from pytest_kbevents.scenario.jsonschema import expectations
from pytest_kbevents.scenario.jsonschema.generator import Generator
from pytest_kbevents.scenario.jsonschema.keyed import Member, keyed
from pytest_kbevents.scenario.jsonschema.templated import DEFINITION, templated
from pytest_kbevents.scenario.operations.registry import VERBS
from pytest_kbevents.scenario.subjects.registry import SUBJECTS
from pytest_kbevents.scenario.subjects.subject import Subject
from pytest_kbevents.scenario.tallies.registry import TALLIES
from pytest_kbevents.scenario.tallies.tally import Tally
from pytest_kbevents.scenario.values import Model

DRAFT = "http://json-schema.org/draft-07/schema#"
FAMILIES: Mapping[Any, Mapping[str, type[BaseModel]]] = {Subject: SUBJECTS, Tally: TALLIES}
"""What stands for any of several models, each known by its key."""
STEP = {"$ref": "#/definitions/step"}
_STEPS = (list[dict[str, Any]], list[dict[str, Any] | list[dict[str, Any]]])
"""The types of fields that hold steps, or, under the name of a verb, what that verb is given."""
_ANYTHING = {"type": "object", "additionalProperties": True}

Definitions = dict[str, dict[str, Any]]


def schema() -> dict[str, Any]:
    """JSON Schema, draft 07, of every kind of file."""
    kinds = documents()
    return {
        "$schema": DRAFT,
        "title": "pytest-kbevents",
        "description": "A scenario, or what scenarios share: " + models.API_VERSION,
        "type": "object",
        "properties": {
            "apiVersion": {"description": "The version of the language.", "const": models.API_VERSION},
            "kind": {"description": "What the file holds.", "enum": list(kinds)},
        },
        "required": ["apiVersion", "kind"],
        "allOf": [
            {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": _reference(model.__name__)}
            for kind, model in kinds.items()
        ],
        "definitions": dict(sorted({**_of_documents(kinds), **_of_steps(), **expectations.definitions()}.items())),
    }


def documents() -> dict[str, type[BaseModel]]:
    """The models of whole files, by their kind."""
    found = [model for model in vars(models).values() if isinstance(model, type) and issubclass(model, Model)]
    return {
        kind: model
        for model in found
        if {"api_version", "kind"} <= model.model_fields.keys()
        for kind in get_args(model.model_fields["kind"].annotation)
    }


def _of_documents(kinds: Mapping[str, type[BaseModel]]) -> Definitions:
    """A cluster and labels are rendered with a matrix; the rest is as it stands."""
    found = generated(kinds.values())
    for name, model in _models_in(models).items():
        if name in found:
            put_steps(found[name], model)
    for name in _within(found, _definition(ClusterModel)):
        found[name] = templated(found[name])
    metadata = found[_definition(models.Metadata)]["properties"]
    metadata["labels"] = templated(metadata["labels"])
    return found


def _of_steps() -> Definitions:
    """The step, its verbs, and all that may stand in them."""
    members = [model for family in FAMILIES.values() for model in family.values()]
    values = {template.values for template in shipped().values()}
    found = generated([*VERBS.values(), *members, *sorted(values, key=lambda model: model.__name__)])
    found = {name: templated(schema) for name, schema in found.items()}
    for model in [*members, *VERBS.values()]:
        put_steps(found[_definition(model)], model)
        _join_families(found, model)
    found[_definition(VERBS["event"])]["allOf"] = _values()
    found["subject"] = keyed({"properties": {}}, _members(found, SUBJECTS))
    verbs = {verb: _described(found, model) for verb, model in VERBS.items()}
    step = {
        "type": "object",
        "properties": verbs,
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    return found | {"template": DEFINITION, "step": {"description": "One operation, under its verb."} | step}


def _within(found: Definitions, start: str) -> set[str]:
    """The definitions that one refers to, itself among them."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        if (name := waiting.pop()) not in reached:
            reached.add(name)
            waiting += re.findall(r"#/definitions/(\w+)", str(found[name]))
    return reached


def put_steps(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Put the step into a model's schema, where the model has any mapping: steps are read when their turn comes."""
    for key, field in _fields(model):
        if field.annotation in _STEPS:
            put = _reference(_definition(VERBS[key])) if key in VERBS else STEP
            if "then" in schema:  # there is a short form
                schema |= {"then": _replaced(schema["then"], put), "else": _replaced(schema["else"], put)}
            else:
                schema["properties"][key] = _replaced(schema["properties"][key], put)


def _replaced(schema: Any, put: dict[str, Any]) -> Any:
    if schema == _ANYTHING:
        return put
    if isinstance(schema, list):
        return [_replaced(item, put) for item in schema]
    return {key: _replaced(item, put) for key, item in schema.items()} if isinstance(schema, dict) else schema


def _join_families(found: Definitions, model: type[BaseModel]) -> None:
    """A subject's keys stand beside a judgement's own, or in a mapping of their own."""
    own = found[_definition(model)]
    for key, field in _fields(model):
        family = FAMILIES.get(field.annotation)
        if family is None:
            continue
        if not field.exclude:
            own["properties"][key] = {"description": field.description, "allOf": [_reference("subject")]}
            continue
        own["properties"].pop(key)
        own["required"] = [name for name in own.get("required", []) if name != key]
        joined = keyed(own, _members(found, family), says=getattr(model, "says", True))
        found[_definition(model)] = {"description": own["description"]} | joined


def _members(found: Definitions, family: Mapping[str, type[BaseModel]]) -> dict[str, Member]:
    return {
        key: Member(
            f"#/definitions/{_definition(model)}",
            found[_definition(model)],
            tuple(getattr(model, "said", ())),
            getattr(model, "says_enough", False),
        )
        for key, model in family.items()
    }


def _values() -> list[dict[str, Any]]:
    """Each shipped template has values of its own."""
    return [
        {
            "if": {"properties": {"template": {"const": name}}, "required": ["template"]},
            "then": {"properties": {"values": _reference(_definition(template.values))}},
        }
        for name, template in shipped().items()
    ]


def _described(found: Definitions, model: type[BaseModel]) -> dict[str, Any]:
    """What a verb does is told at the verb, and not once more at its value."""
    name = _definition(model)
    return {"description": found[name].pop("description"), "allOf": [_reference(name)]}


def generated(wanted: Iterable[type[BaseModel]]) -> Definitions:
    """The schemas of these models and of all models in them, by name, before anything is joined."""
    pairs: Any = [(model, "validation") for model in wanted]
    _, found = models_json_schema(pairs, ref_template="#/definitions/{model}", schema_generator=Generator)
    return {name: _plain(schema) for name, schema in found["$defs"].items() if name not in ("Subject", "Tally")}


def _plain(schema: Any) -> Any:
    """Draft 07 passes over whatever stands beside a reference."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _plain(item) for key, item in schema.items()}
    if "$ref" in found and len(found) > 1:
        found["allOf"] = [{"$ref": found.pop("$ref")}]
    return found


def _models_in(module: Any) -> dict[str, type[BaseModel]]:
    return {
        name: model for name, model in vars(module).items() if isinstance(model, type) and issubclass(model, BaseModel)
    }


def _fields(model: type[BaseModel]) -> Iterable[tuple[str, Any]]:
    return ((field.alias or name, field) for name, field in model.model_fields.items())


def _definition(model: type[BaseModel]) -> str:
    return model.__name__


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/definitions/{name}"}
