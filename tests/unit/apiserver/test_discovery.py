import pytest

from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS


@pytest.fixture
def entries(send):
    """The resources of a group and version, by name."""
    return lambda path: {entry["name"]: entry for entry in send("GET", path).body["resources"]}


@pytest.mark.parametrize("path", ["/healthz", "/livez", "/readyz"])
def test_the_server_is_well(send, path):
    assert send("GET", path).body == "ok"


def test_the_version_can_be_read(send):
    assert send("GET", "/version").body["gitVersion"].startswith("v1.")


def test_the_core_group_has_v1(send):
    assert send("GET", "/api").body["versions"] == ["v1"]


def test_the_groups_are_listed(send):
    names = [group["name"] for group in send("GET", "/apis").body["groups"]]
    assert names == ["apiextensions.k8s.io"]


def test_the_core_resources_are_listed(entries):
    names = {name for name in entries("/api/v1") if "/" not in name}
    assert names == {"namespaces", "pods", "services", "configmaps", "events"}


def test_a_resource_says_what_it_is(entries):
    assert entries("/api/v1")["configmaps"] == {
        "name": "configmaps",
        "singularName": "configmap",
        "namespaced": True,
        "kind": "ConfigMap",
        "verbs": ["create", "delete", "get", "list", "patch", "update", "watch"],
        "shortNames": ["cm"],
    }


def test_a_status_is_listed_beside_its_resource(entries):
    assert entries("/api/v1")["pods/status"]["verbs"] == ["get", "patch", "update"]


def test_a_resource_without_a_status_lists_none(entries):
    assert "configmaps/status" not in entries("/api/v1")


def test_a_namespace_is_not_namespaced(entries):
    assert entries("/api/v1")["namespaces"]["namespaced"] is False


def test_a_groups_resource_list_says_group_and_version(send):
    path = "/apis/apiextensions.k8s.io/v1"
    assert send("GET", path).body["groupVersion"] == "apiextensions.k8s.io/v1"


@pytest.mark.usefixtures("served")
def test_a_custom_group_is_listed(send):
    group = send("GET", "/apis/example.com").body
    version = {"groupVersion": "example.com/v1", "version": "v1"}
    assert (group["name"], group["versions"], group["preferredVersion"]) == ("example.com", [version], version)


@pytest.mark.usefixtures("served")
def test_a_custom_resource_is_listed_with_its_short_names_and_categories(entries):
    entry = entries("/apis/example.com/v1")["widgets"]
    assert (entry["shortNames"], entry["categories"]) == (["wd"], ["all"])


def test_a_deleted_kind_takes_its_group_with_it(client, send, served):
    client.delete(CUSTOM_RESOURCE_DEFINITIONS, "", served.qualified)
    assert send("GET", "/apis/example.com").status == 404


@pytest.mark.parametrize("path", ["/api/v2", "/apis/nothing.io", "/apis/nothing.io/v1", "/", "/openapi/v2", "/metrics"])
def test_an_unknown_path_is_not_found(send, path):
    assert send("GET", path).status == 404


@pytest.mark.parametrize("path", ["/api/", "/apis/", "/api/v1/", "/version/"])
def test_a_slash_at_the_end_does_not_matter(send, path):
    assert send("GET", path).body == send("GET", path.rstrip("/")).body


def test_every_cluster_has_the_first_namespaces(send):
    names = [item["metadata"]["name"] for item in send("GET", "/api/v1/namespaces").body["items"]]
    assert names == ["default", "kube-node-lease", "kube-public", "kube-system"]
