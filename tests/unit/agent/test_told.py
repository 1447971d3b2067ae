"""What a database hears over the API, and that it goes on hearing."""

import json

import pytest

from pytest_kbevents.agent.database.told import AGAIN, Told, listed
from pytest_kbevents.api.http import ERROR, Response, WatchEvent
from pytest_kbevents.api.resources import CONFIG_MAPS, NAMESPACES
from pytest_kbevents.api.status import failure
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client.client import Client
from pytest_kbevents.errors import Forbidden, Gone, NotFound, NotSent

POD = ("ns", "c1-mysql-0")
NAME = "c1-mysql-0-database"
PRIMARY = {"actions": {"roleProbe": "primary"}}
SECONDARY = {"actions": {"roleProbe": "secondary"}}


class Scripted:
    """A watch that brings these items and ends."""

    def __init__(self, *items):
        self.items = list(items)
        self.closed = False

    def ready(self):
        return True

    def take(self):
        return self.items.pop(0) if self.items else None

    def ended(self):
        return not self.items

    def close(self):
        self.closed = True


@pytest.fixture
def write(harness):
    """Creates or changes the ConfigMap."""

    def write(script=None, text="", client=harness):
        body = {"data": {"script": text or json.dumps(script)}}
        try:
            return client.patch(CONFIG_MAPS, "ns", NAME, body)
        except NotFound:
            return client.create(CONFIG_MAPS, {"metadata": {"name": NAME, "namespace": "ns"}, **body})

    return write


@pytest.fixture
def heard():
    return []


@pytest.fixture
def roles(heard):
    """What each script that was heard says the role is."""
    return lambda: [script.actions["roleProbe"].output for script in heard]


@pytest.fixture
def told(transport, clock, heard):
    told = Told(Client(transport, "ear"), POD, clock, heard.append)
    yield told
    told.stop()


@pytest.fixture
def listen(told, drive):
    """For so many seconds."""
    return lambda seconds=0: drive([told], seconds)


@pytest.fixture
def watches(faults):
    """Answers the next watches with these instead of the server's."""
    given = []

    def watch(request, handler):
        if "watch" in request.query and given:
            return given.pop(0)
        return handler(request)

    faults.append(watch)
    return given


@pytest.fixture
def seen(faults):
    """The requests."""
    requests = []

    def see(request, handler):
        requests.append(request)
        return handler(request)

    faults.append(see)
    return requests


@pytest.fixture
def away(faults):
    """Nobody listens, from its call to the next."""

    def refuse(request, handler):
        raise NotSent(f"{request.method} before {handler}: connection refused")

    return lambda: faults.remove(refuse) if refuse in faults else faults.append(refuse)


@pytest.fixture
def lines(caplog):
    caplog.set_level("INFO")
    return lambda word: [record for record in caplog.records if word in record.getMessage()]


def test_what_is_there_is_heard(write, listen, roles):
    write(PRIMARY)
    listen()
    assert roles() == ["primary"]


def test_what_comes_later_is_heard(write, listen, roles):
    listen()
    write(PRIMARY)
    listen()
    assert roles() == ["primary"]


def test_each_change_is_heard_in_order(write, listen, roles):
    listen()
    for script in (PRIMARY, SECONDARY, PRIMARY):
        write(script)
    listen()
    assert roles() == ["primary", "secondary", "primary"]


def test_no_other_config_map_is_asked_for(seen, listen, harness):
    harness.create(CONFIG_MAPS, {"metadata": {"name": "c1-mysql-1-database", "namespace": "ns"}})
    listen()
    assert [request.query["fieldSelector"] for request in seen] == [f"metadata.name={NAME}"] * 2


def test_while_a_watch_is_silent_nothing_is_due(told, listen):
    listen()
    assert told.due() is None


def test_that_there_is_none_is_said_once(listen, lines, watches):
    watches += [Response(200, stream=Scripted()) for _ in range(3)]
    listen(5)
    assert (len(lines("is not there")), watches) == (1, [])


def test_what_was_heard_is_said(write, listen, lines):
    write(PRIMARY)
    listen()
    (line,) = lines("was told what to do")
    assert line.fields["actions"] == ["roleProbe"]


def test_a_script_that_is_none_is_said_with_its_place(write, listen, lines):
    write({"actions": {"roleProbe": {"output": 5}}})
    listen()
    (line,) = lines("cannot be read")
    assert line.fields["error"].startswith(f"ConfigMap {NAME}: data.script.actions.roleProbe.output: ")


@pytest.mark.parametrize("text", ["{", "[]", '{"action": {}}'], ids=["no-json", "no-object", "unknown-key"])
def test_after_a_script_that_is_none_the_one_before_goes_on(write, listen, roles, text):
    write(PRIMARY)
    listen()
    write(text=text)
    listen()
    assert roles() == ["primary"]


def test_a_script_that_is_put_right_is_heard(write, listen, roles):
    write(text="{")
    listen()
    write(SECONDARY)
    listen()
    assert roles() == ["secondary"]


def test_a_config_map_without_a_script_is_said(harness, listen, lines):
    harness.create(CONFIG_MAPS, {"metadata": {"name": NAME, "namespace": "ns"}})
    listen()
    assert len(lines("cannot be read")) == 1


def test_one_that_goes_is_said_once_and_tells_on(write, listen, harness, lines, roles, watches):
    write(PRIMARY)
    watches += [Response(200, stream=Scripted())]
    listen()
    harness.delete(CONFIG_MAPS, "ns", NAME)
    listen(5)
    assert (len(lines("is gone; what it told goes on")), roles()) == (1, ["primary"])


def test_one_that_is_gone_and_comes_again_is_heard(write, listen, harness, roles):
    write(PRIMARY)
    listen()
    harness.delete(CONFIG_MAPS, "ns", NAME)
    write(PRIMARY)
    listen()
    assert roles() == ["primary", "primary"]


def test_a_watch_that_ends_is_begun_again(write, listen, roles, watches):
    watches += [Response(200, stream=Scripted())]
    write(PRIMARY)
    listen(2)
    write(SECONDARY)
    listen()
    assert roles() == ["primary", "secondary"]


def test_watches_that_end_at_once_are_a_second_apart(listen, watches, seen):
    watches += [Response(200, stream=Scripted()) for _ in range(10)]
    listen(4.5)
    assert len([request for request in seen if "watch" in request.query]) == 5


def test_an_error_in_a_watch_begins_another(write, listen, roles, watches):
    broken = Scripted(WatchEvent(ERROR, failure(Gone("compacted"))), WatchEvent(ERROR, {}))
    watches += [Response(200, stream=broken)]
    write(PRIMARY)
    listen(2)
    write(SECONDARY)
    listen()
    assert (broken.closed, roles()) == (True, ["primary", "secondary"])


def test_an_api_server_that_is_away_is_asked_each_second(listen, seen, away, now):
    away()
    listen(3.5)
    assert (len(seen), now()) == (0, 3.5)
    away()
    listen(0.5)
    assert len(seen) == 2


def test_an_api_server_that_is_away_is_said_once(listen, away, lines):
    away()
    listen(60)
    (line,) = lines("cannot be read")
    assert "connection refused" in line.fields["error"]


def test_each_time_that_it_is_away_is_said(write, listen, away, lines, watches):
    write(PRIMARY)
    watches += [Response(200, stream=Scripted()) for _ in range(2)]
    for _ in range(2):
        away()
        listen(5)
        away()
        listen(1)
    assert (len(lines("ConfigMap cannot be read")), len(lines("can be read again"))) == (2, 2)


def test_what_changed_while_it_was_away_is_heard(write, listen, away, roles, watches):
    watches += [Response(200, stream=Scripted())]
    write(PRIMARY)
    listen()
    away()
    write(SECONDARY)
    listen(60)
    away()
    listen(1)
    assert roles() == ["primary", "secondary"]


def test_what_may_not_be_read_yet_is_heard_when_it_may(write, listen, faults, roles):
    def forbid(request, handler):
        raise Forbidden(f"configmaps is forbidden: {request.path} {handler}")

    write(PRIMARY)
    faults.append(forbid)
    listen(10)
    faults.clear()
    listen(1)
    assert roles() == ["primary"]


def test_a_server_that_was_begun_anew_is_heard(write, listen, faults, roles, clock, watches):
    """Its revisions are lower than what was heard of the one before."""
    watches += [Response(200, stream=Scripted())]
    for _ in range(20):
        write(PRIMARY)
    listen()
    new = Server(clock, "another")
    inside = Client(new, "inside")
    inside.create(NAMESPACES, {"metadata": {"name": "ns"}})
    write(SECONDARY, client=inside)
    faults.append(lambda request, _: new.send(request))
    listen(2)
    write(PRIMARY, client=inside)
    listen()
    assert roles() == ["primary", "secondary", "primary"]


def test_what_hearing_raises_is_raised(write, transport, clock, drive):
    def hear(script):
        raise KeyError(script.life)

    write({"life": 7})
    with pytest.raises(KeyError, match="7"):
        drive([Told(Client(transport, "ear"), POD, clock, hear)])


def test_when_it_stops_its_watch_ends(told, listen, watches):
    stream = Scripted()
    stream.ready = stream.ended = lambda: False
    watches.append(Response(200, stream=stream))
    listen()
    told.stop()
    assert stream.closed


def test_the_first_list_is_due_at_once(told, clock):
    assert (told.due(), AGAIN) == (clock.micros(), 1_000_000)


def test_it_can_be_read_once(write, harness):
    write(PRIMARY)
    assert [item["metadata"]["name"] for item in listed(harness, POD).items] == [NAME]
