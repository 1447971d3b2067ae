"""What is in every cluster before anybody has asked for anything."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api.http import Request
from pytest_kbevents.api.resources import RBAC
from pytest_kbevents.apiserver.access.users import AUTHENTICATED, MASTERS

FIRST_NAMESPACES = ("default", "kube-node-lease", "kube-public", "kube-system")
_RBAC = f"/apis/{RBAC}/v1"
_HEALTH = ["/healthz", "/livez", "/readyz", "/version", "/version/"]
_DISCOVERY = ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz"]
_ALL = {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}
_REVIEWS = [
    {
        "apiGroups": ["authorization.k8s.io"],
        "resources": ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
        "verbs": ["create"],
    },
    {"apiGroups": ["authentication.k8s.io"], "resources": ["selfsubjectreviews"], "verbs": ["create"]},
]
ROLES: dict[str, list[dict[str, Any]]] = {
    "cluster-admin": [_ALL, {"nonResourceURLs": ["*"], "verbs": ["*"]}],
    "system:basic-user": _REVIEWS,
    "system:discovery": [{"nonResourceURLs": [*_DISCOVERY, "/version", "/version/"], "verbs": ["get"]}],
    "system:public-info-viewer": [{"nonResourceURLs": _HEALTH, "verbs": ["get"]}],
}
"""ClusterRoles that a client may count on; those that need a whole cluster behind them are left out."""
BINDINGS = {
    "cluster-admin": [MASTERS],
    "system:basic-user": [AUTHENTICATED],
    "system:discovery": [AUTHENTICATED],
    "system:public-info-viewer": [AUTHENTICATED, "system:unauthenticated"],
}
"""The groups that each of them is bound to."""


def fill(server: Any) -> None:
    """Create it all, through the API."""
    for name in FIRST_NAMESPACES:
        _post(server, "/api/v1/namespaces", {"metadata": {"name": name}})
    labels = {"kubernetes.io/bootstrapping": "rbac-defaults"}
    for name, rules in ROLES.items():
        _post(server, f"{_RBAC}/clusterroles", {"metadata": {"name": name, "labels": labels}, "rules": rules})
        subjects = [{"kind": "Group", "name": group} for group in BINDINGS[name]]
        role = {"kind": "ClusterRole", "name": name}
        binding = {"metadata": {"name": name, "labels": labels}, "roleRef": role, "subjects": subjects}
        _post(server, f"{_RBAC}/clusterrolebindings", binding)


def _post(server: Any, path: str, body: dict[str, Any]) -> None:
    response = server.send(Request("POST", path, body=body, user_agent="kube-apiserver"))
    assert response.status == 201, response.body
