"""Structural schemas."""

import pytest

TEXT = {"type": "string"}
EMBEDDED = {"type": "object", "x-kubernetes-embedded-resource": True}
ANYTHING = {"x-kubernetes-preserve-unknown-fields": True}
EITHER = [{"type": "integer"}, {"type": "string"}]
NO_PROPERTIES = (
    "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"
)


@pytest.mark.parametrize(
    ("schema", "causes"),
    [
        ({}, ["type: Required value: must not be empty for specified object fields"]),
        ({"type": "array"}, ["items: Required value: must be specified"]),
        (
            {"type": "array", "items": {}},
            ["items.type: Required value: must not be empty for specified array items"],
        ),
        (
            {"type": "object", "additionalProperties": {}},
            ["additionalProperties.type: Required value: must not be empty for specified object fields"],
        ),
        (
            {"type": "object", "properties": {"b": {}, "a": {"type": "array"}}},
            [
                "properties[a].items: Required value: must be specified",
                "properties[b].type: Required value: must not be empty for specified object fields",
            ],
        ),
        (ANYTHING, []),
        ({"x-kubernetes-int-or-string": True}, []),
    ],
)
def test_every_value_has_a_type(schema_told, schema, causes):
    assert schema_told(schema) == causes


@pytest.mark.parametrize(
    ("schema", "causes"),
    [
        ({}, ["type: Required value: must not be empty at the root"]),
        (TEXT, ['type: Invalid value: "string": must be object at the root']),
        (
            {"type": "object", "additionalProperties": TEXT},
            ["additionalProperties: Forbidden: must not be used at the root"],
        ),
        ({"type": "object", "nullable": True}, ["nullable: Forbidden: nullable cannot be true at the root"]),
    ],
)
def test_the_root_is_an_object(schema_told, schema, causes):
    assert schema_told(schema, root=True) == causes


@pytest.mark.parametrize(
    ("metadata", "allowed"),
    [
        ({"type": "object"}, True),
        ({"type": "object", "properties": {"name": {"type": "string", "maxLength": 3}}}, True),
        ({"type": "object", "properties": {"name": TEXT, "generateName": TEXT}}, True),
        ({"type": "object", "properties": {"labels": {"type": "object"}}}, False),
        ({"type": "object", "description": "x"}, False),
    ],
)
def test_of_metadata_only_names_are_restricted(schema_told, metadata, allowed):
    told = schema_told({"type": "object", "properties": {"metadata": metadata}}, root=True)
    implicit = "must not specify anything other than name and generateName, but metadata is implicitly specified"
    assert told == ([] if allowed else [f"properties[metadata]: Forbidden: {implicit}"])


@pytest.mark.parametrize("name", ["kind", "apiVersion"])
def test_kind_and_version_are_texts(schema_told, name):
    told = schema_told({"type": "object", "properties": {name: {"type": "integer"}}}, root=True)
    assert told == [f'properties[{name}].type: Invalid value: "integer": must be string']


@pytest.mark.parametrize(
    ("schema", "causes"),
    [
        (EMBEDDED, [f"properties: Required value: {NO_PROPERTIES}"]),
        ({**EMBEDDED, **ANYTHING}, []),
        (
            {**EMBEDDED, **ANYTHING, "type": "string"},
            ['type: Invalid value: "string": must be object if x-kubernetes-embedded-resource is true'],
        ),
        (
            {**EMBEDDED, **ANYTHING, "additionalProperties": TEXT},
            ["additionalProperties: Forbidden: must not be used if x-kubernetes-embedded-resource is set"],
        ),
        (
            {**EMBEDDED, "properties": {"metadata": TEXT}},
            ['properties[metadata].type: Invalid value: "string": must be object'],
        ),
    ],
)
def test_an_object_within_is_an_object(schema_told, schema, causes):
    assert schema_told(schema) == causes


def test_an_int_or_string_preserves_nothing(schema_told):
    told = schema_told({"x-kubernetes-int-or-string": True, **ANYTHING})
    rule = "must be false if x-kubernetes-int-or-string is true"
    assert told == [f"x-kubernetes-preserve-unknown-fields: Invalid value: true: {rule}"]


@pytest.mark.parametrize(
    ("schema", "allowed"),
    [
        ({"anyOf": EITHER}, True),
        ({"allOf": [{"anyOf": EITHER}, {"pattern": "a"}]}, True),
        ({"anyOf": EITHER[::-1]}, False),
        ({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string"}]}, False),
        ({"oneOf": EITHER}, False),
    ],
)
def test_int_or_string_may_be_said_in_one_other_way(schema_told, schema, allowed):
    told = schema_told({"x-kubernetes-int-or-string": True, **schema})
    assert (told == []) is allowed


@pytest.mark.parametrize(
    ("word", "value", "wanted"),
    [
        ("type", "string", "empty"),
        ("additionalProperties", True, "undefined"),
        ("default", "x", "undefined"),
        ("title", "x", "empty"),
        ("description", "x", "empty"),
        ("nullable", True, "false"),
        ("x-kubernetes-preserve-unknown-fields", True, "false"),
        ("x-kubernetes-int-or-string", True, "false"),
        ("x-kubernetes-validations", [{"rule": "true"}], "empty"),
    ],
)
@pytest.mark.parametrize("place", ["allOf[0]", "anyOf[0]", "oneOf[0]", "not"])
def test_a_combination_says_nothing_of_structure(schema_told, place, word, value, wanted):
    name = place.partition("[")[0]
    part = {word: value}
    told = schema_told({"type": "string", name: part if name == "not" else [part]})
    assert told == [f"{place}.{word}: Forbidden: must be {wanted} to be structural"]


def test_a_combination_says_nothing_of_metadata(schema_told):
    schema = {"type": "object", "properties": {"metadata": {"type": "object"}}}
    told = schema_told({**schema, "anyOf": [{"properties": {"metadata": {}}}]})
    assert told == ["anyOf[0].properties[metadata]: Forbidden: must not be specified in a nested context"]


def test_what_the_root_combines_is_there_outside_too(schema_told):
    part = {"properties": {"spec": {"items": {"minLength": 1}}, "status": {"properties": {"a": {}}}}}
    schema = {"type": "object", "properties": {"spec": {"type": "object"}}, "oneOf": [part]}
    place = "spec.validation.openAPIV3Schema"
    assert schema_told(schema, root=True) == [
        f"properties[spec].items: Required value: because it is defined in {place}.oneOf[0].properties[spec].items",
        f"properties[status]: Required value: because it is defined in {place}.oneOf[0].properties[status]",
    ]


@pytest.mark.parametrize("schema", [{"pattern": "("}, {"not": {"pattern": "("}}], ids=["plain", "combined"])
def test_a_pattern_is_a_regular_expression(schema_told, schema):
    (told,) = schema_told({"type": "string", **schema})
    assert told.endswith("must be a valid regular expression, but isn't: error parsing regexp: missing closing ): `(`")
