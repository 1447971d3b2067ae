"""All functions by the names that the library looks them up by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pytest_kbevents.apiserver.custom.cel.functions import (
    addresses,
    lists,
    named_formats,
    numbers,
    optionals,
    quantities,
    texts,
    times,
    urls,
    versions,
)


def _index_of(value: Any, part: Any, *offset: int) -> int:
    return lists.index_of(value, part) if isinstance(value, list) else texts.index_of(value, part, *offset)


def _last_index_of(value: Any, part: Any, *offset: int) -> int:
    return lists.last_index_of(value, part) if isinstance(value, list) else texts.last_index_of(value, part, *offset)


def _compare(value: Any, other: Any) -> int:
    return versions.compare(value, other) if versions.KIND in value else quantities.compare(value, other)


BUILT_IN = frozenset(
    (
        "contains",
        "startsWith",
        "endsWith",
        "matches",
        "uint",
        "bytes",
        "type",
        "dyn",
        "max",
        "min",
        "hasValue",
        "value",
        "orValue",
        "or",
        "of",
        "none",
        "ofNonZeroValue",
    )
)
"""What the library knows itself."""
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "bool": texts.to_bool,
    "own__size": texts.size,
    "own__string": texts.to_string,
    "own__int": numbers.to_int,
    "own__double": numbers.to_double,
    "own__timestamp": times.timestamp,
    "own__duration": times.duration,
    **{f"own__{name}": part for name, part in times.parts().items()},
    "charAt": texts.char_at,
    "substring": texts.substring,
    "split": texts.split,
    "join": texts.join,
    "replace": texts.replace,
    "lowerAscii": texts.lower_ascii,
    "upperAscii": texts.upper_ascii,
    "trim": texts.trim,
    "strings__quote": texts.quote,
    "format": texts.formatted,
    "find": texts.find,
    "findAll": texts.find_all,
    "indexOf": _index_of,
    "lastIndexOf": _last_index_of,
    "isSorted": lists.is_sorted,
    "sum": lists.total,
    "min": lists.smallest,
    "max": lists.largest,
    "slice": lists.part,
    "flatten": lists.flattened,
    "distinct": lists.distinct,
    "sort": sorted,
    "reverse": lists.backwards,
    "lists__range": lists.numbers,
    "first": optionals.first,
    "last": optionals.last,
    "optional__select": optionals.select,
    "optional__index": optionals.index,
    "optional__items": optionals.items,
    "optional__first": optionals.first,
    "optional__flat": optionals.flat,
    "sets__contains": lists.contains,
    "sets__equivalent": lists.equivalent,
    "sets__intersects": lists.intersects,
    "quantity": quantities.quantity,
    "isQuantity": quantities.is_quantity,
    "sign": quantities.sign,
    "isInteger": quantities.is_integer,
    "asInteger": quantities.as_integer,
    "asApproximateFloat": quantities.as_float,
    "add": quantities.add,
    "sub": quantities.sub,
    "compareTo": _compare,
    "isLessThan": lambda value, other: _compare(value, other) < 0,
    "isGreaterThan": lambda value, other: _compare(value, other) > 0,
    "semver": versions.semver,
    "isSemver": versions.is_semver,
    "major": versions.part(0),
    "minor": versions.part(1),
    "patch": versions.part(2),
    "ip": addresses.ip,
    "isIP": addresses.is_ip,
    "ip__isCanonical": addresses.is_canonical,
    "family": addresses.family,
    "isUnspecified": addresses.is_unspecified,
    "isLoopback": addresses.is_loopback,
    "isLinkLocalMulticast": addresses.is_link_local_multicast,
    "isLinkLocalUnicast": addresses.is_link_local_unicast,
    "isGlobalUnicast": addresses.is_global_unicast,
    "cidr": addresses.cidr,
    "isCIDR": addresses.is_cidr,
    "containsIP": addresses.contains_ip,
    "containsCIDR": addresses.contains_cidr,
    "prefixLength": addresses.prefix_length,
    "masked": addresses.masked,
    "url": urls.url,
    "isURL": urls.is_url,
    "getScheme": urls.scheme,
    "getHost": urls.host,
    "getHostname": urls.hostname,
    "getPort": urls.port,
    "getEscapedPath": urls.path,
    "getQuery": urls.query,
    **named_formats.table(),
}
"""What Kubernetes adds."""
