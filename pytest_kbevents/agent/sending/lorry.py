"""What lorry, the agent before kbagent, said of a role: another message in another Event, each change a new one."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.agent.sending import event
from pytest_kbevents.agent.sending.event import Identity
from pytest_kbevents.agent.sending.message import quoted
from pytest_kbevents.api.messages import ProbeMessage
from pytest_kbevents.api.names import LEGACY_ROLE_REASON, LORRY, LORRY_FIELD_PATH, ROLE_PROBE


class Words:
    """Lorry's messages about one Pod: each names the role before."""

    def __init__(self) -> None:
        self._role = ""

    def encode(self, message: ProbeMessage) -> str | None:
        """None for what lorry did not tell: other probes, a role that is as it was, and failures, of which it told each
        few hundred times only, and nobody listened.
        """
        role = message.output.decode("utf-8", "replace").strip()
        if message.probe != ROLE_PROBE or message.code != 0 or role == self._role:
            return None
        before, self._role = self._role, role
        roles = f'"originalRole":{quoted(before)},"role":{quoted(role)}'
        return f'{{"event":"Success","operation":"{LEGACY_ROLE_REASON}",{roles}}}'


class Lorry:
    """How lorry writes. Nothing is repeated: there is no Event to be found."""

    repeated = None

    def name(self, identity: Identity, reason: str, message: str, micros: int) -> str:
        """``<pod>.<16 digits>``; lorry's were random, these are made of the moment."""
        text = f"{identity.uid}.{reason}.{message}.{micros}".encode()
        return f"{identity.pod}.{event.fnv32a(text):08x}{event.fnv32a(text[::-1]):08x}"

    def first(self, identity: Identity, reason: str, message: str, micros: int) -> dict[str, Any]:
        """The Event."""
        made = event.first(identity, reason, message, micros)
        return {
            **made,
            "involvedObject": {**made["involvedObject"], "fieldPath": LORRY_FIELD_PATH},
            "reason": LEGACY_ROLE_REASON,
            "action": LEGACY_ROLE_REASON,
            "source": {**made["source"], "component": LORRY},
            "reportingComponent": LORRY,
        }
