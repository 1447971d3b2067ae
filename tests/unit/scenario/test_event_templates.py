"""The bytes of the Events that ``event`` writes, template by template: a controller hashes and parses exactly these."""

import json

import pytest

from pytest_kbevents.agent.sending.event import fnv32a
from pytest_kbevents.scenario.eventtemplates import shipped
from pytest_kbevents.scenario.eventvalues import VALUES

UID = "11111111-1111-1111-1111-111111111111"
PROBES = ["availableProbe", "roleProbe"]
ALL = ["availableProbe", "checkRole", "kubelet", "plain", "raw", "roleProbe", "task"]


def written(template, **changed):
    """The Event that a template makes of a Pod's outcome."""
    names = {
        "namespace": "ns",
        "component": "c1-mysql",
        "pod": "c1-mysql-0",
        "uid": UID,
        "node": "node-0",
        "output": "",
        "values": {},
        "code": 0,
        "message": "",
        "time": "2026-01-01T00:00:00Z",
        "event_time": "2026-01-01T00:00:00.000000Z",
        "count": 1,
        **changed,
    }
    return shipped()[template].render(names)


def message(template, **changed):
    return written(template, **changed)["message"]


def named_by(uid, reason, text):
    return f"c1-mysql-0.{fnv32a(f'{uid}.{reason}.{text}'.encode()):x}"


def test_these_are_the_templates():
    assert list(shipped()) == ALL


def test_no_template_has_values_that_is_not_there():
    assert VALUES.keys() <= set(ALL)


@pytest.mark.parametrize("template", PROBES)
def test_a_probe_s_message_has_its_keys_in_order(template):
    assert message(template, output="primary\n") == (
        f'{{"instance":"c1-mysql","probe":"{template}","code":0,"output":"cHJpbWFyeQo="}}'
    )


@pytest.mark.parametrize("template", PROBES)
def test_a_probe_that_said_nothing_has_no_output(template):
    assert message(template) == f'{{"instance":"c1-mysql","probe":"{template}","code":0}}'


@pytest.mark.parametrize("template", PROBES)
def test_a_probe_that_failed_has_its_code_and_its_error(template):
    assert message(template, code=-1, message="exit code: 1: failed") == (
        f'{{"instance":"c1-mysql","probe":"{template}","code":-1,"message":"exit code: 1: failed"}}'
    )


@pytest.mark.parametrize("template", [*PROBES, "task"])
def test_kbagent_names_its_events_by_a_hash_of_pod_reason_and_message(template):
    event = written(template, output="primary")
    assert event["metadata"]["name"] == named_by(UID, template, event["message"])


def test_the_name_of_a_primary_is_the_one_that_was_seen_in_a_cluster():
    assert written("roleProbe", output="primary")["metadata"]["name"] == "c1-mysql-0.81da4b92"


@pytest.mark.parametrize("template", [*PROBES, "task"])
def test_kbagent_s_events_are_about_its_own_container(template):
    event = written(template)
    assert event["involvedObject"] == {
        "kind": "Pod",
        "namespace": "ns",
        "name": "c1-mysql-0",
        "uid": UID,
        "fieldPath": "spec.containers{kbagent}",
    }


@pytest.mark.parametrize("template", [*PROBES, "task"])
def test_kbagent_s_events_say_who_wrote_them_and_why(template):
    event = written(template)
    told = {key: event[key] for key in ("reason", "action", "reportingComponent", "reportingInstance", "source")}
    assert told == {
        "reason": template,
        "action": template,
        "reportingComponent": "kbagent",
        "reportingInstance": "c1-mysql-0",
        "source": {"component": "kbagent", "host": "node-0"},
    }


def test_a_finished_task_has_every_key_but_output_and_message():
    assert message("task", values={"task": "7"}) == (
        '{"instance":"c1-mysql","task":"newReplica","UID":"7","replica":"c1-mysql-0",'
        '"startTime":"2026-01-01T00:00:00Z","endTime":"2026-01-01T00:00:00Z","code":0}'
    )


def test_a_task_without_a_uid_says_so():
    assert '"UID":"",' in message("task")


def test_a_task_that_failed_says_why():
    assert message("task", code=-1, message="exit status 1").endswith('"code":-1,"message":"exit status 1"}')


def test_an_unfinished_task_ends_at_go_s_zero_time():
    assert json.loads(message("task", values={"unfinished": True}))["endTime"] == "0001-01-01T00:00:00Z"


def test_a_task_can_be_another_replica_s_and_have_begun_earlier():
    told = json.loads(message("task", values={"replica": "c1-mysql-3", "started": "2025-12-31T23:00:00Z"}))
    assert (told["replica"], told["startTime"]) == ("c1-mysql-3", "2025-12-31T23:00:00Z")


def test_a_task_has_no_output():
    assert "output" not in json.loads(message("task", output="lots"))


def test_lorry_s_message_has_its_keys_in_order():
    assert message("checkRole", output="primary") == (
        '{"event":"Success","operation":"checkRole","originalRole":"","role":"primary"}'
    )


def test_lorry_s_message_can_stand_in_kubelet_s_words():
    assert message("checkRole", output="primary", values={"wrapped": True}) == (
        'Readiness probe failed: {"event":"Success","operation":"checkRole","originalRole":"","role":"primary"}'
    )


def test_a_role_of_lorry_s_can_be_a_whole_snapshot():
    snapshot = '{"term":"9","PodRoleNamePairs":[]}'
    assert json.loads(message("checkRole", output=snapshot))["role"] == snapshot


@pytest.mark.parametrize("container", ["lorry", "kb-checkrole", "kb-role-probe", "a # b"])
def test_lorry_s_event_is_about_the_container_that_it_is_told(container):
    field = written("checkRole", values={"container": container})["involvedObject"]["fieldPath"]
    assert field == f"spec.containers{{{container}}}"


def test_lorry_s_event_can_be_another_than_success():
    assert json.loads(message("checkRole", values={"event": "roleChanged"}))["event"] == "roleChanged"


def test_lorry_reports_as_itself():
    event = written("checkRole")
    assert (event["reason"], event["reportingComponent"], event["source"]["component"]) == (
        "checkRole",
        "lorry",
        "lorry",
    )


def test_lorry_s_event_a_second_later_is_another():
    names = {written("checkRole", time=f"2026-01-01T00:00:0{n}Z")["metadata"]["name"] for n in range(3)}
    assert len(names) == 3


def test_a_plain_event_is_the_scheduler_s_and_has_no_event_time():
    assert written("plain") == {
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {"name": "c1-mysql-0.plain", "namespace": "ns"},
        "involvedObject": {"kind": "Pod", "namespace": "ns", "name": "c1-mysql-0", "uid": UID},
        "reason": "Scheduled",
        "message": "",
        "source": {"component": "default-scheduler"},
        "firstTimestamp": "2026-01-01T00:00:00Z",
        "lastTimestamp": "2026-01-01T00:00:00Z",
        "type": "Normal",
        "count": 1,
    }


@pytest.mark.parametrize("text", ["a: b", "true", "5", "null", "a # b", "- a", "\u00e4 \U0001f600"])
@pytest.mark.parametrize("key", ["name", "reason"])
def test_a_plain_event_s_text_is_text_whatever_yaml_would_read_in_it(key, text):
    event = written("plain", values={key: text})
    assert text in (event["metadata"]["name"], event["reason"])


ODD = {
    "a quote": ('"', '\\"'),
    "a backslash": ("\\", "\\\\"),
    "a line break": ("\n", "\\n"),
    "a control character": ("\x01", "\\u0001"),
    "a backspace": ("\b", "\\b"),
    "less than": ("<", "\\u003c"),
    "greater than": (">", "\\u003e"),
    "an ampersand": ("&", "\\u0026"),
    "a line separator": ("\u2028", "\\u2028"),
    "a paragraph separator": ("\u2029", "\\u2029"),
    "half a surrogate pair": ("\udc80", "\\ufffd"),
    "delete": ("\x7f", "\x7f"),
    "next line": ("\x85", "\x85"),
    "a byte order mark": ("\ufeff", "\ufeff"),
    "no character": ("\uffff", "\uffff"),
    "beyond the first plane": ("\U0001f600", "\U0001f600"),
}
"""What stands in an error text, and how Go writes it."""


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("template", [*PROBES, "task"])
def test_an_error_text_is_written_as_go_writes_it(template, name):
    raw, escaped = ODD[name]
    assert message(template, code=-1, message=f"a{raw}b").endswith(f'"message":"a{escaped}b"}}')


@pytest.mark.parametrize("name", [name for name in ODD if name != "half a surrogate pair"])
def test_a_plain_event_says_what_it_is_told_to_the_character(name):
    raw, _ = ODD[name]
    assert message("plain", message=f"a{raw}b") == f"a{raw}b"


def test_bytes_that_are_no_text_reach_the_output_as_they_are():
    assert json.loads(message("roleProbe", output="\udcff\udcfe"))["output"] == "//4="


@pytest.mark.parametrize("template", ["availableProbe", "checkRole", "roleProbe", "task"])
def test_an_event_can_have_no_time(template):
    assert written(template, event_time=None)["eventTime"] is None


@pytest.mark.parametrize("template", ALL)
def test_an_event_begins_with_the_count_that_it_is_told(template):
    assert written(template, count=41)["count"] == 41
