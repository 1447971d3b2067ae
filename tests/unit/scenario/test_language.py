"""Beyond single steps: groups, includes, a matrix, templates of its own, bindings, courses at once."""

import pytest

from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read, read_all

HEAD = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: mine}
spec:
  description: d
  cluster: {component: mysql, replicas: 2, roles: [{name: primary, exclusive: true}, {name: secondary}]}
"""
STEPS = """\
apiVersion: kbevents/v1
kind: Steps
metadata: {name: stock}
spec:
  groups:
    becomes:
      parameters: {who: {}, what: {default: primary}}
      steps:
      - event: {template: roleProbe, pod: "{{ who }}", role: "{{ what }}"}
      - expect: {pod: "{{ who }}", role: "{{ what }}"}
"""


@pytest.fixture
def load(tmp_path):
    """A scenario with that rest of its spec, beside a file ``steps.yaml``."""
    (tmp_path / "steps.yaml").write_text(STEPS)

    def load(rest):
        return read(HEAD + rest, "mine.yaml", tmp_path)

    return load


@pytest.fixture
def played(load):
    """Its verdict."""

    def played(rest, seed=0):
        return runner.run(load(rest), make("embedded"), Cast("reference", "fixed", seed))

    return played


def refused(load, rest):
    with pytest.raises(ScenarioError) as error:
        load(rest)
    return str(error.value)


INCLUDED = "  include: [steps.yaml]\n"
USE = "  steps:\n  - use: {group: becomes, with: %s}\n"


def test_a_group_of_an_included_file_is_carried_out_with_what_it_is_given(played):
    verdict = played(INCLUDED + USE % "{who: '{{ pod(1) }}', what: secondary}")
    assert verdict.passed, verdict.finding
    assert [told.verb for told in verdict.steps] == ["event", "expect"]
    assert verdict.steps[1].data == {"pod": "c1-mysql-1", "role": "secondary"}


def test_a_parameter_that_is_not_given_has_its_default(played):
    assert played(INCLUDED + USE % "{who: c1-mysql-0}").steps[1].data["role"] == "primary"


def test_a_step_that_fails_in_a_group_is_told_with_both_places(played):
    finding = played(INCLUDED + USE % "{who: c1-mysql-0, what: unknown}").finding
    assert (str(finding.position), str(finding.used_at)) == ("steps.yaml:10:9", "mine.yaml:9:5")


def test_a_group_knows_nothing_of_where_it_is_used(load):
    group = "  groups:\n    g: {steps: [{delete: {kind: Pod, name: '{{ mine }}'}}]}\n"
    rest = f"  values: {{mine: x}}\n{group}  steps: [{{use: g}}]\n"
    assert "'mine' is undefined; defined here: " in refused(load, rest)


@pytest.mark.parametrize(
    ("rest", "problem"),
    [
        (INCLUDED + "  steps: [{use: becoms}]\n", "mine.yaml:8:17: unknown group 'becoms'; did you mean 'becomes'?"),
        (INCLUDED + USE % "{}", "mine.yaml:9:10: the group 'becomes' must be given who"),
        (INCLUDED + USE % "{who: c1-mysql-0, hwo: x}", "9:51: unknown parameter 'hwo'; did you mean 'who'?"),
        ("  include: [no.yaml]\n  steps: [{wait: 1s}]\n", "mine.yaml:7:13: include: no.yaml cannot be read: "),
        ("  groups: {a: {steps: [{use: b}]}, b: {steps: [{use: a}]}}\n  steps: [{use: a}]\n", "uses itself"),
        (INCLUDED + "  groups: {becomes: {steps: [{wait: 1s}]}}\n  steps: [{use: becomes}]\n", "another group of"),
        ("  template_folders: [none]\n  steps: [{wait: 1s}]\n", "7:22: template_folders: there is no folder none"),
        ("  templates: {roleProbe: {metadata: {name: x}}}\n  steps: [{wait: 1s}]\n", "another Event template of"),
        ("  steps: [{parallel: [{wait: 1s}]}]\n", "branches must have at least 2 entries"),
        ("  steps: [{parallel: [{wait: 1s}, [{wiat: 1s}]]}]\n", "7:37: unknown verb 'wiat'; did you mean 'wait'?"),
        ("  values: {pod: x}\n  steps: [{wait: 1s}]\n", "7:12: 'pod' is what templates know anyway"),
        ("  matrix: {n: []}\n  steps: [{wait: 1s}]\n", "matrix: n has no values"),
        ("  matrix: {n: 5}\n  steps: [{wait: 1s}]\n", "7:15: n must be a list"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(load, rest, problem):
    assert problem in refused(load, rest)


def test_files_that_include_each_other_are_refused(load, tmp_path):
    (tmp_path / "steps.yaml").write_text(STEPS + "  include: [steps.yaml]\n")
    assert "steps.yaml includes itself" in refused(load, INCLUDED + "  steps: [{use: becomes}]\n")


MATRIX = """\
  matrix:
    number: [1, 3]
    how: [{name: soon, within: 2s}, {name: late, within: 20s}]
  steps:
  - event: {template: roleProbe, pod: "{{ pod(matrix.number - 1) }}", role: primary}
  - expect: {pod: "{{ pod(matrix.number - 1) }}", role: primary, within: "{{ matrix.how.within }}"}
"""


def test_each_combination_of_a_matrix_is_a_scenario(tmp_path):
    text = HEAD.replace("replicas: 2", 'replicas: "{{ matrix.number }}"') + MATRIX
    cases = read_all(text, "mine.yaml", tmp_path)
    assert [case.name for case in cases] == [
        f"mine@number={number},how={how}" for number in (1, 3) for how in ("soon", "late")
    ]
    assert [case.workload.replicas for case in cases] == [1, 1, 3, 3]
    verdicts = [runner.run(case, make("embedded"), Cast("reference", "fixed", 0)) for case in cases]
    assert all(verdict.passed for verdict in verdicts)
    assert verdicts[3].rendered["metadata"]["name"] == "mine-3-late"


def test_one_scenario_of_a_matrix_is_not_the_file(tmp_path):
    with pytest.raises(ScenarioError, match="this makes 4 scenarios where one is wanted"):
        read(HEAD + MATRIX.replace("1, 3", "1, 2"), "mine.yaml", tmp_path)


def test_a_value_of_an_object_gets_a_name(played):
    verdict = played(
        "  steps:\n"
        "  - bind: {name: old, object: {kind: Pod, name: c1-mysql-0}, query: metadata.uid}\n"
        "  - pod: {name: c1-mysql-0, do: recreate}\n"
        "  - expect: {object: {kind: Pod, name: c1-mysql-0}, matches: {metadata: {uid: {$not: '{{ old }}'}}}}\n"
    )
    assert verdict.passed, verdict.finding


@pytest.mark.parametrize(
    ("bind", "problem"),
    [
        ("object: {kind: Pod, name: nobody}, query: metadata.uid", "bind v: there is no Pod nobody"),
        ("object: {kind: Pod, name: c1-mysql-0}, query: metadata.nothing", "has nothing at metadata.nothing"),
    ],
)
def test_a_name_for_nothing_is_a_finding(played, bind, problem):
    finding = played(f"  steps:\n  - bind: {{name: v, {bind}}}\n").finding
    assert problem in finding.problem
    assert finding.vacuous


OWN = """\
  templates:
    odd: {metadata: {name: "{{ pod }}.odd", namespace: "{{ namespace }}"}, reason: Odd, message: "{{ values.why }}",
          involvedObject: {kind: Pod, namespace: "{{ namespace }}", name: "{{ pod }}"}, count: 1}
    text: |
      metadata: {name: {{ pod }}.text, namespace: {{ namespace }}}
      reason: {{ 'Even' if code else 'Text' }}
      involvedObject: {kind: Pod, namespace: {{ namespace }}, name: {{ pod }}}
  steps:
  - event: {template: odd, pod: c1-mysql-0, values: {why: because}}
  - event: {template: text, pod: c1-mysql-0}
"""


def events(verdict):
    return {event["reason"]: event for event in verdict.history.state.list(EVENTS)}


def test_a_scenario_brings_templates_of_its_own(played):
    found = events(played(OWN))
    assert found["Odd"]["message"] == "because"
    assert found["Text"]["metadata"]["name"] == "c1-mysql-0.text"


def test_a_folder_of_templates_is_found_beside_the_file(played, tmp_path):
    folder = tmp_path / "events"
    folder.mkdir()
    text = OWN.partition("text: |\n")[2].partition("  steps:")[0]
    (folder / "mine.yaml.j2").write_text("\n".join(line.strip() for line in text.splitlines()))
    found = events(played("  template_folders: [events]\n  steps:\n  - event: {template: mine, pod: c1-mysql-0}\n"))
    assert "Text" in found


def test_what_a_template_lacks_is_told_at_its_line(played):
    with pytest.raises(ScenarioError, match=r"mine\.yaml:8:\d+: .*has no attribute 'why'"):
        played(OWN.replace(", values: {why: because}", ""))


PARALLEL = """\
  steps:
  - parallel:
    - - agent: {pod: c1-mysql-0, roleProbe: primary}
      - expect: {pod: c1-mysql-0, role: primary}
      - wait: 3s
    - - wait: 1s
      - agent: {pod: c1-mysql-1, roleProbe: secondary}
      - expect: {pod: c1-mysql-1, role: secondary}
  - stays: {pod: c1-mysql-1, role: secondary, for: 1s}
"""


@pytest.mark.parametrize("seed", range(3))
def test_courses_go_on_at_once_and_all_are_waited_for(played, seed):
    verdict = played(PARALLEL, seed)
    assert verdict.passed, verdict.finding
    assert 4 <= verdict.seconds < 5


def test_what_else_was_waited_for_is_told_with_its_time_left(played):
    finding = played(
        "  steps:\n  - parallel:\n"
        "    - expect: {pod: c1-mysql-0, role: primary, within: 1s}\n"
        "    - expect: {pod: c1-mysql-1, role: secondary, within: 10s}\n"
    ).finding
    assert finding.problem == "Pod c1-mysql-0 has role primary: not within 1s"
    (waiting,) = finding.waiting
    assert waiting.startswith("expect: {pod: c1-mysql-1, role: secondary, within: 10s}: ")
    assert 8.9 < float(waiting.rpartition(": ")[2].removesuffix("s left")) <= 9
    assert finding.also == ("expect: {pod: c1-mysql-1, role: secondary, within: 10s}",)


def test_an_invariant_that_breaks_in_the_middle_ends_all_courses(played):
    finding = played("  never: [{pod: c1-mysql-0, role: primary}]\n" + PARALLEL).finding
    assert finding.problem.startswith("never Pod c1-mysql-0 has role primary")


def test_the_nearest_miss_is_told(played):
    finding = played(
        "  steps:\n"
        "  - event: {template: roleProbe, pod: c1-mysql-0, role: primary}\n"
        "  - event: {template: roleProbe, pod: c1-mysql-0, role: secondary, eventTime: +1s}\n"
        "  - expect: {pod: c1-mysql-0, role: primary, version: '1', within: 2s}\n"
    ).finding
    assert finding.nearest.seen["role"] == "primary"
    assert finding.seen["role"] == "secondary"


@pytest.mark.parametrize(
    "use",
    ["'{{ t + 1 }}s'", "\"{{ '1s' if t > 3 else '2s' }}\"", "\"{{ '1s' if t == 3 else '2s' }}\"", "'{{ t | length }}s'",
     "'{% for x in t %}1{% endfor %}s'", "'{{ t.deep[0] }}s'", "'{{ t }}'"],
)  # fmt: skip
def test_what_only_the_run_knows_is_not_judged_before(load, use):
    bind = "  - bind: {name: t, object: {kind: Pod, name: c1-mysql-0}, query: metadata.generation}\n"
    group = "  groups: {g: {parameters: [long], steps: [{wait: '{{ long }}'}]}}\n"
    load(f"{group}  steps:\n{bind}  - wait: {use}\n  - use: {{group: g, with: {{long: {use}}}}}\n")


def test_a_bound_name_that_a_group_is_given_is_told_as_it_was(played):
    bind = "  - bind: {name: t, object: {kind: Pod, name: c1-mysql-0}, query: metadata.name}\n"
    group = "  groups: {g: {parameters: [who], steps: [{agent: {pod: '{{ who }}', down: true}}]}}\n"
    verdict = played(f"{group}  steps:\n{bind}  - use: {{group: g, with: {{who: '{{{{ t }}}}'}}}}\n")
    assert verdict.passed, verdict.finding
    assert verdict.rendered["spec"]["steps"][1] == {"agent": {"pod": "c1-mysql-0", "down": True}}


def test_what_was_never_reached_is_told_as_it_stands(played):
    bind = "  - bind: {name: t, object: {kind: Pod, name: nobody}, query: metadata.name}\n"
    group = "  groups: {g: {parameters: [who], steps: [{agent: {pod: '{{ who }}', down: true}}]}}\n"
    verdict = played(f"{group}  steps:\n{bind}  - use: {{group: g, with: {{who: '{{{{ t }}}}'}}}}\n")
    assert not verdict.passed
    assert verdict.rendered["spec"]["steps"][1] == {"agent": {"pod": "{{ who }}", "down": True}}


def test_a_rendered_scenario_brings_its_templates_along(played):
    spec = played(OWN).rendered["spec"]
    assert spec["templates"].keys() == {"odd", "text"}
