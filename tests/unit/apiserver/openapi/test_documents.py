import json

import pytest

from pytest_kbevents.api.http import Request
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS

GADGET = {
    "type": "object",
    "description": "A gadget.",
    "properties": {
        "port": {"x-kubernetes-int-or-string": True},
        "color": {"type": "string", "default": "red", "nullable": True},
        "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
        "inner": {
            "type": "object",
            "x-kubernetes-embedded-resource": True,
            "x-kubernetes-preserve-unknown-fields": True,
        },
    },
}


@pytest.fixture
def document(send):
    """A document at a path below /openapi."""
    return lambda path: send("GET", f"/openapi/{path}").body


@pytest.fixture
def gadget(client, widgets, definition, document):
    """The two definitions of a custom kind, by the version of the standard."""
    body = definition(widgets)
    body["spec"]["versions"][0]["schema"] = {"openAPIV3Schema": GADGET}
    client.create(CUSTOM_RESOURCE_DEFINITIONS, body)
    name = "com.example.v1.Widget"
    return {
        2: document("v2")["definitions"][name],
        3: document("v3/apis/example.com/v1")["components"]["schemas"][name],
    }


def references(value):
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [name for item in value.values() for name in references(item)]
    return [name for item in value for name in references(item)] if isinstance(value, list) else []


def test_there_is_a_document_for_each_group_and_version(document):
    assert {"api/v1", "apis/apps/v1", "apis/apiextensions.k8s.io/v1"} <= document("v3")["paths"].keys()


def test_an_index_entry_leads_to_its_document(document, send):
    path = document("v3")["paths"]["api/v1"]["serverRelativeURL"]
    assert send("GET", path.partition("?")[0]).status == 200


def test_a_new_kind_makes_a_new_entry(document, served):
    assert served
    assert "apis/example.com/v1" in document("v3")["paths"]


def test_a_new_kind_leaves_the_other_entries_as_they_are(client, document, widgets, definition):
    before = document("v3")["paths"]["api/v1"]
    client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(widgets))
    assert document("v3")["paths"]["api/v1"] == before


@pytest.mark.parametrize(
    ("path", "start"), [("v3/api/v1", "#/components/schemas/"), ("v3/apis/apps/v1", "#/components/schemas/")]
)
def test_every_reference_leads_somewhere(document, path, start):
    found = document(path)
    known = {start + name for name in found["components"]["schemas"]}
    assert set(references(found)) - known == set()


def test_every_reference_of_the_older_document_leads_somewhere(document):
    found = document("v2")
    assert set(references(found)) - {f"#/definitions/{name}" for name in found["definitions"]} == set()


def test_nothing_of_our_own_is_published(send):
    assert "x-go" not in json.dumps(send("GET", "/openapi/v3/api/v1").body)


def test_a_kind_is_found_by_its_group_version_and_kind(document):
    pod = document("v3/api/v1")["components"]["schemas"]["io.k8s.api.core.v1.Pod"]
    assert pod["x-kubernetes-group-version-kind"] == [{"group": "", "kind": "Pod", "version": "v1"}]


def test_a_patch_knows_field_validation(document):
    patch = document("v3/apis/apps/v1")["paths"]["/apis/apps/v1/namespaces/{namespace}/deployments/{name}"]["patch"]
    names = [parameter["name"] for parameter in patch["parameters"]]
    assert names == ["dryRun", "fieldManager", "fieldValidation", "force"]


@pytest.mark.parametrize(
    ("path", "method", "operation", "action"),
    [
        ("/api/v1/pods", "get", "listCoreV1PodForAllNamespaces", "list"),
        ("/api/v1/namespaces/{namespace}/pods", "post", "createCoreV1NamespacedPod", "post"),
        ("/api/v1/namespaces/{namespace}/pods", "delete", "deleteCoreV1CollectionNamespacedPod", "deletecollection"),
        ("/api/v1/namespaces/{namespace}/pods/{name}", "get", "readCoreV1NamespacedPod", "get"),
        ("/api/v1/namespaces/{namespace}/pods/{name}/status", "put", "replaceCoreV1NamespacedPodStatus", "put"),
        ("/api/v1/nodes/{name}", "patch", "patchCoreV1Node", "patch"),
    ],
)
def test_an_operation_is_named_as_clients_know_it(document, path, method, operation, action):
    found = document("v3/api/v1")["paths"][path][method]
    assert (found["operationId"], found["x-kubernetes-action"]) == (operation, action)


@pytest.mark.usefixtures("served")
def test_a_custom_resource_takes_no_strategic_patch(document):
    item = document("v3/apis/example.com/v1")["paths"]["/apis/example.com/v1/namespaces/{namespace}/widgets/{name}"]
    assert "application/strategic-merge-patch+json" not in item["patch"]["requestBody"]["content"]


def test_a_custom_kind_has_what_every_object_has(gadget):
    assert {"apiVersion", "kind", "metadata"} <= gadget[3]["properties"].keys()


def test_a_custom_kind_says_what_its_definition_says(gadget):
    assert (gadget[3]["description"], gadget[3]["properties"]["color"]["default"]) == ("A gadget.", "red")


def test_a_number_or_a_text_is_spelled_out(gadget):
    assert gadget[3]["properties"]["port"]["anyOf"] == [{"type": "integer"}, {"type": "string"}]


def test_an_object_within_an_object_has_what_every_object_has(gadget):
    assert gadget[3]["properties"]["inner"]["required"] == ["kind", "apiVersion"]


def test_the_older_standard_says_nothing_of_what_may_be_null(gadget):
    assert gadget[2]["properties"]["color"] == {}


def test_the_older_standard_gives_no_type_to_what_is_free(gadget):
    assert gadget[2]["properties"]["free"] == {"x-kubernetes-preserve-unknown-fields": True}


def test_the_older_standard_refers_without_a_wrapping(gadget):
    assert gadget[2]["properties"]["metadata"]["$ref"].startswith("#/definitions/")


@pytest.mark.parametrize("path", ["/openapi/v2", "/openapi/v3/api/v1"])
def test_protobuf_is_not_written(server, path):
    accept = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"
    assert server.send(Request("GET", path, accept=accept)).status == 406


def test_a_document_that_is_not_there_is_not_found(send):
    assert send("GET", "/openapi/v3/apis/nothing.io/v1").status == 404


def test_who_has_a_document_already_is_told_so(server, send):
    tag = send("GET", "/openapi/v2").headers["etag"]
    assert server.send(Request("GET", "/openapi/v2", headers={"if-none-match": tag})).status == 304
