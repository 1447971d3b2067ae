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
    "a level that is none": ("SHOULD", "OUGHT", ":3:51: level: unknown level 'OUGHT'; known here: MAY, MUST, SHOULD"),
    "a key that stands twice": (
        "kind: Scenario",
        "kind: Scenario\nkind: Scenario",
        ":3:1: the key 'kind' stands here twice",
    ),
    "a tag": ("replicas: 3", "replicas: !!python/int 3", "the tag tag:yaml.org,2002:python/int is not used here"),
    "another api version": ("kbevents/v1", "kbevents/v9", ":1:13: apiVersion must be 'kbevents/v1'"),
}


RELEASES = {
    "an unknown release": ("{passes_on: [mian]}", "8:26: passes_on: unknown release 'mian'; did you mean 'main'?"),
    "a release that is a number": ("{fails_on: [1.0]}", "8:25: fails_on must be text: write it in quotes"),
    "a release that passes and fails": (
        "{passes_on: [main], fails_on: [main]}",
        "8:13: releases: main cannot both pass and fail: keep it in passes_on or in fails_on",
    ),
    "an unknown behaviour": (
        "{passes_on: [main], behaviours: [handlrs]}",
        "8:46: behaviours: unknown behaviour 'handlrs'; did you mean 'handlers'?",
    ),
    "a misspelt list of releases": ("{failOn: [main]}", "8:14: unknown key 'failOn'; did you mean 'fails_on'?"),
    "no release at all": ("{}", "8:13: releases: say passes_on, fails_on or both, or leave it out: then all pass"),
}

CLUSTER = {
    "a policy that is a word": ("available: maybe", "6:42: available must be a mapping"),
    "an unknown policy": ("available: {withProb: {}}", "6:43: unknown key 'withProb'; did you mean 'withProbe'?"),
    "an unknown part of a policy": (
        "available: {withProbe: {timeWindow: 5}}",
        "6:55: unknown key 'timeWindow'; did you mean 'timeWindowSeconds'?",
    ),
    "a role that is a list": ("available: {withRole: [primary]}", "6:53: withRole must be text"),
    "a probe that is a number": ("availableProbe: 15", "6:47: availableProbe must be a mapping"),
    "an unknown part of a probe": (
        "availableProbe: {period: 15}",
        "6:48: unknown key 'period'; did you mean 'periodSeconds'?",
    ),
    "a period beyond all measure": (
        "availableProbe: {periodSeconds: 3000000000}",
        "6:63: periodSeconds must be at most 2147483647",
    ),
    "another probe that is a number": ("probes: {backupProbe: 5}", "6:53: backupProbe must be a mapping"),
    "a role probe among the others": (
        "probes: {roleProbe: {}}",
        "6:12: cluster: roleProbe is no other probe: write it beside probes, not in it",
    ),
    "an action that a probe runs": (
        "actions: {roleProbe: {}}",
        "6:12: cluster: roleProbe is run by a probe: describe it there, not in actions",
    ),
    "an unknown part of an action": (
        "actions: {dataDump: {timeout: 5}}",
        "6:52: unknown key 'timeout'; did you mean 'timeoutSeconds'?",
    ),
    "less than no retries": (
        "actions: {dataDump: {retryPolicy: {maxRetries: -1}}}",
        "6:78: maxRetries must be at least 0",
    ),
    "agents of no release": ("skew: {agents: '9'}", "6:46: agents: unknown release '9'; known here: 0.5.0, 0.8.3,"),
    "a misspelt skew": ("skew: {controler: main}", "6:38: unknown key 'controler'; did you mean 'controller'?"),
}

EVENT = "event: {template: %s, pod: c1-mysql-0, %s}"
EXPECT = "expect: {%s}"
AGENT = "agent: {pod: c1-mysql-0, %s}"
STEPS = {
    "an agent of whom nothing is said": ("agent: {pod: c1-mysql-0}", "12: agent: say what its database answers"),
    "a misspelt probe": (AGENT % "roleProb: x", "30: unknown key 'roleProb'; did you mean 'roleProbe'?"),
    "an action that the component has not": (
        AGENT % "actions: {rolProbe: x}",
        "40: unknown action 'rolProbe'; did you mean 'roleProbe'?",
    ),
    "a dump without data": (AGENT % "dataDump: x", "30: unknown action 'dataDump'; known here: roleProbe"),
    "an answer that is a number": (AGENT % "roleProbe: 5", "41: roleProbe: 5 is no text: write it in quotes"),
    "an answer after a number": (AGENT % "roleProbe: {latency: 5}", "51: latency: 5 is not a duration such as"),
    "a clock that is wrong by a number": (AGENT % "clock: 5", "37: clock: 5 is not an offset such as +5m"),
    "half a character": (AGENT % "roleProbe: '{{ \"\\ud800\" }}'", "41: output: '\\ud800' has half a character"),
    "a sequence beside an output": (
        AGENT % "roleProbe: {output: a, sequence: [b]}",
        "41: roleProbe: a sequence says what each run does",
    ),
    "an answer after no time": (AGENT % "roleProbe: {latency: soon}", "51: latency: 'soon' is not a duration"),
    "a misspelt part of an answer": (
        AGENT % "roleProbe: {outptu: a}",
        "42: unknown key 'outptu'; did you mean 'output'?",
    ),
    "a misspelt part of a sequence": (
        AGENT % "roleProbe: {sequence: [a, {exitCod: 1}]}",
        "57: unknown key 'exitCod'; did you mean 'exitCode'?",
    ),
    "an output that does not parse": (AGENT % 'roleProbe: "[[ call"', "41: output: '[[ call' does not parse: unexp"),
    "a repetition of nothing": (AGENT % "roleProbe: {repeat: true}", "41: roleProbe: repeat is for a sequence"),
    "a real command that is scripted": (
        AGENT % "roleProbe: {command: true, output: a}",
        "41: roleProbe: a real command does what it does; say command alone",
    ),
    "a real command that was not allowed": (
        AGENT % "roleProbe: {command: [date]}",
        "5: this runs a real command on this machine; allow it with --kb-allow-commands",
    ),
    "an agent of no release": (AGENT % "release: '2.0'", "12: agent: unknown release '2.0'; known here: 0.5.0,"),
    "a clock that is wrong without a sign": (AGENT % "clock: 5m", "37: clock: '5m' is not an offset such as +5m"),
    "an unknown bad habit": (AGENT % "sends: {twize: true}", "38: unknown key 'twize'; did you mean 'twice'?"),
    "a dead pod that is asked": (AGENT % "down: true, restart: true", "12: agent: down: true stands alone"),
    "a component without replicas": ("scale: 0", "12: to must be at least 1"),
    "a scale that is a word": ("scale: many", "12: to must be a whole number"),
    "a scale that is no number": ("scale: {to: five}", "17: to must be a whole number"),
    "a fault that refuses and holds": ("fault: {refuse: POST, hold: PUT, kind: Event}", "12: fault: say either refuse"),
    "an answer to what is held": ("fault: {hold: PUT, kind: Pod, error: Conflict}", "12: fault: error is for refuse"),
    "a refusal that takes its time": ("fault: {refuse: PUT, kind: Pod, for: 5s}", "12: fault: for is for hold"),
    "a time to wait that is none": ("wait: soon", "11: for: 'soon' is not a duration such as 500ms, 5s or 2m"),
    "a time to wait without a unit": ("wait: 5", "11: for: 5 is not a duration such as 500ms, 5s or 2m"),
    "a time to wait beyond all measure": ("wait: 9999999h", "11: for: '9999999h' is longer than a century"),
    "a fault of an unknown method": (
        "fault: {refuse: LIST, kind: Pod}",
        "21: refuse must be 'GET', 'POST', 'PUT', 'PATCH', 'DELETE' or 'UPDATE'",
    ),
    "a fault of an unknown kind": (
        "fault: {refuse: PUT, kind: Podd}",
        "32: kind: unknown kind 'Podd'; did you mean 'Pod'?",
    ),
    "a fault with an unknown error": (
        "fault: {refuse: PUT, kind: Pod, error: Timeout}",
        "44: error must be 'Conflict', 'NotFound', 'Forbidden' or 'ServiceUnavailable'",
    ),
    "a fault that never happens": ("fault: {refuse: PUT, kind: Pod, times: 0}", "44: times must be at least 1"),
    "a fault of nothing": ("fault: {kind: Pod}", "12: fault: say either refuse or hold, each with a method"),
    "an event that is never written": (EVENT % ("plain", "repeat: 0"), "55: times must be at least 1"),
    "an event that is written too often": (EVENT % ("plain", "repeat: 1001"), "55: times must be at most 1000"),
    "an output that is a number": (EVENT % ("roleProbe", "output: 5"), "59: output must be text: write it in quotes"),
    "a moment that is none": (
        EVENT % ("roleProbe", "eventTime: ''"),
        "62: eventTime: '' is not an RFC 3339 time such as",
    ),
    "a moment too long ago": (
        EVENT % ("roleProbe", "eventTime: '-9999999h'"),
        "62: eventTime: '9999999h' is longer than",
    ),
    "a moment in no calendar": (
        EVENT % ("roleProbe", "eventTime: '9999-12-31T23:00:00-09:00'"),
        "62: eventTime: '9999-12-31T23:00:00-09:00' is not between the years 1 and 9999",
    ),
    "an unknown event template": (
        EVENT % ("rolProbe", "code: 1"),
        "23: template: unknown Event template 'rolProbe'; did you mean 'roleProbe'?",
    ),
    "values that are a word": (EVENT % ("plain", "values: soon"), "55: values must be a mapping"),
    "a value that no template knows": (
        EVENT % ("plain", "values: {nmae: x}"),
        "56: unknown key 'nmae'; did you mean 'name'?",
    ),
    "a value where none is asked for": (
        EVENT % ("roleProbe", "values: {name: x}"),
        "60: unknown key 'name'; known here: none",
    ),
    "a name that is a number": (EVENT % ("plain", "values: {name: 5}"), "62: name must be text: write it in quotes"),
    "a name that is empty": (EVENT % ("plain", "values: {name: ''}"), "62: name must not be empty"),
    "a task's uid that is a number": (
        EVENT % ("task", "values: {task: 2}"),
        "61: task must be text: write it in quotes",
    ),
    "a task that began at no time": (
        EVENT % ("task", "values: {started: soon}"),
        "64: started: 'soon' is not an RFC 3339 time such as 2026-01-01T00:00:00Z",
    ),
    "a task that is perhaps unfinished": (
        EVENT % ("task", "values: {unfinished: maybe}"),
        "67: unfinished must be true or false",
    ),
    "a container that is a mapping": (
        EVENT % ("checkRole", "values: {container: {a: 1}}"),
        "71: container must be text",
    ),
    "fields without a place": (EVENT % ("plain", "fields: {metadata: 5}"), "55: fields: metadata must be a mapping"),
    "fields without a name": (
        EVENT % ("plain", "fields: {metadata: {name: null}}"),
        "55: fields: metadata.name must be text, and not empty",
    ),
    "a condition that is perhaps so": (
        EXPECT % "component: c1-mysql, available: maybe",
        "46: available must be 'True', 'False' or 'Unknown'",
    ),
    "a condition that is not quoted": (
        EXPECT % "component: c1-mysql, available: true",
        "46: available must be 'True', 'False' or 'Unknown'",
    ),
    "a condition that is not said": (
        EXPECT % "component: c1-mysql",
        "14: say what must be so: available or reason or message",
    ),
    "replicas that are no list": (EXPECT % "tasks: c1-mysql, replicas: a", "41: replicas: must be a list"),
    "data that is perhaps loaded": (EXPECT % "replica: a, loaded: maybe", "34: loaded must be true or false"),
    "a reason that is recorded less than never": (
        EXPECT % "recorded: R, about: a, times: -1",
        "44: times: must be a whole number, at least 0",
    ),
    "a reason that is recorded about nobody": (EXPECT % "recorded: R, times: 1", "13: about is missing here"),
    "a misspelt key of a subject": (
        EXPECT % "tasks: c1-mysql, replica: []",
        "31: unknown key 'replica'; did you mean 'replicas'?",
    ),
    "an object without a name": ("delete: {kind: Pod, name: ''}", "31: name must not be empty"),
}


@pytest.mark.parametrize("mistake", RELEASES)
def test_a_mistake_about_releases(run, scenario, mistake):
    releases, expected = RELEASES[mistake]
    scenario("  steps:\n", f"  releases: {releases}\n  steps:\n")
    assert f"scenarios/mine.yaml:{expected}" in told(run("--kb-scenario", "mine"))


@pytest.mark.parametrize("mistake", CLUSTER)
def test_a_mistake_about_availability(run, scenario, mistake):
    keys, expected = CLUSTER[mistake]
    scenario("{component: mysql", f"{{component: mysql, {keys}")
    assert f"scenarios/mine.yaml:{expected}" in told(run("--kb-scenario", "mine"))


@pytest.mark.parametrize("mistake", STEPS)
def test_a_mistake_in_a_step(run, scenario, mistake):
    step, expected = STEPS[mistake]
    scenario('agent: {pod: "{{ old }}", roleProbe: primary}', step)
    assert told(run("--kb-scenario", "mine")).startswith(f"scenarios/mine.yaml:9:{expected}")


def test_a_mistake_that_only_the_run_shows(run, scenario):
    """A value that is made of the time is one while the file is checked, and another once it runs."""
    values = "values: {started: \"{{ now() if '00000000' in uid(pod(0)) else 'soon' }}\"}"
    scenario('agent: {pod: "{{ old }}", roleProbe: primary}', EVENT % ("task", values))
    result = run("--kb-scenario", "mine")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["scenarios/mine.yaml:9:64: started: 'soon' is not an RFC 3339 time *"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_script_that_somebody_broke_is_told_in_a_report(run, scenario):
    manifest = "{kind: ConfigMap, metadata: {name: c1-mysql-0-database}, data: {script: '{\"up\": 5}'}}"
    scenario("  - expect", f"  - apply: {manifest}\n  - expect")
    result = run("--kb-scenario", "mine")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["ConfigMap c1-mysql-0-database: data.script.up: Input should be a valid boolean*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_fault_that_was_never_met_is_told_in_a_report(run, scenario):
    scenario("  - expect", "  - fault: {refuse: DELETE, kind: Pod}\n  - expect")
    result = run("--kb-scenario", "mine")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["fault DELETE Pod was never met: no such request came after it, *"])


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
        ("--kb-release", "9.9", "--kb-release: unknown value '9.9'; one of 0.5.0, 0.8.3, "),
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
    result.stdout.fnmatch_lines(["--kb-report: *taken/failover.fixed.verdict.json cannot be written: *"])
