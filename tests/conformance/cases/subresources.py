"""Status, scale and other subresources"""

from conformance.bodies import (
    at,
    config_map,
    container,
    deployment,
    pod,
    replica_set,
    service,
    service_account,
    stateful_set,
)

MERGE = "application/merge-patch+json"


def status_put(api):
    """A PUT of the status changes the status alone."""
    made = api.made("deployments", deployment())
    changed = {**made, "spec": {**made["spec"], "replicas": 9}, "status": {"replicas": 1, "observedGeneration": 1}}
    api.put(
        "deployments/one/status",
        changed,
        show=lambda body: [body["spec"]["replicas"], body["status"], body["metadata"]],
    )


def status_patch(api):
    """A patch of the status changes the status alone."""
    api.made("deployments", deployment())
    patch = {"spec": {"replicas": 9}, "status": {"replicas": 1}}
    api.merge("deployments/one/status", patch, show=lambda body: [body["spec"]["replicas"], body["status"]])


def status_keeps_labels(api):
    """A Deployment's labels cannot be changed at its status."""
    api.made("deployments", deployment())
    patch = {"metadata": {"labels": {"a": "b"}}, "status": {"replicas": 1}}
    api.merge("deployments/one/status", patch, show=lambda body: body["metadata"].get("labels"))


def status_of_pod_keeps_metadata(api):
    """A Pod's annotations and labels at its status."""
    api.made("pods", pod())
    patch = {"metadata": {"labels": {"a": "b"}, "annotations": {"c": "d"}}, "status": {"phase": "Running"}}
    shown = {
        "show": lambda body: [
            body["metadata"].get("labels"),
            body["metadata"].get("annotations"),
            body["status"]["phase"],
        ]
    }
    api.merge("pods/one/status", patch, **shown)


def status_of_pod(api):
    """A Pod is made running, as by a kubelet."""
    api.made("pods", pod(spec={"nodeName": "n", "containers": [container()]}))
    ready = {"type": "Ready", "status": "True", "lastTransitionTime": "2020-01-01T00:00:00Z"}
    state = {"name": "c", "ready": True, "restartCount": 0, "image": "image:1", "imageID": "x"}
    state["state"] = {"running": {"startedAt": "2020-01-01T00:00:00Z"}}
    status = {"phase": "Running", "podIP": "10.1.0.1", "conditions": [ready], "containerStatuses": [state]}
    api.strategic("pods/one/status", {"status": status}, show=at("status"))


def status_get(api):
    """The status is read with the whole object."""
    api.made("pods", pod())
    api.get("pods/one/status", show=sorted)


def status_stale(api):
    """A stale resourceVersion at the status is a conflict."""
    made = api.made("pods", pod())
    api.merge("pods/one/status", {"status": {"phase": "Running"}}, show=at("status", "phase"))
    api.put("pods/one/status", {**made, "status": {"phase": "Failed"}})


def status_no_generation(api):
    """A change of the status keeps the generation."""
    api.made("deployments", deployment())
    api.merge("deployments/one/status", {"status": {"replicas": 1}}, show=at("metadata", "generation"))


def status_managed(api):
    """A manager of the status is told with the subresource."""
    api.made("pods", pod())
    query = {"fieldManager": "kubelet"}
    api.merge("pods/one/status", {"status": {"phase": "Running"}}, query=query, show=at("metadata", "managedFields"))


def status_invalid(api):
    """A status is validated."""
    api.made("deployments", deployment())
    api.merge("deployments/one/status", {"status": {"replicas": -1}})


def status_of_kind_without(api):
    """A ConfigMap has no status."""
    api.made("configmaps", config_map())
    api.get("configmaps/one/status")


def status_at_create(api):
    """POST to a status is a 405."""
    api.made("pods", pod())
    api.post("pods/one/status", pod())


def status_of_service(api):
    """A load balancer's address is a Service's status."""
    api.made("services", service(spec={"type": "LoadBalancer"}))
    status = {"loadBalancer": {"ingress": [{"ip": "192.0.2.7"}]}}
    api.merge("services/one/status", {"status": status}, show=at("status"))


def scale_get(api):
    """A Deployment's scale."""
    api.made("deployments", deployment(spec={"replicas": 2}))
    api.get("deployments/one/scale")


def scale_put(api):
    """A PUT of the scale changes the replicas, and so the generation."""
    api.made("deployments", deployment())
    body = api.send("GET", "deployments/one/scale").body
    api.put("deployments/one/scale", {**body, "spec": {"replicas": 5}})
    api.get("deployments/one", show=lambda body: [body["spec"]["replicas"], body["metadata"]["generation"]])


def scale_patch(api):
    """A patch of the scale, as kubectl scale does."""
    api.made("statefulsets", stateful_set())
    api.merge("statefulsets/one/scale", {"spec": {"replicas": 3}})


def scale_apply(api):
    """A scale is applied; replicas then have that manager."""
    api.apply("deployments/one", deployment(spec={"replicas": 1}), "owner", show=at("metadata", "generation"))
    body = {"apiVersion": "autoscaling/v1", "kind": "Scale", "metadata": {"name": "one"}, "spec": {"replicas": 3}}
    api.apply("deployments/one/scale", body, "scaler")
    api.apply("deployments/one/scale", body, "scaler", query={"force": "true"}, show=at("spec"))
    api.get("deployments/one", show=at("metadata", "managedFields"))


def scale_negative(api):
    """Replicas are not negative."""
    api.made("replicasets", replica_set())
    api.merge("replicasets/one/scale", {"spec": {"replicas": -1}})


def scale_stale(api):
    """A stale resourceVersion at the scale is a conflict."""
    api.made("deployments", deployment())
    body = api.send("GET", "deployments/one/scale").body
    api.send("PATCH", "deployments/one", {"spec": {"replicas": 2}}, type_=MERGE)
    api.put("deployments/one/scale", {**body, "spec": {"replicas": 5}})


def scale_of_missing(api):
    """The scale of what is not there."""
    api.get("deployments/one/scale")


def scale_with_status(api):
    """A scale says how many replicas there are, and their selector."""
    api.made("statefulsets", stateful_set())
    api.send("PATCH", "statefulsets/one/status", {"status": {"replicas": 1}}, type_=MERGE)
    api.get("statefulsets/one/scale", show=at("status"))


def unknown(api):
    """A subresource that is none."""
    api.made("pods", pod())
    api.get("pods/one/nonsense")


def binding(api):
    """A binding puts a Pod on a node."""
    api.made("pods", pod())
    body = {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": "one"}, "target": {"kind": "Node", "name": "n"}}
    api.post("pods/one/binding", body)
    api.get("pods/one", show=lambda body: [body["spec"]["nodeName"], body["status"]])
    api.post("pods/one/binding", body)


def eviction(api):
    """An eviction deletes a Pod."""
    api.made("pods", pod())
    api.post("pods/one/eviction", {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "one"}})
    api.get("pods/one")


def ephemeral_containers(api):
    """A debugging container is added to a Pod."""
    api.made("pods", pod())
    debugger = {"name": "debugger", "image": "image:1"}
    api.strategic("pods/one/ephemeralcontainers", {"spec": {"ephemeralContainers": [debugger]}}, show=_ephemeral)


def _ephemeral(body):
    return body["spec"]["ephemeralContainers"]


def resize(api):
    """A Pod's resources are changed at resize."""
    resources = {"requests": {"cpu": "100m"}}
    api.made("pods", pod(spec={"containers": [container(resources=resources)]}))
    patch = {"spec": {"containers": [{"name": "c", "resources": {"requests": {"cpu": "200m"}}}]}}
    api.strategic("pods/one/resize", patch, show=lambda body: body["spec"]["containers"][0]["resources"])


def token(api):
    """A ServiceAccount is given a token."""
    api.made("serviceaccounts", service_account())
    body = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 3600}}
    api.post("serviceaccounts/one/token", body, show=lambda body: {**body, "spec": {**body["spec"], "audiences": []}})


def token_too_short(api):
    """A token lives ten minutes or longer."""
    api.made("serviceaccounts", service_account())
    body = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 5}}
    api.post("serviceaccounts/one/token", body)


def token_of_missing(api):
    """A ServiceAccount that is not there has no token."""
    body = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}}
    api.post("serviceaccounts/one/token", body)
