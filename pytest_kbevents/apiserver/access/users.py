"""Users, as Kubernetes knows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MASTERS = "system:masters"
"""The group that may do everything."""
AUTHENTICATED = "system:authenticated"


@dataclass(frozen=True, slots=True)
class User:
    """Who asks."""

    name: str
    groups: tuple[str, ...] = ()
    uid: str = ""
    extra: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def unlimited(self) -> bool:
        """May do everything."""
        return MASTERS in self.groups


LOOPBACK = User("system:apiserver", (MASTERS, AUTHENTICATED))
"""Who asks in process, without a token."""
