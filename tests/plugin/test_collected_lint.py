"""Lint on collection: what is wrong ends it, what is of no use is a warning."""

import pytest

UNUSED = "the value 'idle' is used by nothing"


@pytest.fixture
def written(scenario):
    """The usual scenario, with one thing changed."""

    def written(old, new):
        file = scenario()
        file.write_text(file.read_text().replace(old, new))
        return file

    return written


@pytest.fixture
def idle(written):
    return written("values: {", "values: {idle: x, ")


def test_what_cannot_be_meant_is_a_usage_error_with_every_place(run, written):
    lost = "".join(f"  - expect: {{service: {name}, routes_to: []}}\n" for name in ("nobody", "noone"))
    written("  steps:\n", f"  steps:\n{lost}")
    result = run("--kb-scenario", "mine")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["ERROR: scenarios/mine.yaml:9:*unknown Service 'nobody'*", "scenarios/mine.yaml:10:*unknown Service 'noone'*"]
    )


@pytest.mark.usefixtures("idle")
def test_what_is_of_no_use_is_a_warning_and_the_scenario_runs(run):
    result = run("--kb-scenario", "mine", "-W", "default::UserWarning")
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines([f"*ScenarioWarning: scenarios/mine.yaml:7:*{UNUSED}*"])


@pytest.mark.usefixtures("idle")
def test_a_warning_ends_the_collection_where_warnings_are_errors(run):
    result = run("--kb-scenario", "mine")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: scenarios/mine.yaml:7:*{UNUSED}*"])


def test_the_same_on_a_file_that_is_collected_by_its_path(run, idle):
    result = run(str(idle))
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: *mine.yaml:7:*{UNUSED}*"])


def test_a_file_is_told_of_once_for_all_its_releases(run, idle):
    assert idle
    result = run("--kb-scenario", "mine", "--kb-release", "main", "--kb-release", "fixed", "-W", "default::UserWarning")
    result.assert_outcomes(passed=2, warnings=1)
