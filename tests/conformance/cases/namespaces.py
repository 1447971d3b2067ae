"""Namespaces"""

from conformance.bodies import at, config_map, namespace, pod


def create(api):
    """A Namespace is Active, and labelled with its name."""
    api.post("namespaces", namespace(f"{api.ns}-2"))


def generated(api):
    """A Namespace's label has the generated name."""
    api.post("namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"generateName": f"{api.ns}-"}})


def label_stays(api):
    """The label of the name cannot be changed."""
    api.merge(f"namespaces/{api.ns}", {"metadata": {"labels": {"kubernetes.io/metadata.name": "other", "a": "b"}}})


def delete(api):
    """A deleted Namespace is Terminating while something finalizes it."""
    api.delete(f"namespaces/{api.ns}")


def delete_again(api):
    """A second delete of it is answered as the first."""
    api.delete(f"namespaces/{api.ns}", show=at("status"))
    api.delete(f"namespaces/{api.ns}", show=at("status"))


def create_in_terminating(api):
    """Nothing can be created in a Namespace that is Terminating."""
    api.delete(f"namespaces/{api.ns}", show=at("status"))
    api.post("configmaps", config_map())


def apply_in_terminating(api):
    """Nothing can be applied anew in a Namespace that is Terminating."""
    api.delete(f"namespaces/{api.ns}", show=at("status"))
    api.apply("configmaps/one", config_map())


def update_in_terminating(api):
    """What is in a Namespace that is Terminating can be changed and deleted."""
    api.made("configmaps", config_map())
    api.delete(f"namespaces/{api.ns}", show=at("status"))
    api.merge("configmaps/one", {"data": {"key": "other"}}, show=at("data"))
    api.delete("configmaps/one", show=at("status"))


def finalize(api):
    """The finalize subresource takes spec.finalizers away, and with the last the Namespace."""
    api.delete(f"namespaces/{api.ns}", show=at("status"))
    body = api.send("GET", f"namespaces/{api.ns}").body
    api.put(f"namespaces/{api.ns}/finalize", {**body, "spec": {"finalizers": []}}, show=at("spec"))
    api.get(f"namespaces/{api.ns}", show=at("kind"))


def spec_is_kept(api):
    """spec.finalizers cannot be changed by an update."""
    body = api.send("GET", f"namespaces/{api.ns}").body
    api.put(f"namespaces/{api.ns}", {**body, "spec": {"finalizers": []}}, show=at("spec"))


def finalizer_bad(api):
    """A finalizer of the spec is a qualified name."""
    body = {**namespace(f"{api.ns}-2"), "spec": {"finalizers": ["not ok"]}}
    api.post("namespaces", body)


def default_stays(api):
    """The Namespace default cannot be deleted."""
    api.delete("namespaces/default")


def system_stays(api):
    """The Namespace kube-system cannot be deleted."""
    api.delete("namespaces/kube-system")


def status(api):
    """A Namespace's status is a subresource."""
    api.merge(f"namespaces/{api.ns}/status", {"metadata": {"labels": {"a": "b"}}}, show=at("metadata", "labels"))


def collection(api):
    """Namespaces have no deletecollection."""
    api.delete("namespaces", query={"labelSelector": "none=such"})


def content_stays(api):
    """Without a controller nothing in a deleted Namespace is deleted."""
    api.made("pods", pod())
    api.delete(f"namespaces/{api.ns}", show=at("status"))
    api.get("pods/one", show=at("status"))
