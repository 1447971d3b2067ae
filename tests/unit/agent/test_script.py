"""What a database can be told, and what is said of what it cannot."""

import pytest

from pytest_kbevents.agent.database.script import KEY, Conduct, Script, Sends, config_map_of, decode, encode, pod_of
from pytest_kbevents.clock import SECOND


def config_map(text, name="c1-mysql-0-database"):
    return {"metadata": {"name": name}, "data": {KEY: text}}


def test_a_pod_s_config_map_is_known_by_its_name():
    assert pod_of(config_map("{}", config_map_of("c1-mysql-0"))) == "c1-mysql-0"


@pytest.mark.parametrize(
    "found",
    [
        {"metadata": {"name": "c1-mysql-env"}, "data": {KEY: "{}"}},
        {"metadata": {"name": "a-database"}, "data": {"other": "{}"}},
        {"metadata": {"name": "a-database"}},
        {"metadata": {"name": "a-database"}, "data": None},
    ],
)
def test_another_config_map_is_nobody_s(found):
    assert pod_of(found) == ""


@pytest.mark.parametrize(
    "script",
    [
        Script(),
        Script(up=False),
        Script(life=3, release="main", clock=-5 * SECOND),
        Script(sends=Sends(twice=True, late=SECOND, progress=True)),
        Script(actions={"roleProbe": Conduct(output="primary", latency=2 * SECOND)}),
        Script(actions={"roleProbe": Conduct(sequence=["a", {"exitCode": 1, "stderr": "boom"}], repeat=True)}),
        Script(actions={"dataDump": Conduct(size=10, cutAfter=5), "dataLoad": Conduct(failEvery=2)}),
        Script(actions={"x": Conduct(command=True), "y": Conduct(command=["/bin/date", "-u"])}),
    ],
)
def test_what_is_written_is_read(script):
    assert decode(config_map(encode(script))) == script


def test_what_a_person_writes_is_read():
    told = decode(config_map('{"clock": "+5m", "actions": {"roleProbe": {"output": "primary", "latency": "2s"}}}'))
    assert (told.clock, told.actions["roleProbe"].latency) == (300 * SECOND, 2 * SECOND)


def test_a_text_is_an_output():
    assert decode(config_map('{"actions": {"roleProbe": "primary"}}')).actions["roleProbe"].output == "primary"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "data.script: Invalid JSON"),
        ("", "data.script: Invalid JSON"),
        ('{"rolleProbe": 1}', "data.script.rolleProbe: Extra inputs"),
        ('{"clock": "5m"}', "data.script.clock: Value error, '5m' is not an offset such as +5m or -30s"),
        ('{"release": "2.0"}', "data.script.release: Value error, there is no release '2.0'"),
        ('{"actions": {"a": {"latency": "soon"}}}', "data.script.actions.a.latency: Value error, 'soon' is not"),
        ('{"actions": {"a": {"repeat": true}}}', "data.script.actions.a: Value error, repeat is for a sequence"),
        ('{"actions": {"a": {"command": []}}}', "data.script.actions.a: Value error, command must name a program"),
        (
            '{"actions": {"a": {"command": true, "output": "x"}}}',
            "data.script.actions.a: Value error, a real command does what it does",
        ),
        ('{"actions": {"a": "[[ call"}}', "data.script.actions.a.output: Value error, '[[ call' does not parse"),
        ('{"actions": {"a": {"failEvery": 0}}}', "data.script.actions.a.failEvery: Input should be greater"),
        ('{"actions": {"a": {"cutAfter": -1}}}', "data.script.actions.a.cutAfter: Input should be greater"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_place(text, said):
    with pytest.raises(ValueError, match="ConfigMap c1-mysql-0-database: ") as error:
        decode(config_map(text))
    assert said in str(error.value)
