"""Who did what on a real kube-apiserver, read from its audit log."""

import json

import pytest

from pytest_kbevents.cluster.auditlog import AuditLog


@pytest.fixture
def file(tmp_path):
    return tmp_path / "audit.log"


@pytest.fixture
def log(file):
    return AuditLog(file)


def line(agent="agent/1", verb="update", revision="7", code=200, **fields):
    """One event as kube-apiserver writes it."""
    event = {
        "stageTimestamp": "2026-01-01T00:00:00.000005Z",
        "verb": verb,
        "requestURI": "/api/v1/namespaces/n/pods/p",
        "userAgent": agent,
        "responseStatus": {"code": code, **fields},
        "responseObject": {"metadata": {"resourceVersion": revision}} if revision else None,
    }
    return json.dumps(event) + "\n"


def test_a_revision_is_its_writer_s(file, log):
    file.write_text(line(revision="7"))
    assert log.writer(7) == "agent/1"


def test_a_revision_that_nobody_wrote_is_nobody_s(file, log):
    file.write_text(line(revision="7"))
    assert log.writer(8) == ""


def test_an_update_that_changed_nothing_is_not_the_writer(file, log):
    file.write_text(line(agent="first") + line(agent="second"))
    assert log.writer(7) == "first"


def test_a_refusal_is_told_with_its_message(file, log):
    file.write_text(line(code=409, message="try again", revision=""))
    assert (log.entries[0].code, log.entries[0].problem) == (409, "try again")


def test_a_success_has_no_problem(file, log):
    file.write_text(line(message="fine"))
    assert log.entries[0].problem == ""


@pytest.mark.parametrize(
    ("verb", "method"), [("create", "POST"), ("patch", "PATCH"), ("watch", "GET"), ("delete", "DELETE")]
)
def test_a_verb_is_told_as_a_method(file, log, verb, method):
    file.write_text(line(verb=verb))
    assert log.entries[0].method == method


def test_a_time_is_in_microseconds(file, log):
    file.write_text(line())
    assert log.entries[0].micros == 1_767_225_600_000_005


def test_it_goes_on_where_it_was(file, log):
    file.write_text(line(revision="7"))
    assert len(log.entries) == 1
    with file.open("a") as more:
        more.write(line(agent="later", revision="8"))
    assert [entry.user_agent for entry in log.entries] == ["agent/1", "later"]


def test_a_line_that_is_half_written_is_read_later(file, log):
    text = line()
    file.write_text(text[:20])
    assert log.entries == []
    file.write_text(text)
    assert len(log.entries) == 1


def test_a_log_that_is_not_there_has_no_entries(log):
    assert log.entries == []
