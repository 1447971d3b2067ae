"""What a scenario says of releases, and what becomes of it in a run."""

import pytest


@pytest.fixture
def says(scenario):
    """Write a scenario that passes everywhere, and that says this of releases."""
    return lambda releases: scenario("  steps:\n", f"  releases: {releases}\n  steps:\n")


def test_a_release_that_it_says_nothing_of_is_skipped_with_that_reason(run, says):
    says("{passes_on: [main]}")
    result = run("--kb-scenario", "mine", "--kb-release", "1.0.0", "-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED * mine says nothing about release 1.0.0"])


def test_each_release_is_judged_by_itself(run, says):
    says("{passes_on: [main]}")
    result = run("--kb-scenario", "mine", "--kb-release", "1.0.0", "--kb-release", "main")
    result.assert_outcomes(passed=1, skipped=1)


def test_a_release_that_it_says_fails_runs_like_any_other(run, says):
    """A run says what is; that it fails where it should is proved by the catalog's own tests."""
    says("{fails_on: [main]}")
    run("--kb-scenario", "mine", "--kb-release", "main").assert_outcomes(passed=1)


def test_a_test_that_asks_for_it_runs_it_on_any_release(run, says, pytester):
    says("{passes_on: [main]}")
    pytester.makepyfile(test_it="def test_it(kb_run): assert kb_run('mine', release='1.0.0').release == '1.0.0'")
    run("test_it.py").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("releases", "told"),
    [
        ("{passes_on: [main, fixed], fails_on: [1.0.0]}", ["  passes on main, fixed", "  fails on 1.0.0"]),
        ("{passes_on: [main]}", ["  passes on main"]),
        ("{fails_on: [main]}", ["  fails on main"]),
    ],
)
def test_the_list_tells_what_it_says(run, says, releases, told):
    says(releases)
    lines = run("--kb-list", "--kb-scenario", "mine").outlines
    assert [line for line in lines if " on " in line] == told
