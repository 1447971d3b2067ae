"""Partial match."""

import pytest

from pytest_kbevents.scenario.matching import projected

ACTUAL = {"a": {"b": 1, "c": 2}, "l": [{"n": "x", "v": 1}, {"n": "y", "v": 2}]}


@pytest.mark.parametrize(
    "expected",
    [{}, {"a": {"b": 1}}, {"l": [{"n": "x"}, {"v": 2}]}, {"z": None}, {"a": {"z": None}}, {"z": {"y": None}}],
)
def test_what_is_not_spoken_of_does_not_matter(expected):
    assert projected(expected, ACTUAL) == expected


@pytest.mark.parametrize(
    "expected",
    [
        {"a": {"b": 2}},
        {"l": [{"n": "x"}]},
        {"a": None},
        {"z": 1},
        {"z": {"y": 1}},
        {"a": [1]},
        {"l": {}},
        {"a": {"b": {"c": None}}},
    ],
)
def test_what_is_spoken_of_must_be_so(expected):
    assert projected(expected, ACTUAL) != expected


def test_of_what_is_not_there_every_part_is_none():
    assert projected({"z": {"y": 1, "x": None}}, ACTUAL) == {"z": {"y": None, "x": None}}


def test_a_list_of_another_length_is_shown_whole():
    assert projected({"l": [{"n": "x"}]}, ACTUAL) == {"l": ACTUAL["l"]}


def test_a_value_where_a_mapping_is_spoken_of_is_shown_as_it_is():
    assert projected({"a": {"b": {"c": 1}}}, ACTUAL) == {"a": {"b": 1}}
