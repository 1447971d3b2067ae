"""Objects in scenarios: by kind and name, in the world's namespace."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from pytest_kbevents.api.resources import Resource
from pytest_kbevents.history.recorder import RECORDED
from pytest_kbevents.scenario.check import one_of
from pytest_kbevents.scenario.values import Model

_KINDS = {resource.kind: resource for resource in RECORDED}


Kind = Annotated[str, AfterValidator(one_of("kind", _KINDS))]
"""A kind that a world records."""


class Reference(Model):
    """One object of the world's namespace."""

    kind: Kind = Field(description=f"One of {', '.join(_KINDS)}.")
    name: str = Field(min_length=1, description="Its name.")


def resource_of(kind: str) -> Resource:
    """The resource of a kind that has been checked."""
    return _KINDS[kind]


def placed(manifest: dict[str, Any], namespace: str) -> dict[str, Any]:
    """The manifest in the world's namespace."""
    return {**manifest, "metadata": {**manifest["metadata"], "namespace": namespace}}
