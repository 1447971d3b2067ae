import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS, PODS

MAPS = "/api/v1/namespaces/default/configmaps"


@pytest.fixture
def maps(client, config_map):
    """Three ConfigMaps in default, one elsewhere."""
    client.create(CONFIG_MAPS, config_map("c", labels={"role": "leader", "zone": "x"}))
    client.create(CONFIG_MAPS, config_map("a", labels={"role": "follower"}))
    client.create(CONFIG_MAPS, config_map("b"))
    client.create(CONFIG_MAPS, config_map("a", "kube-system", labels={"role": "leader"}))


@pytest.fixture
def names(send, maps):  # noqa: ARG001 - selected from
    """The names that a query selects."""

    def names(path=MAPS, **query):
        return [item["metadata"]["name"] for item in send("GET", path, **query).body["items"]]

    return names


def test_a_list_is_in_the_order_of_names(names):
    assert names() == ["a", "b", "c"]


@pytest.mark.usefixtures("maps")
def test_a_list_over_all_namespaces_is_in_the_order_of_namespaces(client):
    places = [(item["metadata"]["namespace"], item["metadata"]["name"]) for item in client.list(CONFIG_MAPS)]
    assert places == [("default", "a"), ("default", "b"), ("default", "c"), ("kube-system", "a")]


def test_a_list_of_a_namespace_has_nothing_of_another(names):
    assert names("/api/v1/namespaces/kube-system/configmaps") == ["a"]


def test_a_list_of_an_unknown_namespace_is_empty(names):
    assert names("/api/v1/namespaces/nowhere/configmaps") == []


def test_a_list_says_its_kind(send):
    body = send("GET", MAPS).body
    assert (body["kind"], body["apiVersion"]) == ("ConfigMapList", "v1")


@pytest.mark.usefixtures("maps")
def test_a_list_is_at_the_newest_revision_of_all_kinds(client, server):
    client.create(
        PODS,
        {
            "metadata": {"name": "p", "namespace": "default"},
            "spec": {"containers": [{"name": "database", "image": "database"}]},
        },
    )
    assert client.listing(CONFIG_MAPS).revision == str(server.store.revision)


def test_an_empty_list_has_a_revision(client, server):
    assert client.listing(PODS).revision == str(server.store.revision)


@pytest.mark.usefixtures("maps")
def test_a_watch_goes_on_from_a_lists_revision_without_a_gap(client, config_map, drain):
    revision = client.listing(CONFIG_MAPS, "default").revision
    client.create(CONFIG_MAPS, config_map("d"))
    seen = [item.object["metadata"]["name"] for item in drain(client.watch(CONFIG_MAPS, "default", revision))]
    assert seen == ["d"]


@pytest.mark.parametrize(
    ("selector", "wanted"),
    [
        ("role=leader", ["c"]),
        ("role==leader", ["c"]),
        ("role!=leader", ["a", "b"]),
        ("role", ["a", "c"]),
        ("!role", ["b"]),
        ("role in (leader,follower)", ["a", "c"]),
        ("role notin (leader)", ["a", "b"]),
        ("role in (leader,follower),zone", ["c"]),
        ("role=leader,zone=y", []),
        ("", ["a", "b", "c"]),
    ],
)
def test_a_label_selector_selects(names, selector, wanted):
    assert names(labelSelector=selector) == wanted


@pytest.mark.parametrize(
    ("selector", "wanted"),
    [
        ("metadata.name=a", ["a"]),
        ("metadata.name!=a", ["b", "c"]),
        ("metadata.namespace=kube-system", []),
        ("metadata.namespace=default,metadata.name=b", ["b"]),
    ],
)
def test_a_field_selector_selects(names, selector, wanted):
    assert names(fieldSelector=selector) == wanted


def test_both_selectors_must_hold(names):
    assert names(labelSelector="role", fieldSelector="metadata.name=a") == ["a"]


def test_a_field_of_the_status_selects(client, send):
    client.create(
        PODS,
        {
            "metadata": {"name": "p", "namespace": "default"},
            "spec": {"containers": [{"name": "database", "image": "database"}]},
        },
    )
    client.create(
        PODS,
        {
            "metadata": {"name": "q", "namespace": "default"},
            "spec": {"containers": [{"name": "database", "image": "database"}]},
        },
    )
    client.patch(PODS, "default", "q", {"status": {"phase": "Running"}}, "status")
    items = send("GET", "/api/v1/pods", fieldSelector="status.phase=Running").body["items"]
    assert [item["metadata"]["name"] for item in items] == ["q"]


def test_a_label_selector_that_cannot_be_read_is_a_bad_request(send):
    assert send("GET", MAPS, labelSelector="role in leader").status == 400


def test_a_field_selector_that_cannot_be_read_is_a_bad_request(send):
    assert send("GET", MAPS, fieldSelector="metadata.name").status == 400
