"""What is forgotten"""

from conformance.bodies import config_map, names

PAGE = {"show": lambda body: {"items": names(body), "more": "continue" in body["metadata"]}}


def watch(api):
    """A watch from a resourceVersion that is forgotten is a 410 in the stream."""
    api.crd()
    api.server.forget()
    api.watch("widgets", query={"resourceVersion": "1"})


def page(api):
    """A continue token whose revision is forgotten is a 410 with a token to go on with."""
    for name in "abcde":
        api.made("configmaps", config_map(name))
    first = api.get("configmaps", query={"limit": "2"}, **PAGE).body
    api.server.compact(api)
    answer = api.get("configmaps", query={"limit": "2", "continue": first["metadata"]["continue"]}, **PAGE).body
    api.get("configmaps", query={"limit": "9", "continue": answer["metadata"]["continue"]}, **PAGE)


def exact(api):
    """A list at a revision that is forgotten is a 410."""
    made = api.made("configmaps", config_map())
    api.server.compact(api)
    query = {"resourceVersion": made["metadata"]["resourceVersion"], "resourceVersionMatch": "Exact"}
    api.get("configmaps", query=query)
