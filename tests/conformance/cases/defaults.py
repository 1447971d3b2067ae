"""Defaults"""

from conformance import bodies
from conformance.bodies import at, container

SPEC = {"show": at("spec")}


def _whole(body):
    """Without what other topics are about."""
    metadata = {key: value for key, value in body["metadata"].items() if key != "managedFields"}
    return {**body, "metadata": metadata}


WHOLE = {"show": _whole}


def pod(api):
    """Defaults of a Pod of one container."""
    api.post("pods", bodies.pod(), **WHOLE)


def pod_ports(api):
    """Defaults of ports of a container."""
    ports = [{"containerPort": 80}, {"containerPort": 81, "hostPort": 81}]
    api.post("pods", bodies.pod(spec={"containers": [container(ports=ports)]}), show=_container)


def _container(body):
    return body["spec"]["containers"][0]


def pod_image(api):
    """The pull policy depends on the image's tag."""
    for number, image in enumerate(("image", "image:latest", "image:1", "image@sha256:" + "0" * 64)):
        body = bodies.pod(f"p{number}", spec={"containers": [{"name": "c", "image": image}]})
        api.post("pods", body, show=lambda body: _container(body)["imagePullPolicy"])


def pod_probes(api):
    """Defaults of probes of a container."""
    probes = {
        "livenessProbe": {"httpGet": {"port": 80}},
        "readinessProbe": {"tcpSocket": {"port": "web"}},
        "startupProbe": {"exec": {"command": ["x"]}},
    }
    api.post("pods", bodies.pod(spec={"containers": [container(**probes)]}), show=_container)


def pod_probe_grpc(api):
    """Defaults of a gRPC probe."""
    api.post(
        "pods", bodies.pod(spec={"containers": [container(livenessProbe={"grpc": {"port": 80}})]}), show=_container
    )


def pod_resources(api):
    """Limits are requests, where none are given; quantities are told in their shortest form."""
    resources = {"limits": {"cpu": "1000m", "memory": "1024Mi"}, "requests": {"cpu": "0.5"}}
    api.post("pods", bodies.pod(spec={"containers": [container(resources=resources)]}), show=_resources)


def _resources(body):
    return [_container(body)["resources"], body["status"]["qosClass"]]


def pod_guaranteed(api):
    """A Pod with equal limits and requests is Guaranteed."""
    same = {"cpu": "1", "memory": "1Gi"}
    api.post("pods", bodies.pod(spec={"containers": [container(resources={"limits": same})]}), show=_resources)


def pod_environment(api):
    """Defaults of a field reference in the environment."""
    env = [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}, {"name": "B"}]
    api.post("pods", bodies.pod(spec={"containers": [container(env=env)]}), show=lambda body: _container(body)["env"])


def pod_volumes(api):
    """Volumes have modes."""
    volumes = [
        {"name": "a"},
        {"name": "b", "configMap": {"name": "m"}},
        {"name": "c", "secret": {"secretName": "s"}},
        {"name": "d", "projected": {"sources": [{"serviceAccountToken": {"path": "t"}}]}},
        {"name": "e", "downwardAPI": {"items": [{"path": "x", "fieldRef": {"fieldPath": "metadata.name"}}]}},
        {"name": "f", "hostPath": {"path": "/x"}},
    ]
    spec = {"containers": [container()], "volumes": volumes, "serviceAccountName": "robot"}
    api.post("pods", bodies.pod(spec=spec), show=at("spec", "volumes"))


def pod_init_container(api):
    """Init containers have the same defaults."""
    spec = {"containers": [container()], "initContainers": [container("i"), container("s", restartPolicy="Always")]}
    api.post("pods", bodies.pod(spec=spec), show=at("spec", "initContainers"))


def pod_host_network(api):
    """With the host's network, container ports are host ports."""
    spec = {"hostNetwork": True, "containers": [container(ports=[{"containerPort": 80}])]}
    api.post("pods", bodies.pod(spec=spec), show=lambda body: _container(body)["ports"])


def pod_tolerations(api):
    """A Pod tolerates a lost node for five minutes, beside what it says."""
    spec = {"containers": [container()], "tolerations": [{"key": "a", "operator": "Exists"}]}
    api.post("pods", bodies.pod(spec=spec), show=at("spec", "tolerations"))


def pod_service_account(api):
    """The old name of the ServiceAccount is kept beside the new."""
    spec = {"containers": [container()], "serviceAccountName": "robot"}
    api.post("pods", bodies.pod(spec=spec), show=at("spec", "serviceAccount"))


def pod_topology(api):
    """Defaults of topology spread constraints."""
    constraint = {"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule", "labelSelector": {}}
    spec = {"containers": [container()], "topologySpreadConstraints": [constraint]}
    api.post("pods", bodies.pod(spec=spec), show=at("spec", "topologySpreadConstraints"))


def service(api):
    """Defaults of a Service of type ClusterIP."""
    api.post("services", bodies.service(), **WHOLE)


def service_node_port(api):
    """A Service of type NodePort is given a port."""
    api.post("services", bodies.service(spec={"type": "NodePort"}), **SPEC)


def service_load_balancer(api):
    """Defaults of a Service of type LoadBalancer."""
    api.post("services", bodies.service(spec={"type": "LoadBalancer"}), **SPEC)


def service_external_name(api):
    """Defaults of a Service of type ExternalName."""
    spec = {"type": "ExternalName", "externalName": "example.com"}
    body = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "one"}, "spec": spec}
    api.post("services", body, **SPEC)


def service_headless(api):
    """Defaults of a headless Service."""
    api.post("services", bodies.service(spec={"clusterIP": "None"}), **SPEC)


def service_headless_without_selector(api):
    """A headless Service without a selector takes both families."""
    spec = {"clusterIP": "None", "ports": [{"port": 80}]}
    body = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "one"}, "spec": spec}
    api.post("services", body, **SPEC)


def service_session(api):
    """Session affinity has a timeout."""
    api.post("services", bodies.service(spec={"sessionAffinity": "ClientIP"}), show=at("spec", "sessionAffinityConfig"))


def service_target_port(api):
    """A target port is the port."""
    ports = [{"name": "a", "port": 80}, {"name": "b", "port": 81, "targetPort": "web", "protocol": "UDP"}]
    api.post("services", bodies.service(ports=ports), show=at("spec", "ports"))


def deployment(api):
    """Defaults of a Deployment."""
    api.post("deployments", bodies.deployment(), **WHOLE)


def deployment_recreate(api):
    """A Deployment that is recreated has no rolling update."""
    api.post("deployments", bodies.deployment(spec={"strategy": {"type": "Recreate"}}), show=at("spec", "strategy"))


def stateful_set(api):
    """Defaults of a StatefulSet."""
    api.post("statefulsets", bodies.stateful_set(), **WHOLE)


def stateful_set_claims(api):
    """Defaults of claim templates of a StatefulSet."""
    claim = {
        "metadata": {"name": "data"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
    }
    body = bodies.stateful_set(spec={"volumeClaimTemplates": [claim]})
    api.post("statefulsets", body, show=at("spec", "volumeClaimTemplates"))


def replica_set(api):
    """Defaults of a ReplicaSet."""
    api.post("replicasets", bodies.replica_set(), **WHOLE)


def daemon_set(api):
    """Defaults of a DaemonSet."""
    api.post("daemonsets", bodies.daemon_set(), **WHOLE)


def job(api):
    """A Job selects its Pods by its own uid."""
    api.post("jobs", bodies.job(), **WHOLE)


def cron_job(api):
    """Defaults of a CronJob."""
    api.post("cronjobs", bodies.cron_job(), **WHOLE)


def secret_text(api):
    """stringData of a Secret becomes data."""
    body = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "one"}, "stringData": {"a": "text"}}
    api.post("secrets", body, **WHOLE)


def config_map_binary(api):
    """Binary data of a ConfigMap."""
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "one"}, "binaryData": {"a": "AAE="}}
    api.post("configmaps", body, **WHOLE)


def service_account(api):
    """Defaults of a ServiceAccount."""
    api.post("serviceaccounts", bodies.service_account(), **WHOLE)


def claim(api):
    """Defaults of a PersistentVolumeClaim."""
    spec = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
    body = {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "one"}, "spec": spec}
    api.post("persistentvolumeclaims", body, **WHOLE)


def lease(api):
    """A Lease has no defaults."""
    spec = {"holderIdentity": "me", "leaseDurationSeconds": 15, "acquireTime": "2020-01-01T00:00:00.000000Z"}
    api.post("leases", bodies.lease(spec=spec), **WHOLE)


def endpoints(api):
    """Endpoints are sorted, their ports TCP, and warned of."""
    subset = {"addresses": [{"ip": "10.1.0.2"}, {"ip": "10.1.0.1"}], "ports": [{"port": 80}]}
    body = {"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "one"}, "subsets": [subset]}
    api.post("endpoints", body, **WHOLE)


def endpoint_slice(api):
    """An EndpointSlice's ports are TCP."""
    body = {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "one"}}
    body |= {"addressType": "IPv4", "endpoints": [{"addresses": ["10.1.0.1"]}], "ports": [{"port": 80}]}
    api.post("endpointslices", body, **WHOLE)


def role_binding(api):
    """A RoleBinding's subjects and roleRef have groups."""
    body = bodies.role(kind="RoleBinding")
    subjects = [{"kind": "User", "name": "u"}, {"kind": "ServiceAccount", "name": "s"}]
    body = {**body, "subjects": subjects, "roleRef": {"kind": "Role", "name": "r"}}
    del body["rules"]
    api.post("rolebindings", body, **WHOLE)


def role(api):
    """Defaults of a Role without rules."""
    api.post("roles", bodies.role(), **WHOLE)


def cluster_role(api):
    """Defaults of a ClusterRole with aggregation."""
    api.cleaned(f"clusterroles/{api.ns}")
    aggregation = {"clusterRoleSelectors": [{"matchLabels": {"a": "b"}}]}
    body = {**bodies.role(api.ns, kind="ClusterRole"), "aggregationRule": aggregation}
    api.post("clusterroles", body, **WHOLE)


def disruption_budget(api):
    """Defaults of a PodDisruptionBudget."""
    body = {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "one"}}
    api.post("poddisruptionbudgets", {**body, "spec": {"minAvailable": 1}}, **WHOLE)


def controller_revision(api):
    """A ControllerRevision keeps its data."""
    body = {"apiVersion": "apps/v1", "kind": "ControllerRevision", "metadata": {"name": "one"}, "revision": 3}
    api.post("controllerrevisions", {**body, "data": {"any": [1, {"x": None}]}}, **WHOLE)


def namespace(api):
    """Defaults of a Namespace."""
    api.get(f"namespaces/{api.ns}", **WHOLE)


def quota(api):
    """Defaults of a ResourceQuota."""
    body = {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "one"}, "spec": {"hard": {"pods": "010"}}}
    api.post("resourcequotas", body, **WHOLE)


def limit_range(api):
    """Defaults of a LimitRange."""
    limits = [{"type": "Container", "max": {"cpu": "2"}}]
    body = {"apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "one"}, "spec": {"limits": limits}}
    api.post("limitranges", body, **WHOLE)


def pod_template(api):
    """Defaults of a PodTemplate."""
    body = {"apiVersion": "v1", "kind": "PodTemplate", "metadata": {"name": "one"}, "template": bodies.template()}
    api.post("podtemplates", body, **WHOLE)


def node(api):
    """Defaults of a Node."""
    api.cleaned(f"nodes/{api.ns}")
    api.post("nodes", {"apiVersion": "v1", "kind": "Node", "metadata": {"name": api.ns}}, **WHOLE)
