"""JMESPath."""

import subprocess
import sys

import pytest

from pytest_kbevents.scenario.matching import query

POD = {"metadata": {"labels": {"role": "primary"}}, "spec": {"containers": [{"name": "a"}, {"name": "b"}]}}


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("metadata.labels.role", "primary"),
        ("spec.containers[].name", ["a", "b"]),
        ("spec.volumes", None),
        ("length(spec.containers)", 2),
        ("not_null(spec.x, metadata.labels.role, spec.y)", "primary"),
        ("sort_by(spec.containers, &name)[-1].name", "b"),
        ("@", POD),
        ("`out of fashion`", "out of fashion"),
    ],
)
def test_an_expression_finds(expression, found):
    query.check(expression)
    assert query.search(expression, POD) == found


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("a[?", "this JMESPath does not parse: the expression ends at column 4 where something else must"),
        ("a b", "this JMESPath does not parse: 'b' stands at column 3 where something else must"),
        ("a.#", "this JMESPath does not parse: '#' stands at column 3 where something else must"),
        ("", "this JMESPath is empty; @ stands for the value itself"),
        ("(" * 5000, "this JMESPath is nested too deeply"),
        ("a[?lenth(@)]", "unknown JMESPath function 'lenth'; did you mean 'length'?"),
        ("length(a, b)", "the JMESPath function length is called with 2 arguments, and takes 1"),
        ("merge()", "the JMESPath function merge is called with 0 arguments, and takes at least 1"),
    ],
)
def test_an_expression_without_sense_is_refused_before_it_is_asked(expression, problem):
    with pytest.raises(query.QueryError) as raised:
        query.check(expression)
    assert str(raised.value) == problem


@pytest.mark.parametrize("expression", ["length(@)", ".".join("a" * 5000), "sort(@)"])
def test_an_expression_that_cannot_be_asked_says_so(expression):
    with pytest.raises(query.QueryError):
        query.search(f"keys({expression})", 3)


def test_the_library_is_loaded_with_the_first_question():
    code = "import sys; import pytest_kbevents.scenario.matching.match; print('jmespath' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"
