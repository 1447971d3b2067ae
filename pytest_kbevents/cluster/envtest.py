"""A real kube-apiserver and etcd, as controller-runtime's envtest has them: no nodes, no controllers, no garbage
collection - every answer is Kubernetes' own.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from tenacity import Retrying, retry_if_exception_type, retry_if_result, stop_after_delay, wait_fixed

from pytest_kbevents.api.http import Request
from pytest_kbevents.client import kubeconfig
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.clock import WallClock
from pytest_kbevents.cluster import certificates, crds
from pytest_kbevents.cluster.auditlog import POLICY, AuditLog
from pytest_kbevents.cluster.backend import Site
from pytest_kbevents.cluster.backends import HAS
from pytest_kbevents.cluster.certificates import Certificates
from pytest_kbevents.cluster.servers import Servers, free_ports
from pytest_kbevents.errors import ClusterFailed, NoAnswer, SettingError

ANSWERS_WITHIN = 90
"""Seconds; a busy machine of two cores needs ten."""
USUAL_PLACE = "/usr/local/kubebuilder/bin"
"""Where envtest looks when KUBEBUILDER_ASSETS is not set."""
ADVERTISED = "192.0.2.1"
"""An address of nobody (RFC 5737), which the Service ``kubernetes`` points to: the machine's network is not asked."""


class Envtest:
    """One kube-apiserver for the session; each world has a namespace of it. ``token`` is an administrator's."""

    has = HAS["envtest"]

    def __init__(self) -> None:
        self.token = secrets.token_hex(16)
        self.address = ""
        """The URL of kube-apiserver."""
        self.etcd = ""
        """The URL of etcd; it asks for a certificate, and ``certificates.server`` is one."""
        self.certificates: Certificates
        self._servers: Servers | None = None
        self._audit: AuditLog

    def start(self) -> None:
        """Raises SettingError when something is not installed, ClusterFailed when the servers do not come up."""
        programs = {name: program(name) for name in ("etcd", "kube-apiserver")}
        self._servers = Servers()
        try:
            self.certificates = certificates.write(self.folder)
            self._audit = AuditLog(self.folder / "audit.log")
            self._launch(self._servers, programs)
            kubeconfig.write(
                self.kubeconfig,
                server=self.address,
                token=self.token,
                authority=self.certificates.authority.read_bytes(),
            )
            self._wait_until_it_answers(self._servers)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Kill both servers and delete all that they wrote."""
        if self._servers is not None:
            self._servers.stop()
            self._servers = None

    @property
    def folder(self) -> Path:
        """What is deleted at the end."""
        assert self._servers is not None, "start() comes first"
        return self._servers.folder

    @property
    def kubeconfig(self) -> Path:
        """How other tools find the server while it is up."""
        return self.folder / "kubeconfig"

    def collect(self, folder: Path) -> None:
        """Nothing that the history does not have."""

    def site(self, name: str, seed: int, wake: Callable[[], None]) -> Site:
        """A namespace that no other world has."""
        del seed  # nothing here is simulated
        transport = HttpTransport(str(self.kubeconfig), wake)
        namespace = f"{name}-{secrets.token_hex(3)}"
        return Site(transport, WallClock(), self._audit, namespace, close=transport.close, kubeconfig=self.kubeconfig)

    def _launch(self, servers: Servers, programs: dict[str, Path]) -> None:
        etcd, apiserver = free_ports(2)
        self.etcd, self.address = f"https://127.0.0.1:{etcd}", f"https://127.0.0.1:{apiserver}"
        tokens, policy = self.folder / "tokens.csv", self.folder / "audit-policy.json"
        tokens.write_text(f"{self.token},kbevents,kbevents,system:masters\n")
        policy.write_text(json.dumps(POLICY))
        files = {"token-auth-file": tokens, "audit-policy-file": policy, "audit-log-path": self.folder / "audit.log"}
        servers.start(
            {
                "etcd": _command(programs["etcd"], _etcd_flags(self.etcd, self.folder, self.certificates)),
                "kube-apiserver": _command(
                    programs["kube-apiserver"],
                    {**_apiserver_flags(self.etcd, self.address, self.certificates), **files, "secure-port": apiserver},
                ),
            }
        )

    def _wait_until_it_answers(self, servers: Servers) -> None:
        transport = HttpTransport(str(self.kubeconfig), wake=lambda: None)
        client = Client(transport, "kbevents")

        def patience(check: Callable[[], bool]) -> None:
            Retrying(
                retry=retry_if_exception_type(NoAnswer) | retry_if_result(lambda done: not done),
                before=lambda _: servers.check(),
                wait=wait_fixed(0.1),
                stop=stop_after_delay(ANSWERS_WITHIN),
            )(check)

        try:
            patience(lambda: transport.send(Request("GET", "/readyz", user_agent="kbevents")).status == 200)
            crds.install(client)
            patience(lambda: crds.served(client))
        except ClusterFailed:
            raise
        except Exception as error:
            log = servers.log("kube-apiserver")
            text = f"kube-apiserver is not ready after {ANSWERS_WITHIN}s ({error}); the end of its log:\n{log}"
            raise ClusterFailed(text) from error
        finally:
            transport.close()


def program(name: str) -> Path:
    """Where a program of envtest is. Raises SettingError."""
    named = os.environ.get("KUBEBUILDER_ASSETS", "")
    file = Path(named or USUAL_PLACE, name)
    if not os.access(file, os.X_OK):
        place = f"KUBEBUILDER_ASSETS={named}" if named else f"KUBEBUILDER_ASSETS is not set, and {USUAL_PLACE}"
        raise SettingError(
            f"--kb-cluster envtest: {place} has no program {name!r}; get it with "
            "`setup-envtest use -p env` (go install sigs.k8s.io/controller-runtime/tools/setup-envtest@latest)"
        )
    return file.absolute()


def _etcd_flags(url: str, folder: Path, files: Certificates) -> dict[str, object]:
    return {
        "data-dir": folder / "etcd",
        "listen-client-urls": url,
        "advertise-client-urls": url,
        "listen-peer-urls": "http://127.0.0.1:0",  # never used: it is alone
        "cert-file": files.server,
        "key-file": files.server,
        "client-cert-auth": "true",  # who reaches etcd is asked nothing more
        "trusted-ca-file": files.authority,
        "unsafe-no-fsync": "true",
    }


def _apiserver_flags(etcd: str, address: str, files: Certificates) -> dict[str, object]:
    return {
        "etcd-servers": etcd,
        "etcd-cafile": files.authority,
        "etcd-certfile": files.server,
        "etcd-keyfile": files.server,
        "bind-address": "127.0.0.1",
        "advertise-address": ADVERTISED,
        "tls-cert-file": files.server,
        "tls-private-key-file": files.server,
        "service-account-issuer": address,
        "service-account-key-file": files.key,
        "service-account-signing-key-file": files.key,
        "authorization-mode": "RBAC",
        "service-cluster-ip-range": "10.0.0.0/16",  # each world has Services, and all of a session are kept
        "allow-privileged": "true",
        "disable-admission-plugins": "ServiceAccount",  # it waits for a controller to make "default" in each namespace
    }


def _command(file: Path, flags: dict[str, object]) -> list[str]:
    return [str(file), *(f"--{name}={value}" for name, value in flags.items())]
