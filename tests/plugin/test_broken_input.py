"""What a user gets wrong is told in one line at its place, with exit code 4, and never with a traceback of ours."""

import pytest


def told(result):
    """The error, after checking that it is one screen of a usage error and nothing else."""
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    lines = [*result.outlines, *result.errlines]
    assert len(lines) < 25
    assert not [line for line in lines if "Traceback" in line or "INTERNALERROR" in line or line.startswith("E  ")]
    return next(line for line in lines if line.startswith("ERROR: ")).removeprefix("ERROR: ")


def test_a_scenario_that_does_not_exist(run):
    assert "did you mean failover?" in told(run("--kb-scenario", "failovr"))


MISTAKES = {
    "yaml that does not parse": ("steps:", "steps: [", "scenarios/mine.yaml:9:3: this is not YAML:"),
    "an unknown verb": ("- agent", "- agnet", "scenarios/mine.yaml:9:5: unknown verb 'agnet'; did you mean 'agent'?"),
    "two verbs": ("  - expect:", "    expect:", "scenarios/mine.yaml:9:5: a step has one verb, this one has 2"),
    "an unknown key": ("within: 5s", "wihtin: 5s", ":10:47: unknown key 'wihtin'; did you mean 'within'?"),
    "an unknown key deep inside": ("exclusive", "exclsive", ":6:68: unknown key 'exclsive'; did you mean 'exclusive'?"),
    "a missing key": (
        "  description: One Pod reports primary and gets the label.\n",
        "",
        ":5:3: description is missing here",
    ),
    "an undefined template name": (
        '"{{ old }}", role:',
        '"{{ odl }}", role:',
        ":10:19: 'odl' is undefined; defined here:",
    ),
    "a template that does not parse": (
        '"{{ old }}", role:',
        '"{{ old", role:',
        ":10:19: this template does not parse:",
    ),
    "a template that reaches into python": (
        '"{{ old }}", role:',
        "\"{{ ''.__class__.__mro__ }}\", role:",
        ":10:19: a template may not reach into Python:",
    ),
    "a template that is not quoted": ('"{{ old }}", role:', "{{ old }}, role:", ":10:20: a key must be plain text"),
    "a duration that is none": ("within: 5s", "within: soon", ":10:55: within: 'soon' is not a duration such as 500ms"),
    "a pod index out of range": ("pod(0)", "pod(7)", ":7:17: pod(7): the component has Pods 0 to 2"),
    "a pod that is not there": (
        '"{{ old }}", roleProbe',
        '"c1-mysql-9", roleProbe',
        ":9:18: unknown Pod 'c1-mysql-9';",
    ),
    "a level that is none": ("SHOULD", "OUGHT", ":3:51: unknown level 'OUGHT'; known here: MAY, MUST, SHOULD"),
    "a key that stands twice": (
        "kind: Scenario",
        "kind: Scenario\nkind: Scenario",
        ":3:1: the key 'kind' stands here twice",
    ),
    "a tag": ("replicas: 3", "replicas: !!python/int 3", "the tag tag:yaml.org,2002:python/int is not used here"),
    "another api version": ("kbevents/v1", "kbevents/v9", ":1:13: apiVersion must be 'kbevents/v1'"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_file(run, scenario, mistake):
    old, new, expected = MISTAKES[mistake]
    scenario(old, new)
    assert expected in told(run("--kb-scenario", "mine"))


def test_a_file_that_is_not_text(run, scenario):
    scenario().write_bytes(b"\xff\xfe\x00")
    assert "scenarios/mine.yaml:1:1: this is not UTF-8 text" in told(run("--kb-scenario", "mine"))


def test_a_mistake_in_a_file_named_as_a_path(run, scenario):
    assert ":9:5: unknown verb" in told(run(str(scenario("- agent", "- agnet"))))


def test_a_mistake_in_a_file_that_is_not_wanted_harms_nobody(run, scenario):
    scenario("- agent", "- agnet")
    run("--kb-scenario", "failover").assert_outcomes(passed=1)


def test_two_scenarios_with_one_name(run, scenario):
    scenario()
    scenario(name="other.yaml")
    message = told(run("--kb-scenario", "mine"))
    assert "two scenarios are named 'mine'" in message
    assert "mine.yaml" in message
    assert "other.yaml" in message


def test_a_scenario_with_the_name_of_a_shipped_one(run, scenario):
    scenario("name: mine", "name: failover")
    assert "two scenarios are named 'failover'" in told(run("--kb-scenario", "failover"))


@pytest.mark.parametrize(
    ("flag", "value", "expected"),
    [
        ("--kb-release", "9.9", "--kb-release: unknown value '9.9'; one of 0.9.5, 1.0.0, "),
        ("--kb-cluster", "moon", "--kb-cluster: unknown value 'moon'; one of embedded, local"),
        ("--kb-seed", "-1", "--kb-seed: '-1' must be a whole number, 0 or more"),
        ("--kb-time-scale", "0", "--kb-time-scale: '0' must be a number above 0"),
    ],
)
def test_a_flag_with_a_wrong_value(run, flag, value, expected):
    assert expected in told(run("--kb-scenario", "failover", f"{flag}={value}"))


def test_an_environment_variable_with_a_wrong_value(run, monkeypatch):
    monkeypatch.setenv("KB_RELEASE", "9.9")
    assert "KB_RELEASE: unknown value '9.9'" in told(run("--kb-scenario", "failover"))


def test_an_ini_value_that_is_wrong(run, pytester):
    pytester.makeini("[pytest]\nkb_seed = soon")
    assert "ini kb_seed: 'soon' must be a whole number" in told(run("--kb-scenario", "failover"))


def test_a_report_folder_that_cannot_be_written(run, pytester):
    pytester.path.joinpath("taken").write_text("")
    result = run("--kb-scenario", "failover", "--kb-report", "taken")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["--kb-report: *taken/failover.fixed.history.jsonl cannot be written: *"])
