"""Events of core/v1"""

from conformance.bodies import config_map, event, new_event


def legacy(api):
    """Without eventTime nearly everything may be missing."""
    api.post("events", event(api))


def legacy_full(api):
    """An Event as the kubelet writes it."""
    times = {"firstTimestamp": "2020-01-01T00:00:00Z", "lastTimestamp": "2020-01-01T00:00:05Z", "count": 3}
    source = {"component": "kubelet", "host": "node-1"}
    api.post("events", event(api, reason="Pulled", message="text", type="Normal", source=source, **times))


def legacy_message_long(api):
    """Without eventTime a message may be longer than 1,024 characters."""
    api.post("events", event(api, message="m" * 1025), show=lambda body: len(body["message"]))


def legacy_type_free(api):
    """Without eventTime any type will do."""
    api.post("events", event(api, type="Strange"), show=lambda body: body["type"])


def legacy_reason_long(api):
    """Without eventTime a reason may be longer than 128 characters."""
    api.post("events", event(api, reason="r" * 129), show=lambda body: len(body["reason"]))


def namespace_of_involved(api):
    """The involved object must be in the Event's namespace."""
    api.post("events", event(api, involved={"apiVersion": "v1", "kind": "Pod", "name": "p", "namespace": "other"}))


def namespace_of_involved_missing(api):
    """An involved object of a namespaced kind without a namespace is refused outside of default."""
    api.post("events", event(api, involved={"apiVersion": "v1", "kind": "Pod", "name": "p"}))


def namespace_of_cluster_scoped(api):
    """Of a cluster-scoped object an Event is in default or kube-system only."""
    api.post("events", event(api, involved={"apiVersion": "v1", "kind": "Node", "name": "n"}))


def namespace_of_unknown_kind(api):
    """Of a kind that is not known, the namespaces must be equal."""
    about = {"apiVersion": "example.com/v1", "kind": "Thing", "name": "n", "namespace": api.ns}
    api.post("events", event(api, involved=about))
    api.post("events", event(api, "two", involved={**about, "namespace": "other"}))


def involved_missing(api):
    """Without an involved object."""
    api.post("events", {"apiVersion": "v1", "kind": "Event", "metadata": {"name": "one"}})


def new_full(api):
    """With eventTime and all that it needs."""
    api.post("events", new_event(api))


def new_series(api):
    """With a series."""
    series = {"count": 2, "lastObservedTime": "2020-01-01T00:00:01.500000Z"}
    api.post("events", new_event(api, series=series), show=lambda body: body["series"])


def new_component_missing(api):
    """With eventTime, reportingComponent is required."""
    api.post("events", new_event(api, reportingComponent=None))


def new_component_bad(api):
    """With eventTime, reportingComponent is a qualified name."""
    api.post("events", new_event(api, reportingComponent="not ok"))


def new_instance_missing(api):
    """With eventTime, reportingInstance is required."""
    api.post("events", new_event(api, reportingInstance=None))


def new_instance_long(api):
    """With eventTime, reportingInstance has at most 128 characters."""
    api.post("events", new_event(api, reportingInstance="i" * 129))


def new_action_missing(api):
    """With eventTime, action is required."""
    api.post("events", new_event(api, action=None))


def new_action_long(api):
    """With eventTime, action has at most 128 characters."""
    api.post("events", new_event(api, action="a" * 129))


def new_reason_missing(api):
    """With eventTime, reason is required."""
    api.post("events", new_event(api, reason=None))


def new_reason_long(api):
    """With eventTime, reason has at most 128 characters."""
    api.post("events", new_event(api, reason="r" * 129))


def new_message_missing(api):
    """With eventTime, a message may be missing."""
    api.post("events", new_event(api, message=None), show=lambda body: body.get("message"))


def new_message_longest(api):
    """With eventTime, a message may have 1,024 characters."""
    api.post("events", new_event(api, message="m" * 1024), show=lambda body: len(body["message"]))


def new_message_long(api):
    """With eventTime, a message of 1,025 characters."""
    api.post("events", new_event(api, message="m" * 1025), show=lambda body: len(body["message"]))


def new_message_of_wide_characters(api):
    """The limit of a message counts bytes."""
    api.post("events", new_event(api, message="ü" * 1000), show=lambda body: len(body["message"]))


def new_type_bad(api):
    """With eventTime, any type will do."""
    api.post("events", new_event(api, type="Strange"))


def new_everything_missing(api):
    """Each rule that eventTime brings is a cause of its own."""
    api.post("events", event(api, eventTime="2020-01-01T00:00:00.000000Z"))


def new_deprecated(api):
    """With eventTime, the old fields may be given, too."""
    old = {"count": 1, "firstTimestamp": "2020-01-01T00:00:00Z", "lastTimestamp": "2020-01-01T00:00:00Z"}
    api.post("events", new_event(api, source={"component": "c"}, **old))


def event_time_precision(api):
    """eventTime has six decimals, no more and no less, and is told in UTC."""
    shown = {"show": lambda body: body["eventTime"]}
    api.post("events", new_event(api, "a", eventTime="2020-01-01T00:00:00Z"), **shown)
    api.post("events", new_event(api, "b", eventTime="2020-01-01T00:00:00.5Z"), **shown)
    api.post("events", new_event(api, "c", eventTime="2020-01-01T00:00:00.1234567Z"), **shown)
    api.post("events", new_event(api, "d", eventTime="2020-01-01T02:00:00.000001+02:00"), **shown)


def timestamp_precision(api):
    """firstTimestamp is cut to the second and told in UTC."""
    shown = {"show": lambda body: body["firstTimestamp"]}
    api.post("events", event(api, "a", firstTimestamp="2020-01-01T00:00:00.9Z"), **shown)
    api.post("events", event(api, "b", firstTimestamp="2020-01-01T02:00:00+02:00"), **shown)


def time_bad(api):
    """A time that is none is a 400."""
    api.post("events", event(api, firstTimestamp="yesterday"))


def event_time_bad(api):
    """An eventTime that is none is a 400."""
    api.post("events", new_event(api, eventTime="2020-01-01 00:00:00"))


def name_generated(api):
    """generateName is for Events, too."""
    api.post("events", event(api, None, metadata={"generateName": "made."}), show=lambda body: body["metadata"])


def count_up(api):
    """A recorder counts up by a strategic merge patch."""
    api.made("events", event(api, count=1, reason="r", message="m", lastTimestamp="2020-01-01T00:00:00Z"))
    api.strategic("events/one", {"count": 2, "lastTimestamp": "2020-01-01T00:01:00Z"})


def update_old(api):
    """Without eventTime, anything may be changed by an update."""
    made = api.made("events", event(api, reason="r", message="m"))
    api.put("events/one", {**made, "reason": "other", "message": "other", "count": 5})


def update_new(api):
    """With eventTime, message, reason and count may be changed through core/v1."""
    made = api.made("events", new_event(api))
    api.put("events/one", {**made, "message": "other"})


def update_event_time(api):
    """eventTime may be changed through core/v1."""
    made = api.made("events", new_event(api))
    api.put("events/one", {**made, "eventTime": "2020-01-01T00:00:01.000000Z"}, show=lambda body: body["eventTime"])


def update_to_invalid(api):
    """An update that gives an eventTime makes its rules hold."""
    made = api.made("events", event(api))
    api.put("events/one", {**made, "eventTime": "2020-01-01T00:00:01.000000Z"})


def update_message_long(api):
    """An update may not make the message too long when there is an eventTime."""
    made = api.made("events", new_event(api))
    api.put("events/one", {**made, "message": "m" * 1025}, show=lambda body: len(body["message"]))


def update_involved(api):
    """The involved object may not leave the namespace."""
    made = api.made("events", event(api))
    api.put("events/one", {**made, "involvedObject": {**made["involvedObject"], "namespace": "other"}})


def update_creates(api):
    """A PUT of an Event that is not there creates it."""
    api.put("events/one", event(api))


def annotate(api):
    """A merge patch of annotations."""
    api.made("events", new_event(api))
    api.merge("events/one", {"metadata": {"annotations": {"seen": "true"}}})


def related(api):
    """related is kept."""
    about = {"apiVersion": "v1", "kind": "Node", "name": "n"}
    api.post("events", new_event(api, related=about), show=lambda body: body["related"])


def field_selectors(api):
    """Events are selected by what they involve, reason, type, source and reportingComponent."""
    api.made("events", event(api, "old", reason="a", type="Normal", source={"component": "kubelet"}))
    api.made("events", new_event(api, "new", reason="b", type="Warning"))
    names = {"show": lambda body: [item["metadata"]["name"] for item in body["items"]]}
    for selector in (
        "involvedObject.name=p",
        "involvedObject.kind=Pod,type=Warning",
        f"involvedObject.namespace={api.ns}",
        "involvedObject.uid=",
        "involvedObject.apiVersion=v1",
        "reason=a",
        "reason!=a",
        "source=kubelet",
        "source=example.com/agent",
        "reportingComponent=example.com/agent",
        "metadata.name=new",
    ):
        api.get("events", query={"fieldSelector": selector}, **names)


def field_selector_unknown(api):
    """Other fields of Events cannot be selected by."""
    api.get("events", query={"fieldSelector": "message=text"})


def delete_collection(api):
    """All Events of a reason are deleted at once."""
    api.made("events", event(api, "a", reason="gone"))
    api.made("events", event(api, "b", reason="stays"))
    api.delete("events", query={"fieldSelector": "reason=gone"}, show=lambda body: body["kind"])
    api.get("events", show=lambda body: [item["metadata"]["name"] for item in body["items"]])


def watch_by_field(api):
    """A watch of Events by reason."""
    api.watch(
        "events",
        1,
        during=lambda: [api.made("events", event(api, name, reason=name)) for name in ("a", "b")],
        query={"fieldSelector": "reason=b"},
        show=lambda body: body["metadata"]["name"],
    )


def about_missing_object(api):
    """The involved object need not be there."""
    about = {"apiVersion": "v1", "kind": "ConfigMap", "name": "gone", "namespace": api.ns, "uid": "any"}
    api.post("events", event(api, involved=about), show=lambda body: body["involvedObject"])


def action_without_event_time(api):
    """action, reportingComponent and reportingInstance may be given without eventTime."""
    given = {"action": "a", "reportingComponent": "not checked", "reportingInstance": "i"}
    api.post("events", event(api, **given))


def of_another_kind(api):
    """A ConfigMap is no Event."""
    api.post("events", config_map())
