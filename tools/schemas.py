"""Writes what the embedded API server knows of the built-in kinds: ``python tools/schemas.py`` (needs Go).

Read from the documents that Kubernetes publishes with a release (Apache-2.0), never by hand: the OpenAPI schemas and
the discovery documents of the module that ``go.mod`` pins, and how Go declares each field (``gotypes``).
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TARGET = HERE.parent / "pytest_kbevents" / "apiserver" / "schemas"
REF = "#/components/schemas/"
GROUP_VERSIONS = (
    "api/v1",
    "apis/apiextensions.k8s.io/v1",
    "apis/apps/v1",
    "apis/events.k8s.io/v1",
    "apis/authentication.k8s.io/v1",
    "apis/authorization.k8s.io/v1",
    "apis/batch/v1",
    "apis/rbac.authorization.k8s.io/v1",
    "apis/coordination.k8s.io/v1",
    "apis/discovery.k8s.io/v1",
)
ANSWERS = {"io.k8s.apimachinery.pkg.apis.meta.v1.Status"}
"""What no kind refers to, but every operation."""
SCALE = "apis/autoscaling/v1"
"""Not served, but the scale subresource of apps speaks of it."""
LEFT_OUT = ("bindings", "componentstatuses", "nodes/proxy", "pods/proxy", "services/proxy", "pods/attach")
LEFT_OUT += ("pods/exec", "pods/portforward", "pods/log", "pods/resize", "pods/ephemeralcontainers")
"""What needs a kubelet or a scheduler behind the server."""


def go(*arguments: str) -> str:
    """What a go command prints."""
    env = os.environ | {"CGO_ENABLED": "0"}
    return subprocess.run(["go", *arguments], cwd=HERE, env=env, check=True, capture_output=True, text=True).stdout


def published(api: Path, path: str) -> dict[str, Any]:
    """The OpenAPI definitions of one group version."""
    file = api / "openapi-spec" / "v3" / f"{path.replace('/', '__')}_openapi.json"
    schemas: dict[str, Any] = json.loads(file.read_text())["components"]["schemas"]
    return schemas


def undescribed(value: Any) -> Any:
    """Without the prose."""
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if not (k == "description" and isinstance(v, str))}
        return {key: undescribed(item) for key, item in kept.items()}
    return [undescribed(item) for item in value] if isinstance(value, list) else value


def references(value: Any) -> Iterator[str]:
    """The names of the definitions that a definition needs."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "$ref" and isinstance(item, str):
                yield item.removeprefix(REF)
            else:
                yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def closure(definitions: dict[str, Any], first: set[str]) -> dict[str, Any]:
    """The definitions that ``first`` and what it refers to need."""
    needed: set[str] = set()
    waiting = set(first)
    while waiting:
        name = waiting.pop()
        needed.add(name)
        waiting |= set(references(definitions[name])) - needed
    return {name: definitions[name] for name in sorted(needed)}


def with_go(definitions: dict[str, Any], declared: dict[str, Any]) -> dict[str, Any]:
    """Each property with how Go declares it: its type, then ``omitempty`` and ``omitzero``."""
    for name, definition in definitions.items():
        fields = declared.get(name, {})
        for field, schema in definition.get("properties", {}).items():
            if field in fields:
                words = [option for option in ("omitempty", "omitzero") if fields[field].get(option)]
                schema["x-go"] = " ".join([fields[field]["type"], *words])
    return definitions


def kinds_of(definition: dict[str, Any]) -> set[tuple[str, str, str]]:
    """The group, version and kind that a definition is the type of."""
    named = definition.get("x-kubernetes-group-version-kind", [])
    return {(item["group"], item["version"], item["kind"]) for item in named}


def main() -> None:
    """Write types.json and resources.json, a definition or resource a line."""
    api = Path(go("list", "-m", "-f", "{{.Dir}}", "k8s.io/kubernetes").strip()) / "api"
    served = {}
    for path in GROUP_VERSIONS:
        entries = json.loads((api / "discovery" / f"{path.replace('/', '__')}.json").read_text())["resources"]
        served[path.split("/", 1)[1]] = [entry for entry in entries if entry["name"] not in LEFT_OUT]
    definitions = {}
    for path in (*GROUP_VERSIONS, SCALE):
        definitions |= undescribed(published(api, path))
    wanted = {kind for gv, entries in served.items() for entry in entries for kind in _kinds(gv, entry)}
    first = ANSWERS | {name for name, definition in definitions.items() if kinds_of(definition) & wanted}
    needed = with_go(closure(definitions, first), json.loads(go("run", "./gotypes")))
    _write(TARGET / "types.json", needed)
    _write(TARGET / "resources.json", {f"{gv} {e['name']}": e for gv, entries in served.items() for e in entries})


def _gv(group_version: str) -> tuple[str, str]:
    group, slash, version = group_version.rpartition("/")
    return (group, version) if slash else ("", group_version)


def _kinds(group_version: str, entry: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What a resource answers, one and many; a subresource may be of another group."""
    group, version = _gv(group_version)
    of = entry.get("group", group), entry.get("version", version)
    yield *of, entry["kind"]
    yield *of, f"{entry['kind']}List"


def _write(file: Path, entries: dict[str, Any]) -> None:
    lines = [f"{json.dumps(key)}:{json.dumps(value, separators=(',', ':'))}" for key, value in entries.items()]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
