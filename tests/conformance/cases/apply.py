"""Server-side apply"""

from conformance.api import version
from conformance.bodies import at, config_map, container, custom, deployment, identity, lease, pod, service, template

MANAGED = {"show": at("metadata", "managedFields")}


def create(api):
    """Applying what is not there creates it."""
    api.apply("configmaps/one", config_map())


def again(api):
    """Applying the same again changes nothing."""
    api.apply("configmaps/one", config_map(), show=identity)
    api.apply("configmaps/one", config_map(), show=identity)


def change(api):
    """Applying something else changes it."""
    api.apply("configmaps/one", config_map(), show=at("data"))
    api.apply("configmaps/one", config_map(data={"key": "other"}))


def left_out_is_removed(api):
    """What a manager no longer applies, and nobody else has, is removed."""
    api.apply("configmaps/one", config_map(data={"a": "1", "b": "2"}), show=at("data"))
    api.apply("configmaps/one", config_map(data={"a": "1"}))


def two_managers(api):
    """Two managers have fields of their own in one object."""
    api.apply("configmaps/one", config_map(data={"a": "1"}), "first", show=at("data"))
    api.apply("configmaps/one", config_map(data={"b": "2"}), "second")


def shared(api):
    """Two managers that apply the same value share it, and it stays while one of them applies it."""
    api.apply("configmaps/one", config_map(data={"a": "1"}), "first", show=at("data"))
    api.apply("configmaps/one", config_map(data={"a": "1"}), "second", **MANAGED)
    api.apply("configmaps/one", config_map(data={"b": "1"}), "first", show=at("data"))


def conflict(api):
    """Another value for another manager's field is a conflict."""
    api.apply("configmaps/one", config_map(data={"a": "1"}), "first", show=at("data"))
    api.apply("configmaps/one", config_map(data={"a": "2"}), "second")


def conflicts(api):
    """Several conflicts with a manager are told together."""
    api.apply("configmaps/one", config_map(data={"a": "1", "c": "1"}), "first", show=at("data"))
    api.apply("configmaps/one", config_map(data={"a": "2", "b": "2", "c": "2"}), "second")


def force(api):
    """force takes the field over."""
    api.apply("configmaps/one", config_map(data={"a": "1"}), "first", show=at("data"))
    api.apply("configmaps/one", config_map(data={"a": "2"}), "second", query={"force": "true"})


def conflict_with_update(api):
    """A field that was set by an update conflicts, too."""
    api.made("configmaps", config_map())
    api.apply("configmaps/one", config_map(data={"key": "other"}))


def same_as_update(api):
    """The same value as an update set is shared with it."""
    api.made("configmaps", config_map())
    api.apply("configmaps/one", config_map(), **MANAGED)


def update_takes_over(api):
    """An update takes a field from who applied it."""
    made = api.apply("configmaps/one", config_map(), show=at("data")).body
    api.put("configmaps/one", {**made, "data": {"key": "other"}}, **MANAGED)


def manager_missing(api):
    """fieldManager is required."""
    api.call("PATCH", "configmaps/one", b"{}", type_="application/apply-patch+yaml")


def manager_empty(api):
    """fieldManager may not be empty."""
    api.apply("configmaps/one", config_map(), "")


def force_elsewhere(api):
    """force is for apply alone."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", {"data": {"a": "b"}}, query={"force": "true"})


def managed_fields_given(api):
    """managedFields may not be applied."""
    api.apply("configmaps/one", config_map(managedFields=[{"manager": "m"}]))


def name_other(api):
    """The body's name must be the path's."""
    api.apply("configmaps/one", config_map("two"))


def name_missing(api):
    """The body's name must be said."""
    api.apply("configmaps/one", config_map(None))


def kind_missing(api):
    """The kind must be said."""
    api.apply("configmaps/one", {"metadata": {"name": "one"}})


def kind_other(api):
    """The kind must be the path's."""
    api.apply("configmaps/one", {**config_map(), "kind": "Secret"})


def not_yaml(api):
    """Text that is no YAML."""
    api.call("PATCH", "configmaps/one", b"{a: b: c", type_="application/apply-patch+yaml", query={"fieldManager": "m"})


def yaml(api):
    """YAML is read."""
    text = b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata:\n  key: |\n    two\n    lines\n"
    api.call("PATCH", "configmaps/one", text, type_="application/apply-patch+yaml", query={"fieldManager": "m"})


def unknown_field(api):
    """A field that the kind does not have is an error of the server."""
    api.apply("configmaps/one", {**config_map(), "nonsense": 1})


def wrong_type(api):
    """A value of the wrong type is an error of the server."""
    api.apply("configmaps/one", {**config_map(), "data": {"a": 1}})


def invalid(api):
    """The result is validated."""
    api.apply("configmaps/one", config_map(labels={"a": "not ok"}))


def stale(api):
    """A stale resourceVersion is a conflict."""
    made = api.apply("configmaps/one", config_map(), show=at("data")).body
    api.apply("configmaps/one", config_map(data={"key": "other"}), show=at("data"))
    api.apply("configmaps/one", config_map(resourceVersion=made["metadata"]["resourceVersion"], data={"key": "third"}))


def uid_of_missing(api):
    """A uid of what is not there is a conflict."""
    api.apply("configmaps/one", config_map(uid="d2f1a4a0-0000-4000-8000-000000000001"))


def list_by_key(api):
    """Entries of a list with keys have managers of their own."""
    api.apply("deployments/one", deployment(), "first", **MANAGED)
    other = deployment(spec={"template": template(spec={"containers": [container("two")]})})
    api.apply("deployments/one", other, "second", show=lambda body: body["spec"]["template"]["spec"]["containers"])


def entry_removed(api):
    """An entry that a manager no longer applies is removed."""
    both = deployment(spec={"template": template(spec={"containers": [container(), container("two")]})})
    api.apply("deployments/one", both, show=at("metadata", "generation"))
    api.apply("deployments/one", deployment(), show=lambda body: body["spec"]["template"]["spec"]["containers"])


def set_of_values(api):
    """Values of a set have managers of their own."""
    api.apply("configmaps/one", config_map(finalizers=["example.com/a"]), "first", show=at("metadata", "finalizers"))
    api.apply("configmaps/one", config_map(finalizers=["example.com/b"]), "second")


def atomic(api):
    """What is atomic has one manager."""
    selecting = deployment(spec={"template": template(spec={"containers": [container()], "nodeSelector": {"a": "b"}})})
    api.apply("deployments/one", selecting, "first", show=at("metadata", "generation"))
    other = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "one"}}
    other["spec"] = {"template": {"spec": {"nodeSelector": {"c": "d"}}}}
    api.apply("deployments/one", other, "second")


def ports_of_service(api):
    """A Service's ports have the keys port and protocol."""
    api.apply("services/one", service(ports=[{"name": "a", "port": 80}, {"name": "b", "port": 81}]), **MANAGED)


def duplicate_key(api):
    """Two entries of one key are an error of the server."""
    twice = [container(), container()]
    api.apply("deployments/one", deployment(spec={"template": template(spec={"containers": twice})}))


def status(api):
    """A status is applied at its subresource."""
    api.made("pods", pod())
    body = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "one"}, "status": {"phase": "Running"}}
    api.apply("pods/one/status", body, show=lambda body: [body["status"]["phase"], body["metadata"]["managedFields"]])


def status_of_missing(api):
    """The status of what is not there cannot be applied."""
    body = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "one"}, "status": {"phase": "Running"}}
    api.apply("pods/one/status", body)


def dry_run(api):
    """A dry run changes nothing."""
    api.apply("configmaps/one", config_map(), query={"dryRun": "All"})
    api.get("configmaps/one")


def custom_resource(api):
    """A custom resource is applied by its schema."""
    api.crd()
    api.apply("widgets/one", custom(api, spec={"size": 1, "list": [1, 2]}))


def custom_list_by_key(api):
    """A custom resource's list of type map is merged by its key."""
    item = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "value": {"type": "integer"}},
        "required": ["name"],
    }
    entries = {"type": "array", "items": item, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]}
    spec = {"type": "object", "properties": {"items": entries}}
    api.crd(versions=[version(schema={"type": "object", "properties": {"spec": spec}})])
    api.apply("widgets/one", custom(api, spec={"items": [{"name": "a", "value": 1}]}), "first", show=at("spec"))
    api.apply("widgets/one", custom(api, spec={"items": [{"name": "b", "value": 2}]}), "second")
    api.apply("widgets/one", custom(api, spec={"items": [{"name": "a", "value": 3}]}), "third")


def custom_list_atomic(api):
    """A custom resource's list without a type is replaced."""
    api.crd()
    api.apply("widgets/one", custom(api, spec={"list": [1, 2]}), "first", show=at("spec"))
    api.apply("widgets/one", custom(api, spec={"list": [3]}), "second")


def leadership(api):
    """A Lease is applied."""
    api.apply("leases/one", lease(spec={"holderIdentity": "me", "renewTime": "2020-01-01T00:00:00.000000Z"}))


def create_then_update_manager(api):
    """One manager's apply and update are two entries."""
    api.apply("configmaps/one", config_map(), "both", show=at("data"))
    api.merge("configmaps/one", {"data": {"new": "1"}}, query={"fieldManager": "both"}, **MANAGED)


def give_up(api):
    """A manager that applies nothing gives up all that it had."""
    api.apply("configmaps/one", config_map(labels={"a": "b"}), "first", show=at("data"))
    bare = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "one"}}
    api.apply("configmaps/one", bare, "first")


def null_value(api):
    """null in a ConfigMap's data is applied as an empty text."""
    api.apply("configmaps/one", {**config_map(), "data": {"a": None}})


def defaults_have_no_manager(api):
    """Defaults are nobody's."""
    api.apply("services/one", service())
