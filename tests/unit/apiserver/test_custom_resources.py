import dataclasses

import pytest

from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS
from pytest_kbevents.errors import AlreadyExists, Invalid, NotFound


@pytest.fixture
def causes(client):
    """The fields that the server finds fault with."""

    def causes(body):
        with pytest.raises(Invalid) as refused:
            client.create(CUSTOM_RESOURCE_DEFINITIONS, body)
        return [cause["field"] for cause in refused.value.details["causes"]]

    return causes


def test_a_kind_that_is_not_defined_is_not_served(client, widgets):
    with pytest.raises(NotFound, match="404 page not found"):
        client.list(widgets)


def test_a_defined_kind_is_served(client, served, widget):
    client.create(served, widget())
    assert client.get(served, "default", "w")["spec"] == {"size": 1}


def test_a_custom_object_has_its_kind_and_version(client, served, widget):
    created = client.create(served, widget())
    assert (created["apiVersion"], created["kind"]) == ("example.com/v1", "Widget")


def test_a_defined_kind_can_be_watched(client, served, widget, drain):
    stream = client.watch(served, "default", "0")
    client.create(served, widget())
    assert [item.type for item in drain(stream)] == ["ADDED"]


def test_a_definition_says_at_once_that_it_is_established(client, widgets, definition):
    client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(widgets))
    created = client.get(CUSTOM_RESOURCE_DEFINITIONS, "", widgets.qualified)
    conditions = {item["type"]: item["status"] for item in created["status"]["conditions"]}
    assert conditions == {"NamesAccepted": "True", "Established": "True"}


def test_a_definition_says_which_names_were_accepted(client, widgets, definition):
    client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(widgets))
    created = client.get(CUSTOM_RESOURCE_DEFINITIONS, "", widgets.qualified)
    assert created["status"]["acceptedNames"]["kind"] == "Widget"


def test_a_definition_says_which_versions_are_stored(client, widgets, definition):
    created = client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(widgets))
    assert created["status"]["storedVersions"] == ["v1"]


def test_a_deleted_kind_is_no_longer_served(client, served):
    client.delete(CUSTOM_RESOURCE_DEFINITIONS, "", served.qualified)
    with pytest.raises(NotFound):
        client.list(served)


def test_a_deleted_kind_can_be_defined_again(client, served, definition):
    client.delete(CUSTOM_RESOURCE_DEFINITIONS, "", served.qualified)
    client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(served))
    assert client.list(served) == []


def test_a_kind_cannot_be_defined_twice(client, served, definition):
    with pytest.raises(AlreadyExists):
        client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(served))


def test_a_kind_without_a_status_subresource_keeps_a_given_status(client, widgets, definition, widget):
    plain = dataclasses.replace(widgets, has_status=False)
    client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(plain))
    assert client.create(plain, widget(status={"ready": True}))["status"] == {"ready": True}


def test_a_cluster_scoped_kind_is_served_without_a_namespace(client, widgets, definition):
    wide = dataclasses.replace(widgets, namespaced=False)
    client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(wide))
    client.create(wide, {"metadata": {"name": "w"}})
    assert client.get(wide, "", "w")["metadata"]["name"] == "w"


def test_a_cluster_scoped_kind_has_no_path_in_a_namespace(client, send, widgets, definition):
    wide = dataclasses.replace(widgets, namespaced=False)
    client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(wide))
    assert send("GET", "/apis/example.com/v1/namespaces/default/widgets").status == 404


def test_a_definition_must_be_called_by_plural_and_group(causes, widgets, definition):
    assert causes(definition(widgets) | {"metadata": {"name": "gadgets.example.com"}}) == ["metadata.name"]


@pytest.mark.parametrize("field", ["group", "versions", "scope"])
def test_a_definition_must_be_complete(causes, widgets, definition, field):
    body = definition(widgets)
    del body["spec"][field]
    assert f"spec.{field}" in causes(body)


def test_a_refused_definition_is_not_served(client, send, widgets, definition):
    with pytest.raises(Invalid):
        client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(widgets) | {"metadata": {"name": "gadgets.example.com"}})
    assert send("GET", "/apis/example.com/v1/widgets").status == 404
