import pytest
import yaml

from pytest_kbevents.apiserver.views.yamltext import dumped


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [{"x": "y"}]}, "a:\n- x: y\nb: 1\n"),
        ({"a": "12"}, 'a: "12"\n'),
        ({"a": "true"}, 'a: "true"\n'),
        ({"a": "2026-01-01T00:00:00Z"}, 'a: "2026-01-01T00:00:00Z"\n'),
        ({"a": ""}, 'a: ""\n'),
        ({"a": "x: y"}, "a: 'x: y'\n"),
        ({"a": "one\ntwo"}, "a: |-\n  one\n  two\n"),
        ({"a": "Größe"}, "a: Größe\n"),
        ({"a": None, "b": {}}, "a: null\nb: {}\n"),
    ],
)
def test_yaml_is_written_as_kubernetes_writes_it(value, text):
    assert dumped(value) == text


def test_what_stands_twice_is_written_twice():
    part = {"x": 1}
    assert yaml.safe_load(dumped({"a": part, "b": part})) == {"a": part, "b": part}


def test_a_half_of_a_surrogate_pair_does_not_break_it():
    assert "a:" in dumped({"a": "\ud800"})
