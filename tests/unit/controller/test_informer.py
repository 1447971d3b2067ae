"""A cache by list and watch: as late as its steps."""

from pytest_kbevents.api.resources import CONFIG_MAPS

A, B = ("default", "a"), ("default", "b")


def value(informer, key):
    return informer.get(key)["data"]["value"]


def test_it_is_not_synced_before_its_first_list(informer):
    assert not informer.synced


def test_it_wants_to_list_at_once(informer, clock):
    assert informer.due() == clock.micros()


def test_its_first_step_fills_the_cache(informer, config_map):
    config_map("a")
    informer.step()
    assert value(informer, A) == "1"


def test_it_is_synced_after_its_first_list(informer):
    informer.step()
    assert informer.synced


def test_it_lists_by_key_whatever_the_order_of_creation(informer, config_map, settle):
    settle(informer)
    for name in "cab":
        config_map(name)
    settle(informer)
    assert [obj["metadata"]["name"] for obj in informer.list("default")] == ["a", "b", "c"]


def test_it_lists_what_a_selector_selects(informer, client, config_map, settle):
    config_map("a")
    client.create(CONFIG_MAPS, {"metadata": {"name": "b", "namespace": "default", "labels": {"x": "y"}}})
    settle(informer)
    assert [obj["metadata"]["name"] for obj in informer.list("default", "x=y")] == ["b"]


def test_it_has_nothing_of_another_namespace(informer, client, settle):
    client.create(CONFIG_MAPS, {"metadata": {"name": "a", "namespace": "kube-system"}})
    settle(informer)
    assert informer.list() == []


def test_a_new_object_is_not_in_the_cache_before_a_step(informer, config_map, settle):
    settle(informer)
    config_map("a")
    assert informer.get(A) is None


def test_a_changed_object_is_old_in_the_cache_before_a_step(informer, config_map, settle):
    config_map("a")
    settle(informer)
    config_map("a", "2")
    assert value(informer, A) == "1"


def test_a_deleted_object_is_in_the_cache_before_a_step(informer, client, config_map, settle):
    config_map("a")
    settle(informer)
    client.delete(CONFIG_MAPS, *A)
    assert informer.get(A) is not None


def test_a_step_takes_one_item_of_the_watch(informer, config_map, settle):
    settle(informer)
    config_map("a", "1")
    config_map("a", "2")
    informer.step()
    assert value(informer, A) == "1"


def test_it_is_due_as_soon_as_its_watch_has_an_item(informer, clock, config_map, settle):
    settle(informer)
    config_map("a")
    assert informer.due() == clock.micros()


def test_it_is_not_due_while_its_watch_is_silent(informer, settle):
    settle(informer)
    assert informer.due() is None


def test_handlers_hear_of_what_the_first_list_brings(informer, heard, config_map):
    config_map("b")
    config_map("a")
    informer.step()
    assert heard == [A, B]


def test_handlers_hear_of_an_addition_a_change_and_a_deletion(informer, heard, client, config_map, settle):
    settle(informer)
    config_map("a")
    config_map("a", "2")
    client.delete(CONFIG_MAPS, *A)
    settle(informer)
    assert heard == [A, A, A]


def test_a_handler_finds_the_new_state_when_it_is_told(informer, config_map, settle):
    seen = []
    informer.on_change(lambda key: seen.append(value(informer, key)))
    settle(informer)
    config_map("a")
    config_map("a", "2")
    settle(informer)
    assert seen == ["1", "2"]


def test_a_deleted_object_is_gone_when_its_handler_is_told(informer, client, config_map, settle):
    config_map("a")
    settle(informer)
    seen = []
    informer.on_change(lambda key: seen.append(informer.get(key)))
    client.delete(CONFIG_MAPS, *A)
    settle(informer)
    assert seen == [None]
