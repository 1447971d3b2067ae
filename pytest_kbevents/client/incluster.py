"""Login as the service account of a Pod, without the official client: that one takes longer to load than an agent has
to start, and is larger than all the rest of an image. What cannot be used is told in its words.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pytest_kbevents.client.login import CONNECTIONS
from pytest_kbevents.client.proxies import proxy_of

ACCOUNT = Path("/var/run/secrets/kubernetes.io/serviceaccount")
HOST, PORT = "KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT"
TOKEN_SECONDS = 60.0
"""After which the token is read again: the kubelet puts a new one there before it ends."""


class InClusterLogin:
    """By what every Pod has: two variables, a token and the certificate by which the API server is known."""

    def __init__(
        self,
        account: Path | None = None,
        environ: Mapping[str, str] = os.environ,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises OSError when this runs in no Pod."""
        folder = ACCOUNT if account is None else account
        self.host = _host(environ)
        self._file = folder / "token"
        self._seconds = seconds
        self._lock = threading.Lock()
        self._token, self._read_at = _token(self._file), seconds()
        self.manager: Any = _manager(proxy_of(self.host), _authority(folder / "ca.crt"))

    def headers(self) -> Mapping[str, str]:
        """Raises OSError."""
        with self._lock:
            if self._seconds() - self._read_at >= TOKEN_SECONDS:
                self._token, self._read_at = _token(self._file), self._seconds()
            return {"authorization": f"bearer {self._token}"}


def _host(environ: Mapping[str, str]) -> str:
    if HOST not in environ or PORT not in environ:
        raise OSError("Service host/port is not set.")
    host, port = environ[HOST], environ[PORT]
    if not (host and port):
        raise OSError("Service host/port is set but empty.")
    return f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}"


def _token(file: Path) -> str:
    if not file.is_file():
        raise OSError("Service token file does not exist.")
    if not (token := file.read_text(encoding="utf-8").strip()):
        raise OSError("Token file exists but empty.")
    return token


def _authority(file: Path) -> str:
    if not file.is_file():
        raise OSError("Service certification file does not exist.")
    if not file.read_bytes():
        raise OSError("Cert file exists but empty.")
    return str(file)


def _manager(proxy: str, authority: str) -> Any:
    from urllib3 import PoolManager, ProxyManager

    more: dict[str, Any] = {"ca_certs": authority, "maxsize": CONNECTIONS}
    return ProxyManager(proxy, **more) if proxy else PoolManager(**more)
