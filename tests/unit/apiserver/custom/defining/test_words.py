"""The words of schemas, lists and maps, defaults."""

import pytest

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
TYPES = '"array", "boolean", "integer", "number", "object", "string"'
QUADRATIC = "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"
SCALAR = "must be a scalar type if parent array's x-kubernetes-list-type is map"
IS_KEY = "this property is in x-kubernetes-list-map-keys, so it"
LIST, MAP, KEYS = "x-kubernetes-list-type", "x-kubernetes-map-type", "x-kubernetes-list-map-keys"


@pytest.mark.parametrize(
    ("schema", "causes"),
    [
        ({"type": "strin"}, [f'type: Unsupported value: "strin": supported values: {TYPES}']),
        ({"type": "object", "id": "x"}, ["id: Forbidden: id is not supported"]),
        ({"type": "object", "$ref": "x"}, ["$ref: Forbidden: $ref is not supported"]),
        ({"type": "object", "definitions": {"a": TEXT}}, ["definitions: Forbidden: definitions is not supported"]),
        ({"type": "object", "dependencies": {"a": ["b"]}}, ["dependencies: Forbidden: dependencies is not supported"]),
        ({"type": "array", "items": [TEXT]}, ["items: Forbidden: items must be a schema object and not an array"]),
        (
            {"type": "array", "items": TEXT, "uniqueItems": True},
            [f"uniqueItems: Forbidden: {QUADRATIC}"],
        ),
        (
            {"type": "object", "x-kubernetes-preserve-unknown-fields": False},
            ["x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined"],
        ),
    ],
)
def test_some_words_are_not_for_definitions(schema_told, schema, causes):
    assert schema_told(schema) == causes


@pytest.mark.parametrize(("others", "allowed"), [(True, True), (False, False), (TEXT, False)])
def test_an_object_has_fields_or_is_a_map(schema_told, others, allowed):
    told = schema_told({"type": "object", "properties": {"a": TEXT}, "additionalProperties": others})
    exclusive = "additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive"
    assert told == ([] if allowed else [exclusive])


def test_a_schema_cannot_say_which_language_it_is_in(schema_told):
    told = schema_told({"type": "object", "$schema": "x"}, root=True)
    assert told == [": Invalid value: \"\": OpenAPIV3Schema 'schema' is not supported"]


@pytest.mark.parametrize(
    ("schema", "causes"),
    [
        (
            {"type": "object", MAP: "loose"},
            [f'{MAP}: Unsupported value: "loose": supported values: "atomic", "granular"'],
        ),
        ({"type": "string", MAP: "atomic"}, [f'type: Invalid value: "string": must be object if {MAP} is specified']),
        ({"type": "string", LIST: "atomic"}, [f'type: Invalid value: "string": must be array if {LIST} is specified']),
        (
            {"type": "array", "items": TEXT, LIST: "loose"},
            [f'{LIST}: Unsupported value: "loose": supported values: "atomic", "set", "map"'],
        ),
        (
            {"type": "array", "items": {"type": "object"}, LIST: "set"},
            [f"items.{MAP}: Invalid value: null: must be atomic as item of a list with {LIST}=set"],
        ),
        ({"type": "array", "items": {"type": "object", MAP: "atomic"}, LIST: "set"}, []),
        (
            {"type": "array", "items": {**TEXT, "nullable": True}, LIST: "set"},
            [f"items.nullable: Forbidden: cannot be nullable when {LIST} is set"],
        ),
        (
            {"type": "array", "items": TEXT, LIST: "set", KEYS: ["b"]},
            [f'{LIST}: Invalid value: "set": must be map if {KEYS} is non-empty'],
        ),
        (
            {"type": "array", "items": TEXT, KEYS: ["b"]},
            [f"{LIST}: Required value: must be map if {KEYS} is non-empty"],
        ),
        (
            {"type": "array", "items": TEXT, LIST: "map", KEYS: ["b"]},
            [f'items.type: Invalid value: "string": must be object if parent array\'s {LIST} is map'],
        ),
    ],
)
def test_lists_and_maps_say_how_they_are_merged(schema_told, schema, causes):
    assert schema_told(schema) == causes


@pytest.mark.parametrize(
    ("keys", "item", "causes"),
    [
        (["b"], {"properties": {"b": TEXT}, "required": ["b"]}, []),
        (["b"], {"properties": {"b": {**TEXT, "default": "x"}}}, []),
        (
            ["b"],
            {"properties": {"b": TEXT}},
            [f"items.properties[b].default: Required value: {IS_KEY} must have a default or be a required property"],
        ),
        (
            ["b"],
            {"properties": {"b": {**TEXT, "nullable": True}}, "required": ["b"]},
            [f"items.properties[b].nullable: Forbidden: {IS_KEY} cannot be nullable"],
        ),
        ([], {"properties": {}}, [f"{KEYS}: Required value: must not be empty if {LIST} is map"]),
        (
            ["b", "b"],
            {"properties": {"b": TEXT}, "required": ["b"]},
            [f'{KEYS}: Invalid value: ["b","b"]: must not contain duplicate entries'],
        ),
        (
            ["c"],
            {"properties": {"b": TEXT}},
            [f'{KEYS}: Invalid value: ["c"]: entries must all be names of item properties'],
        ),
        (
            ["b"],
            {"properties": {"b": {"type": "object"}}, "required": ["b"]},
            [f'items.properties[b].type: Invalid value: "object": {SCALAR}'],
        ),
    ],
)
def test_a_list_of_type_map_has_keys(schema_told, keys, item, causes):
    schema = {"type": "array", "items": {"type": "object", **item}, LIST: "map", **({KEYS: keys} if keys else {})}
    assert schema_told(schema) == causes


@pytest.mark.parametrize(
    ("schema", "causes"),
    [
        (
            {**WHOLE, "default": "x"},
            ['default: Invalid value: "string":  in body must be of type integer: "string"'],
        ),
        ({**TEXT, "enum": ["a"], "default": "c"}, ['default: Unsupported value: "c": supported values: "a"']),
        (
            {"type": "object", "properties": {"b": WHOLE}, "default": {"b": "x"}},
            ['default.b: Invalid value: "string": b in body must be of type integer: "string"'],
        ),
        (
            {"type": "object", "required": ["b"], "properties": {"b": TEXT}, "default": {}},
            ["default.b: Required value"],
        ),
        (
            {"type": "object", "properties": {"b": TEXT}, "default": {"c": 1}},
            ['default: Invalid value: {"c":1}: must not have unknown fields'],
        ),
        (
            {**WHOLE, "default": 5, "x-kubernetes-validations": [{"rule": "self < 3", "message": "small"}]},
            ["default: Invalid value: 5: small"],
        ),
        ({"x-kubernetes-preserve-unknown-fields": True, "default": {"a": [1]}}, []),
        ({**TEXT, "default": None}, []),
    ],
)
def test_a_default_fits(schema_told, schema, causes):
    assert schema_told(schema) == causes


EMBEDDED = {"type": "object", "x-kubernetes-embedded-resource": True, "x-kubernetes-preserve-unknown-fields": True}


@pytest.mark.parametrize(
    ("default", "causes"),
    [
        ({"kind": "A", "apiVersion": "v1"}, []),
        ({"kind": "A"}, ["default.apiVersion: Required value"]),
        ({"kind": 1}, ["default.kind: Invalid value: 1: must be a string"]),
    ],
)
def test_the_default_of_an_object_within_is_an_object(schema_told, default, causes):
    assert schema_told({**EMBEDDED, "default": default}) == causes


def test_a_default_within_metadata_makes_sound_metadata(schema_told):
    schema = {**EMBEDDED, "properties": {"apiVersion": {**TEXT, "default": "a/b/c"}}}
    (told,) = schema_told(schema)
    place = 'properties[apiVersion].default: Invalid value: "a/b/c"'
    assert told.startswith(f"{place}: must result in valid metadata: apiVersion: Invalid value")


@pytest.mark.parametrize("name", ["kind", "metadata"])
def test_what_every_object_has_has_no_default(schema_told, name):
    part = {**TEXT, "default": "x"} if name == "kind" else {"type": "object", "default": {"name": "x"}}
    told = schema_told({"type": "object", "properties": {name: part}}, root=True)
    assert f"properties[{name}].default: Forbidden: must not be set in top-level {name}" in told


@pytest.mark.parametrize(
    ("schema", "word"),
    [
        ({"type": "object", "enum": [{}]}, "Enum"),
        ({"type": "object", "allOf": [{"required": ["a"]}]}, "AllOf"),
        ({"type": "object", "maxProperties": 3}, "MaxProperties"),
    ],
)
def test_with_a_status_the_root_says_nothing_that_would_be_lost(schema_told, schema, word):
    (told,) = schema_told(schema, root=True, subresources={"status": {}})
    assert f'"{word}":null' not in told.partition('"Properties"')[0].partition('"AllOf":[')[0]


def test_with_a_status_the_root_is_an_object(schema_told):
    told = schema_told(TEXT, root=True, subresources={"status": {}})
    only = 'only "object" is allowed as the type at the root of the schema if the status subresource is enabled'
    assert told == [
        f'type: Invalid value: "string": {only}',
        'type: Invalid value: "string": must be object at the root',
    ]
