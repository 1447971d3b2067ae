"""Which cluster's controllers stand behind the server."""

import pytest

from pytest_kbevents.api.objects import uid_of, with_metadata
from pytest_kbevents.api.resources import CONFIG_MAPS, NAMESPACES
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.errors import NotFound


@pytest.fixture(params=["envtest", "kind"])
def imitates(request):
    return request.param


@pytest.fixture
def server(clock, imitates):
    return Server(clock, imitates=imitates)


@pytest.fixture
def kind(imitates):
    """Whether a kube-controller-manager is imitated."""
    return imitates == "kind"


@pytest.fixture
def owned(client, config_map):
    """Makes a ConfigMap that another one owns."""

    def owned(owner, name="dependent"):
        reference = {"apiVersion": "v1", "kind": "ConfigMap", "name": owner["metadata"]["name"], "uid": uid_of(owner)}
        return client.create(CONFIG_MAPS, with_metadata(config_map(name), ownerReferences=[reference]))

    return owned


def names(client, namespace="default"):
    return [obj["metadata"]["name"] for obj in client.list(CONFIG_MAPS, namespace)]


def test_dependents_go_with_their_owner_in_kind_alone(client, config_map, owned, kind):
    owned(client.create(CONFIG_MAPS, config_map("owner")))
    client.delete(CONFIG_MAPS, "default", "owner")
    assert names(client) == ([] if kind else ["dependent"])


def test_dependents_of_dependents_go_too(client, config_map, owned, kind):
    owned(owned(client.create(CONFIG_MAPS, config_map("owner"))), "second")
    client.delete(CONFIG_MAPS, "default", "owner")
    assert names(client) == ([] if kind else ["dependent", "second"])


def test_an_orphaned_dependent_stays_and_forgets_its_owner(send, client, config_map, owned, kind):
    owned(client.create(CONFIG_MAPS, config_map("owner")))
    send("DELETE", "/api/v1/namespaces/default/configmaps/owner", {"propagationPolicy": "Orphan"})
    assert names(client) == (["dependent"] if kind else ["dependent", "owner"])
    assert ("ownerReferences" in client.get(CONFIG_MAPS, "default", "dependent")["metadata"]) is not kind


def test_a_foreground_deletion_ends_after_the_dependents(send, client, config_map, owned, kind):
    owned(client.create(CONFIG_MAPS, config_map("owner")))
    send("DELETE", "/api/v1/namespaces/default/configmaps/owner", {"propagationPolicy": "Foreground"})
    assert names(client) == ([] if kind else ["dependent", "owner"])


def test_a_finalizer_of_a_dependent_holds_it(client, config_map, owned, kind):
    held = with_metadata(owned(client.create(CONFIG_MAPS, config_map("owner"))), finalizers=["example.com/held"])
    client.update(CONFIG_MAPS, held)
    client.delete(CONFIG_MAPS, "default", "owner")
    assert ("deletionTimestamp" in client.get(CONFIG_MAPS, "default", "dependent")["metadata"]) is kind


def test_a_namespace_is_emptied_and_goes_in_kind_alone(client, config_map, kind):
    client.create(NAMESPACES, {"metadata": {"name": "n"}})
    client.create(CONFIG_MAPS, config_map(namespace="n"))
    client.delete(NAMESPACES, "", "n")
    assert names(client, "n") == ([] if kind else ["one"])
    if kind:
        with pytest.raises(NotFound):
            client.get(NAMESPACES, "", "n")
    else:
        assert client.get(NAMESPACES, "", "n")["status"]["phase"] == "Terminating"


def test_another_cluster_cannot_be_imitated(clock):
    with pytest.raises(ValueError, match="one of envtest, kind"):
        Server(clock, imitates="eks")
