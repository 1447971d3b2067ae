"""Writes how the built-in kinds are written in protobuf: ``python tools/protobuf.py`` (needs Go).

Read from the ``generated.proto`` files of the modules that ``go.mod`` pins (Apache-2.0): of each message the numbers,
names and types of its fields, for the messages that the kinds of ``schemas/types.json`` are made of.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SCHEMAS = HERE.parent / "pytest_kbevents" / "apiserver" / "schemas"
TARGET = HERE.parent / "pytest_kbevents" / "apiserver" / "protobuf" / "messages.json"
MODULES = ("k8s.io/api", "k8s.io/apimachinery")
MESSAGE = re.compile(r"^message (\w+) \{$(.*?)^\}$", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^\s+(?:(optional|repeated) ([\w.]+)|map<string, ([\w.]+)>) (\w+) = (\d+);$", re.MULTILINE)
SCALARS = ("string", "bytes", "bool", "int32", "int64")


def main() -> None:
    """Write messages.json, a message a line."""
    types: dict[str, Any] = json.loads((SCHEMAS / "types.json").read_text("utf-8"))
    known = dict(messages(types))
    needed: dict[str, Any] = {}
    waiting = [name for name in types if name in known]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = known[name]
            waiting += [field[1] for field in known[name].values() if field[1] not in SCALARS]
    lines = [f"{json.dumps(name)}:{json.dumps(needed[name], separators=(',', ':'))}" for name in sorted(needed)]
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def messages(types: dict[str, Any]) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Each message by its OpenAPI name: number -> name, type, and how it stands there."""
    for module in MODULES:
        for file in sorted(folder(module).rglob("generated.proto")):
            text = file.read_text("utf-8")
            package = re.search(r"^package ([\w.]+);$", text, re.MULTILINE)
            assert package is not None, file
            for name, body in MESSAGE.findall(text):
                own = published(f"{package[1]}.{name}")
                yield own, dict(fields(body, package[1], types.get(own, {})))


def fields(body: str, package: str, schema: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The fields of a message. One that is no property of the JSON object is an embedded struct: its fields are."""
    for label, single, mapped, name, number in FIELD.findall(body):
        kind = single or mapped
        full = kind if kind in SCALARS else published(kind.lstrip(".") if "." in kind else f"{package}.{kind}")
        properties = schema.get("properties", {name: {}})
        spelled = next((each for each in properties if each.lower() == name.lower()), name)
        embedded = spelled not in properties and full not in SCALARS
        how = "map" if mapped else "list" if label == "repeated" else "embedded" if embedded else ""
        yield number, [spelled, full, *([how] if how else [])]


def published(name: str) -> str:
    """The OpenAPI name of a protobuf one: ``io.k8s.api.core.v1.Pod``."""
    return f"io.k8s.{name.removeprefix('k8s.io.')}"


def folder(module: str) -> Path:
    """Where a module's files are."""
    command = ["go", "list", "-m", "-f", "{{.Dir}}", module]
    return Path(subprocess.run(command, cwd=HERE, check=True, capture_output=True, text=True).stdout.strip())


if __name__ == "__main__":
    main()
