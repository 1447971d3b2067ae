"""Events of events.k8s.io/v1"""

from conformance.bodies import event, identity, new_event, v1_event


def _v1(api):
    return f"/apis/events.k8s.io/v1/namespaces/{api.ns}/events"


def create(api):
    """An Event with all that is needed."""
    api.post(_v1(api), v1_event(api))


def read_by_core(api):
    """The same object is read through core/v1."""
    api.made(_v1(api), v1_event(api))
    api.get("events/one")


def core_is_read(api):
    """An old Event of core/v1 has its old fields as deprecated ones."""
    old = {"count": 2, "firstTimestamp": "2020-01-01T00:00:00Z", "lastTimestamp": "2020-01-01T00:00:01Z"}
    api.made(
        "events", event(api, reason="r", message="m", type="Normal", source={"component": "c", "host": "h"}, **old)
    )
    api.get(f"{_v1(api)}/one")


def same_identity(api):
    """Both versions have one uid and resourceVersion."""
    api.made(_v1(api), v1_event(api))
    api.get("events/one", show=identity)
    api.get(f"{_v1(api)}/one", show=identity)


def event_time_missing(api):
    """eventTime is required."""
    api.post(_v1(api), v1_event(api, eventTime=None))


def controller_missing(api):
    """reportingController is required."""
    api.post(_v1(api), v1_event(api, reportingController=None))


def controller_bad(api):
    """reportingController is a qualified name."""
    api.post(_v1(api), v1_event(api, reportingController="not ok"))


def instance_missing(api):
    """reportingInstance is required."""
    api.post(_v1(api), v1_event(api, reportingInstance=None))


def action_missing(api):
    """action is required."""
    api.post(_v1(api), v1_event(api, action=None))


def reason_missing(api):
    """reason is required."""
    api.post(_v1(api), v1_event(api, reason=None))


def type_missing(api):
    """type is required."""
    api.post(_v1(api), v1_event(api, type=None))


def type_bad(api):
    """type is Normal or Warning."""
    api.post(_v1(api), v1_event(api, type="Strange"))


def note_long(api):
    """A note has at most 1,024 characters."""
    api.post(_v1(api), v1_event(api, note="n" * 1025))


def everything_missing(api):
    """Each missing field is a cause of its own."""
    api.post(_v1(api), {"apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": {"name": "one"}})


def namespace_of_regarding(api):
    """The object may be in another namespace."""
    about = {"apiVersion": "v1", "kind": "Pod", "name": "p", "namespace": "other"}
    api.post(_v1(api), v1_event(api, regarding=about))


def deprecated_given(api):
    """The deprecated fields may not be given."""
    time = "2020-01-01T00:00:00Z"
    old = {"deprecatedCount": 1, "deprecatedFirstTimestamp": time, "deprecatedLastTimestamp": time}
    api.post(_v1(api), v1_event(api, deprecatedSource={"component": "c"}, **old))


def series(api):
    """A series has a count of 2 or more and a time."""
    api.post(_v1(api), v1_event(api, series={"count": 2, "lastObservedTime": "2020-01-01T00:00:01.000000Z"}))


def series_count_low(api):
    """A series of one is none."""
    api.post(_v1(api), v1_event(api, series={"count": 1, "lastObservedTime": "2020-01-01T00:00:01.000000Z"}))


def series_time_missing(api):
    """A series needs its time."""
    api.post(_v1(api), v1_event(api, series={"count": 2}))


def series_update(api):
    """A recorder goes on with a series by a patch."""
    api.made(_v1(api), v1_event(api))
    api.strategic(f"{_v1(api)}/one", {"series": {"count": 2, "lastObservedTime": "2020-01-01T00:00:01.000000Z"}})
    api.strategic(f"{_v1(api)}/one", {"series": {"count": 3, "lastObservedTime": "2020-01-01T00:00:02.000000Z"}})


def update_note(api):
    """A note may not be changed."""
    made = api.made(_v1(api), v1_event(api))
    api.put(f"{_v1(api)}/one", {**made, "note": "other"})


def update_everything(api):
    """Nothing but the series and metadata may be changed; each change is a cause."""
    made = api.made(_v1(api), v1_event(api))
    changed = {
        "eventTime": "2020-01-01T00:00:01.000000Z",
        "reportingController": "example.com/other",
        "reportingInstance": "other",
        "action": "Other",
        "reason": "other",
        "type": "Warning",
        "regarding": {**made["regarding"], "name": "other"},
    }
    api.put(f"{_v1(api)}/one", {**made, **changed})


def update_labels(api):
    """Labels may be changed."""
    made = api.made(_v1(api), v1_event(api))
    api.put(f"{_v1(api)}/one", {**made, "metadata": {**made["metadata"], "labels": {"a": "b"}}})


def update_old(api):
    """An Event without eventTime may be changed in its metadata only."""
    api.made("events", event(api, reason="r", message="m"))
    made = api.send("GET", f"{_v1(api)}/one").body
    api.put(f"{_v1(api)}/one", {**made, "metadata": {**made["metadata"], "labels": {"a": "b"}}})


def update_stale(api):
    """A stale resourceVersion is a conflict, in the words of this group."""
    made = api.made(_v1(api), v1_event(api))
    api.merge(f"{_v1(api)}/one", {"metadata": {"labels": {"a": "b"}}})
    api.put(f"{_v1(api)}/one", made)


def not_found(api):
    """A missing Event is told with its group."""
    api.get(f"{_v1(api)}/one")


def watch_both(api):
    """A watch of one version sees what is written through the other."""
    path = _v1(api)
    api.watch(path, 1, during=lambda: api.made("events", new_event(api, "core")))
    api.watch("events", 2, during=lambda: api.made(path, v1_event(api, "new")), show=lambda body: body["apiVersion"])


def list_(api):
    """A list of Events in this version."""
    api.made("events", new_event(api))
    api.get(_v1(api))


def field_selectors(api):
    """Events are selected by the fields of their version."""
    api.made("events", new_event(api, "a", reason="a"))
    api.made("events", new_event(api, "b", reason="b"))
    names = {"show": lambda body: [item["metadata"]["name"] for item in body["items"]]}
    for selector in ("reason=a", "regarding.name=p", "involvedObject.name=p", "reportingController=example.com/agent"):
        api.get(_v1(api), query={"fieldSelector": selector}, **names)


def delete(api):
    """Deleted here is deleted there."""
    api.made("events", new_event(api))
    api.delete(f"{_v1(api)}/one")
    api.get("events/one")


def core_message_limit(api):
    """An old Event with a long message is read here as it is."""
    api.made("events", event(api, message="m" * 1025))
    api.get(f"{_v1(api)}/one", show=lambda body: len(body["note"]))
