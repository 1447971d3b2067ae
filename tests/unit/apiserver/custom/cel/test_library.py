import sys

import pytest

from pytest_kbevents.apiserver.custom.cel import library
from pytest_kbevents.apiserver.custom.cel.library import NotCompiled


def refused(text):
    with pytest.raises(NotCompiled) as raised:
        library.compiled(text)
    return str(raised.value)


def test_a_syntax_error_points_at_its_place():
    assert refused("(self.a").startswith(
        "ERROR: <input>:1:8: Syntax error: missing ')' at '<EOF>'\n | (self.a\n | .......^"
    )


def test_a_function_that_the_library_lacks_is_named():
    told = "ERROR: <input>:1:11: 'transformList' is not among the functions that this server knows"
    assert refused("self.ints.transformList(i, v, v)").startswith(told)


def test_without_the_library_the_extra_is_named(monkeypatch):
    library._cel.cache_clear()
    monkeypatch.setitem(sys.modules, "cel", None)
    try:
        assert refused("self.nobody_else_asks_this == 1") == library.NOT_INSTALLED
    finally:
        library._cel.cache_clear()


@pytest.mark.parametrize(("text", "uses"), [("self.a == oldSelf.a", True), ("self.oldSelf == 1", False)])
def test_a_program_knows_whether_it_looks_back(text, uses):
    assert library.compiled(text).uses_old is uses


def test_an_error_of_a_later_line_shows_that_line():
    assert library.pointed("a &&\n  b", 7, "told") == "ERROR: <input>:2:3: told\n |   b\n | ..^"
