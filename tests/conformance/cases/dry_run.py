"""Dry run"""

from conformance.bodies import at, config_map, custom, deployment, service

ALL = {"query": {"dryRun": "All"}}


def create(api):
    """A create is answered as if, without a resourceVersion, and nothing is there."""
    api.post("configmaps", config_map(), **ALL)
    api.get("configmaps/one")


def create_invalid(api):
    """A create is validated."""
    api.post("configmaps", config_map(labels={"a": "not ok"}), **ALL)


def create_taken(api):
    """A name that is taken is told."""
    api.made("configmaps", config_map())
    api.post("configmaps", config_map(), **ALL)


def generate_name(api):
    """A name is generated."""
    api.post("configmaps", config_map(None, generateName="made-"), show=at("metadata"), **ALL)


def update(api):
    """An update is answered as if."""
    made = api.made("configmaps", config_map())
    api.put("configmaps/one", {**made, "data": {"key": "other"}}, **ALL)
    api.get("configmaps/one", show=at("data"))


def update_stale(api):
    """A conflict is told."""
    made = api.made("configmaps", config_map())
    api.merge("configmaps/one", {"data": {"a": "b"}}, show=at("data"))
    api.put("configmaps/one", made, **ALL)


def patch(api):
    """A patch is answered as if."""
    api.made("deployments", deployment())
    shown = {
        "show": lambda body: [
            body["spec"]["replicas"],
            body["metadata"]["generation"],
            body["metadata"]["resourceVersion"] != "",
        ]
    }
    api.merge("deployments/one", {"spec": {"replicas": 3}}, **shown, **ALL)
    api.get("deployments/one", show=at("spec", "replicas"))


def delete(api):
    """A delete is answered as if."""
    api.made("configmaps", config_map(finalizers=["example.com/a"]))
    api.delete("configmaps/one", show=lambda body: sorted(body["metadata"]), **ALL)
    api.get("configmaps/one", show=lambda body: sorted(body["metadata"]))


def collection(api):
    """A delete of a collection is answered as if."""
    api.made("configmaps", config_map())
    api.delete("configmaps", show=at("kind"), **ALL)
    api.get("configmaps/one", show=at("data"))


def cluster_ip(api):
    """A Service of a dry run has an address, perhaps not the one it will get."""
    api.post("services", service(), show=at("spec"), **ALL)


def custom_resource(api):
    """A create of a custom resource is answered as if."""
    api.crd()
    api.post("widgets", custom(api, spec={"a": 1}), show=at("spec"), **ALL)
    api.get("widgets/one")


def unknown(api):
    """dryRun is All or nothing."""
    api.post("configmaps", config_map(), query={"dryRun": "true"})


def empty(api):
    """An empty dryRun is refused."""
    api.post("configmaps", config_map(), query={"dryRun": ""})
