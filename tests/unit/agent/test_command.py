"""A real command: what it is given, how it ends, and when it is killed."""

import os

import pytest

from pytest_kbevents.agent.actions.action import Action, Call
from pytest_kbevents.agent.actions.answer import Run
from pytest_kbevents.agent.actions.command import run


@pytest.fixture
def answer():
    """What a command does; ``more`` is what its run has."""

    def answer(*command, parameters=(), whole_group=True, **more):
        call = Call("check", dict(parameters))
        return run(command, Run(Action("check", command=command), call, **more), whole_group=whole_group)

    return answer


@pytest.fixture
def shell(answer):
    """What a shell script does."""
    return lambda script, **more: answer("sh", "-c", script, **more)


@pytest.fixture
def gate(tmp_path):
    """A file that one process reads until another, which writes it, has ended."""
    path = tmp_path / "gate"
    os.mkfifo(path)
    return str(path)


def test_its_output_is_told_as_it_is(shell):
    assert shell(r"printf 'a\n\377\n'").output == b"a\n\xff\n"


def test_its_exit_code_is_told(shell):
    assert shell("exit 7").exit_code == 7


def test_its_stderr_is_told_apart(shell):
    told = shell("echo out; echo err >&2")
    assert (told.output, told.stderr) == (b"out\n", "err\n")


def test_what_is_no_utf_8_in_its_stderr_can_be_told_back(shell):
    assert shell(r"printf '\377' >&2").stderr == "\udcff"


def test_a_signal_is_exit_code_minus_1(shell):
    assert shell("kill -TERM $$").exit_code == -1


def test_it_takes_no_time_from_now(shell):
    assert shell(":").latency == 0


def test_the_runs_arguments_follow_its_own(answer):
    assert answer("sh", "-c", 'echo "$@"', "sh", "own", arguments=("a b", "c")).output == b"own a b c\n"


def test_its_name_is_as_it_was_said(shell):
    assert shell("echo $0").output == b"sh\n"


def test_it_has_the_agents_environment(shell, monkeypatch):
    monkeypatch.setenv("OURS", "1")
    assert shell("echo $OURS").output == b"1\n"


def test_parameters_are_variables(shell):
    assert shell("echo $THEIRS", parameters={"THEIRS": "é"}).output == "é\n".encode()


def test_parameters_replace_the_agents_variables(shell, monkeypatch):
    monkeypatch.setenv("OURS", "1")
    assert shell("echo $OURS", parameters={"OURS": "2"}).output == b"2\n"


def test_parameters_come_first(answer):
    assert answer("env", parameters={"ZZZ": "1", "AAA": "2"}).output.startswith(b"ZZZ=1\nAAA=2\n")


def test_a_variables_name_ends_at_its_first_equals_sign(shell):
    assert shell("echo $NAME", parameters={"NAME=a": "b"}).output == b"a=b\n"


def test_the_agents_path_is_searched_not_the_parameters(answer):
    assert answer("echo", "found", parameters={"PATH": "/nowhere"}).output == b"found\n"


def test_it_works_where_the_agent_does(shell, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shell("pwd -P").output.decode() == f"{tmp_path.resolve()}\n"


def test_it_reads_nothing(answer):
    assert answer("cat").output == b""


def test_it_reads_the_runs_data(answer):
    assert answer("cat", data=b"data\0").output == b"data\0"


def test_it_need_not_read_its_data(shell):
    assert shell("exit 0", data=b"x" * 1_000_000).exit_code == 0


def test_a_path_that_is_not_there_is_told_in_gos_words(answer):
    told = answer("/nowhere/tool").not_started
    assert told == "fork/exec /nowhere/tool: no such file or directory"


def test_a_file_that_must_not_be_run_is_told_in_gos_words(answer, tmp_path):
    path = tmp_path / "tool"
    path.touch(0o600)
    assert answer(str(path)).not_started == f"fork/exec {path}: permission denied"


def test_a_file_that_is_no_program_is_told_in_gos_words(answer, tmp_path):
    path = tmp_path / "tool"
    path.touch(0o700)
    assert answer(str(path)).not_started == f"fork/exec {path}: exec format error"


def test_a_name_that_is_not_on_the_path_is_told_in_gos_words(answer):
    assert answer("no-such-tool").not_started == 'exec: "no-such-tool": executable file not found in $PATH'


def test_without_a_path_no_name_is_found(answer, monkeypatch):
    monkeypatch.delenv("PATH")
    assert answer("sh").not_started == 'exec: "sh": executable file not found in $PATH'


def test_an_argument_with_a_nul_is_told_in_gos_words(answer):
    assert answer("/bin/sh", arguments=("a\0b",)).not_started == "fork/exec /bin/sh: invalid argument"


def test_within_its_limit_it_is_not_killed(shell):
    assert shell("echo fine", limit=60).output == b"fine\n"


def test_at_its_limit_it_is_killed(answer):
    told = answer("sleep", "3600", limit=1)
    assert (told.timed_out, told.exit_code) == (True, -1)


def test_its_stderr_until_it_was_killed_is_told(shell):
    assert shell("echo slow >&2; exec sleep 3600", limit=1).stderr == "slow\n"


def test_its_children_are_killed_with_it(shell):
    assert shell("sleep 3600 & wait", limit=1).timed_out


def test_its_children_are_killed_after_it_has_ended(shell):
    assert shell("sleep 3600 & exit 0", limit=1).timed_out


def test_it_alone_is_killed_by_old_releases(shell, gate):
    # The child reads until the last writer of the gate, which is the first process, is gone.
    script = f"(cat {gate}; echo child >&2) & exec 3>{gate}; exec sleep 3600"
    told = shell(script, limit=1, whole_group=False)
    assert (told.timed_out, told.stderr) == (True, "child\n")
