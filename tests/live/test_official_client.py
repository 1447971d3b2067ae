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


@pytest.fixture
def dynamic(api, tmp_path):
    """The official client's dynamic half: it knows kinds by discovery alone."""
    from kubernetes.dynamic import DynamicClient

    return DynamicClient(api, cache_file=str(tmp_path / "discovery.json"))


def test_the_dynamic_client_finds_built_in_and_custom_kinds(dynamic):
    found = [dynamic.resources.get(api_version=version, kind=kind).name for version, kind in DYNAMIC]
    assert found == ["pods", "events", "deployments", "components"]


DYNAMIC = (("v1", "Pod"), ("v1", "Event"), ("apps/v1", "Deployment"), (f"{GROUP}/{VERSION}", "Component"))


def test_the_dynamic_client_applies_on_the_server_side(dynamic):
    components = dynamic.resources.get(api_version=f"{GROUP}/{VERSION}", kind="Component")
    body = {"apiVersion": f"{GROUP}/{VERSION}", "kind": "Component", "metadata": {"name": "dynamic"}}
    made = components.server_side_apply(
        body={**body, "spec": {"replicas": 3}}, name="dynamic", namespace="default", field_manager="test"
    )
    assert (made.spec.replicas, made.metadata.managedFields[0].manager) == (3, "test")


def test_the_dynamic_client_watches(dynamic, config_map, change):
    config_maps = dynamic.resources.get(api_version="v1", kind="ConfigMap")
    seen = []
    for item in config_maps.watch(namespace="default", field_selector=f"metadata.name={config_map}", timeout=SECONDS):
        seen.append((item["type"], item["object"].data.key))
        if len(seen) == 1:
            change()
        else:
            break
    assert seen == [("ADDED", "old"), ("MODIFIED", "new")]


def test_a_pod_is_typed(core):
    body = client.V1Pod(
        metadata=client.V1ObjectMeta(name="typed"),
        spec=client.V1PodSpec(containers=[client.V1Container(name="c", image="i")]),
    )
    made = core.create_namespaced_pod("default", body)
    assert (made.status.phase, made.spec.containers[0].image_pull_policy) == ("Pending", "Always")


def test_a_conflict_is_a_409_with_its_status(core, config_map, change):
    stale = core.read_namespaced_config_map(config_map, "default")
    change()
    with pytest.raises(client.ApiException) as refused:
        core.replace_namespaced_config_map(config_map, "default", stale)
    assert (refused.value.status, refused.value.reason) == (409, "Conflict")


def test_a_label_is_patched(core, config_map):
    made = core.patch_namespaced_config_map(config_map, "default", {"metadata": {"labels": {"a": "b"}}})
    assert made.metadata.labels == {"a": "b"}


def test_pages_are_followed(core):
    for number in range(5):
        core.create_namespaced_secret("kube-public", {"metadata": {"name": f"s-{number}"}})
    names, token = [], None
    while token != "":
        page = core.list_namespaced_secret("kube-public", limit=2, _continue=token)
        names += [item.metadata.name for item in page.items]
        token = page.metadata._continue or ""
    assert names == [f"s-{number}" for number in range(5)]
