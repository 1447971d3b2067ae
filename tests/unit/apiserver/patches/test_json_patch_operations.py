import pytest

from pytest_kbevents.apiserver.patches import json_patch
from pytest_kbevents.errors import BadRequest, Invalid, RequestEntityTooLarge

OBJECT = {"a": {"b": 1, "n": None}, "l": ["x", "y"], "t": 1}


@pytest.mark.parametrize(
    ("operation", "changed"),
    [
        pytest.param({"op": "add", "path": "/a/c", "value": 2}, {"a": {"b": 1, "n": None, "c": 2}}, id="a field"),
        pytest.param({"op": "add", "path": "/t", "value": 2}, {"t": 2}, id="add replaces"),
        pytest.param({"op": "add", "path": "/l/1", "value": "z"}, {"l": ["x", "z", "y"]}, id="add moves items on"),
        pytest.param({"op": "add", "path": "/l/-", "value": "z"}, {"l": ["x", "y", "z"]}, id="a dash is the end"),
        pytest.param({"op": "add", "path": "/l/-1", "value": "z"}, {"l": ["x", "y", "z"]}, id="-1 is the end too"),
        pytest.param({"op": "add", "path": "/v"}, {"v": None}, id="an absent value is null"),
        pytest.param({"op": "add", "path": "x/t", "value": 2}, {"t": 2}, id="the text before a path is passed over"),
        pytest.param({"op": "add", "path": "/~01~1", "value": 2}, {"~1/": 2}, id="~0 and ~1 are read"),
        pytest.param({"op": "remove", "path": "/a/b"}, {"a": {"n": None}}, id="remove a field"),
        pytest.param({"op": "remove", "path": "/l/-1"}, {"l": ["x"]}, id="remove the last item"),
        pytest.param({"op": "replace", "path": "/l/0", "value": "z"}, {"l": ["z", "y"]}, id="replace an item"),
        pytest.param({"op": "replace", "path": "/new", "value": 1}, {"new": 1}, id="replace adds a field"),
        pytest.param({"op": "move", "from": "/a/b", "path": "/t"}, {"a": {"n": None}, "t": 1}, id="move"),
        pytest.param({"op": "copy", "from": "/l", "path": "/c"}, {"c": ["x", "y"]}, id="copy"),
        pytest.param({"op": "copy", "from": "/absent", "path": "/c"}, {"c": None}, id="copy of nothing is null"),
        pytest.param({"op": "test", "path": "/a", "value": {"n": None, "b": 1}}, {}, id="test passes"),
        pytest.param({"op": "test", "path": "/absent", "value": None}, {}, id="test of nothing for null passes"),
        pytest.param({"op": "test", "path": "", "value": OBJECT}, {}, id="test of all"),
    ],
)
def test_an_operation_applies(operation, changed):
    assert json_patch.apply(OBJECT, [operation]) == OBJECT | changed


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "add", "path": "/absent/c", "value": 1},
        {"op": "add", "path": "", "value": {}},
        {"op": "add", "path": "t", "value": 1},
        {"op": "add", "path": "/l/3", "value": 1},
        {"op": "add", "path": "/l/x", "value": 1},
        {"op": "add", "path": "/l/1_0", "value": 1},
        {"op": "add", "path": "/t/c", "value": 1},
        {"op": "add", "value": 1},
        {"op": "add", "path": None},
        {"op": "remove", "path": "/absent"},
        {"op": "remove", "path": "/l/2"},
        {"op": "replace", "path": "/l/2", "value": 1},
        {"op": "replace", "path": "", "value": 1},
        {"op": "move", "from": "/absent", "path": "/c"},
        {"op": "move", "path": "/c"},
        {"op": "copy", "from": "/l/9", "path": "/c"},
        {"op": "test", "path": "/t", "value": True},
        {"op": "test", "path": "/t", "value": 1.0},
        {"op": "test", "path": "/l", "value": ["x"]},
        {"op": "test", "path": "/absent", "value": 1},
        {"op": "spoil", "path": "/t"},
        {"path": "/t"},
    ],
    ids=str,
)
def test_an_operation_that_does_not_apply_is_invalid(operation):
    with pytest.raises(Invalid, match=r"^the server rejected our request due to an error in our request$"):
        json_patch.apply(OBJECT, [operation])


def test_the_whole_object_can_be_replaced():
    assert json_patch.apply(OBJECT, [{"op": "replace", "path": "", "value": {"z": 1}}]) == {"z": 1}


def test_null_is_a_patch_without_operations():
    assert json_patch.apply(OBJECT, None) is OBJECT


@pytest.mark.parametrize(
    ("patch", "problem"),
    [
        ({"op": "add"}, "json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp"),
        (3, "json: cannot unmarshal number into Go value of type []handlers.jsonPatchOp"),
        (["add"], "json: cannot unmarshal string into Go value of type handlers.jsonPatchOp"),
        ([{"op": 1}], "json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string"),
        ([{"path": ["a"]}], "json: cannot unmarshal array into Go struct field jsonPatchOp.path of type string"),
    ],
)
def test_what_is_no_patch_is_told(patch, problem):
    with pytest.raises(BadRequest) as error:
        json_patch.apply(OBJECT, patch)
    assert error.value.message == f"error decoding patch: {problem}"


def test_ten_thousand_operations_are_enough():
    with pytest.raises(RequestEntityTooLarge, match=r"maximum operations in a JSON patch is 10000, got 10001$"):
        json_patch.apply(OBJECT, [{"op": "test", "path": "/t", "value": 1}] * 10_001)


def test_copies_of_more_than_three_megabytes_are_refused():
    grow = [{"op": "copy", "from": "/big", "path": f"/c{number}"} for number in range(4)]
    with pytest.raises(Invalid):
        json_patch.apply({"big": "x" * 2**20}, grow)


def test_what_was_copied_changes_alone():
    operations = [
        {"op": "add", "path": "/a/b", "value": 2},
        {"op": "copy", "from": "/a", "path": "/c"},
        {"op": "add", "path": "/c/b", "value": 3},
    ]
    assert json_patch.apply({"a": {"b": 1}}, operations) == {"a": {"b": 2}, "c": {"b": 3}}


def test_the_input_is_not_changed():
    before = {"a": {"l": [1]}}
    json_patch.apply(before, [{"op": "add", "path": "/a/l/-", "value": 2}, {"op": "remove", "path": "/a"}])
    assert before == {"a": {"l": [1]}}


def test_what_no_operation_touches_is_shared():
    assert json_patch.apply(OBJECT, [{"op": "remove", "path": "/t"}])["a"] is OBJECT["a"]
