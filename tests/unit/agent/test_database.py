"""What a database does, run after run."""

import threading

import pytest

from pytest_kbevents.agent.actions.action import Action, Call
from pytest_kbevents.agent.actions.answer import Answer, Run
from pytest_kbevents.agent.database.script import Conduct, Script
from pytest_kbevents.agent.database.scripted import ScriptedDatabase


@pytest.fixture
def database():
    return ScriptedDatabase("c1-mysql-0")


@pytest.fixture
def does(database):
    """From now on ``act`` does this."""
    return lambda **conduct: database.tell(Script(actions={"act": Conduct(**conduct)}))


@pytest.fixture
def run(database):
    """Run an action, with a call's parameters and a run's arguments."""

    def run(action="act", arguments=(), data=None, **parameters):
        return database.run(
            Run(Action(action, command=("/bin/echo", "real")), Call(action, parameters), arguments, data=data)
        )

    return run


def outputs(run, times):
    return [(answer.output.decode() or f"exit {answer.exit_code}") for answer in (run() for _ in range(times))]


def test_an_action_nobody_told_of_succeeds_and_says_nothing(run):
    assert run() == Answer()


def test_an_output_is_written_as_it_is(does, run):
    does(output=" primary\n")
    assert run().output == b" primary\n"


def test_a_failure_has_its_code_and_its_text(does, run):
    does(exitCode=3, stderr="boom")
    assert run() == Answer(exit_code=3, stderr="boom")


def test_of_a_sequence_the_last_one_goes_on(does, run):
    does(sequence=["a", {"exitCode": 1}, "c"])
    assert outputs(run, 5) == ["a", "exit 1", "c", "c", "c"]


def test_a_sequence_that_repeats_begins_anew(does, run):
    does(sequence=["a", "b"], repeat=True)
    assert outputs(run, 5) == ["a", "b", "a", "b", "a"]


def test_every_nth_run_fails(does, run):
    does(output="a", failEvery=3)
    assert outputs(run, 7) == ["a", "a", "exit 1", "a", "a", "exit 1", "a"]


def test_an_output_may_depend_on_the_run(does, run):
    does(output="[[ 'primary' if call > 2 else 'secondary' ]]")
    assert outputs(run, 3) == ["secondary", "secondary", "primary"]


def test_an_output_may_depend_on_who_calls(does, run):
    does(output="[[ parameters.role ]] [[ arguments[0] ]]")
    assert run(arguments=("now",), role="primary").output == b"primary now"


@pytest.mark.parametrize(
    "text", ["[[ nobody ]]", "[[ parameters.nothing ]]", "[[ 1 / 0 ]]", "[[ ''.__class__.mro() ]]"]
)
def test_a_template_that_goes_wrong_is_a_command_that_fails_and_says_why(does, run, text):
    does(output=text)
    answer = run()
    assert (answer.exit_code, bool(answer.stderr)) == (1, True)


def test_made_up_bytes_follow_the_output(does, run):
    does(output="head", size=600)
    answer = run()
    assert (len(answer.output), answer.output[:6]) == (604, b"head\x00\x01")


def test_telling_the_same_again_does_not_begin_anew(does, run):
    does(sequence=["a", "b"])
    run()
    does(sequence=["a", "b"])
    assert outputs(run, 1) == ["b"]


def test_telling_something_else_begins_anew(does, run):
    does(sequence=["a", "b"])
    run()
    does(sequence=["c", "d"])
    assert outputs(run, 2) == ["c", "d"]


def test_data_is_handed_out_unasked(run):
    assert run("dataDump").output == b"data of c1-mysql-0\n"


def test_data_that_was_taken_in_is_handed_out(run):
    run("dataLoad", data=b"theirs")
    assert run("dataDump").output == b"theirs"


def test_data_that_a_load_failed_on_is_not_there(database, run):
    database.tell(Script(actions={"dataLoad": Conduct(exitCode=1)}))
    run("dataLoad", data=b"theirs")
    assert run("dataDump").output == b"data of c1-mysql-0\n"


def test_a_real_command_may_answer(does, run):
    does(command=["/bin/sh", "-c", "echo $role"])
    assert run(role="primary").output == b"primary\n"


def test_a_real_command_may_be_the_one_that_is_configured(does, run):
    does(command=True)
    assert run().output == b"real\n"


@pytest.mark.parametrize(
    ("action", "answers"), [("act", True), ("other", False), ("dataDump", True), ("dataLoad", True)]
)
def test_what_it_answers_to(database, does, action, answers):
    does(output="a")
    assert database.answers(action) is answers


def test_a_real_command_dies_with_its_pod(does, database, run):
    """Otherwise the end of a world would wait for it."""
    does(command=["/bin/sh", "-c", "sleep 3600 & wait"])
    answers = []
    thread = threading.Thread(target=lambda: answers.append(run()))
    thread.start()
    while thread.is_alive():
        database.kill()
        thread.join(0.05)
    assert answers[0].exit_code == -1
