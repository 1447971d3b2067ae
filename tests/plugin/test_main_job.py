"""``pytest --kb-scenario failover`` in an empty directory."""

from collections import Counter
from pathlib import Path

import pytest

from pytest_kbevents.scenario import catalog

SHIPPED = list(catalog.scenarios([catalog.shipped()], Path.cwd()).values())


def test_it_passes_and_the_header_says_what_ran(run):
    result = run("--kb-scenario", "failover")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["kbevents *: cluster embedded, controller reference, release fixed, seed 0"])


@pytest.mark.parametrize("release", ["0.9.5", "main", "fixed"])
def test_every_shipped_scenario_passes_or_fails_as_it_says_and_is_skipped_where_it_says_nothing(run, release):
    said = Counter(scenario.says_of(release) for scenario in SHIPPED)
    result = run("--kb-scenario", "*", "--kb-release", release, "-rs")
    result.assert_outcomes(passed=said["passes"], failed=said["fails"], skipped=said[None])
    if said[None]:
        result.stdout.fnmatch_lines([f"SKIPPED * says nothing about release {release}"])


def test_without_a_controller_it_fails_with_a_report_to_act_on(run):
    result = run("--kb-scenario", "failover", "--kb-controller", "none")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "Service mysql-rw routes to c1-mysql-0: not within 5s",
            "  at *failover.yaml:*:*, step expect",
            "expected (-) and last seen (+):",
            '  - ["c1-mysql-0"]',
            "  + []",
            "last API error:",
            "  none",
            "last * revisions that matter:",
            "  * kbevents * Pod c1-mysql-0 created",
            "  * kbagent/c1-mysql-0 * Event c1-mysql-0.* (roleProbe 'primary') created",
            "run it again:",
            "  pytest --kb-scenario failover --kb-release fixed --kb-controller none --kb-seed 0",
        ]
    )


def test_release_1_0_0_has_two_primaries_at_a_named_revision_and_time(run):
    result = run("--kb-scenario", "failover", "--kb-release", "1.0.0")
    result.assert_outcomes(failed=1)
    told = " ".join(result.outlines)
    assert "never two_holders_of primary: c1-mysql-0 and c1-mysql-1 hold it from revision 51 at +2.0" in told


def test_a_report_fits_a_terminal_of_100_columns(run):
    result = run("--kb-scenario", "failover", "--kb-release", "1.0.0")
    start = next(number for number, line in enumerate(result.outlines) if line.startswith("never two_holders_of"))
    end = result.outlines.index("run it again:")
    assert max(len(line) for line in result.outlines[start:end]) <= 100


def test_each_release_is_a_test_of_its_own(run):
    result = run("--kb-scenario", "switchover", "--kb-release", "main", "--kb-release", "fixed", "--collect-only", "-q")
    assert [line.rpartition("::")[2] for line in result.outlines[:2]] == ["switchover[main]", "switchover[fixed]"]


def test_the_history_is_written_where_it_is_asked_for(run, pytester):
    run("--kb-scenario", "failover", "--kb-report", "out").assert_outcomes(passed=1)
    lines = (pytester.path / "out" / "failover.fixed.history.jsonl").read_text().splitlines()
    assert len(lines) > 20


def test_nothing_of_ours_is_said_when_no_scenario_is_wanted(run, pytester):
    pytester.makepyfile("def test_one(): pass")
    result = run()
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("kbevents *: cluster*")


def test_workers_of_xdist_share_the_scenarios(run):
    pytest.importorskip("xdist")
    passed = sum(scenario.says_of("fixed") == "passes" for scenario in SHIPPED)
    skipped = len(SHIPPED) - passed
    run("-p", "xdist", "-n", "2", "--kb-scenario", "*").assert_outcomes(passed=passed, skipped=skipped)
