"""``kbevents agent`` as the process that it is: what it reports, and how it hears what its database does."""

import socket

import pytest

from agents import NEVER, PATIENCE, call, probe
from processes import eventually
from pytest_kbevents.clock import SECOND, WallClock


def test_it_reports_the_role_that_its_config_map_tells(start, tell, roles):
    tell(actions={"roleProbe": "primary"})
    start()
    assert eventually(roles, ["primary"])


def test_its_event_is_kbagents(start, tell, events):
    tell(actions={"roleProbe": "primary"})
    start()
    assert eventually(lambda: len(events()), 1)
    (event,) = events()
    assert (event["reason"], event["reportingComponent"], event["source"], event["involvedObject"]["uid"]) == (
        "roleProbe",
        "kbagent",
        {"component": "kbagent", "host": "node-0"},
        "11",
    )


def test_it_hears_a_change_of_its_config_map(start, tell, roles):
    tell(actions={"roleProbe": "primary"})
    start()
    assert eventually(roles, ["primary"])
    tell(actions={"roleProbe": "secondary"})
    assert eventually(roles, ["primary", "secondary"])


def test_it_waits_for_its_config_map_and_says_so_once(start, tell, roles):
    agent = start(probes=[probe(period=NEVER)])
    assert agent.said("the database's ConfigMap is not there")["configMap"] == "c1-mysql-0-database"
    tell(actions={"roleProbe": "primary"})
    assert eventually(roles, ["primary"])
    assert sum("is not there" in line for line in agent.lines) == 1


def test_a_script_that_is_none_is_said_and_the_one_before_goes_on(start, tell, roles):
    tell(actions={"roleProbe": "primary"})
    agent = start()
    assert eventually(roles, ["primary"])
    tell(text='{"actions": {"roleProbe": {"outputs": "typo"}}}')
    assert "data.script.actions.roleProbe.outputs" in agent.said("the database's script cannot be read")["error"]
    tell(actions={"roleProbe": "secondary"})
    assert eventually(roles, ["primary", "secondary"])


def test_the_configured_command_runs_for_real(start, tell, roles):
    tell(actions={"roleProbe": {"command": True}})
    start()
    assert eventually(roles, ["real\n"])


def test_a_file_that_changes_forces_a_report(start, tell, events, tmp_path):
    file = tmp_path / "role"
    tell(actions={"roleProbe": "primary"})
    agent = start(probes=[probe(period=NEVER, reportOnFileChange=[str(file)])])
    assert agent.said("Event sent")["count"] == 1
    file.write_text("primary")
    assert eventually(lambda: [event["count"] for event in events()], [2])


def test_a_folder_whose_link_is_swapped_forces_a_report(start, tell, events, tmp_path):
    """As the kubelet writes a file of the downward API."""
    (tmp_path / "..data").symlink_to("old")
    tell(actions={"roleProbe": "primary"})
    agent = start(probes=[probe(period=NEVER, reportOnFileChange=[str(tmp_path)])])
    assert agent.said("Event sent")["count"] == 1
    (tmp_path / "..data_tmp").symlink_to("new")
    (tmp_path / "..data_tmp").replace(tmp_path / "..data")
    assert eventually(lambda: [event["count"] for event in events()], [2])


def test_in_1_0_0_the_first_run_comes_a_period_later(start, tell, roles, events):
    tell(actions={"roleProbe": "primary"})
    before = WallClock().micros()
    start("--release", "1.0.0", probes=[probe(period=2)])
    assert eventually(roles, ["primary"])
    told = events()[0]["eventTime"]
    assert micros(told) >= before + 2 * SECOND


def test_otherwise_it_comes_at_once(start, tell, roles):
    tell(actions={"roleProbe": "primary"})
    start("--release", "main", probes=[probe(period=NEVER)])
    assert eventually(roles, ["primary"])


def micros(text):
    from datetime import datetime

    return int(datetime.fromisoformat(text).timestamp() * SECOND)


def test_its_script_may_say_whose_agent_it_is(start, tell):
    tell(release="1.0.2")
    agent = start()
    assert eventually(lambda: [line for line in agent.lines if '"release":"1.0.2"' in line] != [])


def test_another_life_reports_anew(start, tell, events):
    tell(actions={"roleProbe": "primary"})
    agent = start(probes=[probe(period=NEVER)])
    assert agent.said("Event sent")["count"] == 1
    tell(actions={"roleProbe": "primary"}, life=1)
    assert eventually(lambda: [event["count"] for event in events()], [2])


def test_while_its_script_says_that_it_is_down_it_does_not_listen(start, tell, roles):
    agent = start()
    http_port = agent.port_of("http")
    tell(up=False)
    agent.said("stopped, as told")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", http_port), PATIENCE)
    tell(actions={"roleProbe": "primary"})
    assert eventually(roles, ["primary"])
    assert call(agent, action="roleProbe") == (200, {"output": "cHJpbWFyeQ=="})
