"""Partial match, and expectations that make no sense."""

import pytest

from pytest_kbevents.scenario.matching.match import ExpectationError, checked, compare

ACTUAL = {"a": {"b": 1, "c": 2}, "l": [{"n": "x", "v": 1}, {"n": "y", "v": 2}]}


def nested(levels):
    expectation = 1
    for _ in range(levels):
        expectation = {"a": expectation}
    return expectation


@pytest.mark.parametrize(
    "expected",
    [{}, {"a": {"b": 1}}, {"l": [{"n": "x"}, {"v": 2}]}, {"z": None}, {"a": {"z": None}}, {"z": {"y": None}}],
)
def test_what_is_not_spoken_of_does_not_matter(expected):
    found = compare(expected, ACTUAL)
    assert (found.holds, found.misses, found.expected, found.seen) == (True, 0, expected, expected)


@pytest.mark.parametrize(
    ("expected", "misses"),
    [
        ({"a": {"b": 2}}, 1),
        ({"a": {"b": 2, "c": 1}}, 2),
        ({"a": {"b": 2, "c": 2}}, 1),
        ({"l": [{"n": "x"}]}, 1),
        ({"l": [{"n": "x"}, {"n": "y"}, {"n": "z", "v": 3}]}, 2),
        ({"a": None}, 1),
        ({"z": 1}, 1),
        ({"z": {"y": 1, "x": None}}, 1),
        ({"a": [1]}, 1),
        ({"l": {}}, 1),
        ({"l": {"a": 1, "b": 2}}, 2),
        ({"a": {"b": {"c": None}}}, 1),
    ],
)
def test_what_is_spoken_of_must_be_so(expected, misses):
    found = compare(expected, ACTUAL)
    assert (found.holds, found.misses) == (False, misses)


@pytest.mark.parametrize(("expected", "actual"), [(1, True), (1, 1.0), (True, 1), ("1", 1), (0, None), ([], None)])
def test_a_scalar_is_of_the_same_type(expected, actual):
    assert not compare(expected, actual).holds


def test_of_what_is_not_there_every_part_is_none():
    assert compare({"z": {"y": 1, "x": None}}, ACTUAL).seen == {"z": {"y": None, "x": None}}


def test_a_list_of_another_length_is_shown_whole():
    assert compare({"l": [{"n": "x"}]}, ACTUAL).seen == {"l": ACTUAL["l"]}


def test_a_value_where_a_mapping_is_spoken_of_is_shown_as_it_is():
    assert compare({"a": {"b": {"c": 1}}}, ACTUAL).seen == {"a": {"b": 1}}


def test_of_many_fields_only_those_spoken_of_are_seen():
    assert compare({"l": [{"n": "x"}, {"v": {"$gt": 1}}]}, ACTUAL).seen == {"l": [{"n": "x"}, {"v": 2}]}


def test_operators_side_by_side_must_all_hold():
    assert compare({"$gt": 1, "$lt": 3}, 2).holds
    found = compare({"$gt": 1, "$lt": 3}, 4)
    assert (found.holds, found.seen, found.misses) == (False, 4, 1)


def test_operators_that_see_different_things_are_told_apart():
    assert compare({"$length": 3, "$contains": 1}, [1, 2]).seen == {"$length": 2, "$contains": [1, 2]}


@pytest.mark.parametrize(
    ("expectation", "path", "problem"),
    [
        ({"a": {"$gtt": 1}}, ("a", "$gtt"), "unknown operator '$gtt'; did you mean '$gt'?"),
        ({"a": [{"$xyzzy": 1}]}, ("a", 0, "$xyzzy"), "unknown operator '$xyzzy'; known here: $absent, "),
        ({"a": {"b": 1, "$gt": 1}}, ("a", "$gt"), "$gt is an operator, and operators do not stand beside keys; "),
        ({"a": {1: 2}}, ("a",), "the key 1 is no text: write it in quotes"),
        ({"a": {True: 2}}, ("a",), "the key true is no text: write it in quotes"),
        ({"a": {"$eq": {"b": {1: 2}}}}, ("a", "$eq", "b"), "the key 1 is no text"),
        ([1, {"a": {2}}], (1, "a"), "JSON has no set: write it as text, in quotes"),
        ({"$not": {"$all": {"$in": 1}}}, ("$not", "$all", "$in"), "$in takes a list, not 1: write [1]"),
        (nested(101), ("a",) * 101, "this is nested more than 100 levels deep"),
        ({"$eq": nested(100)}, ("$eq",) + ("a",) * 100, "this is nested more than 100 levels deep"),
        (nested(100_000), ("a",) * 101, "this is nested more than 100 levels deep"),
    ],
)
def test_an_expectation_without_sense_is_refused_at_its_place(expectation, path, problem):
    with pytest.raises(ExpectationError) as raised:
        checked(expectation)
    assert raised.value.path == path
    assert str(raised.value).startswith(problem)


def test_a_hundred_levels_are_let_pass():
    checked(nested(100))
    assert compare(nested(100), nested(100)).holds


def test_data_whose_keys_begin_with_a_dollar_is_compared_with_eq():
    expectation = {"$eq": {"$ref": "x", "type": "y"}}
    checked(expectation)
    assert compare(expectation, {"$ref": "x", "type": "y"}).holds
