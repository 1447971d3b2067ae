"""Partial match."""

import pytest

from pytest_kbevents.scenario.matching import projected

ACTUAL = {"a": {"b": 1, "c": 2}, "l": [{"n": "x", "v": 1}, {"n": "y", "v": 2}]}


@pytest.mark.parametrize(
    "expected",
    [{}, {"a": {"b": 1}}, {"l": [{"n": "x"}, {"v": 2}]}, {"z": None}, {"a": {"z": None}}],
)
def test_what_is_not_spoken_of_does_not_matter(expected):
    assert projected(expected, ACTUAL) == expected


@pytest.mark.parametrize("expected", [{"a": {"b": 2}}, {"l": [{"n": "x"}]}, {"a": None}, {"z": 1}, {"a": [1]}])
def test_what_is_spoken_of_must_be_so(expected):
    assert projected(expected, ACTUAL) != expected
