"""Types to own fields of, made by hand: one custom resource with every kind of list and map, one Go struct."""

import pytest

from pytest_kbevents.apiserver.fields.managed import Target, Writer
from pytest_kbevents.apiserver.schemas.schema import ANY, Schema

TEXT, NUMBER = Schema("string"), Schema("integer")


def struct(fields, **rules):
    return Schema("object", resolve_fields=lambda: fields, **rules)


def items(item, **rules):
    return Schema("list", resolve_items=lambda: item, **rules)


def entries(**rules):
    return Schema("map", resolve_items=lambda: TEXT, **rules)


def metadata():
    fields = dict.fromkeys(("name", "namespace", "uid", "resourceVersion", "creationTimestamp"), TEXT)
    fields |= {"labels": entries(), "annotations": entries(), "finalizers": items(TEXT, list_type="set")}
    return struct(fields | {"managedFields": items(ANY)}, struct="ObjectMeta")


@pytest.fixture(scope="session")
def thing():
    """A custom resource's type."""
    part = struct({"name": TEXT, "zone": Schema("string", default="a"), "size": NUMBER, "sub": struct({"x": NUMBER})})
    spec = {
        "size": NUMBER,
        "flag": Schema("boolean"),
        "tags": items(TEXT, list_type="set"),
        "parts": items(part, list_type="map", keys=("name", "zone")),
        "steps": items(TEXT),
        "labels": entries(),
        "selector": entries(atomic=True),
        "free": ANY,
    }
    fields = {"apiVersion": TEXT, "kind": TEXT, "metadata": metadata(), "spec": struct(spec)}
    return struct(fields | {"status": struct({"phase": TEXT})})


@pytest.fixture(scope="session")
def struct_type():
    """A built-in kind's type: ``spec`` and ``spec.items`` are written by Go when they are absent, ``note`` is not."""
    spec = {
        "items": items(TEXT, list_type="set", written=True),
        "count": Schema("integer", written=True, zero=0),
        "note": TEXT,
    }
    return struct({"spec": struct(spec, struct="BoxSpec", written=True, zero={})}, struct="Box")


@pytest.fixture
def target(thing):
    """The custom resource's own endpoint, through which its status cannot be written."""
    return Target("example.com/v1", "Thing", thing, reset={"f:status": {}})


@pytest.fixture
def body():
    """A Thing with that spec."""

    def body(spec=None, **metadata):
        obj = {"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "one", **metadata}}
        return obj if spec is None else obj | {"spec": spec}

    return body


@pytest.fixture
def writer():
    """A writer at second ``at``."""
    return lambda manager="m", at=0, *, force=False: Writer(manager, f"2026-01-01T00:00:{at:02d}Z", force)


@pytest.fixture
def owners():
    """Who owns what in an object: (manager, operation) -> its fields."""
    return lambda obj: {
        (entry["manager"], entry["operation"]): entry["fieldsV1"] for entry in obj["metadata"].get("managedFields", ())
    }
