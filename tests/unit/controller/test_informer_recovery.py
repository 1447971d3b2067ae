"""After whatever broke, an informer's cache is whole again."""

import pytest

from pytest_kbevents.api.http import BOOKMARK, ERROR, WatchEvent
from pytest_kbevents.api.resources import CONFIG_MAPS
from pytest_kbevents.clock import SECOND
from pytest_kbevents.errors import Gone, NoAnswer, ServiceUnavailable
from pytest_kbevents.faults.refuse import Refuse

A, B, C = ("default", "a"), ("default", "b"), ("default", "c")
LISTS = "/configmaps"


def value(informer, key):
    return informer.get(key)["data"]["value"]


@pytest.fixture
def watching(informer, heard, config_map, clock, settle):
    """It has watched a, b and c for a minute."""
    for name in "abc":
        config_map(name)
    settle(informer)
    clock.advance_to(clock.micros() + 60 * SECOND)
    heard.clear()
    return informer


@pytest.fixture
def says(watching, tapped, monkeypatch):
    """Lets the running watch bring that item next."""

    def says(type_, **obj):
        stream = tapped.streams[-1]
        items = [WatchEvent(type_, obj)]
        monkeypatch.setattr(stream, "ready", lambda: True)
        monkeypatch.setattr(stream, "take", lambda: items.pop() if items else None)
        monkeypatch.setattr(stream, "ended", lambda: not items)
        return watching

    return says


@pytest.fixture
def interrupted(watching, tapped, client, config_map):
    """The watch ended; meanwhile a was deleted, b changed, d created, and c left alone."""
    tapped.streams[-1].close()
    client.delete(CONFIG_MAPS, *A)
    config_map("b", "2")
    config_map("d")
    return watching


def test_an_ended_watch_leaves_the_cache_as_it_was_until_a_step(interrupted):
    assert interrupted.get(A) is not None


def test_after_an_ended_watch_the_cache_is_as_the_server(interrupted, settle):
    settle(interrupted)
    assert [obj["metadata"]["name"] for obj in interrupted.list("default")] == ["b", "c", "d"]


def test_after_an_ended_watch_handlers_hear_of_what_changed_and_of_nothing_else(interrupted, heard, settle):
    settle(interrupted)
    assert heard == [A, B, ("default", "d")]


def test_after_an_ended_watch_it_watches_again(interrupted, heard, config_map, settle):
    settle(interrupted)
    heard.clear()
    config_map("c", "2")
    settle(interrupted)
    assert heard == [C]


def test_items_that_came_before_the_end_of_a_watch_are_taken(informer, tapped, config_map, settle):
    settle(informer)
    config_map("a")
    tapped.streams[-1].close()
    informer.step()
    assert value(informer, A) == "1"


def test_a_revision_compacted_between_list_and_watch_leads_to_another_list(informer, tapped, server, clock, config_map):
    def compact():
        config_map("a")
        config_map("a", "2")
        server.store.compact(server.store.revision)

    tapped.between = compact
    for _ in ("list", "the watch's 410", "list again"):
        informer.step()
        clock.advance_to(informer.due() or 0)
    assert value(informer, A) == "2"


def test_after_an_ended_watch_there_is_no_other_list(interrupted, tapped, settle):
    settle(interrupted)
    assert tapped.listings == 1


def test_after_an_ended_watch_compaction_hides_nothing(interrupted, server, heard, clock, settle):
    server.store.compact(server.store.revision)
    settle(interrupted)
    clock.advance_to(interrupted.due())
    settle(interrupted)
    assert heard == [A, B, ("default", "d")]


def test_a_watch_that_is_refused_as_gone_leads_to_another_list(interrupted, tapped, faults, clock, heard, settle):
    faults.append(Refuse("GET", LISTS, Gone("too old")))
    settle(interrupted)
    clock.advance_to(interrupted.due())
    settle(interrupted)
    assert (tapped.listings, heard) == (2, [A, B, ("default", "d")])


def test_a_watch_that_is_refused_is_tried_again_later(interrupted, faults, clock):
    faults.append(Refuse("GET", LISTS, ServiceUnavailable("down")))
    interrupted.step()
    interrupted.step()
    assert interrupted.due() == clock.micros() + SECOND * 8 // 10


def test_a_watch_without_an_answer_is_tried_again_later(interrupted, faults, clock):
    def lost(request, handler):
        raise NoAnswer(f"{request.method} lost before {handler}")

    faults.append(lost)
    interrupted.step()
    interrupted.step()
    assert interrupted.due() == clock.micros() + SECOND * 8 // 10


def test_a_watch_that_was_refused_goes_on_without_another_list(interrupted, tapped, faults, clock, heard, settle):
    faults.append(Refuse("GET", LISTS, ServiceUnavailable("down"), times=3))
    settle(interrupted)
    while (due := interrupted.due()) is not None:
        clock.advance_to(due)
        interrupted.step()
    assert (tapped.listings, heard) == (1, [A, B, ("default", "d")])


def test_an_error_that_says_gone_leads_to_another_list_at_once(says, tapped, config_map, settle):
    informer = says(ERROR, kind="Status", code=410, reason="Expired")
    config_map("a", "2")
    settle(informer)
    assert (tapped.listings, value(informer, A)) == (2, "2")


def test_an_error_that_says_anything_else_leads_to_another_watch_only(says, tapped, config_map, settle):
    informer = says(ERROR, kind="Status", code=500)
    config_map("a", "2")
    settle(informer)
    assert (tapped.listings, value(informer, A)) == (1, "2")


def test_a_bookmark_tells_handlers_nothing(says, heard):
    says(BOOKMARK, metadata={"resourceVersion": "9999"}).step()
    assert heard == []


def test_a_bookmark_is_no_object(says):
    informer = says(BOOKMARK, metadata={"resourceVersion": "9999"})
    informer.step()
    assert len(informer.list()) == 3


def test_a_watch_goes_on_after_the_last_bookmark(says, server, tapped, config_map, settle):
    config_map("elsewhere")
    informer = says(BOOKMARK, metadata={"resourceVersion": str(server.store.revision)})
    server.store.compact(server.store.revision)
    settle(informer)
    assert (tapped.listings, informer.due()) == (1, None)


def test_watches_ask_for_bookmarks(informer, faults, settle):
    seen = []

    def look(request, handler):
        seen.append(request.query.get("allowWatchBookmarks"))
        return handler(request)

    faults.append(look)
    settle(informer)
    assert seen == [None, "true"]


def test_a_watch_that_ends_at_once_is_tried_again_later(informer, tapped, clock, settle):
    settle(informer)
    tapped.streams[-1].close()
    informer.step()
    assert informer.due() == clock.micros() + SECOND * 8 // 10


def test_a_watch_that_ends_as_soon_as_it_brought_something_goes_on_at_once(informer, tapped, clock, config_map, settle):
    settle(informer)
    config_map("a")
    tapped.streams[-1].close()
    informer.step()
    informer.step()
    assert informer.due() == clock.micros()


def test_a_list_that_fails_is_tried_again_later(informer, clock, faults):
    faults.append(Refuse("GET", LISTS, ServiceUnavailable("down")))
    informer.step()
    assert informer.due() == clock.micros() + SECOND * 8 // 10


def test_lists_that_fail_wait_twice_as_long_each_time_up_to_half_a_minute(informer, clock, faults):
    faults.append(Refuse("GET", LISTS, ServiceUnavailable("down"), times=8))
    waits = []
    for _ in range(8):
        informer.step()
        waits.append((informer.due() - clock.micros()) / SECOND)
        clock.advance_to(informer.due())
    assert waits == [0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30]


def test_a_watch_that_lasts_resets_the_back_off(informer, clock, faults, tapped):
    faults.append(Refuse("GET", LISTS, ServiceUnavailable("down"), times=3))
    for _ in range(4):
        clock.advance_to(informer.due())
        informer.step()
    clock.advance_to(clock.micros() + SECOND)
    tapped.streams[-1].close()
    informer.step()
    faults.append(Refuse("GET", LISTS, ServiceUnavailable("down")))
    informer.step()
    assert informer.due() == clock.micros() + SECOND * 8 // 10


def test_a_list_without_an_answer_is_tried_again(informer, faults, clock, config_map):
    config_map("a")

    def lost(request, handler):
        faults.remove(lost)
        raise NoAnswer(f"{request.method} lost before {handler}")

    faults.append(lost)
    informer.step()
    clock.advance_to(informer.due())
    informer.step()
    assert value(informer, A) == "1"


def test_a_failed_relist_keeps_what_was_known(interrupted, faults):
    faults.append(Refuse("GET", LISTS, ServiceUnavailable("down")))
    interrupted.step()
    interrupted.step()
    assert interrupted.get(A) is not None


def test_other_errors_are_not_taken_for_the_servers(informer, tapped):
    def broken():
        raise ZeroDivisionError

    tapped.between = broken
    with pytest.raises(ZeroDivisionError):
        informer.step()


def test_stopping_ends_the_watch(informer, tapped, settle):
    settle(informer)
    informer.stop()
    assert tapped.streams[-1].ended()


def test_stopping_ends_the_watch_that_a_step_has_just_begun(informer, tapped):
    tapped.between = informer.stop
    informer.step()
    assert tapped.streams[-1].ended()
