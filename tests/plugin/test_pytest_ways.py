"""Scenarios are tests like any others: what pytest and its plugins do with tests, they do with scenarios."""

import json
import re
import xml.etree.ElementTree as ET

import pytest

from pytest_kbevents.plugin import progress

MATRIX = """\
  matrix: {number: [1, 2], within: [3s, 5s]}
  steps:
  - agent: {pod: "{{ pod(matrix.number) }}", roleProbe: primary}
  - expect: {pod: "{{ pod(matrix.number) }}", role: primary, within: "{{ matrix.within }}"}
"""
FAILS_ONCE = """
import pytest

failed = []

@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    if item.name.startswith("mine") and not failed:
        failed.append(item)
        pytest.fail("for once", pytrace=False)
"""


@pytest.fixture
def matrix(scenario):
    """Four cases."""
    return scenario("  steps:\n", MATRIX)


@pytest.fixture
def broken(scenario):
    """A scenario that fails, beside one that passes."""
    scenario()
    file = scenario("[{name: primary, exclusive: true}]", "[{name: primary}, {name: secondary}]", "broken.yaml")
    text = file.read_text().replace("name: mine", "name: broken")
    file.write_text(text.replace("role: primary, within: 5s", "role: secondary, within: 5s"))


def bundle(pytester, folder):
    """What a gate reads; of each problem, the words that stand in one line of a report."""
    found = json.loads((pytester.path / folder / "conformance.json").read_text())
    for result in found["results"]:
        result["problem"] = result["problem"][:60]
    return found


def report(result):
    """The lines about what failed."""
    lines = result.outlines
    first, end = (
        next(n for n, line in enumerate(lines) if word in line) for word in ("FAILURES", "short test summary")
    )
    return lines[first + 1 : end]


def ids(result):
    return [line for line in result.outlines if "::" in line]


def junit(pytester):
    """The properties of each test."""
    cases = ET.parse(pytester.path / "junit.xml").iter("testcase")
    return {case.get("name"): {each.get("name"): each.get("value") for each in case.iter("property")} for case in cases}


def test_many_processes_come_to_the_same_as_one(run, pytester):
    wanted = ("--kb-scenario", "*", "--kb-release", "main", "--junitxml", "junit.xml")
    alone = run(*wanted, "--kb-report", "alone")
    properties = junit(pytester)
    together = run(*wanted, "--kb-report", "together", "-p", "xdist", "-n", "2")
    assert alone.parseoutcomes() == together.parseoutcomes()
    assert properties == junit(pytester)
    assert bundle(pytester, "alone") == bundle(pytester, "together")
    table = [line for line in alone.outlines if re.match(r"(area|all|[a-z]+ +M)", line)]
    assert table == [line for line in together.outlines if line in table]


@pytest.mark.usefixtures("broken")
def test_the_last_failed_one_runs_again_alone(run):
    run("scenarios").assert_outcomes(passed=1, failed=1)
    run("scenarios", "--lf").assert_outcomes(failed=1)


@pytest.mark.usefixtures("broken")
def test_the_last_failed_one_of_those_that_are_wanted_runs_again_alone(run):
    wanted = ("--kb-scenario", "mine", "--kb-scenario", "broken")
    run(*wanted).assert_outcomes(passed=1, failed=1)
    run(*wanted, "--lf").assert_outcomes(failed=1)


@pytest.mark.usefixtures("broken")
def test_a_keyword_chooses_among_those_that_are_wanted(run):
    result = run("--kb-scenario", "area=own", "-k", "mine", "--collect-only", "-q")
    assert ids(result) == ["scenarios/mine.yaml::mine[fixed]"]


def test_a_label_is_a_keyword(run, scenario):
    scenario()
    assert ids(run("scenarios", "-k", "SHOULD", "--collect-only", "-q")) == ["scenarios/mine.yaml::mine[fixed]"]


@pytest.mark.usefixtures("broken")
def test_a_run_stops_at_the_first_failure_when_told_so(run):
    run("scenarios", "-x").assert_outcomes(failed=1)


@pytest.mark.usefixtures("broken")
def test_one_is_left_out_by_its_id(run):
    result = run("scenarios", "--deselect", "scenarios/broken.yaml::broken[fixed]")
    result.assert_outcomes(passed=1, deselected=1)


@pytest.mark.usefixtures("broken")
def test_one_is_run_by_its_id(run):
    run("scenarios/mine.yaml::mine[fixed]").assert_outcomes(passed=1)


@pytest.mark.usefixtures("broken")
def test_a_mark_chooses_none_of_them(run):
    result = run("scenarios", "-m", "slow", "--kb-report", "out", "-o", "markers=slow")
    result.assert_outcomes(deselected=2)
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_one_that_fails_once_is_run_again_and_counts_once(run, scenario, pytester):
    scenario()
    pytester.makeconftest(FAILS_ONCE)
    scenario("name: mine", "name: other", "other.yaml")
    result = run("scenarios", "--reruns", "1", "-p", "pytest_rerunfailures", "--kb-report", "out")
    assert result.parseoutcomes() == {"passed": 2, "rerun": 1}
    result.stdout.fnmatch_lines(["own   SHOULD  2 of 2"])
    assert [each["outcome"] for each in bundle(pytester, "out")["results"]] == ["passed", "passed"]


@pytest.mark.usefixtures("broken")
def test_one_that_goes_on_failing_is_a_failure_that_counts_once(run, pytester):
    result = run("scenarios", "--reruns", "2", "-p", "pytest_rerunfailures", "--kb-report", "out")
    assert result.parseoutcomes() == {"passed": 1, "failed": 1, "rerun": 2}
    assert bundle(pytester, "out")["counts"] == {"SHOULD": {"failed": 1, "passed": 1}}


@pytest.mark.usefixtures("broken")
def test_without_a_terminal_reporter_the_exit_code_tells(run):
    assert run("scenarios", "-p", "no:terminal").ret == pytest.ExitCode.TESTS_FAILED


def test_the_ids_of_several_releases(run, scenario):
    scenario()
    result = run("scenarios", "--kb-release", "1.0.0", "--kb-release", "main", "--collect-only", "-q")
    assert ids(result) == ["scenarios/mine.yaml::mine[1.0.0]", "scenarios/mine.yaml::mine[main]"]


def test_junit_has_every_label_and_what_the_run_depended_on(run, scenario, pytester):
    scenario("area: own", "area: own, team: blue")
    run("scenarios", "--junitxml", "junit.xml", "--kb-seed", "7").assert_outcomes(passed=1)
    told = junit(pytester)["mine[fixed]"]
    assert told["kb_release"] == "fixed"
    assert told["kb_cluster"] == "embedded"
    assert told["kb_seed"] == "7"
    assert told["kb_level"] == "SHOULD"
    assert told["kb_area"] == "own"
    assert told["kb_team"] == "blue"


def test_a_run_of_what_says_nothing_of_the_release_is_no_pass(run, scenario):
    scenario("  steps:\n", "  releases: {passes_on: [main]}\n  steps:\n")
    result = run("--kb-scenario", "mine", "--kb-release", "1.0.0")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    result.stdout.fnmatch_lines(["kbevents: nothing was decided, so that nothing passed:"])


def test_a_scenario_whose_needs_a_world_has_not_is_skipped_with_the_reason(run, scenario):
    scenario("  - expect", "  - advance: 5s\n  - expect")
    result = run("--kb-scenario", "mine", "--kb-cluster", "local", "-rs")
    result.assert_outcomes(skipped=1)
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    reason = (
        "mine needs virtual time (scenarios/mine.yaml:10:5): a clock that can be moved; "
        "--kb-cluster local with --kb-controller reference has none"
    )
    assert any(line.startswith("SKIPPED") and line.endswith(reason) for line in result.outlines)


def test_a_long_run_says_where_it_is(run, scenario, monkeypatch):
    monkeypatch.setattr(progress, "FIRST_SECONDS", 0.05)
    monkeypatch.setattr(progress, "AGAIN_SECONDS", {True: 0.05, False: 0.05})
    scenario("  - expect", "  - wait: 500ms\n  - expect")
    result = run("--kb-scenario", "mine", "--kb-cluster", "local")
    result.assert_outcomes(passed=1)
    result.stdout.re_match_lines([r"kbevents: mine\[fixed\]: step \d of 3, (agent|wait|expect) \(\ds\)"])


def test_a_short_run_says_nothing_of_itself(run, scenario):
    scenario()
    run("--kb-scenario", "mine").stdout.no_fnmatch_line("*step 1 of 2*")


def test_the_table_has_a_column_a_release(run):
    releases = [flag for release in ("1.0.0", "main", "fixed") for flag in ("--kb-release", release)]
    result = run("--kb-scenario", "failover", "--kb-scenario", "scale-out", *releases)
    result.stdout.fnmatch_lines(["area  level  1.0.0   main    fixed", "role  MUST   0 of 1  1 of 1  1 of 1"])


class TestColour:
    """A report in a terminal, and in a file."""

    WANTED = ("--kb-scenario", "failover", "--kb-release", "1.0.0")

    def test_a_report_is_plain_where_there_is_no_terminal(self, run):
        assert not [line for line in run(*self.WANTED).outlines if "\x1b" in line]

    def test_a_report_is_coloured_when_told_so(self, run):
        lines = report(run(*self.WANTED, "--color=yes"))
        assert lines[1].startswith("\x1b[31m\x1b[1mnever two_holders_of primary")
        wanted, seen = (next(line for line in lines if f"  {sign} " in line) for sign in "-+")
        assert (wanted[:5], seen[:5]) == ("\x1b[32m", "\x1b[31m")

    def test_colours_change_nothing_else(self, run):
        coloured = report(run(*self.WANTED, "--color=yes"))
        assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in coloured] == report(run(*self.WANTED))

    @pytest.mark.parametrize("release", ["0.9.5", "1.0.0", "main"])
    def test_no_line_of_a_report_is_longer_than_a_hundred_columns(self, run, release):
        """But for a text that is compared: it stands there whole, as JSON."""
        lines = report(run("--kb-scenario", "*", "--kb-release", release))
        assert len(lines) > 100
        assert not [line for line in lines if len(line) > 100 and not re.match(r'  [-+ ] .*".*",?$', line)]


class TestMatrix:
    """Cases of one file."""

    @pytest.mark.usefixtures("matrix")
    def test_each_case_has_an_id(self, run):
        assert ids(run("scenarios", "--collect-only", "-q")) == [
            "scenarios/mine.yaml::mine@number=1,within=3s[fixed]",
            "scenarios/mine.yaml::mine@number=1,within=5s[fixed]",
            "scenarios/mine.yaml::mine@number=2,within=3s[fixed]",
            "scenarios/mine.yaml::mine@number=2,within=5s[fixed]",
        ]

    @pytest.mark.parametrize(
        ("selector", "count"),
        [
            ("mine", 4),
            ("mine@number=1,within=3s", 1),
            ("mine@number=1,*", 2),
            ("m*@*within=5s", 2),
            ("scenarios/mine.yaml", 4),
            ("area=own", 4),
        ],
    )
    @pytest.mark.usefixtures("matrix")
    def test_a_selector_means_all_cases_or_those_it_names(self, run, selector, count):
        assert len(ids(run("--kb-scenario", selector, "--collect-only", "-q"))) == count

    @pytest.mark.usefixtures("matrix")
    def test_a_case_that_is_not_there_is_told_with_those_that_are(self, run):
        result = run("--kb-scenario", "mine@number=3")
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines(["ERROR: --kb-scenario mine@number=3: no such case; there are: mine@number=1*"])

    @pytest.mark.usefixtures("matrix")
    def test_the_list_has_each_case(self, run):
        lines = run("--kb-list", "--kb-scenario", "mine").outlines
        assert [line.partition("  [")[0] for line in lines if line.startswith("mine")] == [
            "mine@number=1,within=3s",
            "mine@number=1,within=5s",
            "mine@number=2,within=3s",
            "mine@number=2,within=5s",
        ]

    @pytest.mark.usefixtures("matrix")
    def test_a_case_is_run_by_its_id(self, run):
        run("scenarios/mine.yaml::mine@number=1,within=3s[fixed]").assert_outcomes(passed=1)


class TestReports:
    """What is in the folder of a run."""

    ALWAYS = ("history.jsonl", "scenario.yaml", "verdict.json")

    @pytest.mark.parametrize(
        ("keep", "pages"),
        [("never", []), ("failed", ["broken.fixed.html"]), ("always", ["broken.fixed.html", "mine.fixed.html"])],
    )
    @pytest.mark.usefixtures("broken")
    def test_pages_are_kept_as_it_is_said_and_the_rest_always(self, run, pytester, keep, pages):
        run("scenarios", "--kb-report", "out", "--kb-keep", keep)
        rest = [f"{name}.fixed.{suffix}" for name in ("broken", "mine") for suffix in self.ALWAYS]
        found = sorted(file.name for file in (pytester.path / "out").iterdir())
        assert found == sorted(["conformance.json", *pages, *rest])
