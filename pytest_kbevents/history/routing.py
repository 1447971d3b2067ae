"""Where a Service sends traffic."""

from __future__ import annotations

from pytest_kbevents.api.objects import Key, Object, name_of, namespace_of
from pytest_kbevents.api.resources import PODS, SERVICES
from pytest_kbevents.api.selectors import matching_labels
from pytest_kbevents.history.revision import State


def routes_to(state: State, service: Key) -> list[str] | None:
    """Names of the Pods behind a Service, sorted: selected, ready and not being deleted. None when there is no such
    Service, or one without a selector.
    """
    found = state.get(SERVICES, service)
    selector = ((found or {}).get("spec") or {}).get("selector")
    if not selector:
        return None
    selects = matching_labels(selector)
    pods = (pod for pod in state.list(PODS) if namespace_of(pod) == service[0] and selects(pod))
    return sorted(name_of(pod) for pod in pods if _takes_traffic(pod))


def is_ready(pod: Object) -> bool:
    """Whether a Pod is ready."""
    conditions = (pod.get("status") or {}).get("conditions") or []
    return any(item.get("type") == "Ready" and item.get("status") == "True" for item in conditions)


def _takes_traffic(pod: Object) -> bool:
    return is_ready(pod) and not pod["metadata"].get("deletionTimestamp")
