"""The columns of a kind's Table: of the built-in kinds as a real server serves them (``tools/columns.py``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.views import printing
from pytest_kbevents.apiserver.views.cells import definitions
from pytest_kbevents.apiserver.views.cells.kinds import CELLS, Cells

Columns = list[dict[str, Any]]


def of(served: Served) -> tuple[Columns, Cells]:
    """A kind's columns, and what fills a row of them."""
    known = _built_in()
    if served.version is not None:
        name, created = known["roles.rbac.authorization.k8s.io"]
        described = {"creationTimestamp": created["description"]}
        return [name, *printing.columns(served.version, described)], printing.cells(served.version)
    qualified = served.resource.qualified
    return known[qualified], CELLS.get(qualified, definitions.default)


def never_null(served: Served) -> bool:
    """An empty Table of the kind has ``rows: []``; of a kind with no columns of its own the rows are null."""
    return served.custom or served.resource.qualified in CELLS


@cache
def _built_in() -> Mapping[str, Columns]:
    found: Mapping[str, Columns] = json.loads((resources.files(__package__) / "columns.json").read_text("utf-8"))
    return found
