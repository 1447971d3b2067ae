"""A transport for processes that outlive what tells them where their cluster is: kubeconfigs and tokens change."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.errors import NoAnswer, NotSent

UNAUTHORIZED = 401

Load = Callable[[], Transport]
"""Reads what says where the cluster is, and connects; raises whatever it may."""


class FreshTransport:
    """Loads its transport when it is first asked, and anew when one of ``files`` has changed, and after a request that
    got no answer or was not authorized: then a file that those files name may have changed. So whoever asks meets what
    he would if all of it were read for each request, and yet connections are kept.
    """

    def __init__(self, load: Load, files: Iterable[str], name: str) -> None:
        """``name`` is what messages call the files."""
        self._load = load
        self._files = tuple(files)
        self._name = name
        self._loaded: tuple[object, Transport] | None = None
        self._lock = threading.Lock()

    def send(self, request: Request) -> Response:
        """Answer ``request``. Raises NoAnswer; NotSent also when nothing that can be used says where the cluster is."""
        transport = self._current()
        try:
            response = transport.send(request)
        except NoAnswer:
            self._forget(transport)
            raise
        except _unusable() as error:  # a token is read when it is needed
            self._forget(transport)
            raise self._refusal(error) from error
        if response.status == UNAUTHORIZED:
            self._forget(transport)
        return response

    def _current(self) -> Transport:
        with self._lock:
            signature = [_signature(file) for file in self._files]
            if self._loaded is None or self._loaded[0] != signature:
                try:
                    self._loaded = (signature, self._load())
                except Exception as error:
                    self._loaded = None
                    raise self._refusal(error) from error
            return self._loaded[1]

    def _forget(self, transport: Transport) -> None:
        """It is not closed: others may be waiting for its answers."""
        with self._lock:
            if self._loaded is not None and self._loaded[1] is transport:
                self._loaded = None

    def _refusal(self, error: Exception) -> NotSent:
        return NotSent(f"cannot use {self._name}: {' '.join(str(error).split()) or type(error).__name__}")


def fresh_http(kubeconfig: str, wake: Callable[[], None]) -> FreshTransport:
    """To the cluster of a kubeconfig, which may be several files as in ``$KUBECONFIG``; without one, as the service
    account of the Pod that this runs in. ``wake`` is as in ``HttpTransport``.
    """
    name = f"kubeconfig {kubeconfig}" if kubeconfig else "the Pod's service account (no kubeconfig was given)"
    files = filter(None, kubeconfig.split(os.pathsep))
    return FreshTransport(lambda: HttpTransport(kubeconfig or None, wake), files, name)


def _signature(file: str) -> object:
    """Changes when the file does; None when there is none."""
    with suppress(OSError):
        found = Path(file).stat()
        return found.st_mtime_ns, found.st_size, found.st_ino
    return None


def _unusable() -> tuple[type[Exception], ...]:
    """What a login says of a file; the official loader's only where that was loaded."""
    official = sys.modules.get("kubernetes.config")
    return (OSError,) if official is None else (OSError, official.ConfigException)
