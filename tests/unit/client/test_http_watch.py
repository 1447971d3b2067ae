import threading

import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS


@pytest.fixture
def watched(client, inside, woken):
    """A running watch that has said nothing yet, and the function that waits for its next item."""
    stream = client.watch(CONFIG_MAPS, "default", inside.listing(CONFIG_MAPS).revision)

    def following():
        while (item := stream.take()) is None:
            assert woken.wait(10), "the watch did not wake its reader"
            woken.clear()
        return item

    yield stream, following
    stream.close()


@pytest.fixture
def running(watched, inside, config_map):
    """A watch that has said something and has been read."""
    stream, following = watched
    inside.create(CONFIG_MAPS, config_map())
    following()
    return stream


def test_a_watch_delivers_what_happens(watched, inside, config_map):
    _, following = watched
    stored = inside.create(CONFIG_MAPS, config_map())
    item = following()
    assert (item.type, item.object) == ("ADDED", stored)


def test_a_watch_delivers_in_order(watched, inside, config_map):
    _, following = watched
    inside.create(CONFIG_MAPS, config_map())
    inside.patch(CONFIG_MAPS, "default", "one", {"data": {"key": "new"}})
    inside.delete(CONFIG_MAPS, "default", "one")
    assert [following().type for _ in range(3)] == ["ADDED", "MODIFIED", "DELETED"]


def test_a_watch_without_news_has_nothing_to_take(watched):
    stream, _ = watched
    assert stream.take() is None


def test_a_watch_without_news_is_not_ready(watched):
    stream, _ = watched
    assert not stream.ready()


def test_a_watch_wakes_its_reader_when_the_server_ends_it(running, listener, woken):
    listener._app.end_watches()
    while not running.ended():
        assert woken.wait(10), "the watch did not wake its reader"
        woken.clear()


def test_a_watch_that_the_server_ended_has_ended(running, listener):
    listener._app.end_watches()
    running._thread.join(10)
    assert running.ended()


def test_closing_a_watch_ends_the_thread_that_reads_it(watched):
    stream, _ = watched
    closer = threading.Thread(target=stream.close, daemon=True)
    closer.start()
    closer.join(10)
    assert not stream._thread.is_alive()


def test_closing_a_watch_twice_is_closing_it_once(watched):
    stream, _ = watched
    stream.close()
    assert stream.close() is None


def test_a_closed_watch_has_ended(watched):
    stream, _ = watched
    stream.close()
    assert stream.ended()
