"""A controller that is a command: run beside the tests with a kubeconfig, and killed with all that it started."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

from pytest_kbevents.cluster.patience import until
from pytest_kbevents.cluster.servers import Servers, free_ports
from pytest_kbevents.errors import ClusterFailed

NAME = "controller"
WORKS_WITHIN = 60.0
"""Seconds."""
ANSWERS_WITHIN = 1.0
PLACES = ("kubeconfig", "namespace", "release", "health")
"""What a command can name in braces."""


class Executed:
    """``command`` is a line for a shell without a shell: words, in which ``{kubeconfig}``, ``{namespace}``,
    ``{release}`` and ``{health}`` (an address that is free: HOST:PORT) are replaced. Where it names ``{health}``, it
    works once /readyz is answered there with 200; else as soon as it has been started.
    """

    def __init__(self, command: str, kubeconfig: Path, namespace: str) -> None:
        self._command = command
        self._kubeconfig = kubeconfig
        self._namespace = namespace
        self._servers: Servers | None = None
        self._health = ""
        self._log = ""

    def start(self, release: str) -> None:
        """Raises ClusterFailed when there is no such command."""
        if self._servers is not None:
            return
        self._health = f"127.0.0.1:{free_ports(1)[0]}"
        told = {
            "kubeconfig": str(self._kubeconfig),
            "namespace": self._namespace,
            "release": release,
            "health": self._health,
        }
        environment = {**os.environ, "KUBECONFIG": str(self._kubeconfig), "KB_NAMESPACE": self._namespace}
        self._servers = Servers(environment)
        program, *words = [_filled(word, told) for word in shlex.split(self._command)]
        program = shutil.which(program) or program  # the servers' folder is another than ours
        self._servers.start({NAME: [os.path.abspath(program) if os.sep in program else program, *words]})  # noqa: PTH100

    def wait(self) -> None:
        servers = self._servers
        if servers is None:
            raise ClusterFailed(f"{self._command} does not run:\n{self._log}")
        if "{health}" not in self._command:
            servers.check()
            return

        def is_ready() -> bool:
            servers.check()
            return self._is_ready()

        if not until(is_ready, WORKS_WITHIN):
            problem = f"{self._command}: /readyz at {self._health} is not answered with 200 after {WORKS_WITHIN:g}s"
            raise ClusterFailed(f"{problem}; the end of its log:\n{servers.log(NAME)}")

    def stop(self) -> None:
        self._log = self.log()
        if self._servers is not None:
            self._servers.stop()
            self._servers = None

    def log(self) -> str:
        """Of all processes so far, the end of each; of one that has ended by itself, that it has."""
        if self._servers is None:
            return self._log
        try:
            self._servers.check()
        except ClusterFailed as ended:
            self._log += f"{ended}\n"
            self._servers.stop()
            self._servers = None
            return self._log
        return self._log + self._servers.log(NAME)

    close = stop

    def _is_ready(self) -> bool:
        from urllib3 import PoolManager, Timeout
        from urllib3.exceptions import HTTPError

        try:
            with PoolManager() as pool:
                url = f"http://{self._health}/readyz"
                answer = pool.request("GET", url, timeout=Timeout(ANSWERS_WITHIN), retries=False)
                return answer.status == 200
        except HTTPError:
            return False


def _filled(word: str, told: dict[str, str]) -> str:
    for name in PLACES:
        word = word.replace(f"{{{name}}}", told[name])
    return word
