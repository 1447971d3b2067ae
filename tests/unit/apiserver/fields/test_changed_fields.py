import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_kbevents.apiserver.fields import fieldset, members
from pytest_kbevents.apiserver.fields.changes import changed

LEAF = {}
X, Y = 'k:{"name":"x","zone":"a"}', 'k:{"name":"y","zone":"a"}'
WORDS = st.sampled_from("abc")
SPECS = st.fixed_dictionaries(
    {"flag": st.booleans()},
    optional={
        "size": st.integers(0, 2),
        "tags": st.lists(WORDS, unique=True, min_size=1).map(sorted),
        "labels": st.dictionaries(WORDS, WORDS, min_size=1),
        "steps": st.lists(WORDS),
        "parts": st.dictionaries(WORDS, st.integers(0, 2), min_size=1).map(
            lambda sizes: [{"name": name, "size": sizes[name]} for name in sorted(sizes)]
        ),
    },
)
EXAMPLES = settings(derandomize=True, database=None, max_examples=60, deadline=None)


@pytest.mark.parametrize(
    ("before", "after", "written", "removed"),
    [
        pytest.param({"size": 1}, {"size": 1}, None, None, id="what is equal is no change"),
        pytest.param({"size": 1}, {"size": 2}, {"f:size": LEAF}, None, id="a scalar is modified"),
        pytest.param({}, {"size": 2}, {"f:size": LEAF}, None, id="a scalar is added"),
        pytest.param({"size": 1}, {}, None, {"f:size": LEAF}, id="a scalar is removed"),
        pytest.param(
            {"labels": {"a": "1", "b": "1"}},
            {"labels": {"a": "2", "c": "1"}},
            {"f:labels": {"f:a": LEAF, "f:c": LEAF}},
            {"f:labels": {"f:b": LEAF}},
            id="of a map only the entries that differ",
        ),
        pytest.param(
            {}, {"labels": {"a": "1"}}, {"f:labels": {".": LEAF, "f:a": LEAF}}, None, id="a new map is added itself"
        ),
        pytest.param(
            {"labels": {"a": "1"}}, {}, None, {"f:labels": {".": LEAF, "f:a": LEAF}}, id="an old map is removed itself"
        ),
        pytest.param({"labels": None}, {"labels": {"a": "1"}}, {"f:labels": {"f:a": LEAF}}, None, id="null was there"),
        pytest.param({}, {"labels": {}}, {"f:labels": LEAF}, None, id="an empty map is added as a leaf"),
        pytest.param({"selector": {"a": "1"}}, {"selector": {}}, {"f:selector": LEAF}, None, id="atomic: as a whole"),
        pytest.param({"tags": ["a", "b"]}, {"tags": ["b", "a"]}, None, None, id="order in a set is no change"),
        pytest.param({"steps": ["a", "b"]}, {"steps": ["b", "a"]}, {"f:steps": LEAF}, None, id="in a list it is"),
        pytest.param(
            {"parts": [{"name": "x", "size": 1}, {"name": "y"}]},
            {"parts": [{"name": "x", "size": 2}]},
            {"f:parts": {X: {"f:size": LEAF}}},
            {"f:parts": {Y: {".": LEAF, "f:name": LEAF}}},
            id="items of a keyed list are compared by their keys",
        ),
        pytest.param(
            {"parts": [{"name": "x"}]},
            {"parts": [{"name": "x"}, {"name": "x"}]},
            {"f:parts": {X: LEAF}},
            {"f:parts": {X: {".": LEAF, "f:name": LEAF}}},
            id="an item that is doubled is another one",
        ),
        pytest.param(
            {"free": "text"},
            {"free": {"a": 1}},
            {"f:free": {".": LEAF, "f:a": LEAF}},
            None,
            id="free JSON that turns into an object is modified and has new fields",
        ),
    ],
)
def test_a_change(before, after, written, removed, thing):
    fields = changed({"spec": before}, {"spec": after}, thing)
    assert fields == tuple({} if inner is None else {"f:spec": inner} for inner in (written, removed))


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        pytest.param({}, {"spec": {"count": 0, "items": None}}, {}, id="what Go writes anyway is no change"),
        pytest.param({"spec": {"count": 0}}, {}, {}, id="nor is it when it goes"),
        pytest.param({}, {"spec": {"count": 1}}, {"f:spec": {"f:count": LEAF}}, id="another value is one"),
        pytest.param({}, {"spec": {"items": ["a"]}}, {"f:spec": {"f:items": {'v:"a"': LEAF}}}, id="null was there"),
        pytest.param({}, {"spec": {"note": None}}, {}, id="null is absent in a struct"),
        pytest.param({}, {"spec": {"note": "x"}}, {"f:spec": {"f:note": LEAF}}, id="another field is added"),
    ],
)
def test_a_change_of_a_struct(before, after, written, struct_type):
    assert changed(before, after, struct_type) == (written, {})


@EXAMPLES
@given(SPECS, SPECS)
def test_nothing_is_changed_if_and_only_if_the_objects_are_equal(thing, before, after):
    assert (changed({"spec": before}, {"spec": after}, thing) == ({}, {})) == (before == after)


@EXAMPLES
@given(SPECS, SPECS)
def test_all_that_is_new_is_written_and_all_that_is_gone_removed(thing, before, after):
    old, new = (frozenset(fieldset.paths(members.of({"spec": spec}, thing))) for spec in (before, after))
    written, removed = (
        frozenset(fieldset.paths(fields)) for fields in changed({"spec": before}, {"spec": after}, thing)
    )
    assert new - old <= written
    assert old - new <= removed | written
