"""Groups that nothing uses yet, in scenarios and in files of kind Steps."""

import pytest

from pytest_kbevents.scenario.lint.file import lint_file

HEAD = "apiVersion: kbevents/v1\nkind: Steps\nmetadata: {name: mine}\nspec:\n  groups:\n    g:\n"

WRONG = [
    (
        "parameters: [p]",
        "expect: {pod: '{{ p }}', wihtin: 5s, role: null}",
        "unknown key 'wihtin'; did you mean 'within'?",
    ),
    ("parameters: [p]", "exepct: {pod: '{{ p }}'}", "unknown verb 'exepct'; did you mean 'expect'?"),
    ("parameters: [p]", "wait: '{{ q }}{{ p }}'", "'q' is undefined"),
    ("parameters: [p]", "wait: '{{ q }}'", "'q' is undefined"),
    ("parameters: [p]", "wait: '{{ p'", "this template does not parse"),
    ("parameters: {p: {default: soon}}", "wait: '{{ p }}'", "'soon' is not a duration"),
    ("parameters: [p]", "event: {template: rolProbe, pod: '{{ p }}'}", "unknown Event template 'rolProbe'"),
    ("parameters: [p]", "parallel: [{wait: '{{ p }}'}, {wait: 5}]", "5 is not a duration"),
    ("parameters: [p]", "use: {group: h, with: {x: '{{ p }}'}}", "unknown group 'h'"),
    ("parameters: [p]", "bind: {name: n, object: {kind: Podd, name: '{{ p }}'}, query: a}", "unknown kind 'Podd'"),
]
RIGHT = [
    ("parameters: [p, t]", "expect: {pod: '{{ p }}', role: null, within: '{{ t }}'}"),
    ("parameters: [n, t, p]", "exactly: {events: {about: '{{ p }}'}, times: '{{ n }}', for: '{{ t }}'}"),
    ("parameters: [n]", "scale: {to: '{{ n }}'}"),
    ("parameters: [p, s]", "agent: {pod: '{{ p }}', down: '{{ s }}'}"),
    ("parameters: [k, p]", "patch: {kind: '{{ k }}', name: '{{ p }}', patch: {}}"),
    ("parameters: [p]", "wait: '{% for each in p %}{{ each.time }}{% endfor %}'"),
    ("parameters: {p: {default: 5s}}", "wait: '{{ p }}'"),
]


def linted(parameters, step):
    text = f"{HEAD}      {parameters}\n      steps:\n      - {step}\n"
    return lint_file(text.encode(), "mine.yaml", None)


@pytest.mark.parametrize(("parameters", "step", "text"), WRONG, ids=[each[2] for each in WRONG])
def test_what_no_parameter_makes_right_is_told_of_a_file_of_steps(parameters, step, text):
    (found,) = linted(parameters, step)
    assert found.rule == "structure"
    assert text in found.text
    assert found.position.line == 9


@pytest.mark.parametrize(("parameters", "step", "text"), WRONG, ids=[each[2] for each in WRONG])
def test_what_no_parameter_makes_right_is_told_of_a_group_that_nothing_uses(problems, parameters, step, text):
    head = f"groups:\n  g:\n    {parameters}\n    steps:\n    - {step}"
    assert any(text in each for each in problems("wait: 1s", head=head, rule="structure"))


@pytest.mark.parametrize(("parameters", "step"), RIGHT, ids=[each[1] for each in RIGHT])
def test_what_some_parameter_makes_right_is_not(problems, parameters, step):
    assert linted(parameters, step) == []
    head = f"groups:\n  g:\n    {parameters}\n    steps:\n    - {step}"
    assert problems("wait: 1s", head=head, rule="structure") == []


def test_a_file_of_steps_knows_no_pods_and_says_nothing_of_them():
    assert linted("parameters: []", "agent: {pod: c1-mysql-7, actions: {backupProbe: ok}}") == []


def test_a_group_of_a_scenario_knows_its_pods(problems):
    head = "groups: {g: {steps: [{agent: {pod: c1-mysql-7, roleProbe: primary}}]}}"
    assert len(problems("wait: 1s", head=head, rule="structure")) == 1


def test_rules_that_need_no_cluster_look_at_a_file_of_steps():
    assert [each.rule for each in linted("parameters: [p]", "wait: 0s")] == ["unused-parameter", "no-time"]


def test_groups_of_a_file_of_steps_are_for_others():
    assert linted("parameters: []", "wait: 1s") == []


def test_the_same_is_told_of_what_a_file_of_steps_includes(tmp_path):
    (tmp_path / "other.yaml").write_text(HEAD.replace("g:", "h:") + "      steps: [{use: g}]\n")
    text = HEAD.replace("spec:", "spec:\n  include: [other.yaml]") + "      steps: [{use: h}]\n"
    (found,) = lint_file(text.encode(), "mine.yaml", tmp_path)
    assert found.text.startswith("unknown group 'g'")
