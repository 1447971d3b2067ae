"""Strategic merge patch"""

from conformance.bodies import (
    at,
    config_map,
    container,
    custom,
    deployment,
    event,
    pod,
    service,
    service_account,
    template,
)

SPEC = {"show": at("spec")}


def _containers(body):
    return body["spec"]["template"]["spec"]["containers"]


def _of_template(**spec):
    return {"spec": {"template": {"spec": spec}}}


def container_by_name(api):
    """Containers are merged by their names."""
    api.made("deployments", deployment())
    api.strategic("deployments/one", _of_template(containers=[{"name": "c", "image": "image:2"}]), show=_containers)


def container_added(api):
    """A container of a new name is added."""
    api.made("deployments", deployment())
    api.strategic("deployments/one", _of_template(containers=[container("two")]), show=_containers)


def container_deleted(api):
    """$patch: delete takes an entry out."""
    api.made(
        "deployments", deployment(spec={"template": template(spec={"containers": [container(), container("two")]})})
    )
    patch = _of_template(containers=[{"name": "two", "$patch": "delete"}])
    api.strategic("deployments/one", patch, show=_containers)


def containers_replaced(api):
    """$patch: replace takes the list as it is."""
    api.made(
        "deployments", deployment(spec={"template": template(spec={"containers": [container(), container("two")]})})
    )
    patch = _of_template(containers=[container("three"), {"$patch": "replace"}])
    api.strategic("deployments/one", patch, show=_containers)


def map_replaced(api):
    """$patch: replace takes a map as it is."""
    api.made("configmaps", config_map(labels={"a": "b"}))
    api.strategic(
        "configmaps/one", {"metadata": {"labels": {"$patch": "replace", "c": "d"}}}, show=at("metadata", "labels")
    )


def map_deleted(api):
    """$patch: delete takes a map out."""
    api.made("configmaps", config_map(labels={"a": "b"}))
    api.strategic("configmaps/one", {"metadata": {"labels": {"$patch": "delete"}}}, show=at("metadata", "labels"))


def order(api):
    """$setElementOrder orders a merged list."""
    api.made(
        "deployments", deployment(spec={"template": template(spec={"containers": [container(), container("two")]})})
    )
    wanted = [{"name": "two"}, {"name": "new"}, {"name": "c"}]
    patch = {"$setElementOrder/containers": wanted, "containers": [container("new")]}
    api.strategic("deployments/one", _of_template(**patch), show=_containers)


def retain_keys(api):
    """$retainKeys clears what is not named, as for a strategy."""
    api.made("deployments", deployment(spec={"strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 3}}}))
    patch = {"spec": {"strategy": {"$retainKeys": ["type"], "type": "Recreate"}}}
    api.strategic("deployments/one", patch, show=at("spec", "strategy"))


def environment(api):
    """Environment variables are merged by their names."""
    env = [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]
    api.made("deployments", deployment(spec={"template": template(spec={"containers": [container(env=env)]})}))
    patch = {"name": "c", "env": [{"name": "B", "value": "3"}, {"name": "C", "value": "4"}]}
    api.strategic("deployments/one", _of_template(containers=[patch]), show=_containers)


def environment_deleted(api):
    """A nested entry is deleted."""
    env = [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]
    api.made("deployments", deployment(spec={"template": template(spec={"containers": [container(env=env)]})}))
    patch = {"name": "c", "env": [{"name": "B", "$patch": "delete"}]}
    api.strategic("deployments/one", _of_template(containers=[patch]), show=_containers)


def ports_of_service(api):
    """A Service's ports are merged by port."""
    api.made("services", service(ports=[{"name": "a", "port": 80}, {"name": "b", "port": 81}]))
    api.strategic("services/one", {"spec": {"ports": [{"port": 81, "name": "new"}, {"port": 82, "name": "c"}]}}, **SPEC)


def finalizers_are_merged(api):
    """Finalizers are a set."""
    api.made("configmaps", config_map(finalizers=["example.com/a"]))
    patch = {"metadata": {"finalizers": ["example.com/b", "example.com/a"]}}
    api.strategic("configmaps/one", patch, show=at("metadata", "finalizers"))


def finalizer_deleted(api):
    """$deleteFromPrimitiveList takes values out."""
    api.made("configmaps", config_map(finalizers=["example.com/a", "example.com/b"]))
    patch = {"metadata": {"$deleteFromPrimitiveList/finalizers": ["example.com/a"]}}
    api.strategic("configmaps/one", patch, show=at("metadata", "finalizers"))


def owners_are_merged(api):
    """Owner references are merged by uid."""
    owner = {"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "d2f1a4a0-0000-4000-8000-000000000001"}
    api.made("configmaps", config_map(ownerReferences=[owner]))
    other = {**owner, "name": "q", "uid": "d2f1a4a0-0000-4000-8000-000000000002"}
    patch = {"metadata": {"ownerReferences": [other, {**owner, "controller": True}]}}
    api.strategic("configmaps/one", patch, show=at("metadata", "ownerReferences"))


def tolerations_are_replaced(api):
    """A list without a merge key is replaced."""
    tolerations = [{"key": "a", "operator": "Exists"}]
    api.made(
        "deployments",
        deployment(spec={"template": template(spec={"containers": [container()], "tolerations": tolerations})}),
    )
    patch = _of_template(tolerations=[{"key": "b", "operator": "Exists"}])
    api.strategic("deployments/one", patch, show=lambda body: body["spec"]["template"]["spec"]["tolerations"])


def command_is_replaced(api):
    """A list of texts is replaced."""
    api.made(
        "deployments", deployment(spec={"template": template(spec={"containers": [container(command=["a", "b"])]})})
    )
    api.strategic("deployments/one", _of_template(containers=[{"name": "c", "command": ["d"]}]), show=_containers)


def null_removes(api):
    """null removes a field."""
    api.made("configmaps", config_map(data={"a": "1", "b": "2"}))
    api.strategic("configmaps/one", {"data": {"a": None}}, show=at("data"))


def merge_key_missing(api):
    """An entry without its merge key is refused."""
    api.made("deployments", deployment())
    api.strategic("deployments/one", _of_template(containers=[{"image": "image:2"}]))


def directive_unknown(api):
    """An unknown $patch is refused."""
    api.made("configmaps", config_map(labels={"a": "b"}))
    api.strategic("configmaps/one", {"metadata": {"labels": {"$patch": "nonsense"}}})


def conditions_by_type(api):
    """A Pod's conditions are merged by type, as kubelets patch them."""
    api.made("pods", pod())
    ready = {"type": "Ready", "status": "False"}
    api.strategic("pods/one/status", {"status": {"conditions": [ready]}}, show=at("status"))
    others = [{"type": "Ready", "status": "True"}, {"type": "Initialized", "status": "True"}]
    api.strategic("pods/one/status", {"status": {"conditions": others}}, show=at("status"))


def custom_resource(api):
    """Custom resources have no strategic merge patch."""
    api.crd()
    api.made("widgets", custom(api, spec={}))
    api.strategic("widgets/one", {"spec": {"a": 1}})


def array(api):
    """An array is no strategic merge patch."""
    api.made("configmaps", config_map())
    api.strategic("configmaps/one", [])


def empty(api):
    """The empty patch changes nothing."""
    api.made("configmaps", config_map())
    api.strategic("configmaps/one", {})


def stale(api):
    """A stale resourceVersion in the patch is a conflict."""
    made = api.made("configmaps", config_map())
    api.strategic("configmaps/one", {"data": {"a": "1"}}, show=at("data"))
    patch = {"metadata": {"resourceVersion": made["metadata"]["resourceVersion"]}, "data": {"a": "2"}}
    api.strategic("configmaps/one", patch)


def image_pull_secrets(api):
    """References are merged by name."""
    api.made("serviceaccounts", {**service_account(), "imagePullSecrets": [{"name": "a"}]})
    api.strategic("serviceaccounts/one", {"imagePullSecrets": [{"name": "b"}]}, show=at("imagePullSecrets"))


def volumes(api):
    """Volumes are merged by name; another source replaces the first by $retainKeys."""
    volumes = [{"name": "v", "emptyDir": {}}]
    api.made(
        "deployments", deployment(spec={"template": template(spec={"containers": [container()], "volumes": volumes})})
    )
    patch = {"name": "v", "$retainKeys": ["name", "configMap"], "configMap": {"name": "m"}}
    shown = {"show": lambda body: body["spec"]["template"]["spec"]["volumes"]}
    api.strategic("deployments/one", _of_template(volumes=[patch]), **shown)


def wrong_type(api):
    """A value of the wrong type."""
    api.made("configmaps", config_map())
    api.strategic("configmaps/one", {"data": {"a": 1}})


def event_series(api):
    """An Event's count is raised."""
    api.made("events", event(api, count=1))
    api.strategic("events/one", {"count": 2, "message": "again"}, show=lambda body: [body["count"], body["message"]])


def template_labels(api):
    """A rollout is restarted by an annotation of the template, as kubectl does."""
    api.made("deployments", deployment())
    patch = {"spec": {"template": {"metadata": {"annotations": {"kubectl.kubernetes.io/restartedAt": "now"}}}}}
    api.strategic("deployments/one", patch, show=lambda body: body["spec"]["template"]["metadata"])
