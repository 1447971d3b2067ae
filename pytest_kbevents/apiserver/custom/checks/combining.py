"""Schemas that belong together: anyOf, oneOf, allOf, not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_kbevents.apiserver.custom.checks import findings
from pytest_kbevents.apiserver.custom.checks.findings import Findings


def add(found: Findings, value: Any, schema: Mapping[str, Any], path: str, old: Any) -> None:
    """Note what is wrong with a value by the combinations of its schema."""
    found.matches += 1
    if alternatives := schema.get("anyOf"):
        _any(found, [_node(value, part, path, old) for part in alternatives], path)
    if alternatives := schema.get("oneOf"):
        _one(found, [_node(value, part, path, old) for part in alternatives], path)
    if parts := schema.get("allOf"):
        _all(found, [_node(value, part, path, old) for part in parts], path)
    if (forbidden := schema.get("not")) is not None and not _node(value, forbidden, path, old).problems:
        found.add(findings.combined(f'"{path}" must not validate the schema (not)'))


def _node(value: Any, schema: Mapping[str, Any], path: str, old: Any) -> Findings:
    from pytest_kbevents.apiserver.custom.checks import schemas

    return schemas.node(value, schema, path, old)


def _any(found: Findings, results: list[Findings], path: str) -> None:
    good = next((result for result in results if not result.problems), None)
    if good is None:
        found.add(findings.combined(f'"{path}" must validate at least one schema (anyOf)'))
    found.merge(good or _best(results))


def _one(found: Findings, results: list[Findings], path: str) -> None:
    good = [result for result in results if not result.problems]
    if len(good) == 1:
        found.merge(good[0])
        return
    count = f"Found {len(good)} valid alternatives" if good else "Found none valid"
    found.add(findings.combined(f'"{path}" must validate one and only one schema (oneOf). {count}'))
    if not good:
        found.merge(_best(results))


def _all(found: Findings, results: list[Findings], path: str) -> None:
    for result in results:
        found.merge(result)
    good = sum(1 for result in results if not result.problems)
    if good < len(results):
        none = "" if good else ". None validated"
        found.add(findings.combined(f'"{path}" must validate all the schemas (allOf){none}'))


def _best(results: list[Findings]) -> Findings:
    """What came closest."""
    return max(results, key=lambda result: result.matches)
