"""What a definition may say, and should not: its writer is warned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.apiserver.custom.checks import schemas
from pytest_kbevents.apiserver.custom.defining import nodes
from pytest_kbevents.apiserver.custom.defining.internal import Spec

Schema = Mapping[str, Any]


def of(spec: Mapping[str, Any]) -> Iterator[str]:
    """The warnings of a definition's spec: formats that nobody checks, and sets of what is no scalar."""
    kept = Spec.of(spec)
    roots = [(parts.schema or {}).get("openAPIV3Schema") for parts in (kept.common, *kept.versions)]
    found = [node for root in roots for node in nodes.below(root)]
    for node in found:
        if node.get("format") and not schemas.format_of({**node, "x-kubernetes-int-or-string": False}):
            yield f'unrecognized format "{node["format"]}"'
    for kind in ("array", "object"):
        if any(_is_set_of(node, kind) for node in found):
            what = f'x-kubernetes-list-type: set for items of type "{kind}"'
            yield f"{what} is not supported by server-side apply or CEL validation rules"


def _is_set_of(node: Schema, kind: str) -> bool:
    items = node.get("items")
    is_set = node.get("x-kubernetes-list-type") == "set"
    return is_set and isinstance(items, Mapping) and items.get("type") == kind
