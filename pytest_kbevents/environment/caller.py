"""A Pod that opens connections as an application in the cluster would: through the Services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pytest_kbevents.api.resources import PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.deployment.access import manifest
from pytest_kbevents.deployment.security import container_security, pod_security
from pytest_kbevents.environment.kubeletpod import GRACE, PORT, PULL_POLICY
from pytest_kbevents.errors import ApiError, NoAnswer

NAME = "caller"
HTTP = 8080


@dataclass(frozen=True, slots=True)
class Call:
    """``pod`` is the name of the one that answered; ``""``, with the reason, when none did."""

    pod: str
    problem: str = ""


class Caller:
    """Runs in the world's namespace, and goes with it."""

    def __init__(self, client: Client, namespace: str, image: str) -> None:
        self._client = client
        self._namespace = namespace
        self._image = image

    def start(self) -> None:
        """Create its Pod; it is up when ``call`` is answered."""
        container = {
            "name": NAME,
            "image": self._image,
            "imagePullPolicy": PULL_POLICY,
            "command": ["kbevents-caller", str(HTTP)],
            "securityContext": container_security(),
        }
        spec = {
            "automountServiceAccountToken": False,
            "enableServiceLinks": False,
            "terminationGracePeriodSeconds": GRACE,
            "securityContext": pod_security(),
            "containers": [container],
        }
        self._client.create(PODS, manifest(PODS, NAME, self._namespace, spec=spec))

    def call(self, service: str) -> Call:
        """Open one connection to the database's port of a Service."""
        path = PODS.path(self._namespace, f"{NAME}:{HTTP}", "proxy")
        try:
            answer: dict[str, Any] = self._client.fetch(f"{path}/connect/{service}.{self._namespace}/{PORT}")
        except (ApiError, NoAnswer) as error:
            return Call("", f"the Pod {NAME} does not answer: {error}")
        return Call(str(answer.get("reached", "")), str(answer.get("error", "")))
