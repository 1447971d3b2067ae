from copy import deepcopy

import pytest

from pytest_kbevents.apiserver.patches import strategic
from pytest_kbevents.apiserver.schemas.schema import Schema
from pytest_kbevents.errors import BadRequest, Invalid, UnknownError

TEXT = Schema("string")
MERGE = frozenset({"merge"})


def struct(name, fields, **rules):
    return Schema("object", struct=name, resolve_fields=lambda: fields, **rules)


def items(item, **rules):
    return Schema("list", resolve_items=lambda: item, **rules)


ENV = struct("EnvVar", {"name": TEXT, "value": TEXT})
CONTAINER = struct(
    "Container",
    {"name": TEXT, "image": TEXT, "args": items(TEXT), "env": items(ENV, merge_key="name", strategies=MERGE)},
)
BOX = struct(
    "Box",
    {
        "name": TEXT,
        "labels": Schema("map", resolve_items=lambda: TEXT),
        "nested": Schema("map", resolve_items=lambda: Schema("map")),
        "finalizers": items(TEXT, strategies=MERGE),
        "containers": items(CONTAINER, merge_key="name", strategies=MERGE),
        "strategy": struct("Strategy", {"type": TEXT, "rolling": TEXT}, strategies=frozenset({"retainKeys"})),
        "whole": struct("Whole", {"a": TEXT, "b": TEXT}, strategies=frozenset({"replace"})),
        "keyless": items(ENV, strategies=MERGE),
        "rows": items(items(TEXT), strategies=MERGE),
    },
)
A, B, C = ({"name": name, "image": name} for name in "abc")


@pytest.mark.parametrize(
    ("before", "patch", "after"),
    [
        pytest.param({"name": "a"}, {"name": "b"}, {"name": "b"}, id="a scalar is replaced"),
        pytest.param({"name": "a"}, None, {"name": "a"}, id="null is no change"),
        pytest.param({"name": "a"}, {"name": None}, {}, id="null removes a field"),
        pytest.param({"labels": {"a": "1"}}, {"labels": {"b": "2"}}, {"labels": {"a": "1", "b": "2"}}, id="maps merge"),
        pytest.param({}, {"labels": {"a": "1", "b": None}}, {"labels": {"a": "1"}}, id="nulls are not added"),
        pytest.param({}, {"labels": {"$patch": "replace", "a": "1"}}, {}, id="an object with a directive is not added"),
        pytest.param({"labels": {"a": "1"}}, {"labels": "x"}, {"labels": "x"}, id="another type replaces"),
        pytest.param({"whole": {"a": "1"}}, {"whole": {"b": "2"}}, {"whole": {"b": "2"}}, id="strategy replace"),
        pytest.param({"containers": [A, B]}, {"containers": [{"name": "b", "image": "x"}]},
                     {"containers": [A, {"name": "b", "image": "x"}]}, id="items merge by their key"),
        pytest.param({"containers": [A]}, {"containers": [B]}, {"containers": [B, A]}, id="new items come first"),
        pytest.param({"containers": [A, B]}, {"containers": [{"name": "a", "$patch": "delete"}]}, {"containers": [B]},
                     id="an item is deleted"),
        pytest.param({"containers": [A, B]}, {"containers": [{"$patch": "replace"}, C]}, {"containers": [C]},
                     id="a list is replaced"),
        pytest.param({"containers": [A | {"args": ["x"]}]}, {"containers": [{"name": "a", "args": ["y"]}]},
                     {"containers": [A | {"args": ["y"]}]}, id="a list without a strategy is replaced"),
        pytest.param({"containers": [A | {"env": [{"name": "X", "value": "1"}]}]},
                     {"containers": [{"name": "a", "env": [{"name": "X", "value": "2"}]}]},
                     {"containers": [A | {"env": [{"name": "X", "value": "2"}]}]}, id="lists merge at any depth"),
        pytest.param({"containers": [A, B, C]},
                     {"$setElementOrder/containers": [{"name": "c"}, {"name": "a"}], "containers": [A]},
                     {"containers": [B, C, A]}, id="items are put in an order"),
        pytest.param({"containers": [A, B]},
                     {"$setElementOrder/containers": [{"name": "c"}],
                      "containers": [C, {"name": "a", "$patch": "delete"}]},
                     {"containers": [B, C]}, id="a new item has the place of a deleted one"),
        pytest.param({"containers": [A, B]}, {"$setElementOrder/containers": [{"name": "b"}, {"name": "a"}]},
                     {"containers": [B, A]}, id="and nothing else"),
        pytest.param({}, {"$setElementOrder/containers": [{"name": "a"}]}, {}, id="of nothing it is nothing"),
        pytest.param({}, {"$setElementOrder/containers": [{"name": "a"}], "containers": [A]}, {"containers": [A]},
                     id="a new list is ordered"),
        pytest.param({"finalizers": ["a"]}, {"finalizers": ["b", "a"]}, {"finalizers": ["b", "a"]}, id="values merge"),
        pytest.param({"finalizers": ["a", "b", "c"]}, {"$deleteFromPrimitiveList/finalizers": ["b"]},
                     {"finalizers": ["a", "c"]}, id="values are deleted"),
        pytest.param({"finalizers": ["a", "b"]},
                     {"$deleteFromPrimitiveList/finalizers": ["b"], "$setElementOrder/finalizers": ["c", "a"],
                      "finalizers": ["c"]}, {"finalizers": ["c", "a"]}, id="values are deleted, added and ordered"),
        pytest.param({}, {"$deleteFromPrimitiveList/finalizers": ["b"]}, {}, id="of an absent list nothing is deleted"),
        pytest.param({"strategy": {"type": "a", "rolling": "x"}}, {"strategy": {"$retainKeys": ["type"], "type": "b"}},
                     {"strategy": {"type": "b"}}, id="only the kept keys stay"),
        pytest.param({"labels": {"a": "1"}}, {"labels": {"$patch": "replace", "b": "2"}}, {"labels": {"b": "2"}},
                     id="an object is replaced"),
        pytest.param({"labels": {"a": "1"}}, {"labels": {"$patch": "delete"}}, {"labels": {}},
                     id="an object is emptied"),
    ],
)  # fmt: skip
def test_a_patch_merges(before, patch, after):
    assert strategic.apply(before, patch, BOX) == after


@pytest.mark.parametrize(
    ("before", "patch", "problem"),
    [
        ({"containers": [A]}, {"containers": [{"image": "x"}]},
         "map: map[image:x] does not contain declared merge key: name"),
        ({"containers": [A]}, {"containers": [{"$patch": "delete", "image": "x"}]},
         "map: map[$patch:delete image:x] does not contain declared merge key: name"),
        ({"containers": [A]}, {"containers": ["x"]},
         "list element types are not identical: [[map[image:a name:a]] [x]]"),
        ({"containers": [A]}, {"containers": [{"name": "a", "$patch": "merge"}]},
         "merging lists cannot yet be specified in the patch"),
        ({"containers": [A]}, {"containers": [{"name": "a", "$patch": "x"}]},
         "unknown patch type: x in map: map[$patch:x name:a]"),
        ({}, {"$patch": "merge"}, "unknown patch type: merge in map: map[$patch:merge]"),
        ({"keyless": [A]}, {"keyless": [B]}, "cannot merge lists without merge key for struct"),
        ({"zap": {"a": 1}}, {"zap": {"a": 2}}, 'unable to find api field in struct Box for the json field "zap"'),
        ({"nested": {"a": {}}}, {"nested": {"a": {"b": "c"}}},
         "merging an object in json but data type is not struct, instead is: map"),
        ({}, {"$setElementOrder/containers": "x"}, "expected a []interface {}, but received a string"),
        ({}, {"$setElementOrder/finalizers": ["a"], "finalizers": ["b"]},
         "The order in patch list:\n[b]\n doesn't match $setElementOrder list:\n[a]\n"),
        ({"containers": [A]}, {"$setElementOrder/containers": [{"name": "b"}], "containers": [A]},
         "The order in patch list:\n[map[image:a name:a]]\n doesn't match $setElementOrder list:\n[map[name:b]]\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_merged_is_told(before, patch, problem):
    with pytest.raises(UnknownError) as error:
        strategic.apply(before, patch, BOX)
    assert error.value.message == problem


def test_a_directive_after_the_end_of_the_order_has_no_place():
    patch = {"$setElementOrder/containers": [{"name": "a"}], "containers": [A, {"$patch": "replace"}]}
    with pytest.raises(UnknownError, match="The order in patch list"):
        strategic.apply({}, patch, BOX)


@pytest.mark.parametrize(
    ("patch", "problem"),
    [
        (["x"], "json: cannot unmarshal array into Go value of type map[string]interface {}"),
        ({"$retainKeys": "x"}, "invalid patch format of retainKeys"),
        ({"$retainKeys": ["x"], "name": "a"}, "invalid patch format of retainKeys"),
        ({"$deleteFromPrimitiveList": ["x"]}, "invalid patch format of primitive list"),
        ({"$setElementOrder": ["x"]}, "invalid patch format of setElementOrder list"),
    ],
)
def test_a_malformed_patch_is_a_bad_request(patch, problem):
    with pytest.raises(BadRequest) as error:
        strategic.apply({}, patch, BOX)
    assert error.value.message == problem


def test_lists_of_lists_are_not_merged():
    with pytest.raises(Invalid, match="due to an error in our request"):
        strategic.apply({"rows": [["a"]]}, {"rows": [["b"]]}, BOX)


def test_neither_the_object_nor_the_patch_is_changed():
    before, patch = {"containers": [A, B], "labels": {"a": "1"}}, {"containers": [A, {"name": "b", "$patch": "delete"}]}
    copies = deepcopy((before, patch))
    strategic.apply(before, patch, BOX)
    assert (before, patch) == copies
