"""List: selectors and resourceVersions"""

from conformance.api import version
from conformance.bodies import at, config_map, custom, names, namespace, pod, secret, service

NAMES = {"show": names}


def _three(api):
    api.made("configmaps", config_map("c", labels={"app": "x", "tier": "front"}))
    api.made("configmaps", config_map("a", labels={"app": "y"}))
    api.made("configmaps", config_map("b"))


def whole(api):
    """A list has a kind of its own, and its items have none."""
    _three(api)
    api.get("configmaps")


def empty(api):
    """An empty list has no items, not null."""
    api.get("configmaps")


def empty_custom(api):
    """An empty list of custom resources."""
    api.crd()
    api.get("widgets")


def custom_(api):
    """Items of a list of custom resources have their kind."""
    api.crd()
    api.made("widgets", custom(api, spec={"a": 1}))
    api.get("widgets")


def order(api):
    """Items are ordered by name."""
    _three(api)
    api.get("configmaps", **NAMES)


def namespace_missing(api):
    """A list in a namespace that is not there is empty."""
    api.get(f"/api/v1/namespaces/{api.ns}-gone/configmaps", show=at("items"))


def all_namespaces(api):
    """A list of all namespaces is ordered by namespace and name."""
    api.made("namespaces", namespace(f"{api.ns}-2"))
    label = {"case": api.ns}
    api.made("configmaps", config_map("b", labels=label))
    api.made(f"/api/v1/namespaces/{api.ns}-2/configmaps", config_map("a", labels=label))
    where = {"show": lambda body: [[item["metadata"]["namespace"], item["metadata"]["name"]] for item in body["items"]]}
    api.get("/api/v1/configmaps", query={"labelSelector": f"case={api.ns}"}, **where)


def label_selectors(api):
    """Label selectors: equality, sets and existence."""
    _three(api)
    for selector in (
        "app=x",
        "app==y",
        "app!=x",
        "app",
        "!app",
        "app in (x, y)",
        "app notin (x)",
        "app=x,tier=front",
        "app in (x),!tier",
        "app=",
        "app=z",
        "",
    ):
        api.get("configmaps", query={"labelSelector": selector}, **NAMES)


def label_selectors_of_numbers(api):
    """Label selectors that compare numbers."""
    for name in ("1", "5", "12"):
        api.made("configmaps", config_map(f"n{name}", labels={"n": name}))
    for selector in ("n>1", "n<12", "n>1,n<12"):
        api.get("configmaps", query={"labelSelector": selector}, **NAMES)


def label_selector_bad(api):
    """A label selector that cannot be read is a 400."""
    for selector in ("a in", "a=b=c", "a in (b", "a b", "=b", "a>b", ",", "a!b"):
        api.get("configmaps", query={"labelSelector": selector})


def label_selector_bad_value(api):
    """A label selector with values that no label can have is a 400."""
    for selector in ("a=b c", "a b=c", f"a={'x' * 64}", "a in (b c)", "a_/b=c"):
        api.get("configmaps", query={"labelSelector": selector})


def field_selector_name(api):
    """metadata.name and metadata.namespace can be selected by, of every kind."""
    _three(api)
    for selector in (
        "metadata.name=a",
        "metadata.name!=a",
        f"metadata.namespace={api.ns}",
        "metadata.name=a,metadata.name=b",
    ):
        api.get("configmaps", query={"fieldSelector": selector}, **NAMES)


def field_selector_unsupported(api):
    """Other fields cannot, and the refusal names the field."""
    api.get("configmaps", query={"fieldSelector": "data.key=value"})


def field_selector_bad(api):
    """A field selector that cannot be read is a 400."""
    for selector in ("metadata.name", "metadata.name>a", "a=b=c", "metadata.name in (a)"):
        api.get("configmaps", query={"fieldSelector": selector})


def field_selector_pods(api):
    """Pods are selected by node, phase, restart policy, and more."""
    api.made("pods", pod("a", spec={"nodeName": "n1", "containers": [{"name": "c", "image": "i"}]}))
    api.made("pods", pod("b"))
    for selector in (
        "spec.nodeName=n1",
        "spec.nodeName=",
        "status.phase=Pending",
        "status.phase!=Running",
        "spec.restartPolicy=Always",
        "spec.schedulerName=default-scheduler",
        "spec.serviceAccountName=",
        "status.podIP=",
        "status.nominatedNodeName=",
        "spec.hostNetwork=false",
    ):
        api.get("pods", query={"fieldSelector": selector}, **NAMES)


def field_selector_pods_unsupported(api):
    """Pods are not selected by their images."""
    api.get("pods", query={"fieldSelector": "spec.containers=x"})


def field_selector_secrets(api):
    """Secrets are selected by type."""
    api.made("secrets", secret("a"))
    api.made("secrets", {**secret("b"), "type": "example.com/x"})
    api.get("secrets", query={"fieldSelector": "type=Opaque"}, **NAMES)


def field_selector_services(api):
    """Services are selected by type and cluster IP."""
    api.made("services", service("a"))
    api.made("services", service("b", spec={"clusterIP": "None"}))
    api.get("services", query={"fieldSelector": "spec.clusterIP=None"}, **NAMES)
    api.get("services", query={"fieldSelector": "spec.type=ClusterIP"}, **NAMES)


def field_selector_namespaces(api):
    """Namespaces are selected by phase."""
    query = {"fieldSelector": f"status.phase=Active,metadata.name={api.ns}"}
    api.get("namespaces", query=query, **NAMES)


def field_selector_custom(api):
    """Custom resources are selected by the fields that their definition names."""
    schema = {"type": "object", "properties": {"spec": {"type": "object", "properties": {"color": {"type": "string"}}}}}
    api.crd(versions=[version(schema=schema, selectableFields=[{"jsonPath": ".spec.color"}])])
    api.made("widgets", custom(api, "a", spec={"color": "red"}))
    api.made("widgets", custom(api, "b", spec={"color": "blue"}))
    api.get("widgets", query={"fieldSelector": "spec.color=red"}, **NAMES)
    api.get("widgets", query={"fieldSelector": "metadata.name=b"}, **NAMES)
    api.get("widgets", query={"fieldSelector": "spec.size=1"})


def resource_version_zero(api):
    """resourceVersion 0 is any."""
    api.get("configmaps", query={"resourceVersion": "0"}, show=at("kind"))


def not_older_than(api):
    """NotOlderThan what was written has it."""
    made = api.made("configmaps", config_map())
    revision = made["metadata"]["resourceVersion"]
    api.get("configmaps", query={"resourceVersion": revision, "resourceVersionMatch": "NotOlderThan"}, **NAMES)
    api.get("configmaps", query={"resourceVersion": revision}, **NAMES)


def exact(api):
    """Exact is the list as it was."""
    made = api.made("configmaps", config_map("a"))
    api.made("configmaps", config_map("b"))
    query = {"resourceVersion": made["metadata"]["resourceVersion"], "resourceVersionMatch": "Exact"}
    api.get("configmaps", query=query, **NAMES)


def exact_after_delete(api):
    """Exact has what was deleted since, as it was."""
    made = api.made("configmaps", config_map("a"))
    api.send("DELETE", "configmaps/a")
    query = {"resourceVersion": made["metadata"]["resourceVersion"], "resourceVersionMatch": "Exact"}
    api.get("configmaps", query=query, **NAMES)
    api.get("configmaps", **NAMES)


def exact_revision_of_list(api):
    """An Exact list says the revision it was asked for."""
    made = api.made("configmaps", config_map("a"))
    api.made("configmaps", config_map("b"))
    revision = made["metadata"]["resourceVersion"]
    query = {"resourceVersion": revision, "resourceVersionMatch": "Exact"}
    api.get("configmaps", query=query, show=lambda body: body["metadata"]["resourceVersion"] == revision)


def match_without_revision(api):
    """resourceVersionMatch needs a resourceVersion."""
    api.get("configmaps", query={"resourceVersionMatch": "Exact"})


def match_exact_zero(api):
    """Exact 0 makes no sense."""
    api.get("configmaps", query={"resourceVersionMatch": "Exact", "resourceVersion": "0"})


def match_unknown(api):
    """An unknown resourceVersionMatch."""
    api.get("configmaps", query={"resourceVersionMatch": "Nonsense", "resourceVersion": "1"})


def revision_bad(api):
    """A resourceVersion that is no number."""
    api.get("configmaps", query={"resourceVersion": "nonsense"})


def revision_in_future(api):
    """A resourceVersion that is not there yet is a timeout."""
    api.get("configmaps", query={"resourceVersion": "999999999"})


def get_revision(api):
    """A get of resourceVersion 0."""
    api.made("configmaps", config_map())
    api.get("configmaps/one", query={"resourceVersion": ""}, show=at("data"))


def get_revision_bad(api):
    """A get of a resourceVersion that is no number."""
    api.made("configmaps", config_map())
    api.get("configmaps/one", query={"resourceVersion": "nonsense"})


def missing(api):
    """An object that is not there is a 404 with its name and kind."""
    api.get("configmaps/one")


def missing_with_group(api):
    """A missing object of a group is told with the group."""
    api.get("deployments/one")


def unknown_query(api):
    """A query parameter that nobody knows is ignored."""
    api.get("configmaps", query={"nonsense": "1"}, show=at("items"))


def boolean_bad(api):
    """A boolean parameter that is none is true."""
    api.made("configmaps", config_map())
    api.watch("configmaps", 1, query={"watch": "nonsense"}, show=at("data"))


def number_bad(api):
    """A number parameter that is none."""
    api.get("configmaps", query={"limit": "nonsense"})
    api.get("configmaps", query={"timeoutSeconds": "nonsense"})
