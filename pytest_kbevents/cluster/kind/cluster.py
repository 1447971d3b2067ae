"""The backend ``kind``: real nodes in containers, with kubelets, a scheduler, and Services that route."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path

from pytest_kbevents.api.resources import DEPLOYMENTS
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.cluster.backend import Site
from pytest_kbevents.cluster.backends import HAS
from pytest_kbevents.cluster.kind.claim import Claim
from pytest_kbevents.cluster.kind.programs import Programs, find
from pytest_kbevents.cluster.kind.task import Task
from pytest_kbevents.cluster.kubeconfig import WHO, Kubeconfig
from pytest_kbevents.cluster.patience import until
from pytest_kbevents.deployment.image import build
from pytest_kbevents.errors import ApiError, ClusterFailed, NoAnswer, SettingError
from pytest_kbevents.settings import Settings

CONFIG = """\
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
nodes:
- role: control-plane
  kubeadmConfigPatches:
  - |
    kind: InitConfiguration
    nodeRegistration: {taints: []}
- role: worker
"""
"""Two nodes, and Pods on both: what crosses nodes is tried, too."""
NAMES_WITHIN = 120
"""Seconds until Services can be found by their names."""
ENDS_WITHIN = 120
"""Seconds for deleting a cluster."""


class Kind:
    """One cluster for the session, and for whoever else uses one of that name; a world has a namespace of it."""

    has = HAS["kind"]

    def __init__(self, settings: Settings, tell: Callable[[str], None]) -> None:
        self._settings = settings
        self._tell = tell
        self._programs: Programs | None = None
        self._keeper: subprocess.Popen[str] | None = None
        self._inner: Kubeconfig | None = None

    def start(self) -> None:
        """Raises SettingError when a program is not there, ClusterFailed when kind does not make it."""
        if find_spec("pytest_kind") is None:
            raise SettingError("--kb-cluster kind: pytest-kind is not installed; pip install 'pytest-kbevents[kind]'")
        self._programs = find(self._settings.tools)
        claim = Claim(self._settings.kind_name)
        try:
            self._tell(f"asks for the kind cluster {self._settings.kind_name}")
            keeper = self._started(self._programs, claim)
            self._await(keeper)
            image = self._image(keeper, claim)
            told = replace(self._settings, kubeconfig=str(claim.kubeconfig), context="", namespace="", image=image)
            self._inner = Kubeconfig(replace(told, production=True), nodes=True)
            self._inner.start()
            self._until_names_resolve(claim.kubeconfig)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """The cluster is deleted, unless somebody else uses it or it is to be kept. Idempotent."""
        if self._inner is not None:
            self._inner.stop()
            self._inner = None
        if self._keeper is not None:
            keeper, self._keeper = self._keeper, None
            keeper.communicate(timeout=ENDS_WITHIN)  # closes its input

    def site(self, name: str, seed: int, wake: Callable[[], None]) -> Site:
        """A namespace that no other world has."""
        assert self._inner is not None, "start() comes first"
        return self._inner.site(name, seed, wake)

    def collect(self, folder: Path) -> None:
        """The logs of all nodes and their Pods (``kind export logs``)."""
        if self._programs is None or self._inner is None:
            return
        self._tell(f"kind writes the logs of its nodes to {folder}")
        command = [str(self._programs.kind), "export", "logs", str(folder), "--name", self._settings.kind_name]
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603

    @property
    def kubeconfig(self) -> Path:
        """Of the cluster."""
        return Claim(self._settings.kind_name).kubeconfig

    def _started(self, programs: Programs, claim: Claim) -> subprocess.Popen[str]:
        settings = self._settings
        config = Path(settings.kind_config) if settings.kind_config else claim.folder / "config.yaml"
        if not settings.kind_config:
            config.write_text(CONFIG, encoding="utf-8")
        try:
            content = f"{settings.kind_image}\n{config.read_text(encoding='utf-8')}"
        except (OSError, UnicodeDecodeError) as error:
            raise SettingError(f"--kb-kind-config {config}: cannot be read: {error}") from None
        task = Task(
            name=settings.kind_name,
            kind=str(programs.kind),
            kubectl=str(programs.kubectl),
            image=settings.kind_image,
            config=str(config.absolute()),
            content=hashlib.sha256(content.encode()).hexdigest(),
            log=str(claim.folder / "kind.log"),
            keep=settings.keep == "always",
        )
        keeper = self._keeper = subprocess.Popen(
            [sys.executable, "-m", "pytest_kbevents.cluster.kind.keeper"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=claim.folder,
            start_new_session=True,  # a Ctrl-C in the terminal is for us, who then say what is to end
        )
        assert keeper.stdin is not None
        keeper.stdin.write(json.dumps(asdict(task)) + "\n")
        keeper.stdin.flush()
        return keeper

    def _await(self, keeper: subprocess.Popen[str]) -> None:
        """Until it has done what it was told last. Raises SettingError, ClusterFailed."""
        assert keeper.stdout is not None
        for line in keeper.stdout:
            told = json.loads(line)
            if "tell" in told:
                self._tell(told["tell"])
            elif told.get("usage"):
                raise SettingError(f"--kb-cluster kind: {told['problem']}")
            elif "problem" in told:
                raise ClusterFailed(f"kind does not do what it should: {told['problem']}")
            else:
                return
        raise ClusterFailed("the process that keeps the kind cluster has ended by itself")

    def _image(self, keeper: subprocess.Popen[str], claim: Claim) -> str:
        """Loaded into all nodes; once, however many processes want it."""
        assert keeper.stdin is not None
        with claim.alone():
            image = self._settings.image or build(self._settings.image_base, None, self._tell)
            self._tell(f"loads {image} into the nodes")
            keeper.stdin.write(f"{image}\n")
            keeper.stdin.flush()
            self._await(keeper)
        return image

    def _until_names_resolve(self, kubeconfig: Path) -> None:
        """Services are called by their names."""
        transport = HttpTransport(str(kubeconfig), wake=lambda: None)
        client = Client(transport, WHO)

        def is_up() -> bool:
            status = client.get(DEPLOYMENTS, "kube-system", "coredns").get("status") or {}
            return bool(status.get("availableReplicas"))

        try:
            if is_up():
                return
            self._tell("waits for the cluster's DNS")
            if not until(is_up, NAMES_WITHIN, every=0.2, despite=(NoAnswer, ApiError)):
                raise ClusterFailed(f"the DNS of the kind cluster is not up after {NAMES_WITHIN}s")
        finally:
            transport.close()
