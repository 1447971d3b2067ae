import pytest

from pytest_kbevents.apiserver.custom.defining import spec

SCHEMA = "spec.validation.openAPIV3Schema"


@pytest.fixture
def told():
    """What is wrong with a definition, in one text each; ``fields`` are its spec's."""

    def told(*, established=False, **fields):
        names = {"plural": "widgets", "singular": "widget", "kind": "Widget", "listKind": "WidgetList"}
        schema = {"openAPIV3Schema": {"type": "object"}}
        version = {"name": "v1", "served": True, "storage": True, "schema": schema}
        body = {"group": "example.com", "scope": "Namespaced", "names": names, "versions": [version], **fields}
        return [f"{cause.field}: {cause.message}" for cause in spec.check(body, established=established)]

    return told


@pytest.fixture
def schema_told(told):
    """What is wrong with a schema of ``spec`` (``root``: of the whole), the place of that schema left out."""

    def schema_told(schema, *, root=False, **fields):
        whole = schema if root else {"type": "object", "properties": {"spec": schema}}
        version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": whole}, **fields}
        place = SCHEMA if root else f"{SCHEMA}.properties[spec]"
        return [text.removeprefix(place).removeprefix(".") for text in told(versions=[version])]

    return schema_told
