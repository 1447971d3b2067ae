"""The kinds we speak of, each once: path, kind, scope."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource of the API (``pods`` in ``v1``)."""

    group: str
    version: str
    plural: str
    kind: str
    namespaced: bool = True
    has_status: bool = False
    short_names: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    @property
    def api_version(self) -> str:
        """``v1`` or ``group/version``, as objects spell it."""
        return f"{self.group}/{self.version}" if self.group else self.version

    @property
    def qualified(self) -> str:
        """``pods`` or ``components.apps.kubeblocks.io``, as messages and RBAC spell it."""
        return f"{self.plural}.{self.group}" if self.group else self.plural

    def path(self, namespace: str = "", name: str = "", subresource: str = "") -> str:
        """The URL path of the collection, of one object, or of an object's subresource."""
        parts = ["/apis", self.group, self.version] if self.group else ["/api", self.version]
        if self.namespaced and namespace:
            parts += ["namespaces", namespace]
        parts += [part for part in (self.plural, name, subresource) if part]
        return "/".join(parts)


RBAC = "rbac.authorization.k8s.io"
"""The group of Roles and their bindings."""

NAMESPACES = Resource("", "v1", "namespaces", "Namespace", namespaced=False, has_status=True, short_names=("ns",))
PODS = Resource("", "v1", "pods", "Pod", has_status=True, short_names=("po",), categories=("all",))
SERVICES = Resource("", "v1", "services", "Service", has_status=True, short_names=("svc",), categories=("all",))
CONFIG_MAPS = Resource("", "v1", "configmaps", "ConfigMap", short_names=("cm",))
EVENTS = Resource("", "v1", "events", "Event", short_names=("ev",))
LEASES = Resource("coordination.k8s.io", "v1", "leases", "Lease")

CUSTOM_RESOURCE_DEFINITIONS = Resource(
    "apiextensions.k8s.io",
    "v1",
    "customresourcedefinitions",
    "CustomResourceDefinition",
    namespaced=False,
    has_status=True,
    short_names=("crd", "crds"),
)

COMPONENTS = Resource(
    "apps.kubeblocks.io",
    "v1",
    "components",
    "Component",
    has_status=True,
    short_names=("cmp",),
    categories=("kubeblocks",),
)
COMPONENT_DEFINITIONS = Resource(
    "apps.kubeblocks.io",
    "v1",
    "componentdefinitions",
    "ComponentDefinition",
    namespaced=False,
    has_status=True,
    short_names=("cmpd",),
    categories=("kubeblocks",),
)
INSTANCE_SETS = Resource(
    "workloads.kubeblocks.io",
    "v1",
    "instancesets",
    "InstanceSet",
    has_status=True,
    short_names=("its",),
    categories=("kubeblocks",),
)
INSTANCES = Resource(
    "workloads.kubeblocks.io",
    "v1",
    "instances",
    "Instance",
    has_status=True,
    short_names=("inst",),
    categories=("kubeblocks",),
)

BUILT_IN = (NAMESPACES, PODS, SERVICES, CONFIG_MAPS, EVENTS, CUSTOM_RESOURCE_DEFINITIONS)
"""What the embedded server serves from the start."""

KUBEBLOCKS = (COMPONENTS, COMPONENT_DEFINITIONS, INSTANCE_SETS, INSTANCES)
"""KubeBlocks' kinds, installed as custom resources."""

NODES = Resource("", "v1", "nodes", "Node", namespaced=False, has_status=True, short_names=("no",))
SECRETS = Resource("", "v1", "secrets", "Secret")
SERVICE_ACCOUNTS = Resource("", "v1", "serviceaccounts", "ServiceAccount", short_names=("sa",))
DEPLOYMENTS = Resource(
    "apps", "v1", "deployments", "Deployment", has_status=True, short_names=("deploy",), categories=("all",)
)
REPLICA_SETS = Resource(
    "apps", "v1", "replicasets", "ReplicaSet", has_status=True, short_names=("rs",), categories=("all",)
)
ENDPOINT_SLICES = Resource("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice")
NETWORK_POLICIES = Resource("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", short_names=("netpol",))
ROLES = Resource(RBAC, "v1", "roles", "Role")
ROLE_BINDINGS = Resource(RBAC, "v1", "rolebindings", "RoleBinding")
CLUSTER_ROLES = Resource(RBAC, "v1", "clusterroles", "ClusterRole", namespaced=False)
CLUSTER_ROLE_BINDINGS = Resource(RBAC, "v1", "clusterrolebindings", "ClusterRoleBinding", namespaced=False)
"""What a deployment in a cluster is made of, and shows itself in; the embedded server has its own table of them."""
SELF_SUBJECT_ACCESS_REVIEWS = Resource(
    "authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", namespaced=False
)
"""Asks the API server whether whoever asks may do something."""
