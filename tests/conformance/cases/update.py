"""Update: PUT"""

from conformance.bodies import (
    config_map,
    container,
    custom,
    deployment,
    identity,
    job,
    lease,
    pod,
    role,
    secret,
    service,
    stateful_set,
    template,
)

SPEC = {"show": lambda body: body["spec"]}


def _with(obj, **metadata):
    return {**obj, "metadata": {**obj["metadata"], **metadata}}


def replace(api):
    """An update replaces all that it does not name."""
    made = api.made("configmaps", config_map(labels={"a": "b"}))
    api.put("configmaps/one", {**_with(made, labels={"c": "d"}), "data": {"new": "value"}})


def unconditional(api):
    """Without resourceVersion an update of a built-in kind overwrites what is there."""
    api.made("configmaps", config_map())
    api.put("configmaps/one", config_map(data={"new": "value"}))


def unconditional_custom(api):
    """Without resourceVersion an update of a custom resource is refused."""
    api.crd()
    api.made("widgets", custom(api, spec={"a": 1}))
    api.put("widgets/one", custom(api, spec={"a": 2}))


def stale(api):
    """A stale resourceVersion is a 409 Conflict."""
    made = api.made("configmaps", config_map())
    api.merge("configmaps/one", {"data": {"a": "b"}}, show=lambda body: body["data"])
    api.put("configmaps/one", made)


def stale_custom(api):
    """A stale resourceVersion of a custom resource is told with its group."""
    api.crd()
    made = api.made("widgets", custom(api, spec={"a": 1}))
    api.merge("widgets/one", {"spec": {"a": 2}}, show=lambda body: body["spec"])
    api.put("widgets/one", made)


def resource_version_bad(api):
    """A resourceVersion that is no number is an error of the server."""
    made = api.made("configmaps", config_map())
    api.put("configmaps/one", _with(made, resourceVersion="nonsense"))


def no_change(api):
    """An update that changes nothing keeps the resourceVersion."""
    made = api.made("configmaps", config_map())
    api.put("configmaps/one", made, show=identity)
    api.get("configmaps/one", show=identity)


def no_change_other_manager(api):
    """An update that changes nothing, by another manager, keeps the resourceVersion, too."""
    made = api.made("configmaps", config_map())
    api.put("configmaps/one", made, query={"fieldManager": "other"})


def missing(api):
    """An object that is not there is a 404."""
    api.put("configmaps/one", config_map())


def missing_with_revision(api):
    """An object that is not there is a 404 also with a resourceVersion."""
    api.put("configmaps/one", config_map(resourceVersion="5"))


def lease_creates(api):
    """A PUT of a Lease that is not there creates it."""
    api.put("leases/one", lease())


def name_other(api):
    """The body's name must be the path's."""
    made = api.made("configmaps", config_map())
    api.put("configmaps/one", _with(made, name="two"))


def name_missing(api):
    """A body without a name."""
    made = api.made("configmaps", config_map())
    api.put("configmaps/one", {**made, "metadata": {"resourceVersion": made["metadata"]["resourceVersion"]}})


def namespace_other(api):
    """The body's namespace must be the path's."""
    made = api.made("configmaps", config_map())
    api.put("configmaps/one", _with(made, namespace="other"))


def uid_other(api):
    """Another uid is a failed precondition."""
    made = api.made("configmaps", config_map())
    api.put("configmaps/one", _with(made, uid="d2f1a4a0-0000-4000-8000-000000000001"))


def creation_time_other(api):
    """creationTimestamp stays what it was."""
    made = api.made("configmaps", config_map())
    api.put("configmaps/one", _with(made, creationTimestamp="2020-01-01T00:00:00Z"))


def deletion_time_given(api):
    """deletionTimestamp cannot be set."""
    made = api.made("configmaps", config_map())
    api.put("configmaps/one", _with(made, deletionTimestamp="2020-01-01T00:00:00Z"))


def generation_given(api):
    """generation cannot be set."""
    made = api.made("deployments", deployment())
    api.put("deployments/one", _with(made, generation=7), show=lambda body: body["metadata"]["generation"])


def generation_of_spec(api):
    """A change of the spec raises the generation, one of labels does not."""
    shown = {"show": lambda body: body["metadata"]["generation"]}
    made = api.made("deployments", deployment())
    made = api.put("deployments/one", {**made, "spec": {**made["spec"], "replicas": 2}}, **shown).body
    api.put("deployments/one", _with(made, labels={"a": "b"}), **shown)


def status_is_kept(api):
    """A status in an update of the object is not taken over."""
    made = api.made("deployments", deployment())
    api.put("deployments/one", {**made, "status": {"replicas": 5}}, show=lambda body: body["status"])


def managed_fields_emptied(api):
    """managedFields of one empty entry are reset."""
    made = api.made("configmaps", config_map())
    api.put("configmaps/one", _with(made, managedFields=[{}]))


def managed_fields_left_out(api):
    """managedFields that are left out are kept."""
    made = api.made("configmaps", config_map())
    metadata = {key: value for key, value in made["metadata"].items() if key != "managedFields"}
    api.put("configmaps/one", {**made, "metadata": metadata, "data": {"key": "other"}})


def managers_share(api):
    """Each manager has what it set last."""
    made = api.made("configmaps", config_map(data={"a": "1", "b": "1"}))
    api.put("configmaps/one", {**made, "data": {"a": "1", "b": "2", "c": "2"}}, query={"fieldManager": "other"})


def immutable_config_map(api):
    """Data of an immutable ConfigMap cannot be changed."""
    made = api.made("configmaps", {**config_map(), "immutable": True})
    api.put("configmaps/one", {**made, "data": {"key": "other"}})


def immutable_config_map_emptied(api):
    """Data of an immutable ConfigMap cannot be left out."""
    made = api.made("configmaps", {**config_map(), "immutable": True})
    api.put("configmaps/one", {key: value for key, value in made.items() if key != "data"})


def immutable_secret_emptied(api):
    """Data of an immutable Secret cannot be left out."""
    made = api.made("secrets", {"metadata": {"name": "one"}, "data": {"key": "dmFsdWU="}, "immutable": True})
    api.put("secrets/one", {key: value for key, value in made.items() if key != "data"})


def immutable_stays(api):
    """An immutable ConfigMap cannot be made mutable."""
    made = api.made("configmaps", {**config_map(), "immutable": True})
    api.put("configmaps/one", {**made, "immutable": False})


def immutable_labels(api):
    """Labels of an immutable ConfigMap can be changed."""
    made = api.made("configmaps", {**config_map(), "immutable": True})
    api.put("configmaps/one", _with(made, labels={"a": "b"}))


def immutable_secret(api):
    """Data of an immutable Secret cannot be changed."""
    made = api.made("secrets", {**secret(), "immutable": True})
    api.put("secrets/one", {**made, "data": {"key": "b3RoZXI="}})


def secret_type(api):
    """A Secret's type cannot be changed."""
    made = api.made("secrets", secret())
    api.put("secrets/one", {**made, "type": "example.com/other"})


def pod_image(api):
    """A container's image can be changed."""
    made = api.made("pods", pod())
    containers = [{**made["spec"]["containers"][0], "image": "image:2"}]
    api.put("pods/one", {**made, "spec": {**made["spec"], "containers": containers}}, show=_containers)


def _containers(body):
    return [body["metadata"].get("generation"), body["spec"]["containers"]]


def pod_command(api):
    """Most of a Pod's spec cannot be changed."""
    made = api.made("pods", pod())
    containers = [{**made["spec"]["containers"][0], "command": ["other"]}]
    api.put("pods/one", {**made, "spec": {**made["spec"], "containers": containers}})


def pod_containers(api):
    """Containers cannot be added."""
    made = api.made("pods", pod())
    containers = [*made["spec"]["containers"], container("two")]
    api.put("pods/one", {**made, "spec": {**made["spec"], "containers": containers}})


def pod_node(api):
    """A Pod cannot be moved to another node."""
    made = api.made("pods", pod(spec={"nodeName": "a", "containers": [container()]}))
    api.put("pods/one", {**made, "spec": {**made["spec"], "nodeName": "b"}})


def stateful_set_replicas(api):
    """A StatefulSet's replicas can be changed."""
    made = api.made("statefulsets", stateful_set())
    api.put(
        "statefulsets/one",
        {**made, "spec": {**made["spec"], "replicas": 3}},
        show=lambda body: body["spec"]["replicas"],
    )


def stateful_set_service(api):
    """A StatefulSet's service name cannot be changed."""
    made = api.made("statefulsets", stateful_set())
    api.put("statefulsets/one", {**made, "spec": {**made["spec"], "serviceName": "other"}})


def deployment_selector(api):
    """A Deployment's selector cannot be changed."""
    made = api.made("deployments", deployment())
    spec = {**made["spec"], "selector": {"matchLabels": {"b": "b"}}, "template": template({"a": "a", "b": "b"})}
    api.put("deployments/one", {**made, "spec": spec})


def service_cluster_ip(api):
    """A Service's cluster IP cannot be changed."""
    made = api.made("services", service())
    api.put("services/one", {**made, "spec": {**made["spec"], "clusterIP": "10.0.0.250", "clusterIPs": ["10.0.0.250"]}})


def service_cluster_ip_left_out(api):
    """A Service's cluster IP that is left out is kept."""
    api.made("services", service())
    api.put("services/one", service(ports=[{"port": 81}]), **SPEC)


def service_selector(api):
    """A Service's selector can be changed."""
    made = api.made("services", service())
    api.put("services/one", {**made, "spec": {**made["spec"], "selector": {"b": "c"}}}, **SPEC)


def job_template(api):
    """A Job's template cannot be changed."""
    made = api.made("jobs", job())
    inside = {**made["spec"]["template"], "spec": {**made["spec"]["template"]["spec"], "restartPolicy": "OnFailure"}}
    api.put("jobs/one", {**made, "spec": {**made["spec"], "template": inside}}, show=lambda body: body["spec"])


def role_ref(api):
    """A RoleBinding's roleRef cannot be changed."""
    group = "rbac.authorization.k8s.io"
    body = {**role(kind="RoleBinding"), "roleRef": {"apiGroup": group, "kind": "Role", "name": "a"}}
    made = api.made("rolebindings", {key: value for key, value in body.items() if key != "rules"})
    api.put("rolebindings/one", {**made, "roleRef": {**made["roleRef"], "name": "b"}})


def lease_renew(api):
    """A Lease is renewed."""
    made = api.made("leases", lease())
    spec = {"holderIdentity": "you", "renewTime": "2020-01-01T00:00:00.500000Z", "leaseTransitions": 1}
    api.put("leases/one", {**made, "spec": spec}, **SPEC)


def annotations_emptied(api):
    """Annotations that are left out are gone."""
    made = api.made("configmaps", config_map(annotations={"a": "b"}))
    api.put("configmaps/one", _with(made, annotations=None))


def at_collection(api):
    """PUT of a collection is a 405."""
    api.put("configmaps", config_map())
