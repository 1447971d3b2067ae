"""What nothing uses."""

import pytest

WAIT = "wait: 1s"
USE = "use: g"


@pytest.mark.parametrize(
    ("values", "steps", "unused"),
    [
        ('{old: "{{ pod(0) }}"}', [WAIT], "old"),
        ("{a: 1s, b: 2s}", ['wait: "{{ a }}"'], "b"),
        ("{a: 1s}", ["run: {command: [echo, a]}"], "a"),
        ('{a: 1s, b: "{{ a }}"}', [WAIT], "b"),
        ("{a: 1s}", ["wait: \"{% set a = '2s' %}{{ a }}\""], "a"),
    ],
    ids=["alone", "beside a used one", "a word is no use", "made of a used one", "a template's own name"],
)
def test_a_value_that_nothing_uses_is_told(problems, values, steps, unused):
    found = problems(*steps, head=f"values: {values}", rule="unused-value")
    assert found == [f"the value '{unused}' is used by nothing: take it away"]


@pytest.mark.parametrize(
    ("head", "steps"),
    [
        ("values: {a: 1s}", ['wait: "{{ a }}"']),
        ('values: {a: 1s, b: "{{ a }}"}', ['wait: "{{ b }}"']),
        ("values: {p: primary}\nnever: [{two_holders_of: '{{ p }}'}]", [WAIT]),
        (
            "values: {t: 1s}\ngroups: {g: {parameters: [x], steps: [{wait: '{{ x }}'}]}}",
            ["use: {group: g, with: {x: '{{ t }}'}}"],
        ),
        ("values: {t: 1s}", ["parallel: [{wait: 1s}, [{wait: '{{ t }}'}]]"]),
    ],
    ids=["in a step", "by another value", "by a rule", "given to a group", "in a branch"],
)
def test_a_value_that_something_uses_is_not(problems, head, steps):
    assert problems(*steps, head=head, rule="unused-value") == []


@pytest.mark.parametrize(
    ("matrix", "step"),
    [
        ("{a: [1, 2], t: [1s]}", 'wait: "{{ matrix.t }}"'),
        ("{a: [1, 2]}", WAIT),
        ("{a: [1, 2], t: [1s]}", "wait: \"{{ matrix['t'] }}\""),
    ],
    ids=["beside a used one", "alone", "beside one in brackets"],
)
def test_a_key_of_the_matrix_that_nothing_uses_is_told_once(problems, matrix, step):
    found = problems(step, head=f"matrix: {matrix}", rule="unused-matrix")
    assert found == ["matrix.a is used by nothing, so that its cases are all the same: use it, or take it away"]


@pytest.mark.parametrize(
    ("head", "step"),
    [
        ("matrix: {t: [1s, 2s]}", 'wait: "{{ matrix.t }}"'),
        ("matrix: {t: [1s, 2s]}\nvalues: {t: '{{ matrix.t }}'}", "wait: '{{ t }}'"),
        ("matrix: {t: [1s, 2s]}", 'wait: "{{ matrix | length }}s"'),
        ("matrix: {t: [1s, 2s]}", "wait: \"{% for k in ['t'] %}{{ matrix[k] }}{% endfor %}\""),
    ],
    ids=["in a step", "in a value", "as a whole", "by a name of its own"],
)
def test_a_key_of_the_matrix_that_something_uses_is_not(problems, head, step):
    assert problems(step, head=head, rule="unused-matrix") == []


BIND = 'bind: {name: n, object: {kind: Pod, name: "{{ pod(0) }}"}, query: metadata.uid}'


@pytest.mark.parametrize(
    "steps",
    [[BIND], [BIND, WAIT], ["run: {command: [date], bind: n}"], ["parallel: [[{wait: 1s}], [{" + BIND + "}]]"]],
    ids=["alone", "before a step", "of a command", "in a branch"],
)
def test_a_binding_that_nothing_uses_is_told(problems, steps):
    assert problems(*steps, rule="unused-binding") == ["what is bound as 'n' is used by nothing: take it away"]


@pytest.mark.parametrize(
    "steps",
    [
        [BIND, "apply: {kind: ConfigMap, metadata: {name: x}, data: {uid: '{{ n }}'}}"],
        [BIND, 'event: {template: roleProbe, pod: "{{ pod(0) }}", fields: {involvedObject: {uid: "{{ n }}"}}}'],
        ["run: {command: [date], bind: n}", "run: {command: [echo, '{{ n | upper }}']}"],
        ["run: {command: [date]}"],
    ],
    ids=["in a manifest", "in an Event", "of a command", "a command without one"],
)
def test_a_binding_that_something_uses_is_not(problems, steps):
    assert problems(*steps, rule="unused-binding") == []


@pytest.mark.parametrize(
    "group",
    [
        "{parameters: [x], steps: [{wait: 1s}]}",
        "{parameters: {x: {}}, steps: [{wait: 1s}]}",
        "{parameters: {x: {default: 1}, y: {default: 1s}}, steps: [{wait: '{{ y }}'}]}",
    ],
    ids=["listed", "described", "beside a used one"],
)
def test_a_parameter_that_its_group_does_not_use_is_told(problems, group):
    found = problems("use: {group: g, with: {x: 1}}", head=f"groups: {{g: {group}}}", rule="unused-parameter")
    assert found == ["no step of the group 'g' uses its parameter 'x': take it away"]


@pytest.mark.parametrize(
    "group",
    [
        "{parameters: [x], steps: [{wait: '{{ x }}'}]}",
        "{parameters: {x: {default: 1s}}, steps: [{parallel: [{wait: 1s}, {wait: '{{ x }}'}]}]}",
        "{parameters: [x], steps: [{use: {group: h, with: {y: '{{ x }}'}}}]}",
    ],
    ids=["in a step", "in a branch", "handed on"],
)
def test_a_parameter_that_its_group_uses_is_not(problems, group):
    h = "h: {parameters: [y], steps: [{wait: '{{ y }}'}]}"
    head = f"groups: {{{h}, g: {group}}}"
    assert problems("use: {group: g, with: {x: 1s}}", head=head, rule="unused-parameter") == []


@pytest.mark.parametrize(
    ("groups", "steps"),
    [
        ("{g: {steps: [{wait: 1s}]}}", [WAIT]),
        ("{g: {steps: [{wait: 1s}]}, h: {steps: [{wait: 1s}]}}", ["use: h"]),
        ("{g: {steps: [{use: h}]}, h: {steps: [{wait: 1s}]}}", [WAIT]),
    ],
    ids=["alone", "beside a used one", "that uses another one"],
)
def test_a_group_that_nothing_uses_is_told(problems, groups, steps):
    found = problems(*steps, head=f"groups: {groups}", rule="unused-group")
    assert found == ["the group 'g' is used by nothing: use it, or take it away"]


@pytest.mark.parametrize(
    ("groups", "steps"),
    [
        ("{g: {steps: [{wait: 1s}]}}", [USE]),
        ("{g: {steps: [{wait: 1s}]}}", ["use: {group: g}"]),
        ("{g: {steps: [{wait: 1s}]}, h: {steps: [{parallel: [{use: g}, {wait: 1s}]}]}}", ["use: h"]),
        ("{g: {steps: [{wait: 1s}]}}", ["parallel: {branches: [[{use: g}], {wait: 1s}]}"]),
    ],
    ids=["in short", "at length", "by a group", "in a branch"],
)
def test_a_group_that_something_uses_is_not(problems, groups, steps):
    assert problems(*steps, head=f"groups: {groups}", rule="unused-group") == []


EVENT = '{metadata: {name: mine, namespace: "{{ namespace }}"}, involvedObject: {namespace: "{{ namespace }}"}}'


@pytest.mark.parametrize(
    "steps",
    [[WAIT], ['event: {template: plain, pod: "{{ pod(0) }}"}'], ["run: {command: [echo, mine]}"]],
    ids=["no event", "another template", "a word is no use"],
)
def test_an_event_template_that_nothing_uses_is_told(problems, steps):
    found = problems(*steps, head=f"templates: {{mine: {EVENT}}}", rule="unused-template")
    assert found == ["no event uses the template 'mine': take it away"]


@pytest.mark.parametrize(
    ("head", "steps"),
    [
        ("", ['event: {template: mine, pod: "{{ pod(0) }}"}']),
        ("values: {t: mine}", ['event: {template: "{{ t }}", pod: "{{ pod(0) }}"}']),
        ("matrix: {t: [mine, plain]}", ['event: {template: "{{ matrix.t }}", pod: "{{ pod(0) }}"}']),
        ("", [BIND, 'event: {template: "{{ n }}", pod: "{{ pod(0) }}"}']),
        ("groups: {g: {steps: [{event: {template: mine, pod: c1-mysql-0}}]}}", [WAIT]),
    ],
    ids=["by name", "by a value", "in one case of a matrix", "perhaps", "in a group"],
)
def test_an_event_template_that_something_uses_is_not(problems, head, steps):
    assert problems(*steps, head=f"templates: {{mine: {EVENT}}}\n{head}", rule="unused-template") == []


ID = 'event: {template: plain, id: first, pod: "{{ pod(0) }}"}'


@pytest.mark.parametrize(
    "steps",
    [[ID], [ID, 'event: {template: plain, id: other, pod: "{{ pod(0) }}"}', "event: {same_as: other}"], [ID, WAIT]],
    ids=["alone", "beside a used one", "before a step"],
)
def test_an_id_that_no_event_repeats_is_told(problems, steps):
    assert problems(*steps, rule="unused-id") == ["no same_as names the id 'first': take it away"]


@pytest.mark.parametrize(
    "steps",
    [
        [ID, "event: {same_as: first}"],
        [ID, "parallel: [{wait: 1s}, {event: {same_as: first}}]"],
        [BIND, ID, 'event: {same_as: "{{ n }}"}'],
    ],
    ids=["repeated", "repeated in a branch", "perhaps"],
)
def test_an_id_that_an_event_repeats_is_not(problems, steps):
    assert problems(*steps, rule="unused-id") == []


STEPS = """\
apiVersion: kbevents/v1
kind: Steps
metadata: {name: lib}
spec:
  groups: {g: {steps: [{wait: 1s}]}}
  templates: {theirs: {metadata: {name: x, namespace: "{{ namespace }}"}}}
"""


@pytest.mark.parametrize(
    ("include", "steps", "unused"),
    [
        ("[lib.yaml]", [WAIT], ["lib.yaml"]),
        ("[lib.yaml, sub/other.yaml]", [USE], ["sub/other.yaml"]),
        ("[lib.yaml, sub/other.yaml]", [WAIT], ["lib.yaml", "sub/other.yaml"]),
    ],
    ids=["alone", "beside a used one", "both"],
)
def test_a_file_that_is_included_for_nothing_is_told(problems, tmp_path, include, steps, unused):
    (tmp_path / "lib.yaml").write_text(STEPS)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "other.yaml").write_text(STEPS.replace("{g:", "{h:").replace("theirs", "others"))
    found = problems(*steps, head=f"include: {include}", rule="unused-include", folder=tmp_path)
    assert found == [f"nothing of {file} is used: take it away" for file in unused]


@pytest.mark.parametrize(
    ("include", "step"),
    [
        ("[lib.yaml]", USE),
        ("[lib.yaml]", 'event: {template: theirs, pod: "{{ pod(0) }}"}'),
        ("[outer.yaml]", USE),
        ("[lib.yaml]", "event: {template: \"{{ 'the' ~ 'irs' }}{{ matrix.x }}\", pod: \"{{ pod(0) }}\"}"),
    ],
    ids=["for a group", "for a template", "for what it includes", "perhaps"],
)
def test_a_file_that_is_included_for_something_is_not(problems, tmp_path, include, step):
    (tmp_path / "lib.yaml").write_text(STEPS)
    (tmp_path / "outer.yaml").write_text(
        STEPS.replace("{g:", "{h:").replace("theirs", "o").replace("spec:", "spec:\n  include: [lib.yaml]")
    )
    head = f"include: {include}" + ("\nmatrix: {x: ['']}" if "matrix" in step else "")
    assert problems(step, head=head, rule="unused-include", folder=tmp_path) == []
