"""``--kb-track-record``: every release, judged by what the scenario says, and a table of it."""

import pytest

from pytest_kbevents.plugin.trackrecord import BEGIN, END, LEGEND
from pytest_kbevents.releases import RELEASES

LABELS = "labels: {area: own, level: SHOULD}"
BUG = "labels: {area: own, level: SHOULD, bug: X-7, issue: 8822 8823, first_bad: 1.0.0, first_good: fixed}"
VALUES = "  values:"


@pytest.fixture
def record(pytester):
    """What stands in record.md."""
    return (pytester.path / "record.md").read_text


def cells(text, name="mine"):
    """By column, a scenario's row."""
    rows = [line[2:-2].split(" | ") for line in text.splitlines() if line.startswith("|")]
    (row,) = (row for row in rows if row[1] == name)
    return dict(zip(rows[0], row, strict=True))


def says(scenario, *, too_late=False, **said):
    """Let the scenario speak of releases; when it is ``too_late``, it fails on all."""
    text = ", ".join(f"{key}: [{value}]" for key, value in said.items())
    file = scenario(VALUES, f"  releases: {{{text}}}\n{VALUES}")
    if too_late:
        file.write_text(file.read_text().replace("within: 5s", "within: 1ms"))
    return file


def test_it_runs_on_every_release_and_writes_what_came_of_it(run, scenario, record):
    file = says(scenario, passes_on="fixed")
    file.write_text(file.read_text().replace(LABELS, BUG))
    run("--kb-scenario", "mine", "--kb-track-record", "record.md").assert_outcomes(passed=len(RELEASES))
    row = cells(record())
    assert row["bug"] == "X-7"
    assert row["issues"] == "#8822, #8823"
    assert (row["first bad"], row["first good"], row["fixed"]) == ("1.0.0", "fixed", "✓")
    assert row["what happens"] == "One Pod reports primary and gets the label."
    assert LEGEND in record()


def test_without_scenarios_it_is_all_of_them(run, scenario):
    scenario()
    asked = run("--kb-track-record", "record.md", "--kb-release", "fixed", "--collect-only", "-q")
    asked.stdout.fnmatch_lines(["*failover.yaml::failover*", "*mine.yaml::mine*"])


def test_what_it_says_and_does_not_say_are_told_apart(run, scenario, record):
    says(scenario, passes_on="fixed")
    run("--kb-scenario", "mine", "--kb-track-record", "record.md", "--kb-release", "main", "--kb-release", "fixed")
    row = cells(record())
    assert (row["main"], row["fixed"]) == ("·", "✓")


def test_a_release_on_which_it_is_to_fail_and_passes_is_a_failure(run, scenario, record):
    says(scenario, passes_on="fixed", fails_on="main", breaks="anything at all")
    done = run("--kb-scenario", "mine", "--kb-track-record", "record.md")
    done.stdout.fnmatch_lines(["*mine on main: it passes, and is said to fail*"])
    done.assert_outcomes(passed=len(RELEASES) - 1, failed=1)
    assert cells(record())["main"] == "✓"


def test_a_failure_for_another_reason_than_it_names_is_a_failure(run, scenario):
    says(scenario, too_late=True, fails_on="fixed", breaks="another thing")
    done = run("--kb-scenario", "mine", "--kb-track-record", "record.md", "--kb-release", "fixed")
    done.assert_outcomes(failed=1)


def test_a_failure_for_the_reason_that_it_names_is_none(run, scenario, record):
    says(scenario, too_late=True, fails_on="fixed", breaks="Pod c1-mysql-0 has role primary")
    run("--kb-scenario", "mine", "--kb-track-record", "record.md", "--kb-release", "fixed").assert_outcomes(passed=1)
    assert cells(record())["fixed"] == "✗"


def test_what_is_around_it_in_the_file_stays(run, scenario, record, pytester):
    scenario()
    (pytester.path / "record.md").write_text(f"# Mine\n\n{BEGIN}\nold\n{END}\n\nmore\n")
    run("--kb-scenario", "mine", "--kb-track-record", "record.md", "--kb-release", "fixed")
    assert record().startswith(f"# Mine\n\n{BEGIN}\n\n| bug |")
    assert record().endswith(f"\n\n{END}\n\nmore\n")
    assert "old" not in record()


@pytest.mark.parametrize(
    ("there", "problem"),
    [(b"# Mine\n", "it has no lines <!-- track record -->"), (b"\xff", "it is no text in UTF-8; name another file")],
)
def test_a_file_that_cannot_take_it_is_refused_before_anything_runs(run, scenario, pytester, there, problem):
    scenario()
    (pytester.path / "record.md").write_bytes(there)
    done = run("--kb-scenario", "mine", "--kb-track-record", "record.md")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines([f"ERROR: --kb-track-record */record.md: {problem}*"])
    done.assert_outcomes()
    assert (pytester.path / "record.md").read_bytes() == there


def test_a_folder_in_its_place_is_refused(run, scenario, pytester):
    scenario()
    (pytester.path / "record.md").mkdir()
    done = run("--kb-scenario", "mine", "--kb-track-record", "record.md")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["ERROR: --kb-track-record */record.md: Is a directory"])


def test_what_cannot_be_written_at_the_end_is_told(run, scenario):
    scenario()
    done = run("--kb-scenario", "mine", "--kb-track-record", "nowhere/record.md", "--kb-release", "fixed")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stdout.fnmatch_lines(["*--kb-track-record */nowhere/record.md: No such file or directory"])
