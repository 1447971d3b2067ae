import pytest

from pytest_kbevents.api import times
from pytest_kbevents.apiserver.views import printing

NOW = times.parse("2026-01-01T12:00:00Z")
OBJECT = {
    "metadata": {"name": "w", "creationTimestamp": "2026-01-01T11:00:00Z"},
    "spec": {"s": "text", "i": 7, "f": 2.75, "b": True, "m": {"k": "<v>"}, "l": ["a", 1], "null": None},
}


def cell(path, kind):
    version = {"additionalPrinterColumns": [{"name": "C", "type": kind, "jsonPath": path}]}
    return printing.cells(version)(OBJECT, NOW)[1]


@pytest.mark.parametrize(
    ("path", "kind", "shown"),
    [
        (".spec.s", "string", "text"),
        (".spec.i", "string", "7"),
        (".spec.f", "string", "2.75"),
        (".spec.b", "string", "true"),
        (".spec.m", "string", '{"k":"\\u003cv\\u003e"}'),
        (".spec.l", "string", '["a",1]'),
        (".spec.l[*]", "string", "a"),
        (".spec.null", "string", "<no value>"),
        (".spec.none", "string", None),
        (".spec.s[0]", "string", None),
        (".spec.i", "integer", 7),
        (".spec.f", "integer", 2),
        (".spec.s", "integer", None),
        (".spec.b", "integer", None),
        (".spec.f", "number", 2.75),
        (".spec.b", "boolean", True),
        (".spec.s", "boolean", None),
        (".metadata.creationTimestamp", "date", "60m"),
        (".spec.s", "date", "<invalid>"),
        (".spec.i", "date", None),
    ],
)
def test_a_cell_is_of_its_columns_type(path, kind, shown):
    assert cell(path, kind) == shown


def test_a_kind_that_names_no_columns_has_an_age():
    assert printing.cells({})(OBJECT, NOW) == ["w", "60m"]


def test_a_column_that_says_nothing_says_its_path():
    version = {"additionalPrinterColumns": [{"name": "C", "type": "string", "jsonPath": ".spec.s"}]}
    described = printing.columns(version, {})[0]["description"]
    assert described == "Custom resource definition column (in JSONPath format): .spec.s"


def test_a_column_is_declared_as_the_definition_says():
    column = {"name": "C", "type": "integer", "format": "int32", "description": "d", "priority": 1}
    version = {"additionalPrinterColumns": [{**column, "jsonPath": ".spec.i"}]}
    assert printing.columns(version, {}) == [column]
