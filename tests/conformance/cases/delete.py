"""Delete"""

from conformance.bodies import at, config_map, custom, deployment, identity, names, pod, secret, service

FINALIZER = "example.com/wait"


def _options(**fields):
    return {"apiVersion": "v1", "kind": "DeleteOptions", **fields}


def answer(api):
    """The answer is a Status with the uid of what is gone."""
    api.made("configmaps", config_map())
    api.get("configmaps/one", show=identity)
    api.delete("configmaps/one")
    api.get("configmaps/one")


def answer_pod(api):
    """A Pod that is gone is answered with the Pod."""
    api.made("pods", pod())
    api.delete("pods/one", show=at("metadata"))
    api.get("pods/one")


def answer_service(api):
    """A Service that is gone is answered with the Service."""
    api.made("services", service())
    api.delete("services/one", show=at("kind"))


def answer_custom(api):
    """A custom resource that is gone is answered with a Status."""
    api.crd()
    api.made("widgets", custom(api))
    api.delete("widgets/one")


def missing(api):
    """What is not there is a 404."""
    api.delete("configmaps/one")


def name_is_free(api):
    """The name is free at once, for an object of another uid."""
    api.made("configmaps", config_map())
    api.get("configmaps/one", show=identity)
    api.delete("configmaps/one", show=at("status"))
    api.post("configmaps", config_map(), show=identity)


def finalizer(api):
    """With a finalizer, the object stays and has a deletionTimestamp."""
    api.made("configmaps", config_map(finalizers=[FINALIZER]))
    api.delete("configmaps/one")


def finalizer_removed(api):
    """When the last finalizer goes, so does the object."""
    api.made("configmaps", config_map(finalizers=[FINALIZER]))
    api.delete("configmaps/one", show=at("kind"))
    api.merge("configmaps/one", {"metadata": {"finalizers": None}})
    api.get("configmaps/one")


def finalizer_removed_by_update(api):
    """An update that removes the last finalizer removes the object, too."""
    api.made("configmaps", config_map(finalizers=[FINALIZER]))
    api.delete("configmaps/one", show=at("kind"))
    body = api.send("GET", "configmaps/one").body
    metadata = {key: value for key, value in body["metadata"].items() if key != "finalizers"}
    api.put("configmaps/one", {**body, "metadata": metadata}, show=at("metadata"))
    api.get("configmaps/one")


def finalizer_added(api):
    """A finalizer cannot be added to what is being deleted."""
    api.made("configmaps", config_map(finalizers=[FINALIZER]))
    api.delete("configmaps/one", show=at("kind"))
    api.merge("configmaps/one", {"metadata": {"finalizers": [FINALIZER, "example.com/new"]}})


def again(api):
    """A second delete changes nothing."""
    api.made("configmaps", config_map(finalizers=[FINALIZER]))
    api.delete("configmaps/one", show=identity)
    api.delete("configmaps/one", show=identity)


def update_while_deleting(api):
    """What is being deleted can be changed."""
    api.made("configmaps", config_map(finalizers=[FINALIZER]))
    api.delete("configmaps/one", show=at("kind"))
    api.merge("configmaps/one", {"data": {"new": "1"}}, show=at("data"))


def undelete(api):
    """deletionTimestamp cannot be taken away."""
    api.made("configmaps", config_map(finalizers=[FINALIZER]))
    api.delete("configmaps/one", show=at("kind"))
    api.merge("configmaps/one", {"metadata": {"deletionTimestamp": None}}, show=at("metadata"))


def generation(api):
    """A delete that waits raises the generation."""
    api.made("deployments", deployment(finalizers=[FINALIZER]))
    api.delete("deployments/one", show=at("metadata", "generation"))


def uid_precondition(api):
    """Another uid is a failed precondition."""
    api.made("configmaps", config_map())
    api.delete("configmaps/one", _options(preconditions={"uid": "d2f1a4a0-0000-4000-8000-000000000001"}))


def uid_precondition_holds(api):
    """The same uid is deleted."""
    made = api.made("configmaps", config_map())
    api.delete("configmaps/one", _options(preconditions={"uid": made["metadata"]["uid"]}), show=at("status"))


def revision_precondition(api):
    """Another resourceVersion is a failed precondition."""
    made = api.made("configmaps", config_map())
    api.merge("configmaps/one", {"data": {"a": "b"}}, show=at("data"))
    api.delete("configmaps/one", _options(preconditions={"resourceVersion": made["metadata"]["resourceVersion"]}))


def grace_of_pod(api):
    """A Pod on a node is marked, with its grace."""
    api.made("pods", pod(spec={"nodeName": "n", "containers": [{"name": "c", "image": "i"}]}))
    api.delete("pods/one", show=at("metadata"))


def grace_given(api):
    """The grace of the request is taken."""
    api.made("pods", pod(spec={"nodeName": "n", "containers": [{"name": "c", "image": "i"}]}))
    api.delete("pods/one", _options(gracePeriodSeconds=7), show=at("metadata", "deletionGracePeriodSeconds"))


def grace_shortened(api):
    """A second delete may shorten the grace, not lengthen it."""
    api.made("pods", pod(spec={"nodeName": "n", "containers": [{"name": "c", "image": "i"}]}))
    shown = {"show": at("metadata", "deletionGracePeriodSeconds")}
    api.delete("pods/one", query={"gracePeriodSeconds": "20"}, **shown)
    api.delete("pods/one", query={"gracePeriodSeconds": "5"}, **shown)
    api.delete("pods/one", query={"gracePeriodSeconds": "30"}, **shown)


def grace_zero(api):
    """Without grace a Pod on a node is gone at once."""
    api.made("pods", pod(spec={"nodeName": "n", "containers": [{"name": "c", "image": "i"}]}))
    api.delete("pods/one", query={"gracePeriodSeconds": "0"}, show=at("metadata", "name"))
    api.get("pods/one")


def grace_of_spec(api):
    """terminationGracePeriodSeconds is the grace when the request has none."""
    spec = {"nodeName": "n", "containers": [{"name": "c", "image": "i"}], "terminationGracePeriodSeconds": 3}
    api.made("pods", pod(spec=spec))
    api.delete("pods/one", show=at("metadata", "deletionGracePeriodSeconds"))


def grace_negative(api):
    """A negative grace is one second."""
    api.made("pods", pod(spec={"nodeName": "n", "containers": [{"name": "c", "image": "i"}]}))
    api.delete("pods/one", query={"gracePeriodSeconds": "-1"}, show=at("metadata", "deletionGracePeriodSeconds"))


def grace_of_other_kinds(api):
    """Other kinds have no grace."""
    api.made("configmaps", config_map())
    api.delete("configmaps/one", query={"gracePeriodSeconds": "30"}, show=at("status"))
    api.get("configmaps/one")


def unscheduled_pod(api):
    """A Pod without a node is gone at once."""
    api.made("pods", pod())
    api.delete("pods/one", show=at("metadata", "deletionGracePeriodSeconds"))
    api.get("pods/one")


def finished_pod(api):
    """A Pod that has finished is gone at once."""
    api.made("pods", pod(spec={"nodeName": "n", "containers": [{"name": "c", "image": "i"}]}))
    api.send("PATCH", "pods/one/status", {"status": {"phase": "Succeeded"}}, type_="application/merge-patch+json")
    api.delete("pods/one", show=at("metadata", "deletionGracePeriodSeconds"))
    api.get("pods/one")


def foreground(api):
    """Foreground adds a finalizer, which a garbage collector takes away."""
    api.made("deployments", deployment())
    api.delete("deployments/one", _options(propagationPolicy="Foreground"), show=at("metadata"))


def orphan(api):
    """Orphan adds a finalizer, which a garbage collector takes away."""
    api.made("deployments", deployment())
    api.delete("deployments/one", _options(propagationPolicy="Orphan"), show=at("metadata", "finalizers"))


def background(api):
    """Background deletes at once."""
    api.made("deployments", deployment())
    api.delete("deployments/one", query={"propagationPolicy": "Background"})
    api.get("deployments/one")


def policy_unknown(api):
    """An unknown propagationPolicy."""
    api.made("configmaps", config_map())
    api.delete("configmaps/one", _options(propagationPolicy="Nonsense"))


def policy_twice(api):
    """orphanDependents and propagationPolicy do not go together."""
    api.made("configmaps", config_map())
    api.delete("configmaps/one", _options(propagationPolicy="Orphan", orphanDependents=True))


def options_of_other_kind(api):
    """A body that is no DeleteOptions."""
    api.made("configmaps", config_map())
    api.delete("configmaps/one", {"apiVersion": "v1", "kind": "Nonsense"})


def options_not_json(api):
    """A body that cannot be read."""
    api.made("configmaps", config_map())
    api.delete("configmaps/one", b"{nonsense")


def options_yaml(api):
    """DeleteOptions as YAML."""
    api.made("configmaps", config_map())
    body = b"kind: DeleteOptions\napiVersion: v1\npropagationPolicy: Background\n"
    api.delete("configmaps/one", body, type_="application/yaml", show=at("status"))


def dry_run(api):
    """A dry run deletes nothing."""
    api.made("configmaps", config_map())
    api.delete("configmaps/one", query={"dryRun": "All"})
    api.get("configmaps/one", show=at("data"))


def collection(api):
    """deletecollection answers with what was there."""
    for name in "ab":
        api.made("configmaps", config_map(name))
    api.delete("configmaps")
    api.get("configmaps", show=at("items"))


def collection_selected(api):
    """deletecollection by a selector."""
    api.made("configmaps", config_map("a", labels={"x": "y"}))
    api.made("configmaps", config_map("b"))
    api.delete("configmaps", query={"labelSelector": "x=y"}, show=names)
    api.get("configmaps", show=names)


def collection_empty(api):
    """deletecollection of nothing."""
    api.delete("secrets")


def collection_with_finalizer(api):
    """deletecollection marks what has a finalizer."""
    api.made("secrets", secret(finalizers=[FINALIZER]))
    api.delete("secrets", show=names)
    api.get("secrets", show=lambda body: ["deletionTimestamp" in item["metadata"] for item in body["items"]])


def collection_of_all_namespaces(api):
    """deletecollection of all namespaces is a 405."""
    api.delete("/api/v1/configmaps")


def owner_is_not_asked(api):
    """Owner references do not hinder a delete."""
    owner = {"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "d2f1a4a0-0000-4000-8000-000000000001"}
    api.made("configmaps", config_map(ownerReferences=[{**owner, "blockOwnerDeletion": True}]))
    api.delete("configmaps/one", show=at("status"))
