"""JSON merge patch"""

from conformance.bodies import at, config_map, custom, deployment, identity, pod


def set_field(api):
    """A field is set, the others stay."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", {"data": {"new": "value"}})


def null_removes(api):
    """null removes a field."""
    api.made("configmaps", config_map(data={"a": "1", "b": "2"}))
    api.merge("configmaps/one", {"data": {"a": None}})


def null_of_absent(api):
    """null for what is not there changes nothing."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", {"data": {"absent": None}, "metadata": {"labels": {"absent": None}}})


def null_of_map(api):
    """null removes a whole map."""
    api.made("configmaps", config_map(labels={"a": "b"}))
    api.merge("configmaps/one", {"metadata": {"labels": None}, "data": None})


def lists_are_replaced(api):
    """A list is replaced as a whole."""
    api.made("configmaps", config_map(finalizers=["example.com/a", "example.com/b"]))
    api.merge("configmaps/one", {"metadata": {"finalizers": ["example.com/c"]}}, show=at("metadata", "finalizers"))


def no_change(api):
    """A patch that changes nothing keeps the resourceVersion."""
    api.made("configmaps", config_map())
    api.get("configmaps/one", show=identity)
    api.merge("configmaps/one", {"data": {"key": "value"}}, show=identity)


def empty(api):
    """The empty patch changes nothing."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", {})


def array(api):
    """An array is no merge patch."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", [])


def not_json(api):
    """Text is no merge patch."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", b"{nonsense")


def missing(api):
    """An object that is not there is a 404."""
    api.merge("configmaps/one", {"data": {"a": "b"}})


def stale(api):
    """A stale resourceVersion in the patch is a conflict."""
    made = api.made("configmaps", config_map())
    api.merge("configmaps/one", {"data": {"a": "1"}}, show=at("data"))
    api.merge(
        "configmaps/one", {"metadata": {"resourceVersion": made["metadata"]["resourceVersion"]}, "data": {"a": "2"}}
    )


def fresh(api):
    """A current resourceVersion in the patch is none."""
    made = api.made("configmaps", config_map())
    revision = {"resourceVersion": made["metadata"]["resourceVersion"]}
    api.merge("configmaps/one", {"metadata": revision, "data": {"a": "1"}}, show=at("data"))


def uid_other(api):
    """Another uid in the patch is refused: it is immutable."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", {"metadata": {"uid": "d2f1a4a0-0000-4000-8000-000000000001"}})


def name_other(api):
    """The name cannot be patched."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", {"metadata": {"name": "two"}})


def namespace_other(api):
    """The namespace cannot be patched."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", {"metadata": {"namespace": "other"}})


def kind_other(api):
    """The kind cannot be patched."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", {"kind": "Secret"})


def server_fields(api):
    """What the server sets cannot be patched."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", {"metadata": {"creationTimestamp": "2020-01-01T00:00:00Z", "generation": 5}})


def invalid_result(api):
    """The result is validated."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", {"metadata": {"labels": {"a": "not ok"}}})


def wrong_type(api):
    """A value of the wrong type is a 422 that quotes the result."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", {"data": {"a": 1}})


def wrong_type_custom(api):
    """A custom resource of the wrong type is a 422."""
    schema = {"type": "object", "properties": {"spec": {"type": "object", "properties": {"size": {"type": "integer"}}}}}
    api.crd(versions=[{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}])
    api.made("widgets", custom(api, spec={"size": 1}))
    api.merge("widgets/one", {"spec": {"size": "large"}})


def manager(api):
    """The patching manager has what it changed."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", {"data": {"key": "other"}}, query={"fieldManager": "patcher"})


def user_agent(api):
    """Without fieldManager, the manager is the user agent up to its slash."""
    api.made("configmaps", config_map())
    api.merge(
        "configmaps/one", {"data": {"new": "1"}}, agent="some-agent/v1.2 (linux)", show=at("metadata", "managedFields")
    )


def generation(api):
    """A patch of the spec raises the generation, one of metadata does not."""
    api.made("deployments", deployment())
    api.merge("deployments/one", {"spec": {"replicas": 2}}, show=at("metadata", "generation"))
    api.merge("deployments/one", {"metadata": {"labels": {"a": "b"}}}, show=at("metadata", "generation"))


def defaults_come_back(api):
    """A field with a default that is removed has its default again."""
    api.made("deployments", deployment(spec={"replicas": 3}))
    api.merge("deployments/one", {"spec": {"replicas": None}}, show=at("spec", "replicas"))


def labels_of_pod(api):
    """A Pod's labels are patched, as for a role."""
    api.made("pods", pod(labels={"role": "secondary"}))
    api.merge(
        "pods/one", {"metadata": {"labels": {"role": "primary"}, "annotations": {"version": "1"}}}, show=at("metadata")
    )


def status_is_ignored(api):
    """A status patched at the object changes nothing."""
    api.made("pods", pod())
    api.merge("pods/one", {"status": {"phase": "Running"}}, show=at("status"))


def list_of_containers(api):
    """A merge patch of containers replaces them, and so may be refused."""
    api.made("pods", pod())
    api.merge("pods/one", {"spec": {"containers": [{"name": "other", "image": "image:1"}]}})


def at_collection(api):
    """PATCH of a collection is a 405."""
    api.merge("configmaps", {})


def nested_null(api):
    """null inside of what is new is left out."""
    api.crd()
    api.made("widgets", custom(api, spec={}))
    api.merge("widgets/one", {"spec": {"new": {"kept": 1, "dropped": None}}}, show=at("spec"))
