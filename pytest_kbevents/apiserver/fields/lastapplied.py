"""From ``kubectl apply`` to ``kubectl apply --server-side``: the annotation in which kubectl kept what it applied."""

from __future__ import annotations

import json
from typing import Any

from pytest_kbevents.api.objects import Object, annotations_of, with_annotation
from pytest_kbevents.apiserver.fields import changes, fieldset, members
from pytest_kbevents.apiserver.fields.elements import ESCAPES
from pytest_kbevents.apiserver.fields.fieldset import EMPTY, FieldSet
from pytest_kbevents.apiserver.fields.managed import Target

MANAGER = "kubectl"
"""The one manager that all this is for."""
ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration"
_MOST_BYTES = 256 * 1024


def unchanged_since(live: Object, target: Target) -> FieldSet:
    """The fields that the client last applied and that are still as it did: whoever owns them, it may take them."""
    try:
        last = json.loads(annotations_of(live).get(ANNOTATION) or "null")
        if not isinstance(last, dict) or last.get("apiVersion") != target.api_version:
            return EMPTY
        written, removed = changes.changed(last, dict(live), target.schema)
        own = members.of(last, target.schema)
    except ValueError:
        return EMPTY
    return fieldset.difference(fieldset.difference(own, written), removed)


def kept_up(obj: Object, config: Object) -> Object:
    """The object with the annotation as a client-side apply of ``config`` would leave it; as it is if it has none."""
    if not annotations_of(obj).get(ANNOTATION):
        return obj
    text = _text(with_annotation(config, ANNOTATION, None) if ANNOTATION in annotations_of(config) else config)
    sizes = (len(key.encode()) + len(value.encode()) for key, value in annotations_of(obj).items() if key != ANNOTATION)
    fits = sum(sizes) + len(ANNOTATION) + len(text.encode()) <= _MOST_BYTES
    return with_annotation(obj, ANNOTATION, text if fits else None)


def _text(config: Any) -> str:
    return json.dumps(config, separators=(",", ":"), ensure_ascii=False, sort_keys=True).translate(ESCAPES) + "\n"
