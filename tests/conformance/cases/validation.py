"""Validation of built-in kinds"""

from conformance import bodies
from conformance.bodies import (
    binding,
    config_map,
    container,
    deployment,
    pod,
    role,
    rule,
    secret,
    service,
    stateful_set,
    template,
)


def _pod(api, *containers, **spec):
    api.post(
        "pods", pod(spec={"containers": list(containers) or [container()], **spec}), show=lambda body: body["kind"]
    )


def pod_without_containers(api):
    """A Pod has a container."""
    api.post("pods", pod(spec={"containers": []}))


def pod_without_spec(api):
    """A Pod has a spec."""
    api.post("pods", {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "one"}})


def pod_without_image(api):
    """A container has an image."""
    _pod(api, {"name": "c"})


def pod_without_container_name(api):
    """A container has a name."""
    _pod(api, {"image": "i"})


def pod_same_name(api):
    """Containers have different names."""
    _pod(api, container(), container())


def pod_container_name_bad(api):
    """A container's name is a DNS label."""
    _pod(api, container("Upper_Case"))


def pod_restart_policy(api):
    """A restart policy is one of three."""
    _pod(api, restartPolicy="Sometimes")


def pod_port(api):
    """A port lies between 1 and 65535."""
    _pod(
        api, container(ports=[{"containerPort": 0}, {"containerPort": 70000}, {"containerPort": 80, "protocol": "XYZ"}])
    )


def pod_environment(api):
    """A variable has a name."""
    _pod(api, container(env=[{"name": ""}, {"name": "a=b"}]))


def pod_mount(api):
    """A mount is of a volume that is there."""
    _pod(api, container(volumeMounts=[{"name": "gone", "mountPath": "/x"}]))


def pod_volumes(api):
    """Volumes have different names and one source."""
    volumes = [{"name": "v", "emptyDir": {}, "hostPath": {"path": "/"}}, {"name": "v", "emptyDir": {}}]
    _pod(api, volumes=volumes)


def pod_resources(api):
    """Requests do not exceed limits."""
    _pod(api, container(resources={"limits": {"cpu": "1"}, "requests": {"cpu": "2"}}))


def pod_negative_resources(api):
    """Resources are not negative."""
    _pod(api, container(resources={"requests": {"cpu": "-1"}}))


def pod_probe(api):
    """A probe has one action, and sound numbers."""
    _pod(api, container(livenessProbe={"periodSeconds": -1}))


def pod_node_selector(api):
    """A node selector is of labels."""
    _pod(api, nodeSelector={"a b": "c"})


def pod_tolerations(api):
    """A toleration that exists has no value."""
    _pod(api, tolerations=[{"key": "a", "operator": "Exists", "value": "b"}])


def pod_grace(api):
    """A negative grace is let in."""
    _pod(api, terminationGracePeriodSeconds=-5)


def pod_host_name(api):
    """A host name is a DNS label."""
    _pod(api, hostname="Not_Ok")


def pod_dns_policy(api):
    """A DNS policy is one of four."""
    _pod(api, dnsPolicy="Nonsense")


def pod_many(api):
    """All mistakes are told at once."""
    _pod(api, {"name": "", "image": ""}, restartPolicy="x", dnsPolicy="y")


def service_without_ports(api):
    """A Service has ports."""
    api.post("services", {**service(), "spec": {"selector": {"a": "b"}}})


def service_port_names(api):
    """Several ports have names, which differ."""
    api.post("services", service(ports=[{"port": 80}, {"port": 81}]))
    api.post("services", service(ports=[{"name": "a", "port": 80}, {"name": "a", "port": 81}]))


def service_same_port(api):
    """A Service's ports differ."""
    api.post("services", service(ports=[{"name": "a", "port": 80}, {"name": "b", "port": 80}]))


def service_port_range(api):
    """A Service's port lies between 1 and 65535."""
    api.post("services", service(ports=[{"port": 0, "targetPort": 70000}]))


def service_type(api):
    """A type is one of four."""
    api.post("services", service(spec={"type": "Nonsense"}))


def service_cluster_ip(api):
    """A cluster IP is an address of the range."""
    api.post("services", service(spec={"clusterIP": "nonsense"}))
    api.post("services", service(spec={"clusterIP": "192.0.2.1"}))


def service_node_port_without_type(api):
    """A node port is of a type that has one."""
    api.post("services", service(ports=[{"port": 80, "nodePort": 30080}]))


def service_external_name(api):
    """An external name is needed."""
    api.post("services", service(spec={"type": "ExternalName"}))


def deployment_selector_missing(api):
    """A Deployment has a selector."""
    api.post("deployments", deployment(spec={"selector": None}))


def deployment_selector_of_others(api):
    """A Deployment selects its own Pods."""
    api.post("deployments", deployment(spec={"selector": {"matchLabels": {"app": "other"}}}))


def deployment_selector_empty(api):
    """An empty selector selects too much."""
    api.post("deployments", deployment(spec={"selector": {}}))


def deployment_replicas(api):
    """Replicas are not negative."""
    api.post("deployments", deployment(spec={"replicas": -1}))


def deployment_template(api):
    """A template is validated as a Pod."""
    api.post("deployments", deployment(spec={"template": template(spec={"containers": [], "restartPolicy": "Never"})}))


def deployment_strategy(api):
    """A rolling update gets somewhere."""
    rolling = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 0, "maxUnavailable": 0}}
    api.post("deployments", deployment(spec={"strategy": rolling}))


def deployment_strategy_type(api):
    """A strategy is one of two."""
    api.post("deployments", deployment(spec={"strategy": {"type": "Nonsense"}}))


def stateful_set_policy(api):
    """A Pod management policy is one of two."""
    api.post("statefulsets", stateful_set(spec={"podManagementPolicy": "Nonsense"}))


def config_map_key(api):
    """A ConfigMap's key is a file name."""
    api.post("configmaps", config_map(data={"not ok": "x", "..": "y"}), any_order=True)


def config_map_key_twice(api):
    """A key is in data or in binaryData."""
    api.post("configmaps", {**config_map(), "binaryData": {"key": "AAE="}})


def secret_key(api):
    """A Secret's key is a file name."""
    api.post("secrets", secret(data={"not ok": "dmFsdWU="}))


def secret_of_type(api):
    """A Secret of a type has what the type needs."""
    api.post("secrets", {**secret(), "type": "kubernetes.io/tls"})
    api.post("secrets", {**secret(), "type": "kubernetes.io/dockerconfigjson"})
    api.post("secrets", {**secret(), "type": "kubernetes.io/basic-auth"})


def lease_duration(api):
    """A Lease's numbers are sound."""
    api.post("leases", bodies.lease(spec={"leaseDurationSeconds": 0, "leaseTransitions": -1}))


def role_rule(api):
    """A rule has verbs, groups and resources."""
    api.post("roles", role("one", [{"verbs": []}]))


def role_paths(api):
    """A Role has no paths."""
    api.post("roles", role("one", [{"verbs": ["get"], "nonResourceURLs": ["/x"]}]))


def role_rule_of_both(api):
    """A rule of a ClusterRole has resources or paths."""
    both = {**rule("get", "pods"), "nonResourceURLs": ["/x"]}
    api.post("clusterroles", role(f"{api.ns}-x", [both], kind="ClusterRole"))


def binding_kind(api):
    """A RoleBinding is to a Role or ClusterRole."""
    api.post("rolebindings", binding("one", ("User", "u"), ("Nonsense", "r")))


def binding_subject(api):
    """A subject is a user, a group or a ServiceAccount."""
    api.post("rolebindings", binding("one", ("Nonsense", "u"), ("Role", "r")))


def job_numbers(api):
    """A Job's numbers are not negative."""
    api.post("jobs", bodies.job(spec={"completions": -1, "parallelism": -1, "backoffLimit": -1}))


def job_restart(api):
    """A Job's Pods do not restart always."""
    inside = {"spec": {"containers": [container()], "restartPolicy": "Always"}}
    api.post("jobs", bodies.job(spec={"template": inside}))


def cron_job_schedule(api):
    """A schedule is of five fields."""
    api.post("cronjobs", bodies.cron_job(spec={"schedule": "nonsense"}))


def endpoint_slice_type(api):
    """An EndpointSlice's addresses are of its type."""
    body = {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "one"}}
    api.post("endpointslices", {**body, "addressType": "IPv4", "endpoints": [{"addresses": ["nonsense"]}]})
    api.post("endpointslices", {**body, "endpoints": []})


def claim(api):
    """A claim says its size and access."""
    api.post(
        "persistentvolumeclaims",
        {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "one"}, "spec": {}},
    )


def disruption_budget(api):
    """A budget is by one of two numbers."""
    body = {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "one"}}
    api.post("poddisruptionbudgets", {**body, "spec": {"minAvailable": 1, "maxUnavailable": 1}})


def service_account_unknown(api):
    """A Pod of a ServiceAccount that is not there is let in: admission of ServiceAccounts is off, as in envtest."""
    _pod(api, serviceAccountName="gone")


def priority_class_unknown(api):
    """A Pod of a priority class that is not there."""
    _pod(api, priorityClassName="gone")
