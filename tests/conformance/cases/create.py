"""Create: names, metadata and what the server adds"""

from conformance.bodies import config_map, deployment, namespace, pod, role, secret, service


def object_comes_back(api):
    """A created object comes back with uid, resourceVersion, creationTimestamp and managedFields."""
    api.post("configmaps", config_map())


def can_be_read(api):
    """What was answered to the create is what a get answers."""
    api.made("configmaps", config_map())
    api.get("configmaps/one")


def generate_name(api):
    """generateName gets a suffix of five characters."""
    api.post("configmaps", config_map(None, generateName="made-"))


def name_beats_generate_name(api):
    """A name given beside generateName is the name."""
    api.post("configmaps", config_map("given", generateName="made-"))


def generate_name_long(api):
    """A generateName that would make the name too long is cut."""
    body = config_map(None, generateName="x" * 253)
    api.post("configmaps", body, show=lambda body: len(body["metadata"]["name"]))


def generate_name_bad(api):
    """A generateName of bad characters is refused by its field."""
    api.post("configmaps", config_map(None, generateName="Bad_"))


def name_missing(api):
    """Neither name nor generateName is a 422."""
    api.post("configmaps", config_map(None))


def name_upper_case(api):
    """A name is a lower-case RFC 1123 subdomain."""
    api.post("configmaps", config_map("Upper"))


def name_too_long(api):
    """A name has at most 253 characters."""
    api.post("configmaps", config_map("a" * 254))


def name_with_slash(api):
    """A name has no slash."""
    api.post("configmaps", config_map("a/b"))


def name_of_service(api):
    """A Service's name is a DNS label."""
    api.post("services", service("1.a"))


def name_of_role(api):
    """A Role's name is a path segment: colons are allowed."""
    api.post("roles", role("a:b"))


def name_of_role_bad(api):
    """A Role's name is a path segment: percent signs are not allowed."""
    api.post("roles", role("a%b"))


def name_of_namespace(api):
    """A Namespace's name is a DNS label."""
    api.post("namespaces", namespace("a.b"))


def name_of_deployment(api):
    """A Deployment's name is a subdomain."""
    api.post("deployments", deployment("a_b"), show=lambda body: body["metadata"])


def name_of_pod(api):
    """A Pod's name is a subdomain."""
    api.post("pods", pod("-a"))


def already_exists(api):
    """A name that is taken is a 409 AlreadyExists."""
    api.made("configmaps", config_map())
    api.post("configmaps", config_map())


def label_key_bad(api):
    """A label's key is checked."""
    api.post("configmaps", config_map(labels={"a b": "c"}))


def label_key_prefix_bad(api):
    """A label's prefix is a subdomain."""
    api.post("configmaps", config_map(labels={"A_B/c": "d"}))


def label_value_bad(api):
    """A label's value is checked."""
    api.post("configmaps", config_map(labels={"a": "b c"}))


def label_value_long(api):
    """A label's value has at most 63 characters."""
    api.post("configmaps", config_map(labels={"a": "b" * 64}))


def labels_all_bad(api):
    """Every bad label is a cause of its own."""
    api.post("configmaps", config_map(labels={"ok": "-bad"}, annotations={"also bad": "x"}))


def annotation_key_bad(api):
    """An annotation's key is checked, its value is free."""
    api.post("configmaps", config_map(annotations={"a b": "any value"}))


def annotation_key_upper_case_prefix(api):
    """An annotation's key is checked in lower case."""
    api.post("configmaps", config_map(annotations={"Example.COM/x": "y"}))


def annotations_too_large(api):
    """All annotations together have at most 256 KiB."""
    api.post("configmaps", config_map(annotations={"a": "x" * 262144}))


def finalizer_bad(api):
    """A finalizer is a qualified name."""
    api.post("configmaps", config_map(finalizers=["not ok"]))


def finalizer_unqualified(api):
    """A finalizer without a slash is one of Kubernetes' own."""
    api.post("configmaps", config_map(finalizers=["mine"]))


def finalizer_unqualified_custom(api):
    """A finalizer without a domain on a custom resource warns."""
    api.crd()
    body = {"apiVersion": f"{api.group}/v1", "kind": "Widget", "metadata": {"name": "one", "finalizers": ["mine"]}}
    api.post("widgets", body)


def owner_reference(api):
    """An owner reference is kept as it is."""
    owner = {"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "d2f1a4a0-0000-4000-8000-000000000001"}
    api.post("configmaps", config_map(ownerReferences=[owner]))


def owner_reference_incomplete(api):
    """An owner reference needs apiVersion, kind, name and uid."""
    api.post("configmaps", config_map(ownerReferences=[{"name": "p"}]))


def owner_reference_two_controllers(api):
    """One controller only."""
    owner = {"apiVersion": "v1", "kind": "Pod", "controller": True}
    owners = [{**owner, "name": name, "uid": f"d2f1a4a0-0000-4000-8000-00000000000{name}"} for name in "12"]
    api.post("configmaps", config_map(ownerReferences=owners))


def owner_reference_event(api):
    """An Event owns nothing."""
    owner = {"apiVersion": "v1", "kind": "Event", "name": "p", "uid": "d2f1a4a0-0000-4000-8000-000000000001"}
    api.post("configmaps", config_map(ownerReferences=[owner]))


def owner_reference_twice(api):
    """The same owner twice is said by a warning."""
    owner = {"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "d2f1a4a0-0000-4000-8000-000000000001"}
    api.post("configmaps", config_map(ownerReferences=[owner, owner]))


def namespace_missing(api):
    """A namespace that is not there is a 404 of the namespace."""
    api.post(f"/api/v1/namespaces/{api.ns}-gone/configmaps", config_map())


def namespace_other(api):
    """The body's namespace must be the path's."""
    api.post("configmaps", config_map(namespace="other"))


def resource_version_given(api):
    """A resourceVersion in a create is refused."""
    api.post("configmaps", config_map(resourceVersion="5"))


def uid_given(api):
    """A uid in a create is not kept."""
    api.post("configmaps", config_map(uid="d2f1a4a0-0000-4000-8000-000000000001"))


def times_given(api):
    """creationTimestamp and deletionTimestamp in a create are not kept; a generation is, where the kind has none."""
    time = "2020-01-01T00:00:00Z"
    api.post("configmaps", config_map(creationTimestamp=time, deletionTimestamp=time, generation=7))


def kind_other(api):
    """A body of another kind is a 400."""
    api.post("configmaps", secret())


def api_version_other(api):
    """A body of another apiVersion is a 400."""
    api.post("configmaps", {**config_map(), "apiVersion": "v2"})


def kind_missing(api):
    """A built-in kind may be left out of the body."""
    api.post("configmaps", {"metadata": {"name": "one"}, "data": {"a": "b"}})


def kind_unknown(api):
    """A kind that nobody knows is a 400."""
    api.post("configmaps", {**config_map(), "kind": "Nonsense"})


def at_a_name(api):
    """POST to an object's path is a 405."""
    api.post("configmaps/one", config_map())


def cluster_scoped_in_namespace(api):
    """A cluster-scoped kind under a namespace is a 404."""
    api.post(f"/api/v1/namespaces/{api.ns}/namespaces", namespace("x"))


def namespaced_without_namespace(api):
    """POST of a namespaced kind to all namespaces is a 405."""
    api.post("/api/v1/configmaps", config_map())


def status_is_dropped(api):
    """A status in a create is not kept."""
    api.post("pods", {**pod(), "status": {"phase": "Running"}}, show=lambda body: body["status"])


def nulls(api):
    """Null is absent."""
    api.post("configmaps", config_map(labels=None, annotations=None, finalizers=None, ownerReferences=None))


def empty_collections(api):
    """Empty labels, annotations and data."""
    api.post("configmaps", {**config_map(labels={}, annotations={}, finalizers=[]), "data": {}})


def field_manager(api):
    """fieldManager names the manager."""
    api.post("configmaps", config_map(), query={"fieldManager": "somebody"})


def field_manager_too_long(api):
    """fieldManager has at most 128 characters."""
    api.post("configmaps", config_map(), query={"fieldManager": "m" * 129})


def field_manager_bad(api):
    """fieldManager is printable."""
    api.post("configmaps", config_map(), query={"fieldManager": "a\tb"})


def generation(api):
    """A Deployment begins with generation 1, a ConfigMap has none."""
    api.post("deployments", deployment(), show=lambda body: body["metadata"].get("generation"))
    api.post("configmaps", config_map(), show=lambda body: body["metadata"].get("generation"))


def managed_fields_given(api):
    """managedFields of the body are kept beside the creator's."""
    entry = {"manager": "m", "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1"}
    entry |= {"time": "2020-01-01T00:00:00Z", "fieldsV1": {"f:data": {"f:key": {}}}}
    api.post("configmaps", config_map(managedFields=[entry]))


def managed_fields_bad(api):
    """managedFields that make no sense are dropped."""
    api.post("configmaps", config_map(managedFields=[{"operation": "Nonsense"}]))


def unicode(api):
    """Text of any script is kept."""
    api.post("configmaps", config_map(data={"key": "grün 日本 \U0001f600 \u2028"}))
