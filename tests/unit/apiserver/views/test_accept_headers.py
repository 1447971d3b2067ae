import pytest

from pytest_kbevents.apiserver.views.accept import clauses


def kinds(header):
    return [f"{clause.type}/{clause.subtype}" for clause in clauses(header)]


def test_clauses_keep_their_order():
    assert kinds("application/json, application/yaml") == ["application/json", "application/yaml"]


def test_a_better_quality_comes_first():
    assert kinds("application/json;q=0.1, application/yaml;q=0.9") == ["application/yaml", "application/json"]


def test_what_is_named_comes_before_what_is_anything():
    assert kinds("*/*, application/*, application/json") == ["application/json", "application/*", "*/*"]


def test_a_star_alone_is_anything():
    assert kinds("*") == ["*/*"]


@pytest.mark.parametrize("header", ["", "junk", "a/b/c", ";", ","])
def test_what_cannot_be_read_is_left_out(header):
    assert kinds(header) == []


def test_parameters_are_read():
    assert clauses("application/json; as=Table ;v=v1")[0].parameters == {"as": "Table", "v": "v1"}


def test_a_quality_that_is_no_number_is_the_worst():
    assert kinds("a/b;q=x, c/d;q=0.5") == ["c/d", "a/b"]
