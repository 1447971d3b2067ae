"""A value against its schema: what is wrong, in the words of a real server."""

import pytest

from pytest_kbevents.apiserver.custom.checks import schemas

TEXT, WHOLE, NUMBER = {"type": "string"}, {"type": "integer"}, {"type": "number"}


def told(value, **schema):
    found = schemas.check({"a": value}, {"type": "object", "properties": {"a": schema}})
    return [cause.message for cause in found.causes()]


def place(value, **schema):
    found = schemas.check({"a": value}, {"type": "object", "properties": {"a": schema}})
    return [(cause.reason, cause.field) for cause in found.causes()]


def wrong(kind, given):
    return [f'Invalid value: "{given}": a in body must be of type {kind}: "{given}"']


@pytest.mark.parametrize(
    ("value", "kind", "given"),
    [
        (1, "string", "integer"),
        ("x", "integer", "string"),
        (True, "integer", "boolean"),
        ("x", "boolean", "string"),
        ({}, "array", "object"),
        ([], "object", "array"),
        (None, "string", "null"),
    ],
)
def test_a_value_is_of_its_type(value, kind, given):
    assert told(value, type=kind) == wrong(kind, given)


@pytest.mark.parametrize(("value", "kind"), [(1, "number"), (2.0, "integer"), ("", "string"), (False, "boolean")])
def test_a_value_of_its_type_is_right(value, kind):
    assert told(value, type=kind) == []


@pytest.mark.parametrize("value", [1.5, 1e30, 2**63])
def test_a_number_that_no_integer_can_be_is_told_twice(value):
    beyond = 'Invalid value: "": Checked value must be of type integer (default format) in a'
    assert told(value, type="integer") == [*wrong("integer", "number"), beyond]


def test_a_value_may_be_null_where_the_schema_says_so():
    assert told(None, type="string", nullable=True) == []


@pytest.mark.parametrize(("value", "fits"), [(1, True), ("50%", True), (1.5, False), ([], False)])
def test_an_int_or_string_is_one_of_both(value, fits):
    assert (told(value, **{"x-kubernetes-int-or-string": True}) == []) is fits


@pytest.mark.parametrize(
    ("value", "schema", "rule"),
    [
        ("x", {"minLength": 2}, 'Invalid value: "x": a in body should be at least 2 chars long'),
        ("éé", {"minLength": 3}, 'Invalid value: "éé": a in body should be at least 3 chars long'),
        ("xyz", {"maxLength": 2}, "Too long: may not be more than 2 bytes"),
        ("X", {"pattern": "^[a-z]+$"}, "Invalid value: \"X\": a in body should match '^[a-z]+$'"),
        ("x", {"enum": ["a", "b"]}, 'Unsupported value: "x": supported values: "a", "b"'),
        ("x", {"format": "uuid"}, 'Invalid value: "x": a in body must be of type uuid: "x"'),
    ],
)
def test_a_text_is_as_it_should_be(value, schema, rule):
    assert told(value, type="string", **schema) == [rule]


@pytest.mark.parametrize(
    ("value", "schema", "rule"),
    [
        (1, {"minimum": 2}, "greater than or equal to 2"),
        (3, {"maximum": 2}, "less than or equal to 2"),
        (2, {"minimum": 2, "exclusiveMinimum": True}, "greater than 2"),
        (2, {"maximum": 2, "exclusiveMaximum": True}, "less than 2"),
        (5, {"multipleOf": 2}, "a multiple of 2"),
    ],
)
def test_a_number_is_within_its_bounds(value, schema, rule):
    assert told(value, type="integer", **schema) == [f"Invalid value: {value}: a in body should be {rule}"]


@pytest.mark.parametrize(("value", "factor"), [(0.3, 0.1), (7.5, 2.5), (6, 2)])
def test_a_multiple_is_one_within_what_a_float_can_tell(value, factor):
    assert told(value, type="number", multipleOf=factor) == []


@pytest.mark.parametrize(
    ("value", "schema", "rules"),
    [
        (5, {"multipleOf": 0.5}, ["Invalid value: 0: factor MultipleOf declared for a must be positive: 0"]),
        (5, {"multipleOf": 2.5}, ["Invalid value: 5: a in body should be a multiple of 2"]),
        (5.0, {"multipleOf": 2.5}, []),
        (2, {"minimum": 2.5}, []),
        (2.0, {"minimum": 2.5}, ["Invalid value: 2: a in body should be greater than or equal to 2.5"]),
    ],
)
def test_a_whole_number_is_held_to_whole_bounds(value, schema, rules):
    assert told(value, type="number", **schema) == rules


@pytest.mark.parametrize(("value", "count"), [(1.5, 0), (98, 0), (2.5, 1), (True, 1), (99, 1)])
def test_a_value_of_a_set_is_compared_as_go_converts_it(value, count):
    found = schemas.check({"a": value}, {"type": "object", "properties": {"a": {"enum": ["b", 1]}}})
    assert len(found.problems) == count


def test_nothing_may_be_there_where_anything_is_forbidden():
    assert told("x", type="string", **{"not": {}}) == ['Invalid value: "": "a" must not validate the schema (not)']


@pytest.mark.parametrize(("limit", "what"), [(1, "1 byte"), (2, "2 bytes")])
def test_one_byte_is_no_bytes(limit, what):
    assert told("xyz", type="string", maxLength=limit) == [f"Too long: may not be more than {what}"]


def test_an_int32_has_32_bits():
    expected = "Checked value must be of type integer with format int32 in a"
    assert told(2**31, type="integer", format="int32") == [f'Invalid value: "": {expected}']


@pytest.mark.parametrize(
    ("value", "schema", "rule"),
    [
        ([1], {"minItems": 2}, "Invalid value: 1: a in body should have at least 2 items"),
        ([1, 2], {"maxItems": 1}, "Too many: 2: must have at most 1 item"),
        ([1, 2, 3], {"maxItems": 2}, "Too many: 3: must have at most 2 items"),
    ],
)
def test_a_list_is_neither_too_long_nor_too_short(value, schema, rule):
    assert told(value, type="array", items=WHOLE, **schema) == [rule]


@pytest.mark.parametrize(
    ("value", "schema", "rule"),
    [
        ({}, {"minProperties": 1}, "Invalid value: 0: a in body should have at least 1 properties"),
        ({"b": 1, "c": 1}, {"maxProperties": 1}, "Too many: 2: must have at most 1 item"),
    ],
)
def test_a_map_is_neither_too_large_nor_too_small(value, schema, rule):
    assert told(value, type="object", additionalProperties=WHOLE, **schema) == [rule]


def test_a_field_that_is_required_is_named():
    assert place({}, type="object", required=["b"]) == [("FieldValueRequired", "a.b")]


@pytest.mark.parametrize(
    ("value", "schema", "field"),
    [
        ([1, "x"], {"type": "array", "items": WHOLE}, "a[1]"),
        ({"k": "x"}, {"type": "object", "additionalProperties": WHOLE}, "a.k"),
        ({"b": {"c": "x"}}, {"type": "object", "properties": {"b": {"properties": {"c": WHOLE}}}}, "a.b.c"),
    ],
)
def test_a_part_is_told_by_its_path(value, schema, field):
    assert [place for _, place in place(value, **schema)] == [field]


@pytest.mark.parametrize(
    ("value", "schema", "count"),
    [
        ("x", {"allOf": [{"minLength": 2}, {"pattern": "^y"}]}, 3),
        ("xy", {"anyOf": [{"minLength": 2}, {"pattern": "^y"}]}, 0),
        ("x", {"anyOf": [{"minLength": 2}, {"pattern": "^y"}]}, 2),
        ("yy", {"oneOf": [{"minLength": 2}, {"pattern": "^y"}]}, 1),
        ("xx", {"oneOf": [{"minLength": 2}, {"pattern": "^y"}]}, 0),
        ("xx", {"not": {"minLength": 2}}, 1),
        ("x", {"not": {"minLength": 2}}, 0),
    ],
)
def test_schemas_can_be_combined(value, schema, count):
    assert len(told(value, type="string", **schema)) == count


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"anyOf": [{"minLength": 2}, {"minLength": 3}]}, '"a" must validate at least one schema (anyOf)'),
        ({"oneOf": [{"minLength": 1}, {"maxLength": 3}]}, '"a" must validate one and only one schema (oneOf). '),
        ({"not": {"minLength": 1}}, '"a" must not validate the schema (not)'),
    ],
)
def test_a_combination_that_fails_is_told(schema, message):
    assert any(text.startswith(f'Invalid value: "": {message}') for text in told("x", type="string", **schema))
