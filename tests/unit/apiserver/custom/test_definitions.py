"""How definitions come, go, and share their names."""

import pytest

from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS

PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
FINALIZER = "customresourcecleanup.apiextensions.k8s.io"


def definition(plural="widgets", kind="Widget", *, group="example.com", names=None, versions=("v1",), **version):
    schema = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
    made = [
        {"name": name, "served": True, "storage": not index, "schema": schema} for index, name in enumerate(versions)
    ]
    made[0] |= version
    spec = {"group": group, "scope": "Namespaced", "names": {"plural": plural, "kind": kind, **(names or {})}}
    return {"metadata": {"name": f"{plural}.{group}"}, "spec": {**spec, "versions": made}}


@pytest.fixture
def define(client):
    return lambda *args, **fields: client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(*args, **fields))


@pytest.fixture
def merge(send):
    """A merge patch of a definition; the answer."""
    return lambda name, patch: send("PATCH", f"{PATH}/{name}.example.com", patch, "application/merge-patch+json")


@pytest.fixture
def conditions(send):
    """The conditions of a definition: type, status, reason."""

    def conditions(name="widgets.example.com"):
        status = send("GET", f"{PATH}/{name}").body["status"]
        return [(item["type"], item["status"], item["reason"]) for item in status["conditions"]]

    return conditions


def test_a_definition_is_established_in_two_steps(watch, drain, define):
    stream = watch(PATH)
    define()
    states = [[item["reason"] for item in event.object["status"]["conditions"] or ()] for event in drain(stream)]
    assert states == [[], ["NoConflicts", "Installing"], ["NoConflicts", "InitialNamesAccepted"]]


@pytest.mark.parametrize(
    ("plural", "kind", "names", "reason", "message"),
    [
        ("others", "Widget", {"singular": "other"}, "ListKindConflict", '"WidgetList" is already in use'),
        ("others", "Other", {"singular": "widget"}, "SingularConflict", '"widget" is already in use'),
        ("others", "Other", {"shortNames": ["w"]}, "ShortNamesConflict", '"w" is already in use'),
        ("widget", "Other", {"singular": "other"}, "PluralConflict", '"widget" is already in use'),
        ("others", "Other", {"listKind": "Widget"}, "ListKindConflict", '"Widget" is already in use'),
    ],
)
def test_a_name_that_another_has_is_not_accepted(send, define, plural, kind, names, reason, message):
    define(names={"shortNames": ["w"]})
    define(plural, kind, names=names)
    found = send("GET", f"{PATH}/{plural}.example.com").body["status"]["conditions"]
    assert [(item["status"], item["reason"], item["message"]) for item in found] == [
        ("False", reason, message),
        ("False", "NotAccepted", "not all names are accepted"),
    ]


def test_a_definition_without_its_names_is_not_served(send, define):
    define()
    define("others", "Widget", names={"singular": "other"})
    assert send("GET", "/apis/example.com/v1/others").status == 404


def test_the_same_name_in_another_group_is_free(conditions, define):
    define()
    define(group="other.example.com")
    assert conditions("widgets.other.example.com")[0] == ("NamesAccepted", "True", "NoConflicts")


def test_a_name_that_was_given_back_is_accepted(send, conditions, define):
    define()
    define("others", "Widget", names={"singular": "other"})
    send("DELETE", f"{PATH}/widgets.example.com")
    assert conditions("others.example.com") == [
        ("NamesAccepted", "True", "NoConflicts"),
        ("Established", "True", "InitialNamesAccepted"),
    ]


def test_an_established_definition_stays_so_when_it_asks_for_more(merge, conditions, define):
    define(names={"shortNames": ["w"]})
    define("others", "Other")
    merge("others", {"spec": {"names": {"shortNames": ["w"]}}})
    assert [status for _, status, _ in conditions("others.example.com")] == ["False", "True"]


def test_a_deletion_is_answered_with_what_begins_to_end(send, define):
    define()
    answer = send("DELETE", f"{PATH}/widgets.example.com").body
    assert (answer["kind"], answer["metadata"]["finalizers"]) == ("CustomResourceDefinition", [FINALIZER])


def test_objects_end_with_their_definition(send, watch, said, define):
    define()
    path = "/apis/example.com/v1/namespaces/default/widgets"
    send("POST", path, {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "a"}})
    stream = watch(path)
    send("DELETE", f"{PATH}/widgets.example.com")
    assert said(stream) == [("ADDED", "a"), ("DELETED", "a")]


def test_a_definition_that_is_gone_is_not_found(send, define):
    define()
    send("DELETE", f"{PATH}/widgets.example.com")
    assert send("GET", f"{PATH}/widgets.example.com").status == 404


@pytest.fixture
def held(send, define):
    """A definition that ends, and cannot: one of its objects has a finalizer."""
    define()
    body = {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "a", "finalizers": ["a/b"]}}
    send("POST", "/apis/example.com/v1/namespaces/default/widgets", body)
    send("DELETE", f"{PATH}/widgets.example.com")


@pytest.mark.usefixtures("held")
def test_a_definition_waits_for_its_objects(conditions):
    assert conditions()[-1] == ("Terminating", "True", "InstanceDeletionInProgress")


@pytest.mark.usefixtures("held")
def test_an_object_that_is_held_is_marked(send):
    found = send("GET", "/apis/example.com/v1/namespaces/default/widgets/a").body
    assert "deletionTimestamp" in found["metadata"]


@pytest.mark.usefixtures("held")
def test_nothing_is_created_any_more(send):
    body = {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "b"}}
    answer = send("POST", "/apis/example.com/v1/namespaces/default/widgets", body)
    told = 'widgets.example.com "b" is forbidden: create not allowed while custom resource definition is terminating'
    assert (answer.status, answer.body["message"]) == (403, told)


@pytest.mark.usefixtures("held")
def test_with_the_last_object_the_definition_goes(send):
    path, patch = "/apis/example.com/v1/namespaces/default/widgets/a", {"metadata": {"finalizers": None}}
    send("PATCH", path, patch, "application/merge-patch+json")
    assert send("GET", f"{PATH}/widgets.example.com").status == 404


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"scope": "Cluster"}, "spec.scope"),
        ({"names": {"kind": "Other", "listKind": "OtherList"}}, "spec.names.kind"),
        ({"group": "other.example.com"}, "spec.group"),
        ({"names": {"plural": "others"}}, "spec.names.plural"),
    ],
)
def test_what_objects_are_stored_by_cannot_change(merge, define, patch, field):
    define()
    causes = merge("widgets", {"spec": patch}).body["details"]["causes"]
    assert [cause["field"] for cause in causes if "field is immutable" in cause["message"]] == [field]


def test_a_storage_version_is_remembered(merge, define):
    define(versions=("v1", "v2"))
    found = merge("widgets", {"spec": {"versions": definition(versions=("v2", "v1"))["spec"]["versions"]}}).body
    assert found["status"]["storedVersions"] == ["v1", "v2"]


def test_a_known_doubt_is_not_told_again(send, merge):
    doubtful = {"openAPIV3Schema": {"type": "object", "properties": {"a": {"type": "string", "format": "nope"}}}}
    body = {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", **definition(schema=doubtful)}
    first = send("POST", PATH, body)
    second = merge("widgets", {"spec": {"names": {"categories": ["all"]}}})
    assert (first.headers.get("warning"), second.headers.get("warning")) == (
        '299 - "unrecognized format \\"nope\\""',
        None,
    )


@pytest.mark.parametrize(
    ("deprecation", "warning"),
    [
        ({"deprecated": True}, "example.com/v1beta1 Widget is deprecated; use example.com/v1 Widget"),
        ({"deprecated": True, "deprecationWarning": "no more"}, "no more"),
    ],
)
def test_users_of_a_deprecated_version_are_warned(send, define, deprecation, warning):
    define(versions=("v1beta1", "v1"), **deprecation)
    answer = send("GET", "/apis/example.com/v1beta1/namespaces/default/widgets")
    assert answer.headers["warning"] == f'299 - "{warning}"'


def with_fields(*, keeps=False, **defaults):
    properties = {name: {"type": "string", **({"default": value} if value else {})} for name, value in defaults.items()}
    root = {
        "type": "object",
        "properties": properties,
        **({"x-kubernetes-preserve-unknown-fields": True} if keeps else {}),
    }
    return {"openAPIV3Schema": root}


@pytest.mark.parametrize(
    ("storage", "posted", "seen"),
    [
        ("v1", "v1", {"v1": {"a": "x", "d": "one"}, "v2": {"a": "x", "d": "one"}}),
        ("v1", "v2", {"v1": {"a": "x", "d": "two"}, "v2": {"a": "x", "d": "two"}}),
        ("v2", "v1", {"v1": {"a": "x", "d": "one"}, "v2": {"a": "x", "d": "one", "e": "more"}}),
        ("v2", "v2", {"v1": {"a": "x", "d": "two"}, "v2": {"a": "x", "b": "y", "d": "two", "e": "more"}}),
    ],
)
def test_a_version_shows_what_it_and_the_stored_one_know(send, client, storage, posted, seen):
    body = definition(versions=("v1", "v2"))
    schemas = with_fields(a=None, d="one"), with_fields(keeps=True, d="two", e="more")
    for version, schema in zip(body["spec"]["versions"], schemas, strict=True):
        version |= {"schema": schema, "storage": version["name"] == storage}
    client.create(CUSTOM_RESOURCE_DEFINITIONS, body)
    path = "/apis/example.com/{}/namespaces/default/widgets"
    widget = {"apiVersion": f"example.com/{posted}", "kind": "Widget", "metadata": {"name": "w"}, "a": "x", "b": "y"}
    send("POST", path.format(posted), widget)
    found = {name: send("GET", f"{path.format(name)}/w").body for name in seen}
    assert {name: {key: obj[key] for key in "abde" if key in obj} for name, obj in found.items()} == seen


def test_an_object_that_is_older_than_its_schema_is_read_as_that_says(send, merge, define):
    define()
    path = "/apis/example.com/v1/namespaces/default/widgets"
    widget = {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "w"}, "a": "x", "b": "y"}
    send("POST", path, widget)
    versions = definition(schema=with_fields(a=None))["spec"]["versions"]
    merge("widgets", {"spec": {"versions": versions}})
    found = send("GET", f"{path}/w").body
    assert {key: found.get(key) for key in "ab"} == {"a": "x", "b": None}


def test_what_an_older_object_has_wrong_may_stay(send, merge, define):
    define()
    path = "/apis/example.com/v1/namespaces/default/widgets"
    widget = {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "w"}, "a": {"b": 1}, "d": "x"}
    made = send("POST", path, widget).body
    merge("widgets", {"spec": {"versions": definition(schema=with_fields(a=None, d=None))["spec"]["versions"]}})
    assert send("PUT", f"{path}/w", {**made, "d": "y"}).status == 200


def test_values_that_no_type_has_are_refused_and_not_owned(send, client):
    items = {"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}}
    keyed = {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"], "items": items}
    root = {"type": "object", "properties": {"a": keyed}}
    client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(schema={"openAPIV3Schema": root}))
    widget = {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "w"}, "a": [1, {}]}
    answer = send("POST", "/apis/example.com/v1/namespaces/default/widgets", widget)
    assert {cause["field"] for cause in answer.body["details"]["causes"]} == {"a[0]", "a[1].k"}
