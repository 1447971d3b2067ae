"""Whether the server is well: it always is, and says so check by check."""

from __future__ import annotations

from collections.abc import Mapping

ENDPOINTS = ("healthz", "livez", "readyz")
_FIRST = {
    "healthz": ("ping", "log", "loopback-serving-certificate", "etcd"),
    "livez": ("ping", "log", "loopback-serving-certificate", "etcd"),
    "readyz": ("ping", "log", "etcd", "etcd-readiness", "informer-sync"),
}
_HOOKS = (
    "start-apiserver-admission-initializer",
    "generic-apiserver-start-informers",
    "priority-and-fairness-config-consumer",
    "priority-and-fairness-filter",
    "storage-object-count-tracker-hook",
    "start-apiextensions-informers",
    "start-apiextensions-controllers",
    "crd-informer-synced",
    "start-system-namespaces-controller",
    "peer-endpoint-reconciler-controller",
    "start-cluster-authentication-info-controller",
    "start-kube-apiserver-identity-lease-controller",
    "start-kube-apiserver-identity-lease-garbage-collector",
    "storage-readiness",
    "start-legacy-token-tracking-controller",
    "start-service-ip-repair-controllers",
    "rbac/bootstrap-roles",
    "scheduling/bootstrap-system-priority-classes",
    "priority-and-fairness-config-producer",
    "bootstrap-controller",
    "start-kubernetes-service-cidr-controller",
    "start-kube-aggregator-informers",
    "apiservice-status-local-available-controller",
    "apiservice-status-remote-available-controller",
    "apiservice-registration-controller",
    "apiservice-discovery-controller",
    "kube-apiserver-autoregistration",
    "",  # where autoregister-completion stands
    "apiservice-openapi-controller",
    "apiservice-openapiv3-controller",
)


def checks(endpoint: str) -> list[str]:
    """The names of an endpoint's checks, in the order of a real server."""
    hooks = [f"poststarthook/{name}" if name else "autoregister-completion" for name in _HOOKS]
    return [*_FIRST[endpoint], *hooks, *(["shutdown"] if endpoint == "readyz" else [])]


def text(path: str, query: Mapping[str, str]) -> str | None:
    """What the path of an endpoint, or of one of its checks, answers; None for any other."""
    endpoint, _, check = path.strip("/").partition("/")
    if endpoint not in ENDPOINTS or path.endswith("/"):
        return None
    if check:
        return "ok" if check in checks(endpoint) else None
    return _verbose(endpoint, query.get("exclude", "")) if "verbose" in query else "ok"


def _verbose(endpoint: str, excluded: str) -> str:
    names = checks(endpoint)
    lines = [f"[+]{name} {'excluded: ' if name == excluded else ''}ok" for name in names]
    if excluded and excluded not in names:
        lines.append(f'warn: some health checks cannot be excluded: no matches for "{excluded}"')
    return "\n".join([*lines, f"{endpoint} check passed", ""])
