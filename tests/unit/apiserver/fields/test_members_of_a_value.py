import pytest

from pytest_kbevents.apiserver.fields import members

LEAF = {}


@pytest.mark.parametrize(
    ("spec", "owned"),
    [
        pytest.param({"size": 1}, {"f:size": LEAF}, id="a scalar is a leaf"),
        pytest.param({"size": None}, {"f:size": LEAF}, id="null is a leaf"),
        pytest.param({"steps": ["x", "x"]}, {"f:steps": LEAF}, id="an atomic list is a leaf"),
        pytest.param({"selector": {"a": "b"}}, {"f:selector": LEAF}, id="an atomic map is a leaf"),
        pytest.param({"labels": {"a": "b"}}, {"f:labels": {"f:a": LEAF}}, id="a map is owned entry by entry"),
        pytest.param({"labels": {}}, {"f:labels": LEAF}, id="an empty map is a leaf"),
        pytest.param({"tags": ["b", "a"]}, {"f:tags": {'v:"a"': LEAF, 'v:"b"': LEAF}}, id="a set by its values"),
        pytest.param({"tags": []}, None, id="an empty set is nothing"),
        pytest.param({"tags": ["<&>"]}, {"f:tags": {'v:"\\u003c\\u0026\\u003e"': LEAF}}, id="HTML's marks are escaped"),
        pytest.param(
            {"parts": [{"name": "x", "zone": "z"}]},
            {"f:parts": {'k:{"name":"x","zone":"z"}': {".": LEAF, "f:name": LEAF, "f:zone": LEAF}}},
            id="an item of a keyed list is a member, and so are its fields",
        ),
        pytest.param(
            {"parts": [{"name": "x"}]},
            {"f:parts": {'k:{"name":"x","zone":"a"}': {".": LEAF, "f:name": LEAF}}},
            id="an absent key has its default",
        ),
        pytest.param(
            {"parts": [{"name": "x", "size": 1}, {"name": "x", "size": 2}]},
            {"f:parts": {'k:{"name":"x","zone":"a"}': LEAF}},
            id="items that stand twice are owned without their fields",
        ),
        pytest.param(
            {"free": {"a": {"b": 1}, "c": [{"d": 1}]}},
            {"f:free": {"f:a": {".": LEAF, "f:b": LEAF}, "f:c": LEAF}},
            id="free JSON is owned by its objects' fields, and those are members",
        ),
    ],
)
def test_what_one_owns_who_applies(spec, owned, thing):
    assert members.of({"spec": spec}, thing) == ({} if owned is None else {"f:spec": owned})


def test_an_item_without_its_keys_cannot_be_owned(thing):
    with pytest.raises(ValueError, match="may not have a null element"):
        members.of({"spec": {"parts": [None]}}, thing)
