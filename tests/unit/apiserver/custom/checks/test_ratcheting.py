"""An update is not held to what it has not changed."""

import pytest

from pytest_kbevents.apiserver.custom.checks import correlation, schemas

TEXT, WHOLE = {"type": "string", "maxLength": 1}, {"type": "integer", "maximum": 3}


def fields(schema, value, old):
    return [cause.field for cause in schemas.check(value, schema, "", old).causes()]


@pytest.mark.parametrize(
    ("value", "old", "wrong"),
    [
        ({"a": "long", "b": 1}, {"a": "long", "b": 2}, []),
        ({"a": "longer", "b": 1}, {"a": "long", "b": 1}, ["a"]),
        ({"a": "long", "b": 9}, {"a": "long", "b": 1}, ["b"]),
        ({"a": "long"}, {}, ["a"]),
    ],
    ids=["the other", "itself", "another wrong", "new"],
)
def test_a_field_that_was_wrong_before_may_stay(value, old, wrong):
    assert fields({"type": "object", "properties": {"a": TEXT, "b": WHOLE}}, value, old) == wrong


def test_a_value_of_a_map_has_a_past_by_its_key():
    schema = {"type": "object", "additionalProperties": WHOLE}
    assert fields(schema, {"x": 9, "y": 9}, {"x": 9, "y": 8}) == ["y"]


def test_an_item_of_an_atomic_list_has_no_past():
    schema = {"type": "array", "items": WHOLE}
    assert fields(schema, [9, 1], [9]) == ["[0]"]


def test_a_list_that_has_not_changed_is_not_minded():
    assert fields({"type": "array", "items": WHOLE}, [9], [9]) == []


def test_an_item_of_a_list_of_type_map_has_a_past_by_its_keys():
    items = {"type": "object", "properties": {"k": {"type": "string"}, "v": WHOLE}}
    schema = {"type": "array", "items": items, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"]}
    value = [{"k": "new", "v": 9}, {"k": "a", "v": 9, "w": 1}]
    assert fields(schema, value, [{"k": "a", "v": 9}]) == ["[0].v"]


def test_a_rule_of_the_whole_is_asked_when_a_part_has_changed():
    schema = {"type": "object", "required": ["b"], "properties": {"a": TEXT}}
    assert fields(schema, {"a": "x"}, {"a": "y"}) == ["b"]


def test_true_is_another_value_than_one():
    assert fields({"type": "object", "properties": {"a": WHOLE}}, {"a": True}, {"a": 1}) == ["a"]


KEYED = {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"]}
KEYED["items"] = {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}, "v": WHOLE}}


@pytest.mark.parametrize(
    ("value", "old", "same"),
    [
        ([{"k": "a"}, {"k": "b"}], [{"k": "b"}, {"k": "a"}], True),
        ([{"k": "a", "v": 1}], [{"k": "a", "v": 2}], False),
        ([{"v": 1}], [{"v": 1}], False),
        ([{"k": {}}], [{"k": {}}], False),
        (["a"], ["a"], False),
    ],
    ids=["order", "value", "no key", "no scalar", "no object"],
)
def test_items_with_keys_are_the_same_whatever_their_order(value, old, same):
    assert correlation.equal(value, old, KEYED) is same


def test_what_no_schema_knows_is_never_the_same():
    schema = {"type": "object", "x-kubernetes-preserve-unknown-fields": True, "properties": {"a": TEXT}}
    assert not correlation.equal({"a": "x", "b": 1}, {"a": "x", "b": 1}, schema)
