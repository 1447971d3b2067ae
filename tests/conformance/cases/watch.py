"""Watch"""

from conformance.api import version
from conformance.bodies import at, config_map, custom, identity, namespace, pod

NAMES = {"show": lambda body: body["metadata"]["name"]}
TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io"
PARTIAL = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io"


def _revision(made):
    return {"resourceVersion": made["metadata"]["resourceVersion"]}


def current_first(api):
    """A watch without resourceVersion begins with what is there."""
    api.made("configmaps", config_map("a"))
    api.watch("configmaps", 2, during=lambda: api.made("configmaps", config_map("b")))


def from_revision(api):
    """A watch from a resourceVersion has what came after it."""
    made = api.made("configmaps", config_map("a"))
    api.made("configmaps", config_map("b"))
    api.watch("configmaps", 1, query=_revision(made))


def from_zero(api):
    """A watch from 0 begins with what is there, too."""
    api.made("configmaps", config_map("a"))
    api.until(lambda answer: answer.body["items"] != [], "configmaps", query={"resourceVersion": "0"})
    api.watch("configmaps", 1, query={"resourceVersion": "0"}, **NAMES)


def whole_life(api):
    """Created, changed and deleted are ADDED, MODIFIED and DELETED."""
    made = api.made("configmaps", config_map("a"))

    def life():
        api.made("configmaps", config_map("b"))
        api.send("PATCH", "configmaps/b", {"data": {"key": "new"}}, type_="application/merge-patch+json")
        api.send("DELETE", "configmaps/b")

    api.watch("configmaps", 3, during=life, query=_revision(made))


def deleted_has_new_revision(api):
    """What was deleted is told as it last was, with the revision of its deletion."""
    made = api.made("configmaps", config_map("a"))
    api.watch("configmaps", 1, during=lambda: api.send("DELETE", "configmaps/a"), query=_revision(made))


def resume(api):
    """A watch goes on after any item of another."""
    made = api.made("configmaps", config_map("a"))
    for name in "bcd":
        api.made("configmaps", config_map(name))
    items = api.watch("configmaps", 2, query=_revision(made), **NAMES)
    api.watch("configmaps", 1, query=_revision(items[-1].object), **NAMES)


def no_change_is_no_news(api):
    """An update that changes nothing is not told."""
    made = api.made("configmaps", config_map("a"))

    def during():
        api.send("PUT", "configmaps/a", made)
        api.made("configmaps", config_map("b"))

    api.watch("configmaps", 1, during=during, query=_revision(made), **NAMES)


def selector_transitions(api):
    """What begins to match a selector is ADDED, what no longer matches is DELETED."""
    made = api.made("configmaps", config_map("a", labels={"role": "secondary"}))

    def label(value):
        patch = {"metadata": {"labels": {"role": value}}}
        api.send("PATCH", "configmaps/a", patch, type_="application/merge-patch+json")

    def during():
        label("primary")
        api.send("PATCH", "configmaps/a", {"data": {"x": "y"}}, type_="application/merge-patch+json")
        label("secondary")
        label("primary")
        api.send("DELETE", "configmaps/a")

    api.watch("configmaps", 5, during=during, query={"labelSelector": "role=primary", **_revision(made)})


def selector_of_name(api):
    """A watch of one name."""
    made = api.made("configmaps", config_map("a"))

    def during():
        api.made("configmaps", config_map("b"))
        api.made("configmaps", config_map("c"))

    api.watch("configmaps", 1, during=during, query={"fieldSelector": "metadata.name=c", **_revision(made)}, **NAMES)


def selector_of_field(api):
    """A Pod that comes to a node is ADDED for who watches that node."""
    made = api.made("pods", pod("a"))
    target = {"apiVersion": "v1", "kind": "Node", "name": "n1"}
    binding = {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": "a"}, "target": target}
    query = {"fieldSelector": "spec.nodeName=n1", **_revision(made)}
    api.watch("pods", 1, during=lambda: api.made("pods/a/binding", binding), query=query, **NAMES)


def selector_bad(api):
    """A bad selector is an answer, not a stream."""
    api.watch("configmaps", 1, query={"labelSelector": "a in"})
    api.watch("configmaps", 1, query={"fieldSelector": "data.key=value"})


def old_path(api):
    """The path /watch/ is served still."""
    api.made("configmaps", config_map("a"))
    api.watch(f"/api/v1/watch/namespaces/{api.ns}/configmaps", 1, **NAMES)


def all_namespaces(api):
    """A watch of all namespaces."""
    made = api.made("configmaps", config_map("a", labels={"case": api.ns}))
    api.made("namespaces", namespace(f"{api.ns}-2"))
    other = f"/api/v1/namespaces/{api.ns}-2/configmaps"
    query = {"labelSelector": f"case={api.ns}", **_revision(made)}
    api.watch(
        "/api/v1/configmaps", 1, during=lambda: api.made(other, config_map("b", labels={"case": api.ns})), query=query
    )


def namespace_missing(api):
    """A watch in a namespace that is not there waits for it."""
    api.watch(f"/api/v1/namespaces/{api.ns}-gone/configmaps", query={"timeoutSeconds": "1"})


def revision_bad(api):
    """A resourceVersion that is no number."""
    api.watch("configmaps", query={"resourceVersion": "nonsense"})


def revision_in_future(api):
    """A resourceVersion that is not there yet."""
    api.watch("configmaps", query={"resourceVersion": "999999999", "timeoutSeconds": "1"})


def match_given(api):
    """resourceVersionMatch is not for watches."""
    api.watch("configmaps", query={"resourceVersion": "1", "resourceVersionMatch": "Exact"})


def ends_in_time(api):
    """A watch ends after timeoutSeconds, without a word."""
    made = api.made("configmaps", config_map("a"))
    api.watch("configmaps", query={"timeoutSeconds": "1", **_revision(made)})


def stream_of_list(api):
    """sendInitialEvents begins with what is there and then says so by a bookmark."""
    api.made("configmaps", config_map("a"))
    query = {"sendInitialEvents": "true", "resourceVersionMatch": "NotOlderThan", "allowWatchBookmarks": "true"}
    api.watch("configmaps", 3, during=lambda: _after_bookmark(api), query=query)


def _after_bookmark(api):
    api.made("configmaps", config_map("b"))


def stream_of_empty_list(api):
    """sendInitialEvents of nothing is a bookmark alone."""
    query = {"sendInitialEvents": "true", "resourceVersionMatch": "NotOlderThan", "allowWatchBookmarks": "true"}
    api.watch("configmaps", 1, query=query)


def stream_of_custom_list(api):
    """sendInitialEvents for custom resources."""
    api.crd()
    api.made("widgets", custom(api, "a"))
    query = {"sendInitialEvents": "true", "resourceVersionMatch": "NotOlderThan", "allowWatchBookmarks": "true"}
    api.watch("widgets", 2, query=query)


def stream_without_bookmarks(api):
    """sendInitialEvents without bookmarks says nothing of its end."""
    made = api.made("configmaps", config_map("a"))
    query = {"sendInitialEvents": "true", "resourceVersionMatch": "NotOlderThan", **_revision(made)}
    api.watch("configmaps", 2, during=lambda: api.made("configmaps", config_map("b")), query=query, **NAMES)


def stream_without_match(api):
    """sendInitialEvents needs resourceVersionMatch."""
    api.watch("configmaps", query={"sendInitialEvents": "true", "allowWatchBookmarks": "true"})


def stream_with_other_match(api):
    """sendInitialEvents needs NotOlderThan."""
    query = {"sendInitialEvents": "true", "resourceVersionMatch": "Exact", "resourceVersion": "1"}
    api.watch("configmaps", query=query)


def stream_not_wanted(api):
    """sendInitialEvents false begins with what comes now."""
    api.made("configmaps", config_map("a"))
    query = {"sendInitialEvents": "false", "resourceVersionMatch": "NotOlderThan", "allowWatchBookmarks": "true"}
    api.watch("configmaps", 1, during=lambda: api.made("configmaps", config_map("b")), query=query, **NAMES)


def stream_of_list_without_watch(api):
    """sendInitialEvents is for watches."""
    api.get("configmaps", query={"sendInitialEvents": "true", "resourceVersionMatch": "NotOlderThan"})


def custom_resources(api):
    """Custom resources are watched."""
    api.crd()
    api.watch("widgets", 1, during=lambda: api.made("widgets", custom(api, spec={"a": 1})))


def other_version(api):
    """A watch of one version sees what is written in another."""
    api.crd(versions=[version("v1"), version("v2", storage=False)])
    path = f"/apis/{api.group}/v2/namespaces/{api.ns}/widgets"
    api.watch(path, 1, during=lambda: api.made("widgets", custom(api)), show=at("apiVersion"))


def table(api):
    """A watch of Tables gives the columns with the first row."""
    made = api.made("configmaps", config_map("a"))

    def during():
        api.made("configmaps", config_map("b"))
        api.made("configmaps", config_map("c"))

    api.watch("configmaps", 2, during=during, accept=TABLE, query=_revision(made))


def metadata(api):
    """A watch of metadata alone."""
    made = api.made("configmaps", config_map("a"))
    api.watch(
        "configmaps", 1, during=lambda: api.made("configmaps", config_map("b")), accept=PARTIAL, query=_revision(made)
    )


def yaml(api):
    """A watch of YAML."""
    made = api.made("configmaps", config_map("a"))
    api.watch("configmaps", 1, accept="application/yaml", query={"timeoutSeconds": "1", **_revision(made)})


def namespaces(api):
    """A namespace of its own is seen by a watch of its name."""
    api.watch("namespaces", 1, query={"fieldSelector": f"metadata.name={api.ns}"}, show=at("status"))


def finalizer(api):
    """A delete that waits for finalizers is MODIFIED, the last finalizer's removal DELETED."""
    made = api.made("configmaps", config_map("a", finalizers=["example.com/x"]))

    def during():
        api.send("DELETE", "configmaps/a")
        patch = {"metadata": {"finalizers": None}}
        api.send("PATCH", "configmaps/a", patch, type_="application/merge-patch+json")

    api.watch("configmaps", 2, during=during, query=_revision(made))


def pod_forced(api):
    """A Pod on a node that is deleted at once."""
    made = api.made("pods", pod("a", spec={"nodeName": "n", "containers": [{"name": "c", "image": "i"}]}))
    shown = {
        "show": lambda body: {
            key: body["metadata"].get(key) for key in ("deletionTimestamp", "deletionGracePeriodSeconds")
        }
    }

    def during():
        api.send("DELETE", "pods/a")
        api.send("DELETE", "pods/a", query={"gracePeriodSeconds": "0"})

    api.watch("pods", 2, during=during, query=_revision(made), **shown)


def deleted_collection(api):
    """deletecollection is a DELETED for each."""
    api.made("configmaps", config_map("a"))
    made = api.made("configmaps", config_map("b"))
    api.watch("configmaps", 2, during=lambda: api.send("DELETE", "configmaps"), query=_revision(made), show=at("kind"))


def status_of_pod(api):
    """A change of the status is told."""
    made = api.made("pods", pod("a"))
    patch = {"status": {"phase": "Running", "podIP": "10.1.0.1"}}

    def during():
        api.send("PATCH", "pods/a/status", patch, type_="application/strategic-merge-patch+json")

    api.watch("pods", 1, during=during, query=_revision(made), show=at("status"))


def same_object(api):
    """An item has the very revision that the write was answered with."""
    made = api.made("configmaps", config_map("a"))
    api.watch(
        "configmaps",
        1,
        during=lambda: api.post("configmaps", config_map("b"), show=identity),
        query=_revision(made),
        show=identity,
    )
