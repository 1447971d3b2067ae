"""The official ``kubernetes`` client against ``kbevents serve``."""

import pytest
from kubernetes import client, watch

SECONDS = 5
GROUP, VERSION, PLURAL = "apps.kubeblocks.io", "v1", "components"


def test_a_config_map_is_read(core, config_map):
    assert core.read_namespaced_config_map(config_map, "default").data == {"key": "old"}


def test_a_missing_config_map_is_a_404(core):
    with pytest.raises(client.ApiException) as refused:
        core.read_namespaced_config_map("nonexistent", "default")
    assert refused.value.status == 404


def test_a_deleted_config_map_is_a_404(core, config_map):
    core.delete_namespaced_config_map(config_map, "default")
    with pytest.raises(client.ApiException) as refused:
        core.read_namespaced_config_map(config_map, "default")
    assert refused.value.status == 404


def test_a_watch_sees_what_was_changed_before_it_began(core, config_map, change):
    revision = core.read_namespaced_config_map(config_map, "default").metadata.resource_version
    change()
    stream = watch.Watch().stream(
        core.list_namespaced_config_map,
        "default",
        field_selector=f"metadata.name={config_map}",
        resource_version=revision,
        timeout_seconds=SECONDS,
    )
    item = next(stream)
    stream.close()
    assert (item["type"], item["object"].data) == ("MODIFIED", {"key": "new"})


def test_a_watch_sees_what_is_changed_while_it_runs(core, config_map, change):
    stream = watch.Watch().stream(
        core.list_namespaced_config_map,
        "default",
        field_selector=f"metadata.name={config_map}",
        timeout_seconds=SECONDS,
    )
    next(stream)
    change()
    item = next(stream)
    stream.close()
    assert (item["type"], item["object"].data) == ("MODIFIED", {"key": "new"})


def test_a_component_is_created_and_read(api):
    custom = client.CustomObjectsApi(api)
    body = {
        "apiVersion": f"{GROUP}/{VERSION}",
        "kind": "Component",
        "metadata": {"name": "mysql"},
        "spec": {"replicas": 3},
    }
    custom.create_namespaced_custom_object(GROUP, VERSION, "default", PLURAL, body)
    read = custom.get_namespaced_custom_object(GROUP, VERSION, "default", PLURAL, "mysql")
    assert read["spec"] == {"replicas": 3}
