"""What a rule sees of an object."""

from datetime import datetime, timedelta, timezone

import pytest

from pytest_kbevents.apiserver.custom.cel import values
from pytest_kbevents.apiserver.custom.cel.naming import escaped

TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("size", "size"),
        ("in", "__in__"),
        ("namespace", "__namespace__"),
        ("a-b", "a__dash__b"),
        ("a.b/c", "a__dot__b__slash__c"),
        ("a__b", "a__underscores__b"),
        ("int", "int"),
        ("1a", None),
        ("a b", None),
    ],
)
def test_a_field_has_a_name_that_the_language_can_say(name, spelled):
    assert escaped(name) == spelled


@pytest.mark.parametrize(
    ("value", "schema", "seen"),
    [
        ({"a": "x", "b": 1}, {"type": "object", "properties": {"a": TEXT}}, {"a": "x"}),
        ({"a-b": "x"}, {"type": "object", "properties": {"a-b": TEXT}}, {"a__dash__b": "x"}),
        ({"a-b": "x"}, {"type": "object", "additionalProperties": TEXT}, {"a-b": "x"}),
        (1, {"type": "number"}, 1.0),
        (1, {"x-kubernetes-int-or-string": True}, 1),
        ("aGk=", {"type": "string", "format": "byte"}, b"hi"),
        ("1h", {"type": "string", "format": "duration"}, timedelta(hours=1)),
        ("2 days", {"type": "string", "format": "duration"}, timedelta(days=2)),
        ("2024-02-03", {"type": "string", "format": "date"}, datetime(2024, 2, 3, tzinfo=timezone.utc)),
        (["aGk="], {"type": "array", "items": {"type": "string", "format": "byte"}}, [b"hi"]),
        (None, TEXT, None),
    ],
)
def test_a_value_is_seen_as_its_schema_says(value, schema, seen):
    assert values.of(value, schema) == seen


def test_an_object_shows_its_names_and_nothing_else_of_its_metadata():
    value = {"apiVersion": "v1", "kind": "A", "metadata": {"name": "a", "labels": {}}, "spec": 1}
    assert values.of(value, {"type": "object"}, root=True) == {
        "apiVersion": "v1",
        "kind": "A",
        "metadata": {"name": "a"},
    }
