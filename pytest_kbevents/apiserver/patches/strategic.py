"""Strategic merge patch: a merge patch that knows how lists of built-in kinds are merged.

Objects are merged key by key and null removes. A list is replaced, unless its strategy is ``merge``: then items with
the same merge key are merged, and primitives are added. Directives: ``$patch: replace | delete`` in an object or an
item, ``$retainKeys``, ``$deleteFromPrimitiveList/<field>`` and ``$setElementOrder/<field>`` beside a field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_kbevents.apiserver import gotext
from pytest_kbevents.apiserver.patches import merging_lists as lists
from pytest_kbevents.apiserver.schemas.schema import ANY, Schema
from pytest_kbevents.errors import BadRequest, UnknownError

_PATCH = "$patch"
_RETAIN = "$retainKeys"
_DELETE_FROM = "$deleteFromPrimitiveList"
_ORDER = "$setElementOrder"
_BAD_RETAIN = "invalid patch format of retainKeys"


def apply(obj: Mapping[str, Any], patch: Any, schema: Schema) -> dict[str, Any]:
    """The object after the patch; neither is changed, what the patch does not name is shared.

    Raises:
        BadRequest: the patch is no object, or a directive is malformed.
        Invalid: a list to merge has lists in it.
        UnknownError: an item lacks the merge key, types differ within a list, an unknown ``$patch``.
    """
    if not isinstance(patch, dict | None):
        raise BadRequest(
            f"json: cannot unmarshal {gotext.json_kind(patch)} into Go value of type map[string]interface {{}}"
        )
    return _merged(obj, patch or {}, schema)


def _merged(original: Mapping[str, Any], patch: Mapping[str, Any], schema: Schema) -> dict[str, Any]:
    if _PATCH in patch:
        return _directed(patch)
    result = _retained(original, patch)
    ordered = dict(_ordered(result, patch, schema))
    result |= ordered
    for key, value in patch.items():
        if key == _RETAIN or key.startswith(_ORDER) or key in ordered:
            continue
        deletes = key.startswith(_DELETE_FROM)
        name = _field_of(key, "invalid patch format of primitive list") if deletes else key
        if value is None:
            result.pop(name, None)
        elif name in result and _both(dict, result[name], value):
            result[name] = _merged_object(result[name], value, name, schema)
        elif name in result and _both(list, result[name], value):
            result[name] = _merged_list(result[name], value, name, schema, deletes=deletes)
        elif not deletes:
            _put(result, name, value)
    return result


def _both(kind: type, left: Any, right: Any) -> bool:
    return isinstance(left, kind) and isinstance(right, kind)


def _directed(patch: Mapping[str, Any]) -> dict[str, Any]:
    match patch[_PATCH]:
        case "replace":
            return {key: value for key, value in patch.items() if key != _PATCH}
        case "delete":
            return {}
    raise lists.unknown_directive(patch)


def _retained(original: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """What ``$retainKeys`` leaves of the original."""
    if _RETAIN not in patch:
        return dict(original)
    kept = patch[_RETAIN]
    if not isinstance(kept, list):
        raise BadRequest(_BAD_RETAIN)
    for key, value in patch.items():
        if value is not None and key != _RETAIN and not key.startswith((_DELETE_FROM, _ORDER)) and key not in kept:
            raise BadRequest(_BAD_RETAIN)
    return {key: value for key, value in original.items() if key in kept}


def _ordered(original: Mapping[str, Any], patch: Mapping[str, Any], schema: Schema) -> Iterator[tuple[str, list[Any]]]:
    """The lists that have a ``$setElementOrder``, merged and ordered by it."""
    for key, order in patch.items():
        if not key.startswith(_ORDER):
            continue
        _require_list(order)
        name = _field_of(key, "invalid patch format of setElementOrder list")
        own, given = original.get(name, []), patch.get(name, [])
        _require_list(own)
        _require_list(given)
        kind = _kind_of_field(schema, name)
        lists.check_order(given, order, kind.merge_key)
        if name not in original and name not in patch:
            continue
        if name not in original:
            merged = _without_directives(given)
        elif name not in patch:
            merged = own
        else:
            merged = _merged_list(own, given, name, schema)
            own = lists.overwritten(own, given, kind.merge_key) if kind.merge_key else own
        lists.require_same_types(own, given)
        yield name, lists.arranged(merged, order, own, kind.merge_key)


def _merged_object(original: Mapping[str, Any], patch: Mapping[str, Any], name: str, schema: Schema) -> dict[str, Any]:
    kind = _kind_of_field(schema, name)
    return dict(patch) if "replace" in kind.strategies else _merged(original, patch, kind)


def _merged_list(
    original: list[Any], patch: list[Any], name: str, schema: Schema, *, deletes: bool = False
) -> list[Any]:
    kind = _kind_of_field(schema, name)
    if "merge" not in kind.strategies and not deletes:
        return patch
    if not original and not patch:
        return original
    if not isinstance(lists.require_same_types(original, patch), dict):
        if deletes:
            return [item for item in original if item not in patch]
        both = lists.without_duplicates([*original, *patch])
        return lists.arranged(both, patch, original, "")
    if not kind.merge_key:
        raise UnknownError("cannot merge lists without merge key for struct")
    original, patch = lists.directed(original, patch, kind.merge_key)
    merged = list(original)
    for item in patch:
        value = lists.key_of(item, kind.merge_key)
        at = next((i for i, own in enumerate(merged) if own.get(kind.merge_key, lists.ABSENT) == value), None)
        if at is None:
            merged.append(item)
        else:
            merged[at] = _merged(merged[at], item, kind.items or ANY)
    return lists.arranged(merged, patch, original, kind.merge_key)


def _kind_of_field(schema: Schema, name: str) -> Schema:
    if schema.form != "object":
        raise UnknownError("merging an object in json but data type is not struct, instead is: map")
    if name not in schema.fields:
        raise UnknownError(f'unable to find api field in struct {schema.struct} for the json field "{name}"')
    return schema.fields[name]


def _field_of(key: str, problem: str) -> str:
    """The field that a directive such as ``$setElementOrder/env`` stands beside."""
    directive, slash, name = key.partition("/")
    if not slash or directive not in (_DELETE_FROM, _ORDER):
        raise BadRequest(problem)
    return name


def _require_list(value: Any) -> None:
    if not isinstance(value, list):
        raise UnknownError(f"expected a []interface {{}}, but received a {gotext.type_of(value)}")


def _put(result: dict[str, Any], name: str, value: Any) -> None:
    """Sets a value that there was nothing to merge with: as the patch has it, less nulls and directives."""
    if isinstance(value, dict) and _PATCH in value:
        result.pop(name, None)
    else:
        result[name] = _without_directives(_without_nulls(value))


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def _without_directives(value: Any) -> Any:
    """The value less every object in it that has a ``$patch``."""
    if isinstance(value, dict):
        return {key: _without_directives(item) for key, item in value.items() if not _is_directive(item)}
    if isinstance(value, list):
        return [_without_directives(item) for item in value if not _is_directive(item)]
    return value


def _is_directive(value: Any) -> bool:
    return isinstance(value, dict) and _PATCH in value
