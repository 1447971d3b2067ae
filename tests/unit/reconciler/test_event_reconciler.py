"""Section 2: which Events the handlers see, and which are marked."""

from dataclasses import replace

import pytest

from pytest_kbevents.api.objects import with_annotation
from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.interceptor import Intercepted
from pytest_kbevents.clock import VirtualClock
from pytest_kbevents.controller.recorder import EventRecorder
from pytest_kbevents.errors import ApiError, Conflict, NoAnswer, NotFound
from pytest_kbevents.faults.refuse import Refuse
from pytest_kbevents.reconciler.event_reconciler import EventReconciler
from pytest_kbevents.reconciler.outcome import Announcement, handled, ignored, skipped
from pytest_kbevents.reconciler.releases import TABLE

MARK = "kubeblocks.io/event-handled"
KEY = ("default", "e")


class Handler:
    """Gives or raises what it is told to."""

    def __init__(self, answer):
        self.answer = answer
        self.counts = []

    def handle(self, event):
        self.counts.append(event.get("count"))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def faults():
    return []


@pytest.fixture
def client(faults):
    return Client(Intercepted(Server(VirtualClock()), faults), "test")


@pytest.fixture
def event(client):
    """Create or replace the Event, with this count and mark."""

    def write(count, mark=None):
        body = with_annotation({"metadata": {"name": "e", "namespace": "default"}, "count": count}, MARK, mark)
        body = {**body, "involvedObject": {"kind": "Pod", "namespace": "default"}}
        try:
            client.update(EVENTS, body)
        except NotFound:
            client.create(EVENTS, body)

    return write


@pytest.fixture
def mark(client):
    """The Event's mark now."""
    return lambda: (client.get(EVENTS, *KEY)["metadata"].get("annotations") or {}).get(MARK)


@pytest.fixture
def reconcile(client):
    """Reconcile the Event with these handlers."""

    def run(*handlers, release="main", **changed):
        row = replace(TABLE[release], **changed)
        EventReconciler(client, client, EventRecorder(client, VirtualClock(), "test"), handlers, row).reconcile(KEY)

    return run


def test_an_event_that_is_gone_is_nobodys(reconcile):
    handler = Handler(handled("x"))
    reconcile(handler)
    assert handler.counts == []


HANDLED = {
    "never-marked": (1, None),
    "count-grew": (2, "1"),
    "count-shrank": (1, "2"),
    "leading-zero": (1, "01"),
    "space": (1, " 1"),
    "empty": (1, ""),
    "word": (1, "true"),
    "count-0": (0, None),
    "below-0": (-1, None),
    "prefix": (10, "1"),
    "no-count": (None, None),
}
"""Count and mark."""


@pytest.mark.parametrize(("count", "given"), HANDLED.values(), ids=HANDLED)
def test_an_event_is_handled(event, reconcile, count, given):
    handler = Handler(handled("x"))
    event(count, given)
    reconcile(handler)
    assert handler.counts == [count or None]  # a server does not write a count of 0


@pytest.mark.parametrize(("count", "given"), [(1, "1"), (0, "0"), (-1, "-1"), (12, "12"), (None, "0")])
def test_an_event_whose_mark_is_its_count_is_left_alone(event, reconcile, count, given):
    handler = Handler(handled("x"))
    event(count, given)
    reconcile(handler)
    assert handler.counts == []


@pytest.mark.parametrize(("count", "text"), [(1, "1"), (12, "12"), (0, "0"), (-3, "-3"), (None, "0")])
def test_the_mark_is_the_count_as_text(event, reconcile, mark, count, text):
    event(count)
    reconcile(Handler(handled("x")))
    assert mark() == text


def test_an_event_consumed_without_effect_is_marked(event, reconcile, mark):
    event(1)
    reconcile(Handler(skipped("x")))
    assert mark() == "1"


def test_a_foreign_event_is_not_marked_by_later_releases(event, reconcile, mark):
    event(1)
    reconcile(Handler(ignored("x")))
    assert mark() is None


def test_a_foreign_event_is_marked_by_1_0_0(event, reconcile, mark):
    event(1)
    reconcile(Handler(ignored("x")), marks="every")
    assert mark() == "1"


def test_an_event_of_one_of_two_handlers_is_marked(event, reconcile, mark):
    event(1)
    reconcile(Handler(ignored("x")), Handler(handled("x")))
    assert mark() == "1"


def test_every_handler_sees_the_event(event, reconcile):
    handlers = [Handler(handled("x")), Handler(ignored("x"))]
    event(1)
    reconcile(*handlers)
    assert [handler.counts for handler in handlers] == [[1], [1]]


def test_not_found_is_swallowed_and_the_event_marked(event, reconcile, mark):
    event(1)
    reconcile(Handler(NotFound("no Pod")))
    assert mark() == "1"


def test_after_not_found_later_handlers_run(event, reconcile):
    later = Handler(handled("x"))
    event(1)
    reconcile(Handler(NotFound("no Pod")), later)
    assert later.counts == [1]


@pytest.mark.parametrize("error", [Conflict("changed"), NoAnswer("lost")], ids=["refused", "no-answer"])
def test_an_error_is_raised(event, reconcile, error):
    event(1)
    with pytest.raises(type(error)):
        reconcile(Handler(error))


def test_after_an_error_nothing_is_marked(event, reconcile, mark):
    event(1)
    with pytest.raises(Conflict):
        reconcile(Handler(handled("x")), Handler(Conflict("changed")), marks="every")
    assert mark() is None


def test_after_an_error_later_handlers_do_not_run(event, reconcile):
    later = Handler(handled("x"))
    event(1)
    with pytest.raises(Conflict):
        reconcile(Handler(Conflict("changed")), later)
    assert later.counts == []


def test_a_mark_that_is_refused_is_an_error(event, reconcile, faults):
    event(1)
    faults.append(Refuse("PATCH", "/events/e", Conflict("changed")))
    with pytest.raises(Conflict):
        reconcile(Handler(handled("x")))


def test_the_mark_leaves_other_annotations_alone(client, event, reconcile):
    event(1)
    client.patch(EVENTS, *KEY, {"metadata": {"annotations": {"mine": "kept"}}})
    reconcile(Handler(handled("x")))
    assert client.get(EVENTS, *KEY)["metadata"]["annotations"] == {"mine": "kept", MARK: "1"}


def test_an_event_deleted_meanwhile_needs_no_mark(client, event, reconcile):
    event(1)
    handler = Handler(handled("x"))
    handler.handle = lambda _event: client.delete(EVENTS, *KEY) and handled("x")
    reconcile(handler)


def test_an_event_created_anew_is_handled_again(client, event, reconcile):
    handler = Handler(handled("x"))
    event(1)
    reconcile(handler)
    client.delete(EVENTS, *KEY)
    event(1)
    reconcile(handler)
    assert handler.counts == [1, 1]


@pytest.fixture
def replaced(client, event):
    """A handler during which the Event is deleted and another one gets its name."""
    event(1)
    handler = Handler(handled("x"))

    def handle(_event):
        client.delete(EVENTS, *KEY)
        event(1)
        return handled("x")

    handler.handle = handle
    return handler


def test_o_19_an_event_that_takes_anothers_name_is_marked_unseen_on_main(replaced, reconcile, mark):
    reconcile(replaced)
    assert mark() == "1"


def test_o_19_an_event_that_takes_anothers_name_is_not_marked_and_comes_again_on_fixed(replaced, reconcile, mark):
    with pytest.raises(ApiError):
        reconcile(replaced, release="fixed")
    assert mark() is None


@pytest.fixture
def announced(client, event, faults):
    """How often a handler's announcement is recorded when the first mark is refused."""

    def run(release):
        event(1)
        faults.append(Refuse("PATCH", "/events/e", Conflict("changed")))
        row, clock = TABLE[release], VirtualClock()
        handler = Handler(skipped("x", Announcement(client.get(EVENTS, *KEY), "Warning", "Failed", "boom")))
        reconciler = EventReconciler(client, client, EventRecorder(client, clock, "test"), [handler], row)
        with pytest.raises(Conflict):
            reconciler.reconcile(KEY)
        reconciler.reconcile(KEY)
        return sum(each.get("count") or 1 for each in client.list(EVENTS, "default") if each.get("reason") == "Failed")

    return run


def test_o_33_what_is_announced_is_announced_again_after_a_refused_mark_on_main(announced):
    assert announced("main") == 2


def test_o_33_what_is_announced_is_announced_once_on_fixed(announced):
    assert announced("fixed") == 1
