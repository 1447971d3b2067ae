"""Partial match: an expectation says what it cares about, and only that is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def projected(expected: Any, actual: Any) -> Any:
    """The part of ``actual`` that ``expected`` speaks of; what is not there is None, and so is all that would be in it.
    A match is equality of the two.
    """
    if isinstance(expected, Mapping) and (actual is None or isinstance(actual, Mapping)):
        actual = actual or {}
        return {key: projected(item, actual.get(key)) for key, item in expected.items()}
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [projected(item, found) for item, found in zip(expected, actual, strict=True)]
    return actual
