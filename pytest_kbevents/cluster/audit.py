"""What is known of requests where no audit log can be read: nothing."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_kbevents.cluster.backend import AuditEntry


class NoAudit:
    """Of a cluster that is not ours to configure."""

    entries: Sequence[AuditEntry] = ()

    def writer(self, revision: int) -> str:
        """Not known here."""
        del revision
        return ""
