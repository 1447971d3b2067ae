"""Writes the columns of the built-in kinds' Tables (needs KUBEBUILDER_ASSETS, see ``assets.py``).

They are what a real kube-apiserver answers for each kind that the embedded one serves; the cells are code.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pytest_kbevents.api.http import Request
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.cluster import backends

PACKAGE = Path(__file__).parent.parent / "pytest_kbevents" / "apiserver"
TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io"


def listed() -> dict[str, str]:
    """The path of each built-in kind that can be listed, by its qualified name."""
    found = {}
    for key, entry in json.loads((PACKAGE / "schemas" / "resources.json").read_text("utf-8")).items():
        version, _, name = key.partition(" ")
        if "list" in entry["verbs"] and "/" not in name:
            group = version.rpartition("/")[0]
            found[f"{name}.{group}" if group else name] = f"/{'apis' if group else 'api'}/{version}/{name}"
    return found


def columns(transport: HttpTransport, path: str) -> Any:
    """What the real server answers."""
    answer = transport.send(Request("GET", path, accept=TABLE, user_agent="columns"))
    assert answer.status == 200, answer.body
    return answer.body["columnDefinitions"]


def main() -> None:
    """Write columns.json, a kind a line."""
    backend = backends.make("envtest")
    backend.start()
    try:
        transport = HttpTransport(str(backend.kubeconfig), lambda: None)
        found = {name: columns(transport, path) for name, path in listed().items()}
        transport.close()
    finally:
        backend.stop()
    lines = [f"{json.dumps(name)}:{json.dumps(value, separators=(',', ':'))}" for name, value in found.items()]
    (PACKAGE / "views" / "columns.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
