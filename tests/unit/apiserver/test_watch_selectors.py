from pytest_kbevents.api.resources import CONFIG_MAPS


def test_an_object_that_starts_to_match_is_added(client, config_map, watch, said):
    stream = watch(labelSelector="role=leader")
    client.create(CONFIG_MAPS, config_map())
    client.patch(CONFIG_MAPS, "default", "one", {"metadata": {"labels": {"role": "leader"}}})
    assert said(stream) == [("ADDED", "one")]


def test_an_object_that_stops_to_match_is_deleted(client, config_map, watch, said):
    client.create(CONFIG_MAPS, config_map(labels={"role": "leader"}))
    stream = watch(labelSelector="role=leader")
    client.patch(CONFIG_MAPS, "default", "one", {"metadata": {"labels": {"role": "follower"}}})
    assert said(stream) == [("ADDED", "one"), ("DELETED", "one")]


def test_a_deletion_by_the_selector_is_at_the_changes_revision(client, config_map, watch, drain):
    client.create(CONFIG_MAPS, config_map(labels={"role": "leader"}))
    stream = watch(labelSelector="role=leader")
    changed = client.patch(CONFIG_MAPS, "default", "one", {"metadata": {"labels": {"role": None}}})
    last = drain(stream)[-1].object["metadata"]
    assert last["resourceVersion"] == changed["metadata"]["resourceVersion"]


def test_an_object_that_goes_on_to_match_is_modified(client, config_map, watch, said):
    created = client.create(CONFIG_MAPS, config_map(labels={"role": "leader"}))
    stream = watch(labelSelector="role=leader", resourceVersion=created["metadata"]["resourceVersion"])
    client.patch(CONFIG_MAPS, "default", "one", {"data": {"key": "new"}})
    assert said(stream) == [("MODIFIED", "one")]


def test_the_deletion_of_what_never_matched_is_not_heard(client, config_map, watch, said):
    stream = watch(labelSelector="role=leader")
    client.create(CONFIG_MAPS, config_map())
    client.delete(CONFIG_MAPS, "default", "one")
    assert said(stream) == []
