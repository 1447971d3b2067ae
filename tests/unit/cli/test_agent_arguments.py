"""``kbevents agent``: what its flags come to, without a process."""

import logging
import os
from types import SimpleNamespace

import pytest

from pytest_kbevents.agent.panic import Panic
from pytest_kbevents.cli import agent, main
from pytest_kbevents.cli.process import whole
from pytest_kbevents.environment.agent_life import Doors

DEFAULTS = Doors("0.0.0.0", 3501, 3502, "", None, api_logging=True)


class Left(Exception):
    """The process would be over."""


@pytest.fixture(autouse=True)
def parts(monkeypatch):
    """What the command was made of, instead of a process."""
    parts = SimpleNamespace(made=None, exit=None, kubeconfig=None, logging=None, panic=None)

    def made(name):
        def make(config, cluster, release, doors=None):
            parts.made = SimpleNamespace(name=name, config=config, cluster=cluster, release=release, doors=doors)
            return SimpleNamespace(run=run)

        return make

    def run(heard):
        del heard
        if parts.panic is not None:
            raise parts.panic

    def leave(code):
        parts.exit = code
        raise Left

    monkeypatch.setattr(agent, "AgentProcess", made("server"))
    monkeypatch.setattr(agent, "WorkerProcess", made("worker"))
    monkeypatch.setattr(agent, "leave", leave)
    monkeypatch.setattr(agent, "on_signals", lambda _: None)
    monkeypatch.setattr(agent, "fresh_http", lambda kubeconfig, _: setattr(parts, "kubeconfig", kubeconfig))
    monkeypatch.setattr(agent.logs, "to_stderr", lambda *given: setattr(parts, "logging", given))
    for name in [name for name in os.environ if name.startswith("KB_AGENT_")] + ["KUBECONFIG"]:
        monkeypatch.delenv(name, raising=False)
    return parts


@pytest.fixture
def run(parts):
    """Runs the command; what it was made of."""

    def run(*arguments):
        with pytest.raises(Left):
            main(["agent", *arguments])
        return parts

    return run


def test_without_flags_it_is_a_server_at_kbagents_ports(run):
    parts = run()
    assert (parts.exit, parts.made.name, parts.made.release, parts.made.doors) == (0, "server", "fixed", DEFAULTS)


def test_every_door_has_its_flag(run):
    flags = ("--address=127.0.0.1", "--port=1", "--streaming-port=2", "--unix-socket=/run", "--max-concurrency=3")
    assert run(*flags, "--api-logging=false").made.doors == Doors("127.0.0.1", 1, 2, "/run", 3, api_logging=False)


@pytest.mark.parametrize(("release", "most"), [("1.0.0", 8), ("1.0.3", 8), ("1.1.0-beta.9", 32), ("main", 32)])
def test_how_many_connections_there_may_be_is_the_releases_where_no_flag_says(run, release, most):
    assert run("--release", release).made.doors.connections(release) == most
    assert run("--release", release, "--max-concurrency", "3").made.doors.connections(release) == 3


@pytest.mark.parametrize("flag", ["--server", "--server=true", "--server=T", "--server=1"])
def test_go_takes_this_for_true(run, flag):
    assert run(flag).made.name == "server"


@pytest.mark.parametrize("flag", ["--server=false", "--server=F", "--server=0"])
def test_without_the_server_it_is_the_worker(run, flag):
    assert run(flag).made.name == "worker"


def test_the_configuration_is_the_environments(run, monkeypatch):
    monkeypatch.setenv("KB_AGENT_POD_NAME", "c1-mysql-0")
    monkeypatch.setenv("KB_AGENT_TASK", '[{"replicas":"c1-mysql-0"}]')
    assert run().made.config.identity.pod == "c1-mysql-0"
    assert run().made.config.tasks == ()


def test_a_worker_reads_its_tasks(run, monkeypatch):
    monkeypatch.setenv("KB_AGENT_TASK", '[{"replicas":"c1-mysql-0"}]')
    assert [task.replicas for task in run("--server=false").made.config.tasks] == ["c1-mysql-0"]


@pytest.mark.parametrize("flags", [[], ["--server=false"]], ids=["server", "worker"])
def test_a_configuration_that_is_none_is_a_panic(run, monkeypatch, capsys, flags):
    monkeypatch.setenv("KB_AGENT_ACTION", "{")
    parts = run(*flags)
    assert (parts.exit, capsys.readouterr().err.startswith("panic: KB_AGENT_ACTION: ")) == (2, True)


def test_a_panic_later_on_is_one_too(run, parts, capsys):
    parts.panic = Panic("HTTP port and streaming port are the same")
    assert (run().exit, capsys.readouterr().err) == (2, "panic: HTTP port and streaming port are the same\n")


def test_the_release_is_one_of_the_agents(run):
    assert run("--release", "1.0.0-jan25").made.release == "1.0.0-jan25"


def test_the_kubeconfig_is_the_flags_before_the_environments(run, monkeypatch):
    monkeypatch.setenv("KUBECONFIG", "/b:/c")
    assert (run().kubeconfig, run("--kubeconfig", "/a").kubeconfig) == ("/b:/c", "/a")


def test_without_one_it_is_the_service_account(run):
    assert run().kubeconfig == ""


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ([], ("json", logging.INFO)),
        (["--zap-encoder=console"], ("console", logging.INFO)),
        (["--zap-log-level=debug"], ("json", logging.DEBUG)),
        (["--zap-log-level=error"], ("json", logging.ERROR)),
        (["--zap-log-level=3"], ("json", logging.DEBUG)),
        (["--zap-devel"], ("console", logging.DEBUG)),
        (["--zap-devel=true", "--zap-encoder=json", "--zap-log-level=info"], ("json", logging.INFO)),
        (["--zap-devel=false"], ("json", logging.INFO)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_logging_is_zaps(run, flags, told):
    assert run(*flags).logging == told


@pytest.mark.parametrize("flag", [*agent.IGNORED_SWITCHES, *(f"{flag}=x" for flag in agent.IGNORED), "--v=4", "-v=4"])
def test_kbagents_other_flags_are_taken(run, flag):
    assert run(flag).exit == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--release", "2.0"], "--release 2.0: there is no such release; one of 0.5.0, 0.8.3, "),
        (["--port", "-1"], "--port '-1': must be a whole number, 0 to 65535"),
        (["--port", "65536"], "--port '65536': must be a whole number, 0 to 65535"),
        (["--streaming-port", "x"], "--streaming-port 'x': must be a whole number, 0 to 65535"),
        (["--max-concurrency", "0"], "--max-concurrency '0': must be a whole number, 1 or more"),
        (["--server=perhaps"], "--server 'perhaps': must be true or false"),
        (["--api-logging=no"], "--api-logging 'no': must be true or false"),
        (["--zap-encoder", "xml"], "--zap-encoder 'xml': must be json or console"),
        (["--zap-log-level", "warn"], "--zap-log-level 'warn': must be one of debug, info, error, panic, or a number"),
        (["--zap-devel=no"], "--zap-devel 'no': must be true or false"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_cannot_be_used_is_told_in_one_line(arguments, told, capsys):
    assert main(["agent", *arguments]) == 4
    error = capsys.readouterr().err
    assert (error.startswith(f"kbevents: {told}"), error.count("\n")) == (True, 1)


@pytest.mark.parametrize("flag", ["--serve", "--zap-enc=json", "--ports=1", "unasked"])
def test_a_flag_that_kbagent_does_not_have_is_an_error(flag, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["agent", flag])
    assert (ended.value.code, f"unrecognized arguments: {flag}" in capsys.readouterr().err) == (2, True)


def test_help_names_every_flag(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["agent", "--help"])
    told = capsys.readouterr().out
    flags = ("--release", "--server", "--kubeconfig", "--address", "--port", "--streaming-port", "--unix-socket")
    more = ("--max-concurrency", "--api-logging", "--zap-encoder", "--zap-log-level", "--zap-devel", "--v")
    all_of_them = (*flags, *more, *agent.IGNORED, *agent.IGNORED_SWITCHES)
    assert (ended.value.code, [flag for flag in all_of_them if flag not in told]) == (0, [])


@pytest.mark.parametrize("text", ["", "1_0", "٣", " 1", "1.0", "99999999999"])
def test_other_numbers_are_none(text):
    with pytest.raises(Exception, match="must be a whole number, 0 or more"):
        whole("--flag", text, 0)
