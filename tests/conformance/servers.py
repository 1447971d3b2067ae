"""The servers that cases run against, each with a way to wait for what a watch has to say."""

import base64
import threading
from urllib.parse import urlsplit

import yaml

from pytest_kbevents.client import kubeconfig
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.clock import SECOND, VirtualClock
from pytest_kbevents.cluster import backends

LONGEST = 30
"""Seconds for a watch that does not say what is expected."""


class EmbeddedServer:
    """In process; time passes when a watch has nothing to say."""

    def __init__(self):
        site = backends.make("embedded").site("conformance", 0, wake=lambda: None)
        self.transport, self.clock = site.transport, site.clock
        assert isinstance(self.clock, VirtualClock)

    def take(self, stream, count):
        """The next items of a watch, ``count`` or until it ends."""
        items = []
        for _ in range(LONGEST):
            while count is None or len(items) < count:
                item = stream.take()
                if item is None:
                    break
                items.append(item)
            if stream.ended() or len(items) == count:
                break
            self.clock.advance_to(self.clock.micros() + SECOND)
        return items

    def close(self):
        """Nothing is held."""


class HttpServer:
    """Over the network."""

    def __init__(self, backend, folder):
        self.backend = backend
        backend.start()
        self._news = threading.Event()
        self.transport = HttpTransport(str(_by_bearer(backend.kubeconfig, folder)), self._news.set)

    def take(self, stream, count):
        """The next items of a watch, ``count`` or until it ends."""
        items = []
        while count is None or len(items) < count:
            self._news.clear()
            item = stream.take()
            if item is not None:
                items.append(item)
            elif stream.ended() or not self._news.wait(LONGEST):
                break
        return items

    def close(self):
        """Take it down."""
        self.transport.close()
        self.backend.stop()


def _by_bearer(file, folder):
    """The same kubeconfig with the token as a bearer token alone, not in the address."""
    config = yaml.safe_load(file.read_text())
    cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
    url = urlsplit(cluster["server"])
    authority = base64.b64decode(cluster.get("certificate-authority-data", ""))
    path = folder / "kubeconfig"
    kubeconfig.write(path, server=f"{url.scheme}://{url.netloc}", token=user["token"], authority=authority)
    return path


def start(name, folder):
    """One of ``embedded``, ``local``, ``envtest``."""
    if name == "embedded":
        return EmbeddedServer()
    return HttpServer(backends.make(name), folder)
