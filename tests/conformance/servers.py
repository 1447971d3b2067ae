"""The servers that cases run against, each with a way to wait for what a watch has to say."""

import base64
from time import monotonic
from urllib.parse import urlsplit

import yaml

from conformance.bodies import config_map
from pytest_kbevents.client import kubeconfig
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.clock import SECOND, VirtualClock
from pytest_kbevents.cluster import backends
from pytest_kbevents.environment.bell import Bell

LONGEST = 30
"""Seconds for a watch that does not say what is expected."""


class EmbeddedServer:
    """In process; time passes when a watch has nothing to say, and between calls."""

    patience = 0
    """Seconds for what a server takes in by and by: a new kind, a new role."""

    def __init__(self):
        site = backends.make("embedded").site("conformance", 0, wake=lambda: None)
        self.transport, self.clock = site.transport, site.clock
        assert isinstance(self.clock, VirtualClock)

    def pause(self):
        """Never two calls in one second: a case whose answers depend on that fails here, each time, not elsewhere."""
        self.clock.advance_to(self.clock.micros() + SECOND)

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
            self.pause()
        return items

    def compact(self, api):
        """Forget all revisions before now."""
        api.send("POST", "configmaps", config_map("before-compaction"))
        api.send("DELETE", "configmaps/before-compaction")
        self.forget()

    def forget(self):
        """Make sure that nobody can watch from the first revision on."""
        self.transport.store.compact(self.transport.store.revision)

    def close(self):
        """Nothing is held."""


class HttpServer:
    """Over the network."""

    def __init__(self, backend, folder):
        self.backend = backend
        backend.start()
        self._news = Bell()
        self.transport = HttpTransport(str(_by_bearer(backend.kubeconfig, folder)), self._news.ring)

    def pause(self):
        """Calls follow each other at once."""

    def take(self, stream, count):
        """The next items of a watch, ``count`` or until it ends."""
        items = []
        deadline = monotonic() + LONGEST
        while count is None or len(items) < count:
            heard = self._news.count
            item = stream.take()
            if item is not None:
                items.append(item)
            elif stream.ended() or monotonic() > deadline:
                break
            elif not stream.ready():
                self._news.wait(heard, LONGEST)
        return items

    def close(self):
        """Take it down."""
        self.transport.close()
        self.backend.stop()


class LocalServer(HttpServer):
    """The same API server as embedded."""

    patience = 0

    def compact(self, api):
        """Forget all revisions before now."""
        api.send("POST", "configmaps", config_map("before-compaction"))
        api.send("DELETE", "configmaps/before-compaction")
        self.forget()

    def forget(self):
        """Make sure that nobody can watch from the first revision on."""
        store = self.backend._server.store
        store.compact(store.revision)


class EnvtestServer(HttpServer):
    """The real one."""

    patience = 30

    def compact(self, api):
        """Forget all revisions before now, as kube-apiserver does after five minutes, and wait for its cache."""
        import urllib3

        files = self.backend.certificates
        pool = urllib3.PoolManager(
            ca_certs=str(files.authority), cert_file=str(files.server), key_file=str(files.server)
        )
        made = api.send("POST", "configmaps", config_map("before-compaction")).body
        after = api.send("POST", "configmaps", config_map("after-compaction")).body["metadata"]["resourceVersion"]
        key = {"key": _base64("compact_rev_key"), "value": _base64(after)}  # where kube-apiservers tell each other
        for path, body in (("put", key), ("compaction", {"revision": after})):
            assert pool.request("POST", f"{self.backend.etcd}/v3/kv/{path}", json=body).status == 200
        pool.clear()
        for name in ("before", "after"):
            api.send("DELETE", f"configmaps/{name}-compaction")
        query = {"resourceVersion": made["metadata"]["resourceVersion"], "resourceVersionMatch": "Exact"}
        api.until(lambda answer: answer.status == 410, "configmaps", query=query)

    def forget(self):
        """A kind that came after the first revision cannot be watched from there."""


def _base64(text):
    return base64.b64encode(text.encode()).decode()


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
    return (LocalServer if name == "local" else EnvtestServer)(backends.make(name), folder)
