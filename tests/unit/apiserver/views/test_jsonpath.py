import pytest

from pytest_kbevents.apiserver.views.jsonpath import JsonPath, PathError

VALUE = {
    "a": {"b": 1, "c.d": "dotted"},
    "list": ["x", "y", "z"],
    "null": None,
    "items": [{"type": "A", "n": 1}, {"type": "Ready", "n": 3, "ok": True}],
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (".a.b", [1]),
        ("$.a.b", [1]),
        (".a['b']", [1]),
        (r".a.c\.d", ["dotted"]),
        (".a.none", []),
        (".none.b", []),
        (".list.b", []),
        (".list", [["x", "y", "z"]]),
        (".list[0]", ["x"]),
        (".list[-1]", ["z"]),
        (".list[1:]", ["y", "z"]),
        (".list[0:2]", ["x", "y"]),
        (".list[::2]", ["x", "z"]),
        (".list[*]", ["x", "y", "z"]),
        (".list[0,2]", ["x", "z"]),
        (".null[0]", []),
        (".null", [None]),
        (".a.*", [1, "dotted"]),
        ("..ok", [True]),
        ('.items[?(@.type=="Ready")].n', [3]),
        (".items[?(@.type=='Ready')].n", [3]),
        (".items[?(@.type == 'Ready')].n", [3]),
        (".items[?(@.ok)].type", ["Ready"]),
        (".items[?(@.ok==true)].type", ["Ready"]),
        (".items[?(@.n>1)].type", ["Ready"]),
        (".items[?(@.n<=1)].type", ["A"]),
        (".items[?(@.n!=1.5)].type", ["A", "Ready"]),
        (".items[?(@.none=='x')].n", []),
        ('.items[?(@.type==")]")].n', []),
    ],
)
def test_a_path_leads_to_its_values(path, found):
    assert JsonPath(path).find(VALUE) == found


@pytest.mark.parametrize("path", [".list[9]", ".a[0]", ".a[?(@.b)]", ".items[?(@.type>1)].n", ".items[?(@.*=='A')]"])
def test_a_path_that_does_not_fit_the_value_is_an_error(path):
    with pytest.raises(PathError):
        JsonPath(path).find(VALUE)


@pytest.mark.parametrize("path", [".a[", ".a[]", ".a[x]", ".a[?(@.b", ".a[?(@.b)", "a.b", ".a[?(@.b=!1)]", "\u20ac"])
def test_a_text_that_is_no_path_is_an_error(path):
    with pytest.raises(PathError):
        JsonPath(path)
