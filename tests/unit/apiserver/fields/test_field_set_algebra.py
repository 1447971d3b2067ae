import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_kbevents.apiserver.fields import fieldset

ELEMENTS = st.sampled_from(["f:a", "f:b", 'k:{"n":1}', 'k:{"n":10}', 'v:"x"'])
PATHS = st.lists(ELEMENTS, min_size=1, max_size=3).map(tuple)
SETS = st.frozensets(PATHS, max_size=8)
EXAMPLES = settings(derandomize=True, database=None, max_examples=60, deadline=None)


def members(fields):
    return frozenset(fieldset.paths(fields))


def below_any(path, others):
    return any(path[: len(other)] == other for other in others)


@EXAMPLES
@given(SETS, SETS)
def test_a_union_has_the_members_of_both(left, right):
    assert members(fieldset.union(fieldset.of_paths(*left), fieldset.of_paths(*right))) == left | right


@EXAMPLES
@given(SETS, SETS)
def test_a_difference_has_the_members_of_the_left_alone(left, right):
    assert members(fieldset.difference(fieldset.of_paths(*left), fieldset.of_paths(*right))) == left - right


@EXAMPLES
@given(SETS, SETS)
def test_an_intersection_has_the_members_of_both_alone(left, right):
    assert members(fieldset.intersection(fieldset.of_paths(*left), fieldset.of_paths(*right))) == left & right


@EXAMPLES
@given(SETS, SETS)
def test_a_set_without_another_loses_all_that_is_below_it(left, right):
    rest = {path for path in left if not below_any(path, right)}
    assert members(fieldset.without(fieldset.of_paths(*left), fieldset.of_paths(*right))) == rest


@EXAMPLES
@given(SETS, SETS)
def test_one_set_has_one_form_however_it_was_made(left, right):
    made = fieldset.difference(fieldset.of_paths(*left, *right), fieldset.of_paths(*right))
    assert repr(made) == repr(fieldset.of_paths(*sorted(left - right)))


@EXAMPLES
@given(SETS, PATHS)
def test_a_set_has_its_members_and_no_more(paths, path):
    assert fieldset.has(fieldset.of_paths(*paths), path) == (path in paths)


def test_a_difference_that_takes_nothing_is_the_very_set():
    left = fieldset.of_paths(("f:a", "f:b"))
    assert fieldset.difference(left, fieldset.of_paths(("f:a",), ("f:c",))) is left


def test_keys_stand_in_the_order_of_their_values():
    fields = fieldset.of_paths(('k:{"port":443}',), ('k:{"port":80}',), ("f:z",))
    assert list(fields) == ["f:z", 'k:{"port":80}', 'k:{"port":443}']


def test_conflicts_are_told_level_by_level():
    fields = fieldset.of_paths(("f:a", "f:x"), ("f:b",))
    assert [fieldset.text(path) for path in fieldset.paths(fields)] == [".b", ".a.x"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(("f:spec", "f:size"), ".spec.size", id="a field follows a dot"),
        pytest.param(("f:c", 'k:{"name":"x"}'), '.c[name="x"]', id="an item is named by its key"),
        pytest.param(("f:p", 'k:{"port":80,"protocol":"TCP"}'), '.p[port=80,protocol="TCP"]', id="or by all of them"),
        pytest.param(("f:t", 'v:"x"'), '.t[="x"]', id="a value of a set is itself"),
        pytest.param(("f:t", "i:3"), ".t[3]", id="an index is a number"),
    ],
)
def test_a_path_reads(path, text):
    assert fieldset.text(path) == text


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        pytest.param({"f:a": {".": {}}}, {"f:a": {}}, id="a lone dot is a leaf"),
        pytest.param({"f:b": {}, "f:a": {}}, {"f:a": {}, "f:b": {}}, id="elements are put in order"),
        pytest.param({'k:{ "b":1, "a":2 }': {}}, {'k:{"a":2,"b":1}': {}}, id="keys are written compactly"),
        pytest.param({"x:new": {}, "f:a": {}}, {"f:a": {}}, id="elements of a type to come are left out"),
    ],
)
def test_a_set_that_a_client_sent_is_read(sent, read):
    assert repr(fieldset.read(sent)) == repr(read)


@pytest.mark.parametrize("sent", [[], "x", {"f": {}}, {"fa": {}}, {"k:x": {}}, {"k:[]": {}}, {"i:x": {}}, {"f:a": 1}])
def test_what_is_no_field_set_is_refused(sent):
    with pytest.raises(ValueError, match=r".+"):
        fieldset.read(sent)
