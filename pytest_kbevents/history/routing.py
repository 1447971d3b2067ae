"""Where a Service sends traffic."""

from __future__ import annotations

from pytest_kbevents.api.objects import Key, Object, conditions_of, labels_of, name_of, namespace_of
from pytest_kbevents.api.resources import ENDPOINT_SLICES, PODS, SERVICES
from pytest_kbevents.api.selectors import matching_labels
from pytest_kbevents.history.revision import State

SERVICE_NAME = "kubernetes.io/service-name"
"""On an EndpointSlice: the Service that it belongs to."""


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


def endpoints_of(state: State, service: Key) -> list[str]:
    """Names of the Pods that the Service's EndpointSlices have as ready, sorted: what a cluster's controllers and
    proxies have made of it.
    """
    slices = (
        each
        for each in state.list(ENDPOINT_SLICES)
        if namespace_of(each) == service[0] and labels_of(each).get(SERVICE_NAME) == service[1]
    )
    endpoints = (endpoint for each in slices for endpoint in each.get("endpoints") or ())
    return sorted({each["targetRef"]["name"] for each in endpoints if _is_served(each)})


def _is_served(endpoint: Object) -> bool:
    is_pod = (endpoint.get("targetRef") or {}).get("kind") == PODS.kind
    return is_pod and (endpoint.get("conditions") or {}).get("ready") is not False


def is_ready(pod: Object) -> bool:
    """Whether a Pod is ready."""
    return any(item.get("type") == "Ready" and item.get("status") == "True" for item in conditions_of(pod))


def _takes_traffic(pod: Object) -> bool:
    return is_ready(pod) and not pod["metadata"].get("deletionTimestamp")
