"""YAML with positions."""

import pytest

from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.yamlfile import parse


def test_plain_scalars_are_read_as_yaml_1_2_does():
    data = parse("[null, ~, true, False, 12, -3, 1.5, yes, on, 0o7, '12', 2026-01-01]", "f").data
    assert data == [None, None, True, False, 12, -3, 1.5, "yes", "on", "0o7", "12", "2026-01-01"]


def test_every_key_and_value_has_its_place():
    document = parse("a:\n  b: [1, 22]\n", "f")
    assert str(document.position(("a", "b", 1))) == "f:2:10"
    assert str(document.key_position(("a", "b"))) == "f:2:3"


def test_the_place_of_what_is_not_there_is_what_is_around_it():
    assert str(parse("a:\n  b: 1\n", "f").position(("a", "c", "d"))) == "f:2:3"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: [", "f:2:1: this is not YAML"),
        ("a: 1\na: 2", "f:2:1: the key 'a' stands here twice; the first is at f:1:1"),
        ("{{ a }}: 1", "f:1:1: a key must be plain text"),
        ("a: !x 1", "f:1:4: the tag !x is not used here"),
        ("a: 1\n---\nb: 1", "this is not YAML: but found another document"),
        ("a: &a [*a]", "this document is too large or too deep"),
        ("a: @", "this is not YAML"),
    ],
)
def test_what_is_no_plain_document_is_refused_at_its_place(text, problem):
    with pytest.raises(ScenarioError) as refused:
        parse(text, "f")
    assert problem in str(refused.value)


def test_aliases_cannot_make_a_small_file_huge():
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(ScenarioError, match="too large"):
        parse("\n".join(lines), "f")


def test_an_empty_file_is_no_data():
    assert parse("", "f").data is None
