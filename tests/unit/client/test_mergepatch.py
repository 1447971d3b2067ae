"""JSON merge patch; the cases are those of RFC 7386, appendix A."""

import copy

import pytest

from pytest_kbevents.api import mergepatch


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_patch_is_applied_as_the_rfc_says(target, patch, result):
    assert mergepatch.apply(target, patch) == result


def test_a_target_is_not_changed():
    target = {"a": {"b": 1}, "c": 2}
    before = copy.deepcopy(target)
    mergepatch.apply(target, {"a": {"b": 2, "d": 3}, "c": None})
    assert target == before


def test_a_patch_is_not_changed():
    patch = {"a": {"b": None, "c": {"d": 1}}}
    before = copy.deepcopy(patch)
    mergepatch.apply({"a": {"b": 1}}, patch)
    assert patch == before
