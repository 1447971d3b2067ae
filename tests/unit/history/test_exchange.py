"""What was asked, as those saw it who asked."""

import pytest

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.clock import VirtualClock
from pytest_kbevents.errors import NoAnswer
from pytest_kbevents.history.exchange import Exchange, Observed

AGENT = "kbagent/p"


def written(revision):
    return {"metadata": {"name": "p", "resourceVersion": revision}}


class Seen:
    """A server that answers so, and what is kept of it."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.exchanges, self.writers = [], {}
        self.transport = Observed(self, VirtualClock(5_000_000), self.exchanges, self.writers)

    def send(self, request):
        del request
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def ask(self, method="GET", by=AGENT, body=None):
        return self.transport.send(Request(method, "/pods/p", body=body, user_agent=by))


def test_a_request_is_kept_with_its_answer():
    seen = Seen(Response(201, written("7")))
    assert seen.ask("POST", body={"a": 1}).status == 201
    assert seen.exchanges == [Exchange(5_000_000, AGENT, "POST", "/pods/p", {"a": 1}, 201, "", 7)]


def test_an_error_is_kept_in_its_own_words():
    seen = Seen(Response(409, {"kind": "Status", "message": "changed meanwhile"}))
    seen.ask("PUT")
    assert (seen.exchanges[0].code, seen.exchanges[0].problem) == (409, "changed meanwhile")


def test_a_request_without_an_answer_is_kept_and_raised():
    seen = Seen(NoAnswer("reset"), NoAnswer())
    for _ in range(2):
        with pytest.raises(NoAnswer):
            seen.ask("POST")
    assert [(each.code, each.problem) for each in seen.exchanges] == [(None, "reset"), (None, "NoAnswer")]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_who_wrote_a_revision_is_known_from_the_answer(method):
    seen = Seen(Response(200, written("7")))
    seen.ask(method)
    assert seen.writers == {7: AGENT}


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("GET", Response(200, written("7"))),
        ("DELETE", Response(200, written("7"))),
        ("PUT", Response(409, written("7"))),
        ("PUT", Response(200, {"metadata": {}})),
        ("PUT", Response(200, {"metadata": None})),
        ("PUT", Response(200, {"metadata": {"resourceVersion": "x"}})),
        ("PUT", Response(200, b"...")),
    ],
)
def test_what_commits_nothing_has_no_writer(method, answer):
    seen = Seen(answer)
    seen.ask(method)
    assert seen.writers == {}
    assert seen.exchanges[0].revision == 0


def test_an_update_that_changes_nothing_does_not_take_a_revision_from_who_wrote_it():
    seen = Seen(Response(200, written("7")), Response(200, written("7")))
    seen.ask("PUT", by="event-controller")
    seen.ask("PUT")
    assert seen.writers == {7: "event-controller"}


@pytest.mark.parametrize(
    ("method", "code", "failed"),
    [
        ("GET", 200, False),
        ("GET", 404, False),
        ("GET", 500, True),
        ("PUT", 404, True),
        ("PUT", 409, True),
        ("POST", 201, False),
        ("POST", None, True),
    ],
)
def test_whether_it_failed(method, code, failed):
    assert Exchange(0, AGENT, method, "/", None, code, "").failed is failed
