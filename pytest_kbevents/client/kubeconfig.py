"""The file by which every tool finds a cluster."""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path


def write(path: Path, *, server: str, token: str, authority: bytes = b"", name: str = "kbevents") -> None:
    """Write a kubeconfig for one server and make it the current context.

    ``authority`` is the certificate, in PEM, by which the server is known.

    The file is readable by its owner only and appears whole or not at all, so that a reader may wait for it.
    """
    import yaml

    cluster = {"server": server}
    if authority:
        cluster["certificate-authority-data"] = base64.b64encode(authority).decode()
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": name, "cluster": cluster}],
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
