import pytest

from pytest_kbevents.api.http import Request

V2 = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
BETA = "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList"


@pytest.fixture
def ask(server):
    """A request that accepts everything at once."""
    return lambda path, accept=V2, **headers: server.send(Request("GET", path, accept=accept, headers=headers))


@pytest.fixture
def resources(ask):
    """The resources of a group's first version, by name."""

    def resources(path, group=None):
        found = next(item for item in ask(path).body["items"] if item["metadata"].get("name") == group)
        return {resource["resource"]: resource for resource in found["versions"][0]["resources"]}

    return resources


def test_the_answer_says_what_it_is(ask):
    answer = ask("/apis")
    assert (answer.headers["content-type"], answer.body["kind"]) == (V2, "APIGroupDiscoveryList")


@pytest.mark.parametrize("accept", [f"{V2},{BETA},application/json", f"{BETA},{V2}"])
def test_what_clients_list_is_understood(ask, accept):
    assert ask("/apis", accept).body["kind"] == "APIGroupDiscoveryList"


@pytest.mark.parametrize("accept", ["application/json", f"application/json, {V2}", f"{BETA}, application/json"])
def test_who_would_rather_have_one_by_one_gets_the_list_of_groups(ask, accept):
    assert ask("/apis", accept).body["kind"] == "APIGroupList"


@pytest.mark.parametrize("path", ["/api/v1", "/apis/apps", "/apis/apps/v1"])
def test_it_is_to_be_had_at_the_roots_alone(ask, path):
    assert ask(path).status == 406


def test_the_core_group_has_no_name(ask):
    assert [item["metadata"] for item in ask("/api").body["items"]] == [{}]


def test_a_built_in_resource_leaves_out_the_group_that_it_stands_in(resources):
    assert resources("/apis", "apps")["deployments"]["responseKind"] == {
        "group": "",
        "version": "",
        "kind": "Deployment",
    }


def test_a_subresource_of_another_group_names_it(resources):
    scale = resources("/apis", "apps")["deployments"]["subresources"][0]
    assert scale["responseKind"] == {"group": "autoscaling", "version": "v1", "kind": "Scale"}


@pytest.mark.usefixtures("served")
def test_a_custom_resource_is_described_in_full(resources):
    kind = {"group": "example.com", "version": "v1", "kind": "Widget"}
    assert resources("/apis", "example.com")["widgets"] == {
        "resource": "widgets",
        "responseKind": kind,
        "scope": "Namespaced",
        "singularResource": "widget",
        "verbs": ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"],
        "shortNames": ["wd"],
        "categories": ["all"],
        "subresources": [{"subresource": "status", "responseKind": kind, "verbs": ["get", "patch", "update"]}],
    }


def test_who_has_it_already_is_told_so(ask):
    tag = ask("/apis").headers["etag"]
    answer = ask("/apis", **{"if-none-match": tag})
    assert (answer.status, answer.headers["content-type"]) == (304, V2)


def test_who_has_an_older_one_gets_the_new_one(ask, served):
    assert served
    assert ask("/apis", **{"if-none-match": '"old"'}).status == 200
