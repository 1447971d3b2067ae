"""What agents in Pods need beside their Pods."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_kbevents.api.names import AGENT_ACCOUNT
from pytest_kbevents.deployment import network, rules
from pytest_kbevents.deployment.access import Manifest, account, granted

DATABASE_PORT = 3306


def agents(
    namespace: str, *, scripts: Sequence[str] = (), database_ports: Sequence[int] = (DATABASE_PORT,)
) -> list[Manifest]:
    """Their ServiceAccount ``kbevents-agent``, what it may do, and who may reach them. ``scripts`` are the ConfigMaps
    that they may read; all of the namespace when none is named.
    """
    allowed = rules.for_config_maps(rules.AGENT, scripts)
    return [
        account(AGENT_ACCOUNT, namespace),
        *granted(allowed, AGENT_ACCOUNT, namespace),
        network.of_agents(namespace, database_ports),
    ]
