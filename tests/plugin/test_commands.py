"""Databases that answer with a real command: only where that was allowed."""

import pytest

REAL = 'agent: {pod: "{{ old }}", roleProbe: {command: [echo, -n, %s]}}'


@pytest.fixture
def answers(scenario):
    """The scenario's database answers with a command that says this."""
    return lambda role: scenario('agent: {pod: "{{ old }}", roleProbe: primary}', REAL % role)


def test_a_real_command_answers_where_it_is_allowed(run, answers):
    answers("primary")
    run("--kb-scenario", "mine", "--kb-allow-commands").assert_outcomes(passed=1)


def test_a_run_that_allowed_it_says_so_in_the_command_that_repeats_it(run, answers):
    answers("secondary")
    result = run("--kb-scenario", "mine", "--kb-allow-commands")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["  pytest --kb-scenario mine --kb-release fixed --kb-allow-commands --kb-seed 0"])


def test_it_is_not_listed_for_running_either(run, answers):
    answers("primary")
    assert run("--kb-scenario", "mine", "--kb-list").ret == 4


def test_a_test_that_runs_one_is_told(run, answers, pytester):
    answers("primary")
    pytester.makepyfile("def test_it(kb_run):\n    kb_run('mine')")
    result = run("test_a_test_that_runs_one_is_told.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*this runs a real command on this machine; allow it with --kb-allow-commands*"])
