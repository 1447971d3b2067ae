"""What --kb-scenario means."""

from pathlib import Path

import pytest

from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario import catalog


def names(result):
    return sorted(line.rpartition("::")[2].partition("[")[0] for line in result.outlines if "::" in line)


def test_a_glob_means_every_name_it_matches(run):
    assert names(run("--kb-scenario", "*-event", "--collect-only", "-q")) == [
        "foreign-event",
        "repeat-event",
        "same-outcome-same-event",
        "stale-event",
    ]


def test_a_label_means_every_scenario_that_has_it(run, scenario):
    scenario()
    assert names(run("--kb-scenario", "area=own", "--collect-only", "-q")) == ["mine"]


def test_a_file_means_itself(run, scenario, pytester):
    scenario().rename(pytester.path / "elsewhere.yaml")
    assert names(run("--kb-scenario", "elsewhere.yaml", "--collect-only", "-q")) == ["mine"]


def test_a_folder_means_all_in_it(run, scenario):
    scenario()
    assert names(run("--kb-scenario", "scenarios", "--collect-only", "-q")) == ["mine"]


def test_selectors_add_up_and_each_scenario_runs_once(run):
    result = run(
        "--kb-scenario", "failover", "--kb-scenario", "failo*", "--kb-scenario", "switchover", "--collect-only", "-q"
    )
    assert names(result) == ["failover", "switchover"]


def test_without_paths_nothing_but_the_scenarios_runs(run, pytester):
    pytester.makepyfile("def test_one(): assert False")
    run("--kb-scenario", "failover").assert_outcomes(passed=1)


def test_paths_run_beside_the_scenarios(run, pytester):
    file = pytester.makepyfile("def test_one(): pass")
    run("--kb-scenario", "failover", str(file)).assert_outcomes(passed=2)


def test_a_scenario_file_is_a_path_like_any_other(run, scenario):
    run(str(scenario())).assert_outcomes(passed=1)


def test_a_plain_run_collects_the_folder_scenarios(run, scenario):
    scenario()
    run().assert_outcomes(passed=1)


def test_yaml_that_is_no_scenario_is_left_alone(run, pytester):
    folder = pytester.mkdir("scenarios")
    Path(folder / "values.yaml").write_text("a: [")
    assert run().ret == 5


def test_the_level_leaves_out_what_is_below_it(run, scenario):
    scenario()
    assert "mine" not in names(run("--kb-scenario", "*", "--kb-level", "MUST", "--collect-only", "-q"))


def test_the_level_leaves_out_the_same_of_what_is_collected_by_its_path(run, scenario):
    scenario()
    scenario("level: SHOULD", "level: MUST", "must.yaml")
    result = run("scenarios", "--kb-level", "MUST")
    result.assert_outcomes(passed=1, deselected=1)


@pytest.mark.parametrize("wanted", [("--kb-scenario", "mine"), ("scenarios",)])
def test_each_case_has_its_own_level(run, scenario, wanted):
    file = scenario("level: SHOULD", "level: '{{ matrix.level }}'")
    file.write_text(file.read_text().replace("  steps:\n", "  matrix: {level: [SHOULD, MUST]}\n  steps:\n"))
    assert names(run(*wanted, "--kb-level", "MUST", "--collect-only", "-q")) == ["mine@level=MUST"]


def test_steps_that_scenarios_include_are_no_scenario(run, scenario, pytester):
    scenario()
    (pytester.path / "scenarios" / "common.yaml").write_text("apiVersion: kbevents/v1\nkind: Steps\n")
    run("scenarios").assert_outcomes(passed=1)


def test_steps_that_are_named_are_told_to_be_no_scenario(run, pytester):
    pytester.mkdir("scenarios").joinpath("common.yaml").write_text("apiVersion: kbevents/v1\nkind: Steps\n")
    result = run("scenarios/common.yaml")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*kind must be 'Scenario'*"])


def test_a_case_is_meant_by_its_very_name_before_any_glob(run, scenario):
    file = scenario("pod(0)", "pod(matrix.pods | length)")
    file.write_text(file.read_text().replace("  steps:\n", "  matrix: {pods: [[1], '1']}\n  steps:\n"))
    ids = run("--kb-scenario", "mine@pods=[1]", "--collect-only", "-q").outlines
    assert [each for each in ids if "::" in each] == ["scenarios/mine.yaml::mine@pods=[1][fixed]"]


def test_a_copy_of_the_shipped_catalog_is_the_catalog(run, pytester):
    from pytest_kbevents.scenario.catalog import shipped

    copy = pytester.mkdir("scenarios") / "role" / "failover.yaml"
    copy.parent.mkdir()
    copy.write_bytes((shipped() / "role" / "failover.yaml").read_bytes())
    assert names(run("--kb-scenario", "failover", "--collect-only", "-q")) == ["failover"]


def test_the_list_names_level_area_description_worlds_and_releases_and_runs_nothing(run):
    result = run("--kb-list", "--kb-scenario", "failover")
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "failover  [[]MUST, role[]]",
            "  The primary dies, another replica reports primary; *",
            "  passes on 1.0.3-beta.1, 1.0.3, 1.1.0-beta.9, main, fixed",
            "  fails on 0.9.5, 1.0.0, 1.0.2, 1.1.0-beta.5",
            "1 scenario; worlds: embedded, local, envtest, kind, kubeconfig",
            f"releases: {', '.join(RELEASES)}",
        ]
    )
    result.stdout.no_fnmatch_line("*passed*")


def test_the_list_without_a_selector_has_all(run):
    count = len(list(catalog.shipped().rglob("*.yaml")))
    assert f"{count} scenarios; worlds: embedded, local, envtest, kind, kubeconfig" in run("--kb-list").outlines


def test_the_project_s_hooks_hear_of_scenarios_that_are_asked_for_by_name(run, pytester):
    pytester.makeconftest("def pytest_runtest_setup(item): print('about to run', item.name)")
    result = run("--kb-scenario", "failover", "-s")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*about to run failover[[]fixed[]]*"])
