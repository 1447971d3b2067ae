"""Lists in pages"""

from conformance.bodies import config_map, names


def _five(api):
    for name in "abcde":
        api.made("configmaps", config_map(name))


def _page(body):
    metadata = {key: value for key, value in body["metadata"].items() if key != "resourceVersion"}
    return {"items": names(body), "metadata": metadata}


PAGE = {"show": _page}


def pages(api):
    """A list goes on by its continue token until there is none."""
    _five(api)
    query = {"limit": "2"}
    for _ in range(3):
        body = api.get("configmaps", query=query, **PAGE).body
        query = {"limit": "2", "continue": body["metadata"].get("continue", "")}


def one_revision(api):
    """All pages say the revision of the first, and do not see what was made since."""
    _five(api)
    first = api.get("configmaps", query={"limit": "2"}, **PAGE).body
    api.made("configmaps", config_map("bb"))
    api.send("DELETE", "configmaps/d")
    token = first["metadata"]["continue"]
    revision = first["metadata"]["resourceVersion"]
    shown = {"show": lambda body: {**_page(body), "same": body["metadata"]["resourceVersion"] == revision}}
    api.get("configmaps", query={"limit": "9", "continue": token}, **shown)


def limit_of_all(api):
    """A limit that is enough leaves no token."""
    _five(api)
    api.get("configmaps", query={"limit": "5"}, **PAGE)


def limit_zero(api):
    """A limit of 0 is none."""
    _five(api)
    api.get("configmaps", query={"limit": "0"}, **PAGE)


def limit_negative(api):
    """A negative limit."""
    _five(api)
    api.get("configmaps", query={"limit": "-1"}, **PAGE)


def with_selector(api):
    """With a selector, how many remain is not said."""
    for name in "abcd":
        api.made("configmaps", config_map(name, labels={"odd": str(name in "ac").lower()}))
    first = api.get("configmaps", query={"limit": "1", "labelSelector": "odd=true"}, **PAGE).body
    query = {"limit": "1", "labelSelector": "odd=true", "continue": first["metadata"]["continue"]}
    api.get("configmaps", query=query, **PAGE)


def token_bad(api):
    """A token that is none is a 400."""
    api.get("configmaps", query={"limit": "1", "continue": "nonsense"})


def token_with_revision(api):
    """A token and a resourceVersion do not go together."""
    _five(api)
    first = api.get("configmaps", query={"limit": "2"}, **PAGE).body
    query = {
        "limit": "2",
        "continue": first["metadata"]["continue"],
        "resourceVersion": first["metadata"]["resourceVersion"],
    }
    api.get("configmaps", query=query)


def token_with_match(api):
    """A token and a resourceVersionMatch do not go together."""
    _five(api)
    first = api.get("configmaps", query={"limit": "2"}, **PAGE).body
    query = {"limit": "2", "continue": first["metadata"]["continue"], "resourceVersionMatch": "Exact"}
    api.get("configmaps", query=query)


def token_of_other_kind(api):
    """A token is a place among keys: of another kind it goes on there."""
    _five(api)
    first = api.get("configmaps", query={"limit": "2"}, **PAGE).body
    api.get("secrets", query={"limit": "2", "continue": first["metadata"]["continue"]}, **PAGE)


def custom_resources(api):
    """Custom resources come in pages, too."""
    api.crd()
    for name in "abc":
        api.made("widgets", {"apiVersion": f"{api.group}/v1", "kind": "Widget", "metadata": {"name": name}})
    first = api.get("widgets", query={"limit": "2"}, **PAGE).body
    api.get("widgets", query={"limit": "2", "continue": first["metadata"]["continue"]}, **PAGE)


def exact(api):
    """Pages of an older revision."""
    for name in "abc":
        made = api.made("configmaps", config_map(name))
    api.made("configmaps", config_map("d"))
    query = {"limit": "2", "resourceVersion": made["metadata"]["resourceVersion"], "resourceVersionMatch": "Exact"}
    first = api.get("configmaps", query=query, **PAGE).body
    api.get("configmaps", query={"limit": "2", "continue": first["metadata"]["continue"]}, **PAGE)
