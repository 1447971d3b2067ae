"""The file by which every tool finds a cluster."""

from __future__ import annotations

import base64
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pytest_kbevents.client.login import configured
from pytest_kbevents.errors import SettingError


def names(file: str, context: str, flag: str) -> dict[str, str]:
    """What a context is called, and what it names: for those who must know where they are. Raises SettingError naming
    ``flag`` when there is no such file or context.
    """
    from kubernetes.config import ConfigException, list_kube_config_contexts

    try:
        contexts, active = list_kube_config_contexts(file)  # type: ignore[no-untyped-call]
    except (ConfigException, OSError) as error:
        raise SettingError(f"{flag}: cannot use {file}: {error}; give --kb-kubeconfig FILE") from None
    known = {each["name"]: each for each in contexts}
    if context and context not in known:
        raise SettingError(f"{flag}: {file} has no context {context!r}; one of {', '.join(known)}")
    found = known[context] if context else active
    server = ""
    with suppress(ConfigException, OSError):  # what is wrong with it is told when it is used
        server = urlsplit(configured(file, context or None).host).hostname or ""
    return {"context": found["name"], "cluster": found["context"].get("cluster", ""), "server": server}


def flatten(file: str, context: str, path: Path) -> None:
    """Write one context, with the credentials that it has now and the contents of the files that it names. Raises what
    the official loader does.
    """
    found = configured(file, context or None)
    settings: Any = found.auth_settings()
    tokens = [str(each["value"]) for each in settings.values() if each["key"] == "authorization"]
    write(
        path,
        server=found.host,
        token=re.sub("^bearer ", "", tokens[0], flags=re.IGNORECASE) if tokens else "",
        authority=_contents(found.ssl_ca_cert),
        certificate=(_contents(found.cert_file), _contents(found.key_file)),
        insecure=not found.verify_ssl,
    )


def _contents(file: str | None) -> bytes:
    return Path(file).read_bytes() if file else b""


def write(
    path: Path,
    *,
    server: str,
    token: str = "",
    authority: bytes = b"",
    certificate: tuple[bytes, bytes] = (b"", b""),
    insecure: bool = False,
) -> None:
    """Write a kubeconfig for one server and make it the current context.

    ``authority`` is the certificate, in PEM, by which the server is known; ``certificate`` is the client's, with its
    key. ``insecure``: the server is whoever answers.

    The file is readable by its owner only and appears whole or not at all, so that a reader may wait for it.
    """
    import yaml

    name = "kbevents"
    cluster: dict[str, Any] = {"server": server}
    if insecure:
        cluster["insecure-skip-tls-verify"] = True
    elif authority:
        cluster["certificate-authority-data"] = _base64(authority)
    user = {"token": token} if token else {}
    if certificate[0]:
        user |= {"client-certificate-data": _base64(certificate[0]), "client-key-data": _base64(certificate[1])}
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": name, "cluster": cluster}],
        "users": [{"name": name, "user": user}],
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


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
