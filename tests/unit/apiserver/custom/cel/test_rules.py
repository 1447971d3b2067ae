"""Rules where they stand: when they are asked, and what is told when they do not hold."""

import pytest

from pytest_kbevents.apiserver.custom.cel.validator import Validator
from pytest_kbevents.apiserver.custom.checks.correlation import NOTHING

SIZE = {"type": "object", "properties": {"size": {"type": "integer"}, "name": {"type": "string"}}}


def found(schema, value, old=NOTHING):
    return [(cause.reason, cause.field, cause.message) for cause in Validator.of(schema).check(value, old)]


def with_rule(schema=SIZE, **rule):
    return {**schema, "x-kubernetes-validations": [{"rule": "self.size > 3", **rule}]}


def test_a_schema_without_rules_has_no_validator():
    assert Validator.of({"type": "object", "properties": {"a": {"type": "string"}}}) is None


def test_a_rule_that_holds_says_nothing():
    assert found(with_rule(), {"size": 4}) == []


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({}, "Invalid value: failed rule: self.size > 3"),
        ({"message": " too small "}, "Invalid value: too small"),
        ({"messageExpression": "'size is ' + string(self.size)"}, "Invalid value: size is 1"),
        ({"message": "small", "messageExpression": "string(self.size / 0)"}, "Invalid value: small"),
        ({"message": "small", "messageExpression": "''"}, "Invalid value: small"),
        ({"message": "small", "messageExpression": "'a\\nb'"}, "Invalid value: small"),
        ({"message": "small", "reason": "FieldValueForbidden"}, "Forbidden: small"),
        ({"message": "small", "reason": "FieldValueRequired"}, "Required value: small"),
        ({"message": "small", "reason": "FieldValueDuplicate"}, "Duplicate value"),
    ],
)
def test_a_rule_that_does_not_hold_is_told(rule, told):
    assert [message for _, _, message in found(with_rule(**rule), {"size": 1})] == [told]


def test_a_rule_has_a_reason_of_its_own():
    assert found(with_rule(reason="FieldValueForbidden"), {"size": 1})[0][0] == "FieldValueForbidden"


@pytest.mark.parametrize(("path", "field"), [("", "a"), (".size", "a.size"), ("['size']", "a.size"), (".no", "a")])
def test_a_rule_may_blame_a_field_below_its_own(path, field):
    schema = {"type": "object", "properties": {"a": with_rule(fieldPath=path)}}
    assert [place for _, place, _ in found(schema, {"a": {"size": 1}})] == [field]


def test_a_rule_of_the_root_blames_a_field_of_the_root():
    assert [place for _, place, _ in found(with_rule(fieldPath=".size"), {"size": 1})] == ["size"]


def test_a_scalar_that_breaks_a_rule_is_shown():
    schema = {"type": "string", "x-kubernetes-validations": [{"rule": "self != 'x'"}]}
    assert found(schema, "x") == [("FieldValueInvalid", "<nil>", "Invalid value: \"x\": failed rule: self != 'x'")]


@pytest.mark.parametrize(
    ("schema", "value", "fields"),
    [
        ({"type": "array", "items": with_rule()}, [{"size": 1}, {"size": 9}, {"size": 2}], ["[0]", "[2]"]),
        ({"type": "object", "additionalProperties": with_rule()}, {"a": {"size": 1}, "b": {"size": 9}}, ["[a]"]),
        ({"type": "object", "properties": {"a": with_rule()}}, {"a": {"size": 1}}, ["a"]),
        ({"type": "object", "properties": {"a": with_rule()}}, {}, []),
        ({"type": "object", "properties": {"a": with_rule()}}, {"a": None}, []),
    ],
    ids=["items", "values", "field", "absent", "null"],
)
def test_rules_are_asked_of_each_value_that_is_there(schema, value, fields):
    assert [field for _, field, _ in found(schema, value)] == fields


def test_a_rule_that_cannot_be_computed_is_told():
    told = 'Invalid value: "object": no such key: size evaluating rule: self.size > 3'
    assert found(with_rule(), {}) == [("FieldValueInvalid", "<nil>", told)]


TRANSITION = with_rule(rule="self.size >= oldSelf.size")


@pytest.mark.parametrize(("size", "old", "count"), [(1, {"size": 2}, 1), (2, {"size": 1}, 0), (1, NOTHING, 0)])
def test_a_rule_that_looks_back_is_asked_when_there_is_a_past(size, old, count):
    assert len(found(TRANSITION, {"size": size}, old)) == count


@pytest.mark.parametrize(("old", "count"), [(NOTHING, 1), ({"size": 5}, 0)])
def test_a_rule_with_an_optional_past_is_asked_always(old, count):
    schema = with_rule(rule="oldSelf.hasValue() || self.size > 3", optionalOldSelf=True)
    assert len(found(schema, {"size": 1}, old)) == count


def test_what_has_not_changed_is_not_asked_about_again():
    assert found(with_rule(), {"size": 1}, {"size": 1}) == []


def test_what_has_changed_beside_is_asked_about():
    assert len(found(with_rule(), {"size": 1, "name": "b"}, {"size": 1, "name": "a"})) == 1


def test_items_of_a_list_of_type_map_have_a_past():
    items = {"type": "object", "properties": {"k": {"type": "string"}, "v": {"type": "integer"}}}
    items["x-kubernetes-validations"] = [{"rule": "self.v == oldSelf.v"}]
    schema = {"type": "array", "items": items, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"]}
    value, old = [{"k": "b", "v": 1}, {"k": "a", "v": 2}], [{"k": "a", "v": 1}, {"k": "b", "v": 1}]
    assert [field for _, field, _ in found(schema, value, old)] == ["[1]"]


def test_the_root_has_a_kind_and_a_name_for_rules():
    schema = with_rule(rule="self.kind == 'Widget' && self.metadata.name.startsWith('w')")
    assert found(schema, {"kind": "Widget", "metadata": {"name": "w", "labels": {"a": "b"}}}) == []
