"""The file by which every tool finds a cluster."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write(path: Path, *, server: str, token: str, name: str = "kbevents") -> None:
    """Write a kubeconfig for one server and make it the current context.

    The file is readable by its owner only and appears whole or not at all, so that a reader may wait for it.
    """
    import yaml

    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": name, "cluster": {"server": server}}],
        "users": [{"name": name, "user": {"token": token}}],
        "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
        "current-context": name,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            yaml.safe_dump(config, file, sort_keys=False)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink()  # it holds the token
        raise
