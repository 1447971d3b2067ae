"""What a gate reads when a run is over: the exit code, ``conformance.json`` and the reports."""

import json
import shlex

import pytest

DIES = """
import os

def pytest_collection_modifyitems(items):
    for item in items:
        if item.name.startswith("mine"):
            item.runtest = lambda: os._exit(9)
"""
INTERRUPTS = """
import pytest

@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    if item.name.startswith("other"):
        raise KeyboardInterrupt
"""
TWO_SEEDS = """
def test_it(kb_run):
    for seed in (0, 7):
        assert kb_run("mine", seed=seed).passed
"""
TAKEN = ("scenario", "file", "sha256", "release", "cluster", "controller", "seed", "expected", "id", "outcome")
HOLDS = "role: primary, within: 5s"
FAILS = (HOLDS, "role: primary, within: 1ms")


@pytest.fixture
def two(scenario):
    """Two scenarios that pass."""
    scenario()
    scenario("name: mine", "name: other", "other.yaml")


@pytest.fixture
def bundle(pytester):
    """What stands in the folder ``out``: whether the run conforms, and what came of each scenario."""

    def bundle():
        found = json.loads((pytester.path / "out" / "conformance.json").read_text())
        return found["conforms"], {each["scenario"]: each["outcome"] for each in found["results"]}

    return bundle


@pytest.fixture
def written(pytester):
    """The names of the reports of verdicts."""

    def written():
        return sorted(file.name for file in (pytester.path / "out").glob("*.verdict.json"))

    return written


class TestConforms:
    """It is what the exit code says."""

    @pytest.mark.usefixtures("two")
    def test_two_that_pass_conform(self, run, bundle):
        assert run("--kb-scenario", "area=own", "--kb-report", "out").ret == pytest.ExitCode.OK
        assert bundle() == (True, {"mine": "passed", "other": "passed"})

    @pytest.mark.parametrize("wanted", [("--kb-scenario", "area=own"), ("scenarios",)])
    @pytest.mark.usefixtures("two")
    def test_one_in_which_a_worker_dies_is_an_error(self, run, bundle, pytester, wanted):
        pytester.makeconftest(DIES)
        result = run(*wanted, "--kb-report", "out", "-p", "xdist", "-n", "1")
        assert result.ret == pytest.ExitCode.TESTS_FAILED
        assert bundle() == (False, {"mine": "error", "other": "passed"})

    @pytest.mark.usefixtures("two")
    def test_one_that_no_worker_is_left_for_is_told_as_not_run(self, run, bundle, pytester):
        pytester.makeconftest(DIES)
        run("scenarios", "--kb-report", "out", "-p", "xdist", "-n", "1", "--max-worker-restart", "0")
        assert bundle() == (False, {"mine": "error", "other": "not run"})

    @pytest.mark.usefixtures("two")
    def test_one_before_which_the_run_was_interrupted_is_told_as_not_run(self, run, bundle, pytester):
        pytester.makeconftest(INTERRUPTS)
        with pytest.raises(KeyboardInterrupt):
            run("scenarios", "--kb-report", "out")
        assert bundle() == (False, {"mine": "passed", "other": "not run"})

    def test_what_cannot_be_collected_does_not_conform(self, run, bundle, scenario, pytester):
        scenario()
        scenario("role: primary", "roll: primary", "broken.yaml")
        run("scenarios", "--kb-report", "out", "--continue-on-collection-errors")
        assert bundle() == (False, {"mine": "passed"})
        found = json.loads((pytester.path / "out" / "conformance.json").read_text())["not_collected"]
        assert [each["id"] for each in found] == ["scenarios/broken.yaml"]
        assert "'roll'" in found[0]["problem"]

    def test_a_test_that_fails_beside_the_scenarios_does_not_conform(self, run, bundle, scenario, pytester):
        scenario()
        pytester.makepyfile("def test_one(): assert False")
        assert run("--kb-report", "out").ret == pytest.ExitCode.TESTS_FAILED
        assert bundle() == (False, {"mine": "passed"})

    @pytest.mark.usefixtures("two")
    def test_the_bundle_of_an_earlier_run_does_not_outlive_one_that_is_ended_by_a_usage_error(self, run, bundle):
        run("--kb-scenario", "mine", "--kb-report", "out")
        result = run("--kb-scenario", "nosuch", "--kb-report", "out")
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        assert bundle() == (False, {})

    @pytest.mark.usefixtures("two")
    def test_a_list_of_the_tests_leaves_the_bundle_alone(self, run, bundle):
        run("--kb-scenario", "mine", "--kb-report", "out")
        run("--kb-scenario", "mine", "--kb-report", "out", "--collect-only")
        assert bundle() == (True, {"mine": "passed"})

    def test_no_label_takes_the_place_of_what_the_gate_knows(self, run, scenario, pytester):
        scenario("area: own", "".join(f"{label}: mislaid, " for label in TAKEN) + "area: own")
        run("--kb-scenario", "area=own", "--kb-report", "out").assert_outcomes(passed=1)
        (result,) = json.loads((pytester.path / "out" / "conformance.json").read_text())["results"]
        assert "mislaid" not in result.values()
        assert result["area"] == "own"


class TestUsageErrors:
    """Told by whoever is asked, though workers collect."""

    @pytest.mark.parametrize("many", [(), ("-p", "xdist", "-n", "1")])
    def test_a_name_that_nothing_has_is_told(self, run, many):
        result = run("--kb-scenario", "nosuch", *many)
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines(["ERROR: --kb-scenario nosuch: no scenario of that name*"])

    @pytest.mark.parametrize("wanted", [("--kb-scenario", "mine"), ("scenarios/mine.yaml",)])
    def test_a_warning_is_told_once(self, run, scenario, wanted):
        scenario("values: {", "values: {idle: x, ")
        result = run(*wanted, "-p", "xdist", "-n", "2", "-W", "default::UserWarning")
        result.assert_outcomes(passed=1, warnings=1)


class TestReports:
    """No run writes over another one's."""

    def test_the_second_file_of_one_name_has_names_of_its_own(self, run, scenario, written):
        scenario()
        scenario("description: One", "description: Another", "twin.yaml")
        run("scenarios", "--kb-report", "out").assert_outcomes(passed=2)
        first, second = sorted(written(), key=len)
        assert first == "mine.fixed.verdict.json"
        assert second.startswith("mine.fixed.")

    def test_the_names_are_the_same_with_many_processes(self, run, scenario, written):
        scenario()
        scenario("description: One", "description: Another", "twin.yaml")
        run("scenarios", "--kb-report", "out")
        alone = written()
        run("scenarios", "--kb-report", "out", "-p", "xdist", "-n", "2")
        assert written() == alone

    def test_a_run_with_another_seed_has_names_of_its_own(self, run, scenario, pytester, written):
        scenario()
        pytester.makepyfile(TWO_SEEDS)
        run("-k", "test_it", "--kb-report", "out").assert_outcomes(passed=1, deselected=1)
        assert written() == ["mine.fixed.seed7.verdict.json", "mine.fixed.verdict.json"]

    def test_the_page_of_an_earlier_run_goes_when_there_is_none_now(self, run, scenario, pytester):
        wanted = ("--kb-scenario", "mine", "--kb-report", "out")
        scenario(*FAILS)
        run(*wanted)
        page = pytester.path / "out" / "mine.fixed.html"
        assert page.exists()
        scenario()
        run(*wanted)
        assert not page.exists()


class TestAgain:
    """The command that runs it again."""

    def again(self, result):
        lines = result.outlines
        (*_, at) = (number for number, line in enumerate(lines) if line == "run it again:")
        return shlex.split(lines[at + 1])

    def test_it_can_be_pasted(self, run, scenario):
        file = scenario(HOLDS, "role: primary, within: '{{ matrix.waits[0] }}'")
        file.write_text(file.read_text().replace("  steps:\n", "  matrix: {waits: [[5s], [1ms, 5s]]}\n  steps:\n"))
        command, *arguments = self.again(run("--kb-scenario", "mine"))
        assert command == "pytest"
        assert arguments[1] == "mine@waits=?'1ms',?'5s']"  # a selector ends at a space
        assert self.again(run(*arguments)) == [command, *arguments]
        run(*arguments).assert_outcomes(failed=1)

    def test_it_names_the_file_where_two_have_one_name(self, run, scenario):
        scenario(*FAILS)
        scenario("description: One", "description: Another", "twin.yaml")
        _, *arguments = self.again(run("scenarios"))
        assert arguments[:2] == ["--kb-scenario", "scenarios/mine.yaml"]
