"""Section 6, Start: what the environment variables say, and which of them end the process."""

import pytest

from pytest_kbevents.agent.actions.action import Action, RetryPolicy
from pytest_kbevents.agent.config.environment import Config, NewReplica, Task, read, read_tasks, same_ports
from pytest_kbevents.agent.panic import Panic
from pytest_kbevents.agent.probes.probeconfig import ProbeConfig
from pytest_kbevents.agent.sending.event import Identity

ACTIONS = '[{"name":"roleProbe"},{"name":"dataDump"}]'
PROBES = '[{"action":"roleProbe"}]'


def config(actions=ACTIONS, probes=PROBES, streaming=""):
    return read({"KB_AGENT_ACTION": actions, "KB_AGENT_PROBE": probes, "KB_AGENT_STREAMING": streaming})


def action(text):
    (found,) = read({"KB_AGENT_ACTION": text}).actions.values()
    return found


def probe(text):
    (found,) = config(probes=text).probes
    return found


def panic_of(**variables):
    with pytest.raises(Panic) as raised:
        config(**variables)
    return str(raised.value)


def test_an_agent_knows_its_pod_by_four_variables():
    environ = {f"KB_AGENT_{name}": name for name in ("NAMESPACE", "POD_NAME", "POD_UID", "NODE_NAME")}
    assert read(environ).identity == Identity("NAMESPACE", "POD_NAME", "POD_UID", "NODE_NAME")


def test_an_agent_without_any_variable_has_nothing_to_do():
    assert read({}) == Config(Identity("", "", "", ""), {}, (), None)


@pytest.mark.parametrize("environ", [{}, {"KB_AGENT_ACTION": ""}], ids=["absent", "empty"])
def test_without_actions_the_other_lists_are_not_even_parsed(environ):
    found = read(environ | {"KB_AGENT_PROBE": "{", "KB_AGENT_STREAMING": "x", "KB_AGENT_TASK": "{"})
    assert (found.actions, found.probes, found.streaming) == ({}, (), None)


@pytest.mark.parametrize("environ", [{}, {"KB_AGENT_PROBE": ""}], ids=["absent", "empty"])
def test_without_probes_streaming_is_ignored(environ):
    assert read(environ | {"KB_AGENT_ACTION": ACTIONS, "KB_AGENT_STREAMING": "x"}).streaming == frozenset()


@pytest.mark.parametrize("probes", ["[]", "null"])
def test_an_empty_list_of_probes_is_none(probes):
    assert config(probes=probes).probes == ()


def test_an_empty_list_of_probes_leaves_streaming_alone():
    assert config(probes="[]", streaming="dataDump").streaming == {"dataDump"}


@pytest.mark.parametrize("actions", ["[]", "null"])
def test_an_empty_list_of_actions_is_a_list(actions):
    assert read({"KB_AGENT_ACTION": actions}).streaming == frozenset()


@pytest.mark.parametrize(
    ("streaming", "names"), [("", []), ("dataDump", ["dataDump"]), ("dataDump,roleProbe", ["dataDump", "roleProbe"])]
)
def test_streaming_names_are_joined_by_commas(streaming, names):
    assert config(streaming=streaming).streaming == frozenset(names)


def test_of_two_actions_with_one_name_the_last_counts():
    assert action('[{"name":"a","timeoutSeconds":1},{"name":"a","timeoutSeconds":2}]').timeout == 2


def test_of_two_probes_of_one_action_the_last_counts():
    assert probe('[{"action":"roleProbe","periodSeconds":1},{"action":"roleProbe","periodSeconds":2}]').period == 2


@pytest.mark.parametrize(("text", "name"), [('[{"action":"other"}]', "other"), ("[{}]", "")])
def test_a_probe_without_action_is_a_panic(text, name):
    assert panic_of(probes=text) == f"probe {name} has no action defined"


@pytest.mark.parametrize(
    ("streaming", "name"),
    [("other", "other"), ("dataDump,other", "other"), ("dataDump, roleProbe", " roleProbe"), ("dataDump,", "")],
    ids=["unknown", "behind-a-known-one", "nothing-is-trimmed", "nothing-behind-the-comma"],
)
def test_a_streaming_name_without_action_is_a_panic(streaming, name):
    assert panic_of(streaming=streaming) == f"action {name} has not defined"


@pytest.mark.parametrize("variable", ["actions", "probes"])
@pytest.mark.parametrize("text", ["{", "x", "{}", '"a"', "1", "[1]", "[[]]", "[] x", '[{"name":1,"action":1}]'])
def test_a_bad_list_is_a_panic_that_names_the_variable(variable, text):
    name = {"actions": "KB_AGENT_ACTION", "probes": "KB_AGENT_PROBE"}[variable]
    assert panic_of(**{variable: text}).startswith(f"{name}: ")


def test_a_panic_of_bad_json_says_what_is_wrong():
    assert panic_of(probes='[{"periodSeconds":1.5}]') == "KB_AGENT_PROBE: cannot unmarshal '1.5' into an int32"


READ_ACTIONS = {
    "nothing": ("{}", Action("", "")),
    "null": ("null", Action("", "")),
    "name": ('{"name":"a"}', Action("a", "")),
    "exec": ('{"exec":{}}', Action("", "exec")),
    "exec-null": ('{"exec":null}', Action("", "")),
    "command": ('{"exec":{"command":["a","b"]}}', Action("", "exec", ("a", "b"))),
    "command-and-args": ('{"exec":{"command":["a"],"args":["b","c"]}}', Action("", "exec", ("a", "b", "c"))),
    "args-alone-are-no-command": ('{"exec":{"args":["b"]}}', Action("", "exec")),
    "null-in-a-command": ('{"exec":{"command":["a",null]}}', Action("", "exec", ("a", ""))),
    "http": ('{"http":{"port":"80","headers":[{"name":"a","value":"b"}]}}', Action("", "http")),
    "grpc": ('{"grpc":{"port":"80","request":{"a":"b"},"response":{"status":"s"}}}', Action("", "grpc")),
    "timeout": ('{"timeoutSeconds":-1}', Action("", "", timeout=-1)),
    "retries": ('{"retryPolicy":{"maxRetries":3}}', Action("", "", retry=RetryPolicy(3))),
    "interval": ('{"retryPolicy":{"retryInterval":3000000000}}', Action("", "", retry=RetryPolicy(0, 3_000_000))),
    "interval-below-a-microsecond": ('{"retryPolicy":{"retryInterval":999}}', Action("", "")),
    "non-blocking": ('{"nonBlocking":true}', Action("", "", non_blocking=True)),
    "unknown-keys": ('{"name":"a","x":1,"exec":{"y":[2]}}', Action("a", "exec")),
    "keys-in-another-case": ('{"NAME":"a","Exec":{"COMMAND":["b"]}}', Action("a", "exec", ("b",))),
    "key-with-a-long-s": ('{"timeoutSecond\u017f":1}', Action("", "", timeout=1)),
}


@pytest.mark.parametrize(("text", "expected"), READ_ACTIONS.values(), ids=READ_ACTIONS)
def test_an_action_is_read(text, expected):
    assert action(f"[{text}]") == expected


@pytest.mark.parametrize("interval", ['"3s"', "1e9", "9223372036854775808"])
def test_an_interval_that_is_no_64_bit_integer_is_a_panic(interval):
    text = f'[{{"retryPolicy":{{"retryInterval":{interval}}}}}]'
    assert panic_of(actions=text).endswith("into an int64")


@pytest.mark.parametrize("text", ['{"http":{"port":80}}', '{"grpc":{"request":{"a":1}}}', '{"nonBlocking":"true"}'])
def test_a_wrong_type_in_an_action_is_a_panic(text):
    assert "cannot unmarshal" in panic_of(actions=f"[{text}]")


def test_a_probe_is_read():
    text = (
        '[{"instance":"c1-mysql","action":"roleProbe","initialDelaySeconds":1,"periodSeconds":2,"successThreshold":3,'
        '"failureThreshold":4,"reportPeriodSeconds":5,"reportOnFileChange":["/a","/b"]}]'
    )
    assert probe(text) == ProbeConfig("roleProbe", "c1-mysql", 1, 2, 3, 4, 5, ("/a", "/b"))


READ_TASKS = {
    "empty": ("", ()),
    "no-tasks": ("[]", ()),
    "null": ("null", ()),
    "task-of-nothing": ("[{}]", (Task(),)),
    "task-without-new-replica": ('[{"task":"other","newReplica":null}]', (Task(task="other"),)),
    "new-replica-of-nothing": ('[{"newReplica":{}}]', (Task(new_replica=NewReplica()),)),
    "two": ('[{"UID":"1"},{"UID":"1"}]', (Task(uid="1"), Task(uid="1"))),
    "keys-in-another-case": ('[{"uid":"1","NEWREPLICA":{}}]', (Task(uid="1", new_replica=NewReplica()),)),
    "unknown-keys": ('[{"x":1}]', (Task(),)),
}


@pytest.mark.parametrize(("text", "expected"), READ_TASKS.values(), ids=READ_TASKS)
def test_tasks_are_read(text, expected):
    assert read_tasks(text) == expected


def test_a_task_is_read():
    new_replica = '{"remote":"r","port":3502,"replicas":"p","parameters":{"a":"b","c":null},"timeoutSeconds":7}'
    text = (
        '[{"instance":"c1-mysql","task":"newReplica","UID":"1","replicas":"p,q","notifyAtFinish":true,'
        f'"reportPeriodSeconds":60,"newReplica":{new_replica}}}]'
    )
    expected = NewReplica("r", 3502, "p", {"a": "b", "c": ""}, 7)
    assert read_tasks(text) == (Task("c1-mysql", "newReplica", "1", "p,q", True, 60, expected),)


@pytest.mark.parametrize("text", ["x", "{}", "[1]", '[{"replicas":["p"]}]', '[{"newReplica":{"port":"3502"}}]'])
def test_bad_tasks_are_a_panic_that_names_the_variable(text):
    with pytest.raises(Panic, match=r"^KB_AGENT_TASK: \S"):
        read_tasks(text)


def test_http_and_streaming_on_the_same_port_are_a_panic():
    with pytest.raises(Panic, match=r"^HTTP port and streaming port are the same$"):
        same_ports(3501, 3501)
