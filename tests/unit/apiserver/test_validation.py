import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS, NAMESPACES, SERVICES
from pytest_kbevents.errors import Invalid


@pytest.fixture
def causes(client):
    """The fields that the server finds fault with."""

    def causes(resource, body):
        with pytest.raises(Invalid) as refused:
            client.create(resource, body)
        return [(cause["reason"], cause["field"]) for cause in refused.value.details["causes"]]

    return causes


@pytest.mark.parametrize("name", ["Upper", "a_b", "-a", "a.", "a..b", "a" * 254, "a/b"])
def test_a_name_that_is_no_subdomain_is_invalid(causes, config_map, name):
    assert causes(CONFIG_MAPS, config_map(name)) == [("FieldValueInvalid", "metadata.name")]


@pytest.mark.parametrize("name", ["a", "a-b.c-d", "0", "a" * 253])
def test_a_name_that_is_a_subdomain_is_valid(client, config_map, name):
    assert client.create(CONFIG_MAPS, config_map(name))["metadata"]["name"] == name


def test_a_missing_name_is_required(causes):
    assert causes(CONFIG_MAPS, {"metadata": {"namespace": "default"}}) == [("FieldValueRequired", "metadata.name")]


def test_a_namespace_with_a_dot_in_its_name_is_invalid(causes):
    assert causes(NAMESPACES, {"metadata": {"name": "a.b"}}) == [("FieldValueInvalid", "metadata.name")]


def test_a_service_with_a_dot_in_its_name_is_invalid(causes):
    body = {"metadata": {"name": "a.b", "namespace": "default"}, "spec": {"ports": [{"port": 80}]}}
    assert causes(SERVICES, body) == [("FieldValueInvalid", "metadata.name")]


@pytest.mark.parametrize("value", ["a b", "-a", "a" * 64])
def test_a_label_value_that_is_no_label_is_invalid(causes, config_map, value):
    assert causes(CONFIG_MAPS, config_map(labels={"role": value})) == [("FieldValueInvalid", "metadata.labels")]


@pytest.mark.parametrize("value", ["", "a", "A_b.c-9", "a" * 63])
def test_a_label_value_that_is_a_label_is_valid(client, config_map, value):
    created = client.create(CONFIG_MAPS, config_map(labels={"role": value}))
    assert created["metadata"]["labels"] == {"role": value}


def test_every_broken_rule_is_a_cause(causes, config_map):
    fields = [field for _, field in causes(CONFIG_MAPS, config_map("Upper", labels={"role": "a b"}))]
    assert fields == ["metadata.name", "metadata.labels"]


def test_a_refused_create_commits_nothing(client, server, config_map):
    before = server.store.revision
    with pytest.raises(Invalid):
        client.create(CONFIG_MAPS, config_map("Upper"))
    assert server.store.revision == before
