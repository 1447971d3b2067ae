"""Shortest ways to rows: of an object as it is stored, at a time."""

import pytest

from pytest_kbevents.api import times
from pytest_kbevents.api.http import Request
from pytest_kbevents.apiserver.views.cells.kinds import CELLS

TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io"
NOW = times.parse("2026-01-01T12:00:00Z")


@pytest.fixture
def accepting(server):
    """An answer in the form that is asked for."""

    def accepting(accept, path, method="GET", body=None, **query):
        return server.send(Request(method, path, query, body, accept=accept, user_agent="tester"))

    return accepting


@pytest.fixture
def table(accepting):
    """The Table at a path."""
    return lambda path, **query: accepting(TABLE, path, **query).body


@pytest.fixture
def row():
    """The cells of an object of a kind, at noon."""

    def row(resource, **fields):
        metadata = {"name": "n", "creationTimestamp": "2026-01-01T11:00:00Z", **fields.pop("metadata", {})}
        return CELLS[resource]({"metadata": metadata, **fields}, NOW)

    return row
