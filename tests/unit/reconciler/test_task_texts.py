"""KB_AGENT_TASK and replicas-status: read and written as Go does."""

import pytest

from pytest_kbevents.api.messages import TaskMessage
from pytest_kbevents.reconciler.task import replicas, task_message, tasks

TASK = (
    '{"instance":"c","task":"newReplica","UID":"2","replicas":"a,b","notifyAtFinish":true,"reportPeriodSeconds":60,'
    '"newReplica":{"remote":"r","port":3502,"replicas":"a,b"}}'
)


def test_a_list_of_tasks_is_written_as_it_was():
    assert tasks.encode(tasks.decode(f"[{TASK}]")) == f"[{TASK}]"


WRITTEN = {
    "null": ("null", "[]"),
    "no-task": ("[]", "[]"),
    "a-task-that-is-null": ("[null]", '[{"instance":"","task":"","UID":"","replicas":""}]'),
    "keys-in-another-order": (
        '[{"replicas":"a","task":"t"}]',
        '[{"instance":"","task":"t","UID":"","replicas":"a"}]',
    ),
    "no-notification": (
        '[{"notifyAtFinish":false,"reportPeriodSeconds":0}]',
        '[{"instance":"","task":"","UID":"","replicas":""}]',
    ),
    "an-empty-new-replica": (
        '[{"newReplica":{}}]',
        '[{"instance":"","task":"","UID":"","replicas":"","newReplica":{"remote":"","port":0,"replicas":""}}]',
    ),
    "signs": ('[{"task":"<&>"}]', '[{"instance":"","task":"\\u003c\\u0026\\u003e","UID":"","replicas":""}]'),
}


@pytest.mark.parametrize(("text", "written"), WRITTEN.values(), ids=WRITTEN)
def test_tasks_are_written_anew(text, written):
    assert tasks.encode(tasks.decode(text)) == written


@pytest.mark.parametrize("text", ["", "x", "{}", '["a"]', '[{"UID":2}]', '[{"newReplica":[]}]', "[]]"])
def test_what_is_no_list_of_tasks_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        tasks.decode(text)


@pytest.mark.parametrize(
    ("replicas_before", "left"),
    [("a,b", ["b"]), ("b,a", ["b"]), ("a", []), ("a,a", []), ("aa,b", ["aa,b"]), ("a,,b", [",b"]), ("", [""])],
)
def test_a_replica_is_taken_off(replicas_before, left):
    listed = [{"task": "newReplica", "replicas": replicas_before}]
    assert [task["replicas"] for task in tasks.without(listed, "a")] == left


def test_the_inner_list_is_the_outer_one_afterwards():
    (task,) = tasks.without(tasks.decode(f"[{TASK}]"), "a")
    assert (task["replicas"], task["newReplica"]["replicas"]) == ("b", "b")


def test_taking_off_leaves_the_given_list_alone():
    listed = tasks.decode(f"[{TASK}]")
    tasks.without(listed, "a")
    assert listed == tasks.decode(f"[{TASK}]")


ONE = '{"replicas":1,"status":[{"name":"a","generation":"2","creationTimestamp":"2026-01-01T00:00:00Z"%s}]}'


@pytest.mark.parametrize(
    "rest",
    [
        "",
        ',"message":"m"',
        ',"provisioned":true',
        ',"dataLoaded":false,"memberJoined":true,"reconfigured":false',
        ',"deletionTimestamp":"2026-01-01T00:00:00+02:00"',
    ],
)
def test_a_status_is_written_as_it_was(rest):
    assert replicas.encode(replicas.decode(ONE % rest)) == ONE % rest


@pytest.mark.parametrize("rest", [',"message":""', ',"provisioned":false', ',"x":1', ',"dataLoaded":null'])
def test_what_is_empty_or_unknown_is_lost(rest):
    assert replicas.encode(replicas.decode(ONE % rest)) == ONE % ""


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00Z"),
        ("2026-01-01T00:00:00.120Z", "2026-01-01T00:00:00.12Z"),
        ("2026-01-01T00:00:00.5+08:00", "2026-01-01T00:00:00.5+08:00"),
        ("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00Z"),
        ("2026-01-01T00:00:10Z", "2026-01-01T00:00:10Z"),
    ],
)
def test_times_are_written_as_short_as_go_writes_them(given, written):
    assert f'"creationTimestamp":"{written}"' in replicas.encode(
        replicas.decode((ONE % "").replace("2026-01-01T00:00:00Z", given))
    )


@pytest.mark.parametrize("text", ["x", "[]", "1", '{"status":{}}', '{"status":["a"]}', '{"replicas":"1"}'])
def test_what_is_no_status_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        replicas.decode(text)


def test_only_that_replica_is_noted():
    status = replicas.decode('{"status":[{"name":"a"},{"name":"b"}]}')
    after = replicas.noted(status, replicas.find(status, "b"), TaskMessage(ended=1))
    assert [item.get("dataLoaded") for item in after.status] == [None, True]


@pytest.mark.parametrize(
    ("end", "finished"),
    [
        ("2026-01-01T00:00:00Z", True),
        ("2026-01-01T00:00:00.123456789+08:00", True),
        ("0001-01-01T00:00:00Z", False),
        ("0001-01-01T08:00:00+08:00", False),
        ("0001-01-01T00:00:00.000001Z", True),
    ],
)
def test_gos_zero_time_is_no_end(end, finished):
    assert task_message.decode(f'{{"endTime":"{end}"}}').finished is finished


def test_an_absent_end_is_no_end():
    assert not task_message.decode("{}").finished


@pytest.mark.parametrize(("code", "succeeded"), [(0, True), (-1, False), (1, False)])
def test_success_is_an_end_with_code_0(code, succeeded):
    assert TaskMessage(ended=1, code=code).succeeded is succeeded
