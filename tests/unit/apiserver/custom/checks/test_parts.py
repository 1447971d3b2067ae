"""Lists without repetition, objects within objects, numbers that a scale reads, paths."""

import pytest

from pytest_kbevents.apiserver.custom.checks import embedded, lists, paths, scale
from pytest_kbevents.apiserver.custom.checks.paths import BadPath

UNREADABLE = "json: cannot unmarshal number into Go struct field ObjectMeta.labels of type string"
EMBEDDED = {"type": "object", "x-kubernetes-embedded-resource": True}


def told(causes):
    return [(cause.field, cause.message) for cause in causes]


@pytest.mark.parametrize(
    ("value", "repeated"),
    [(["a", "b"], []), (["a", "b", "a", "a"], ["[2]"]), ([1, True, 1.5], []), ([{"a": 1}, {"a": 1}], ["[1]"])],
)
def test_a_set_has_no_value_twice(value, repeated):
    schema = {"type": "array", "x-kubernetes-list-type": "set"}
    assert [cause.field for cause in lists.check(value, schema)] == repeated


def test_a_list_of_type_map_has_no_key_twice():
    schema = {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"]}
    value = [{"k": "a", "v": 1}, {"k": "b"}, {"k": "a", "v": 2}]
    assert told(lists.check(value, schema)) == [("[2]", 'Duplicate value: {"k":"a"}')]


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        ({"type": "object", "properties": {"a": {"type": "array", "items": EMBEDDED}}}, True),
        ({"type": "object", "additionalProperties": EMBEDDED}, True),
        ({"type": "object", "properties": {"a": {"type": "object"}}}, False),
    ],
)
def test_a_schema_is_known_to_have_objects_within(schema, found):
    assert embedded.anywhere(schema) is found


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"apiVersion": 1}, "apiVersion: Invalid value: 1: must be a string"),
        ({"kind": []}, "kind: Invalid value: []: must be a string"),
        (
            {"metadata": {"labels": {"a": 1}}},
            f'metadata: Invalid value: {{"labels":{{"a":1}}}}: {UNREADABLE}',
        ),
    ],
)
def test_an_object_within_that_cannot_be_read_is_told(value, message):
    cause = embedded.malformed(value, EMBEDDED)
    assert f"{cause.field}: {cause.message}" == message


def test_an_object_within_that_can_be_read_is_not_malformed():
    assert embedded.malformed({"apiVersion": "v1", "metadata": {"name": "a"}}, EMBEDDED) is None


@pytest.mark.parametrize(
    ("value", "fields"),
    [
        ({"apiVersion": "v1", "kind": "A"}, []),
        ({}, ["apiVersion", "kind"]),
        ({"apiVersion": "a/b/c", "kind": "A"}, ["apiVersion"]),
        ({"apiVersion": "v1", "kind": "a_b"}, ["kind"]),
        ({"apiVersion": "v1", "kind": "A", "metadata": {"labels": {"a b": "c"}}}, ["metadata.labels"]),
    ],
)
def test_an_object_within_has_a_kind_a_version_and_sound_metadata(value, fields):
    assert [cause.field for cause in embedded.check(value, EMBEDDED)] == fields


SCALE = {"specReplicasPath": ".spec.n", "statusReplicasPath": ".status.n", "labelSelectorPath": ".status.s"}


@pytest.mark.parametrize(
    ("obj", "found"),
    [
        ({"spec": {"n": 1}, "status": {"n": 2, "s": "a=b"}}, []),
        ({}, []),
        ({"spec": {"n": -1}}, [(".spec.n", "Invalid value: -1: should be a non-negative integer")]),
        ({"spec": {"n": 2**31}}, [(".spec.n", f"Invalid value: {2**31}: should be less than or equal to {2**31 - 1}")]),
        (
            {"spec": {"n": "x"}},
            [(".spec.n", "Invalid value: 0: .spec.n accessor error: x is of the type string, expected int64")],
        ),
        (
            {"status": {"s": 1}},
            [(".status.s", 'Invalid value: "": .status.s accessor error: 1 is of the type int64, expected string')],
        ),
    ],
)
def test_what_a_scale_reads_is_a_number(obj, found):
    assert told(scale.check(obj, SCALE, spec=True)) == found


NESTED = {"properties": {"spec": {"properties": {"a-b": {}, "m": {"additionalProperties": {"type": "string"}}}}}}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (".spec", "spec"),
        (".spec.a-b", "spec.a-b"),
        (".spec['a-b']", "spec.a-b"),
        (".spec.m.k", "spec.m[k]"),
        ("['spec']['m']['it\\'s']", "spec.m[it's]"),
    ],
)
def test_a_path_leads_to_a_field(path, name):
    assert paths.resolve(path, NESTED)[0] == name


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (".nope", "does not refer to a valid field"),
        (".spec.m.k.x", "does not refer to a valid field"),
        ("spec", "expected [ or . but got: spec"),
        (".spec.", "unexpected end of JSON path"),
        (".spec[0]", "expected single quoted string but got 0"),
        (".spec['m'", "unexpected end of JSON path"),
    ],
)
def test_a_path_that_leads_nowhere_says_why(path, told):
    with pytest.raises(BadPath) as raised:
        paths.resolve(path, NESTED)
    assert str(raised.value) == told
