"""A transport that follows what tells it where its cluster is."""

import os
import socket

import pytest

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.client import kubeconfig
from pytest_kbevents.client.fresh import FreshTransport, fresh_http
from pytest_kbevents.errors import NoAnswer, NotSent

GET = Request("GET", "/version")


class Loaded:
    """Answers with its number, or as ``answers`` says."""

    def __init__(self, number, answers):
        self._number = number
        self._answers = answers

    def send(self, request):
        assert request is GET
        answer = self._answers.get(self._number, Response(200, body=self._number))
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def answers():
    """What the transport that was loaded as the n-th one answers instead of its number."""
    return {}


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "kubeconfig"
    file.write_text("one")
    return file


@pytest.fixture
def ask(file, answers):
    """The body of an answer."""
    loaded = []

    def load():
        loaded.append(Loaded(len(loaded) + 1, answers))
        return loaded[-1]

    transport = FreshTransport(load, [str(file)], "kubeconfig x")
    return lambda: transport.send(GET).body


def test_what_was_loaded_is_kept(ask):
    assert [ask(), ask()] == [1, 1]


def test_a_file_that_changed_is_read_again(ask, file):
    ask()
    file.write_text("longer")
    assert [ask(), ask()] == [2, 2]


def test_a_file_that_was_replaced_by_one_of_the_same_size_and_age_is_read_again(ask, file):
    ask()
    was = file.stat()
    other = file.with_name("other")
    other.write_text("two")
    os.utime(other, ns=(was.st_atime_ns, was.st_mtime_ns))
    other.replace(file)
    assert ask() == 2


@pytest.mark.parametrize("error", [NoAnswer("lost"), NotSent("refused")])
def test_after_a_request_without_an_answer_it_is_read_again(ask, answers, error):
    answers[1] = error
    with pytest.raises(type(error)):
        ask()
    assert ask() == 2


def test_after_an_answer_that_we_are_not_known_it_is_read_again(ask, answers):
    answers[1] = Response(401, body="who are you")
    assert [ask(), ask()] == ["who are you", 2]


@pytest.mark.parametrize("code", [403, 404, 409, 500])
def test_after_other_refusals_it_is_kept(ask, answers, code):
    answers[1] = Response(code, body="no")
    assert [ask(), ask()] == ["no", "no"]


def test_a_token_that_cannot_be_read_when_it_is_needed_was_not_sent(ask, answers):
    answers[1] = OSError("no such token")
    with pytest.raises(NotSent, match="cannot use kubeconfig x: no such token"):
        ask()
    assert ask() == 2


def test_a_mistake_of_ours_is_raised_as_it_is(ask, answers):
    answers[1] = KeyError("ours")
    with pytest.raises(KeyError):
        ask()


@pytest.mark.parametrize("text", ["", "][", "kind: Config", "\x00"], ids=["empty", "no-yaml", "no-contexts", "binary"])
def test_a_kubeconfig_that_is_none_means_not_sent(tmp_path, text):
    (tmp_path / "k").write_text(text)
    with pytest.raises(NotSent, match=f"^cannot use kubeconfig {tmp_path / 'k'}: "):
        fresh_http(str(tmp_path / "k"), lambda: None).send(GET)


def test_without_a_kubeconfig_it_is_the_service_account(monkeypatch):
    monkeypatch.delenv("KUBERNETES_SERVICE_HOST", raising=False)
    with pytest.raises(NotSent, match="the Pod's service account"):
        fresh_http("", lambda: None).send(GET)


def test_a_kubeconfig_that_comes_later_is_used(tmp_path, listener):
    transport = fresh_http(str(tmp_path / "k"), lambda: None)
    with pytest.raises(NotSent):
        transport.send(GET)
    kubeconfig.write(tmp_path / "k", server=listener.address, token="t0ken")
    assert transport.send(GET).status == 200


def test_a_kubeconfig_that_names_another_server_is_followed(tmp_path, listener):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    kubeconfig.write(tmp_path / "k", server=nobody, token="t0ken")
    transport = fresh_http(str(tmp_path / "k"), lambda: None)
    with pytest.raises(NotSent):
        transport.send(GET)
    kubeconfig.write(tmp_path / "k", server=listener.address, token="t0ken")
    assert transport.send(GET).status == 200


def test_of_several_kubeconfigs_each_is_watched(tmp_path, listener):
    paths = [str(tmp_path / name) for name in ("one", "two")]
    transport = fresh_http(os.pathsep.join(paths), lambda: None)
    with pytest.raises(NotSent):
        transport.send(GET)
    kubeconfig.write(tmp_path / "two", server=listener.address, token="t0ken")
    assert transport.send(GET).status == 200
