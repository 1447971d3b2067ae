"""``kbevents lint``."""

import re
import shlex
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import yaml

from pytest_kbevents.cli import main

ROOT = Path(__file__).parents[3]
HEAD = "apiVersion: kbevents/v1\nkind: Scenario\nmetadata: {name: mine}\n"
GOOD = f"{HEAD}spec: {{description: d, cluster: {{component: c, replicas: 1}}, steps: [{{wait: 1s}}]}}\n"
ERROR = GOOD.replace("1s", "0s")
WARNING = GOOD.replace("steps:", "values: {a: 1s}, steps:")
BROKEN = GOOD.replace("wait", "wiat")
STEPS = HEAD.replace("Scenario", "Steps") + "spec: {groups: {g: {parameters: [p], steps: [{wait: 1s}]}}}\n"


@pytest.fixture
def lint(tmp_path, monkeypatch, capsys):
    """Write files into an empty directory, and lint there; returns the exit code, and the lines."""
    monkeypatch.chdir(tmp_path)

    def lint(*arguments, **files):
        for name, text in files.items():
            file = tmp_path / name.replace("__", "/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.with_suffix(".yaml").write_text(text)
        try:
            code = main(["lint", *arguments])
        except SystemExit as ended:
            code = ended.code
        out, err = capsys.readouterr()
        return code, [*out.splitlines(), *err.splitlines()]

    return lint


def test_nothing_wrong_is_0(lint):
    assert lint(scenarios__good=GOOD) == (0, ["no problem in 1 file"])


def test_an_error_is_1_and_said_in_a_line(lint):
    line = "scenarios/bad.yaml:4:77: error: for: 0s leaves no time for anything: give it some (no-time)"
    assert lint(scenarios__bad=ERROR) == (1, [line, "1 error in 1 file"])


def test_a_warning_alone_is_0(lint):
    code, lines = lint(scenarios__odd=WARNING)
    assert code == 0
    assert lines[0].startswith("scenarios/odd.yaml:4:71: warning: ")
    assert lines[1:] == ["1 warning in 1 file"]


def test_a_warning_is_1_where_it_is_strict(lint):
    code, lines = lint("--strict", scenarios__odd=WARNING)
    assert (code, lines[1:]) == (1, ["1 warning in 1 file"])


def test_a_file_that_cannot_be_read_is_told_at_its_place_with_the_nearest_word(lint):
    line = "scenarios/broken.yaml:4:71: error: unknown verb 'wiat'; did you mean 'wait'? (structure)"
    assert lint(scenarios__broken=BROKEN) == (1, [line, "1 error in 1 file"])


def test_a_file_that_is_no_yaml_is_told(lint):
    code, lines = lint(scenarios__broken=f"{HEAD}spec: [")
    assert code == 1
    assert lines[0].startswith("scenarios/broken.yaml:5:1: error: this is not YAML: ")


def test_a_file_of_steps_is_looked_at(lint):
    code, lines = lint("lib.yaml", lib=STEPS)
    assert code == 0
    assert lines[0] == (
        "lib.yaml:4:34: warning: no step of the group 'g' uses its parameter 'p': take it away (unused-parameter)"
    )


def test_a_problem_of_a_file_of_steps_is_told_once_whoever_uses_it(lint):
    lib = STEPS.replace("1s", "0s").replace("parameters: [p], ", "")
    use = GOOD.replace("steps: [{wait: 1s}]", "include: [lib.yaml], steps: [{use: g}]")
    code, lines = lint(scenarios__lib=lib, scenarios__a=use, scenarios__b=use)
    assert (code, lines[1:]) == (1, ["1 error in 3 files"])


def test_folders_and_files_can_be_named(lint):
    assert lint("one", "two.yaml", one__deep__good=GOOD, two=GOOD, three=ERROR) == (0, ["no problem in 2 files"])


def test_a_file_that_is_named_twice_is_looked_at_once(lint):
    code, lines = lint("scenarios", "scenarios/bad.yaml", scenarios__bad=ERROR)
    assert (code, lines[1:]) == (1, ["1 error in 1 file"])


def test_files_of_others_are_left_alone(lint):
    others = "apiVersion: v1\nkind: ConfigMap\ndata:\n  file: |\n    apiVersion: kbevents/v1\n"
    assert lint("a.yaml", a=others) == (0, ["no problem in no file of kbevents"])


def test_hidden_folders_are_left_alone(lint):
    assert lint(".", **{".venv__bad": ERROR}, good=GOOD) == (0, ["no problem in 1 file"])


def test_a_path_that_is_not_there_is_wrong_usage(lint):
    assert lint("nowhere.yaml") == (2, ["kbevents lint: there is no file or folder nowhere.yaml"])


def test_a_project_without_scenarios_is_wrong_usage(lint):
    assert lint() == (2, ["kbevents lint: there is no file or folder scenarios: say which files or folders"])


def test_an_unknown_format_is_wrong_usage(lint):
    assert lint("--format", "xml")[0] == 2


UNUSED = (
    "::warning file=scenarios/odd.yaml,line=4,col=71::the value 'a' is used by nothing: take it away (unused-value)"
)


def test_github_gets_workflow_commands(lint):
    code, lines = lint("--format", "github", scenarios__bad=ERROR, scenarios__odd=WARNING)
    assert code == 1
    assert lines == [
        "::error file=scenarios/bad.yaml,line=4,col=77::for: 0s leaves no time for anything: give it some (no-time)",
        UNUSED,
        "1 error and 1 warning in 2 files",
    ]


def test_what_means_something_to_github_is_escaped(lint):
    text = GOOD.replace("steps:", 'values: {"50%\\nof": 1s}, steps:')
    _, lines = lint("--format", "github", "a,b:c", **{"a,b:c__odd": text})
    assert lines[0].startswith("::warning file=a%2Cb%3Ac/odd.yaml,line=4,col=71::the value '50%25\\nof' ")


def test_pre_commit_hands_files_to_the_hook(lint):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert (hook["id"], hook["language"], hook["types"]) == ("kbevents-lint", "python", ["yaml"])
    command, *arguments = shlex.split(hook["entry"])
    (script,) = entry_points(group="console_scripts", name=command)
    assert script.load() is main
    code, lines = lint(
        *arguments[1:], "scenarios/a.yaml", "scenarios/sub/b.yaml", scenarios__a=GOOD, scenarios__sub__b=ERROR
    )
    assert (arguments[0], code, lines[-1]) == ("lint", 1, "1 error in 2 files")


def test_pre_commit_asks_for_files_in_folders_of_scenarios():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    pattern = re.compile(hook["files"])
    assert [
        bool(pattern.search(name)) for name in ("scenarios/a.yaml", "db/scenarios/x/a.yml", "my-scenarios/a.yaml")
    ] == [
        True,
        True,
        False,
    ]
