"""What makes an Event kbagent's own, whatever it reports."""

from __future__ import annotations

from pytest_kbevents.api import validity
from pytest_kbevents.api.names import AGENT, AGENT_FIELD_PATH
from pytest_kbevents.api.objects import Object, namespace_of, uid_of
from pytest_kbevents.api.resources import PODS
from pytest_kbevents.client.protocols import Reader
from pytest_kbevents.errors import NotFound


def reports(event: Object, reason: str) -> bool:
    """Whether kbagent, from its own container, reports under that reason."""
    ours = event.get("reportingComponent") == AGENT and event.get("reason") == reason
    return ours and involved(event).get("fieldPath") == AGENT_FIELD_PATH


def involved(event: Object) -> Object:
    """What the Event is about, as a reference."""
    reference: Object = event.get("involvedObject") or {}
    return reference


def pod_of(event: Object) -> Object:
    """The Pod of the Event as far as the Event knows it: enough to record something about it."""
    reference = involved(event)
    metadata = {"namespace": namespace_of(event), "name": reference.get("name", ""), "uid": reference.get("uid", "")}
    return {"apiVersion": PODS.api_version, "kind": PODS.kind, "metadata": metadata}


def knows_pod(event: Object, cache: Reader, live: Reader) -> bool:
    """Whether the Pod is there with the uid that the Event names. A cache that knows no such Pod may be late."""
    name, uid = involved(event).get("name", ""), involved(event).get("uid", "")
    is_a_name = not list(validity.dns_subdomain(name))
    for reader in (cache, live) if is_a_name else ():
        try:
            if uid_of(reader.get(PODS, namespace_of(event), name)) == uid:
                return True
        except NotFound:
            continue
    return False
