"""Where a cluster is, and as whom it is asked: by a kubeconfig, or as the service account of a Pod."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
CONNECTIONS = 64
"""Kept for one cluster."""


class Login(Protocol):
    """What a transport needs to know."""

    @property
    def host(self) -> str:
        """URL of the API server."""

    @property
    def manager(self) -> Any:
        """The urllib3 PoolManager to reach it by."""

    def headers(self) -> Mapping[str, str]:
        """The credentials, for one request. Raises what says that they cannot be read now."""


class OfficialLogin:
    """As the official ``kubernetes`` client logs in by a kubeconfig: tokens, certificates, programs that hand them out,
    proxies.
    """

    def __init__(self, kubeconfig: str, context: str | None) -> None:
        """Without a context, as the file's current one. Raises what the official loader does: ConfigException, OSError,
        and whatever YAML may lead to.
        """
        self._configuration = configuration = configured(kubeconfig, context)
        client, _ = _official()
        configuration.connection_pool_maxsize = CONNECTIONS
        self.host: str = configuration.host
        self.manager: Any = client.ApiClient(configuration).rest_client.pool_manager

    def headers(self) -> Mapping[str, str]:
        credentials = self._configuration.auth_settings().values()
        return {credential["key"]: credential["value"] for credential in credentials}


def configured(kubeconfig: str, context: str | None = None) -> Any:
    """The official client's Configuration for a context. Raises as ``OfficialLogin`` does."""
    client, config = _official()
    configuration = client.Configuration()
    config.load_kube_config(kubeconfig, context, configuration)
    if urlsplit(configuration.host).hostname in LOOPBACK:
        configuration.proxy = None  # what is on this machine is not behind a proxy, whatever HTTP_PROXY says
    return configuration


def _official() -> tuple[Any, Any]:
    """Its packages for clients and for configuration. Raises OSError where it is not installed, as in our image."""
    try:
        from kubernetes import client, config
    except ModuleNotFoundError as error:
        raise OSError(f"kubeconfigs need the package kubernetes ({error}); in a Pod, give none") from None
    return client, config
