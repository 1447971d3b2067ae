"""A request's body as text: JSON, or YAML as Kubernetes reads it; what stands twice in an object is remembered."""

from __future__ import annotations

import json
from typing import Any

from pytest_kbevents.apiserver.schemas import syntax
from pytest_kbevents.errors import BadRequest


class Repeated(dict[str, Any]):
    """An object in whose text some names stood more than once; the last value counts, objects are put together."""

    names: tuple[str, ...] = ()


def json_value(text: bytes) -> Any:
    """The value of a JSON text. Raises BadRequest, with Go's words for what is wrong."""
    try:
        return json.loads(text.decode("utf-8", "replace"), object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BadRequest(syntax.problem(error)) from None
    except (ValueError, RecursionError) as error:
        raise BadRequest("exceeded max depth" if isinstance(error, RecursionError) else str(error)) from None


def yaml_value(text: bytes) -> Any:
    """The value of one YAML document, by YAML 1.1's rules as Kubernetes' reader has them. Raises BadRequest."""
    import yaml

    try:
        return json.loads(json.dumps(yaml.load(text, Loader=_loader())))  # noqa: S506 - a SafeLoader with fewer types
    except (ValueError, TypeError, RecursionError, yaml.YAMLError) as error:
        told = getattr(error, "problem", None) or str(error)
        raise BadRequest(f"error converting YAML to JSON: yaml: {told}") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    repeated = Repeated()
    for name, value in pairs:
        before = repeated.get(name)
        repeated[name] = {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value
    seen: set[str] = set()
    repeated.names = tuple(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
    return repeated


def _no_constant(name: str) -> Any:
    raise ValueError(f"invalid character {name[0]!r} looking for beginning of value")


def _loader() -> Any:
    """PyYAML's safe loader that leaves dates as the texts they are."""
    import yaml

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Loader
