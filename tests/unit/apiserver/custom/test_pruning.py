"""What becomes of a body that says more than its schema, or less."""

import pytest

from pytest_kbevents.apiserver.schemas import structural
from pytest_kbevents.apiserver.schemas.pruning import Pruner

TEXT = {"type": "string"}
KEEPS = {"x-kubernetes-preserve-unknown-fields": True}


@pytest.mark.parametrize(
    ("schema", "value", "left"),
    [
        ({"type": "object", "properties": {"a": TEXT}}, {"a": "x", "b": 1}, {"a": "x"}),
        ({"type": "object", "properties": {"a": TEXT}, **KEEPS}, {"a": "x", "b": 1}, {"a": "x", "b": 1}),
        ({"type": "object", "additionalProperties": TEXT}, {"a": "x"}, {"a": "x"}),
        ({"type": "object", "additionalProperties": True}, {"a": {"b": 1}, "c": 1}, {"a": {}, "c": 1}),
        ({"type": "array", "items": {"type": "object"}}, [{"a": 1}, 2], [{}, 2]),
        (TEXT, {"a": 1}, {}),
        (TEXT, [{"a": 1}], [{}]),
        ({"x-kubernetes-int-or-string": True}, {"a": 1}, {}),
        (KEEPS, {"a": [{"b": 1}]}, {"a": [{"b": 1}]}),
        ({"type": "object", "properties": {"a": TEXT}}, {"a": None}, {}),
        ({"type": "object", "properties": {"a": {**TEXT, "nullable": True}}}, {"a": None}, {"a": None}),
        ({"type": "object", "properties": {"a": {**TEXT, "default": "x"}}}, {}, {"a": "x"}),
        ({"type": "object", "properties": {"a": {**TEXT, "default": "x"}}}, {"a": None}, {"a": "x"}),
        (
            {"type": "array", "items": {"type": "object", "properties": {"a": {**TEXT, "default": "x"}}}},
            [{}],
            [{"a": "x"}],
        ),
    ],
)
def test_a_value_is_left_with_what_its_schema_knows(schema, value, left):
    assert Pruner().value(value, structural.of(schema)) == left


def test_what_is_dropped_is_named():
    pruner = Pruner()
    pruner.value({"a": {"b": 1}, "c": [{"d": 1}]}, structural.of({"type": "object", "properties": {"c": TEXT}}))
    assert pruner.problems == ['unknown field "a"', 'unknown field "c[0].d"']


def test_defaults_can_be_left_out():
    schema = structural.of({"type": "object", "properties": {"a": {**TEXT, "default": "x"}}})
    assert Pruner(fills=False).value({}, schema) == {}
