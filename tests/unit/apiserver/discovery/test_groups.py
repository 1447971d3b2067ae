import pytest

from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS, Resource
from pytest_kbevents.apiserver.versions import newest

GROUPS = ["apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io", "batch"]
GROUPS += ["rbac.authorization.k8s.io", "apiextensions.k8s.io", "coordination.k8s.io", "discovery.k8s.io"]


@pytest.fixture
def entries(send):
    """The resources of a group and version, by name."""
    return lambda path: {entry["name"]: entry for entry in send("GET", path).body["resources"]}


@pytest.fixture
def groups(send):
    """The names of all groups."""
    return lambda: [group["name"] for group in send("GET", "/apis").body["groups"]]


@pytest.fixture
def two_versions(client, served, definition):
    """``widgets`` in v1 and v2beta1."""
    body = definition(served)
    first = body["spec"]["versions"][0]
    body["spec"]["versions"].append({**first, "name": "v2beta1", "storage": False})
    current = client.get(CUSTOM_RESOURCE_DEFINITIONS, "", served.qualified)
    client.update(CUSTOM_RESOURCE_DEFINITIONS, {**current, "spec": body["spec"]})


def test_the_core_group_has_v1(send):
    assert send("GET", "/api").body["versions"] == ["v1"]


def test_the_built_in_groups_are_listed_in_the_order_of_a_real_server(groups):
    assert groups() == GROUPS


@pytest.mark.usefixtures("served")
def test_custom_groups_come_last_by_name(client, definition, groups):
    client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(Resource("a.example.com", "v1", "things", "Thing")))
    assert groups() == [*GROUPS, "a.example.com", "example.com"]


def test_versions_are_listed_newest_first():
    given = ["foo1", "v1", "v10", "v1alpha2", "v2", "v1beta1", "v2beta1", "bar"]
    assert sorted(given, key=newest) == ["v10", "v2", "v1", "v2beta1", "v1beta1", "v1alpha2", "bar", "foo1"]


@pytest.mark.usefixtures("two_versions")
def test_the_newest_version_is_preferred(send):
    assert send("GET", "/apis/example.com").body["preferredVersion"]["version"] == "v1"


def test_a_resource_says_what_it_is(entries):
    assert entries("/api/v1")["configmaps"] == {
        "name": "configmaps",
        "singularName": "configmap",
        "namespaced": True,
        "kind": "ConfigMap",
        "verbs": ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
        "shortNames": ["cm"],
        "storageVersionHash": "qFsyl6wFWjQ=",
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


@pytest.mark.usefixtures("two_versions")
def test_a_custom_resource_tells_by_a_hash_which_version_is_stored(entries):
    hashes = [entries(f"/apis/example.com/{version}")["widgets"]["storageVersionHash"] for version in ("v1", "v2beta1")]
    assert hashes == ["gIwvi5rymmg=", "gIwvi5rymmg="]


def test_a_deleted_kind_takes_its_group_with_it(client, send, served):
    client.delete(CUSTOM_RESOURCE_DEFINITIONS, "", served.qualified)
    assert send("GET", "/apis/example.com").status == 404


@pytest.mark.parametrize("path", ["/api/", "/apis/", "/api/v1/", "/apis/apps/", "/apis/apps/v1/", "/version/"])
def test_a_slash_at_the_end_does_not_matter(send, path):
    assert send("GET", path).body == send("GET", path.rstrip("/")).body


def test_every_cluster_has_the_first_namespaces(send):
    names = [item["metadata"]["name"] for item in send("GET", "/api/v1/namespaces").body["items"]]
    assert names == ["default", "kube-node-lease", "kube-public", "kube-system"]
