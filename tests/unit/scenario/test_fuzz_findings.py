"""What fuzzed scenario files found, each by name."""

import re

import pytest

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.conductor import Conductor
from pytest_kbevents.scenario.loader import read, read_all
from pytest_kbevents.scenario.tallies.writes import Writes
from scenarios import HEAD

WAIT = "  steps: [{wait: 1s}]\n"
STEPS = "apiVersion: kbevents/v1\nkind: Steps\nmetadata: {name: s}\nspec:\n"


@pytest.fixture
def refused(tmp_path):
    """The one line about a scenario with that rest of its spec."""

    def refused(rest, head=HEAD):
        with pytest.raises(ScenarioError) as error:
            read_all(head + rest, "mine.yaml", tmp_path)
        assert "\n" not in str(error.value)
        return str(error.value)

    return refused


@pytest.fixture
def failed(tmp_path):
    """The problem of a run with that rest of its spec."""

    def failed(rest):
        verdict = runner.run(read(HEAD + rest, "mine.yaml", tmp_path), make("embedded"), Cast("reference", "fixed", 0))
        return verdict.finding.problem

    return failed


# Characters and numbers.


def test_half_a_character_is_no_yaml(refused):
    assert "mine.yaml:11:6: the character U+D800 cannot stand in YAML" in refused("  a: \ud800\n")


def test_a_control_character_is_told_with_its_place(refused):
    assert "mine.yaml:11:7: the character U+0007 cannot stand in YAML as it is" in refused("  a: x\x07\n")


@pytest.mark.parametrize("number", ["9" * 5000, "1e999", "-1e999"])
def test_a_number_beyond_measure_is_refused(refused, number):
    assert "mine.yaml:11:15: this number is beyond measure" in refused(f"  values: {{a: {number}}}\n{WAIT}")


# Places.


def test_a_mistake_after_written_line_breaks_is_told_where_the_text_begins(refused):
    assert refused(f'  values: {{a: "x\\n\\n\\n\\n\\n\\n\\n{{{{ b }}}}"}}\n{WAIT}').startswith(
        "mine.yaml:11:15: 'b' is undef"
    )


# Templates.


def test_a_template_that_is_nested_too_deeply_is_told_so(refused):
    text = "(" * 500 + "1" + ")" * 500
    assert "11:15: this template is nested too deeply" in refused(f'  values: {{a: "{{{{ {text} }}}}"}}\n{WAIT}')


def test_a_template_that_writes_too_much_is_told_so(refused):
    assert "writes more than 1000000 characters" in refused(f"  values: {{a: \"{{{{ 'x' * 10**9 }}}}\"}}\n{WAIT}")


def test_many_templates_that_do_much_are_told_so(refused):
    values = ", ".join(f"v{number}: '{{{{ a * 900 }}}}'" for number in range(50))
    problem = refused(f"  values: {{a: {'x' * 1000}, {values}}}\n{WAIT}")
    assert "the templates of this file do too much" in problem


@pytest.mark.parametrize("ordinal", ["true", "1.0", "'0'"])
def test_a_pod_has_a_whole_number(refused, ordinal):
    assert "the component has Pods" in refused(f'  values: {{a: "{{{{ pod({ordinal}) }}}}"}}\n{WAIT}')


def test_an_output_that_never_ends_fails_its_command(failed):
    agent = "{agent: {pod: c1-mysql-0, roleProbe: \"[[ 'x' * 10**9 ]]\"}}"
    assert "not within" in failed(f"  steps: [{agent}, {{expect: {{pod: c1-mysql-0, role: primary, within: 3s}}}}]\n")


def test_an_output_that_python_cannot_compile_does_not_parse(refused):
    loops = "[% for a in [1] %]" * 30 + "[% endfor %]" * 30
    assert "does not parse" in refused(f'  steps: [{{agent: {{pod: c1-mysql-0, roleProbe: "{loops}"}}}}]\n')


# Files that are included.


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/stdin", "link", "pipe"])
def test_what_is_no_plain_file_is_not_opened(refused, tmp_path, name):
    import os

    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    assert "cannot be read" in refused(f"  include: [{name}]\n{WAIT}")


def test_what_the_kernel_makes_up_is_an_empty_file(refused):
    assert "the document must be a mapping" in refused(f"  include: [/proc/self/status]\n{WAIT}")


def test_a_folder_is_no_file_of_steps(refused):
    assert "mine.yaml:11:13: include: . cannot be read: it is a folder" in refused(f"  include: [.]\n{WAIT}")


def test_a_large_file_is_not_included(refused, tmp_path):
    (tmp_path / "large.yaml").write_text("#" * 2_000_000)
    assert "it has more than 1048576 bytes" in refused(f"  include: [large.yaml]\n{WAIT}")


@pytest.mark.parametrize("name", [r"a\0b", r"a\nb", "x" * 5000])
@pytest.mark.parametrize("key", ["include", "template_folders"])
def test_a_name_that_no_file_has_is_told_so(refused, key, name):
    assert "mine.yaml:11:" in refused(f'  {key}: ["{name}"]\n{WAIT}')


def test_files_that_include_one_another_without_end_are_refused(refused, tmp_path):
    for number in range(100):
        (tmp_path / f"{number}.yaml").write_text(f"{STEPS}  include: [{number + 1}.yaml]\n")
    assert "more than 20 files include one another here" in refused(f"  include: [0.yaml]\n{WAIT}")


def test_a_file_that_is_reached_in_two_ways_is_read_once(tmp_path):
    for number in range(15):
        (tmp_path / f"{number}.yaml").write_text(f"{STEPS}  include: [{number + 1}.yaml, ./{number + 1}.yaml]\n")
    (tmp_path / "15.yaml").write_text(f"{STEPS}  groups: {{g: {{steps: [{{wait: 1s}}]}}}}\n")
    assert read(f"{HEAD}  include: [0.yaml]\n  steps: [{{use: g}}]\n", "mine.yaml", tmp_path)


# Groups, branches and a matrix.


def test_groups_cannot_make_a_small_file_huge(refused):
    groups = "".join(
        f"    g{number}: {{steps: [{{use: g{number + 1}}}, {{use: g{number + 1}}}]}}\n" for number in range(40)
    )
    assert "more than 10000 steps" in refused(
        f"  groups:\n{groups}    g40: {{steps: [{{wait: 1s}}]}}\n  steps: [{{use: g0}}]\n"
    )


def test_groups_cannot_be_in_one_another_without_end(refused):
    groups = "".join(f"    g{number}: {{steps: [{{use: g{number + 1}}}]}}\n" for number in range(300))
    problem = refused(f"  groups:\n{groups}    g300: {{steps: [{{wait: 1s}}]}}\n  steps: [{{use: g0}}]\n")
    assert "more than 50 groups and branches are in one another here" in problem


def test_the_cases_of_a_matrix_cannot_make_a_small_file_huge(refused):
    steps = ", ".join(["{wait: 1s}"] * 500)
    problem = refused(f"  matrix: {{a: {list(range(100))}}}\n  steps: [{steps}]\n")
    assert problem == "mine.yaml:11:3: the scenarios of this file have more than 20000 steps together"


@pytest.mark.parametrize("values", ["[1, 1]", "[{x: 1}, {x: 2}]", "['1', 1]"])
def test_two_cases_of_one_name_are_refused(refused, values):
    assert "mine.yaml:11:3: matrix makes two scenarios of the name 'mine@a=" in refused(
        f"  matrix: {{a: {values}}}\n{WAIT}"
    )


@pytest.mark.parametrize("value", [r'"a\nb"', r'"\x1b[31m"', "x" * 300, "../../x"])
def test_a_case_whose_name_nobody_can_write_is_refused(refused, value):
    assert "matrix makes a name that nobody can write" in refused(f"  matrix: {{a: [{value}]}}\n{WAIT}")


# Trust.


@pytest.mark.parametrize(
    "step",
    [
        "run: {command: [id], within: '{{ bound }}'}",
        "run: {command: [id], exitCode: '{{ bound }}'}",
        "agent: {pod: '{{ bound }}', roleProbe: {command: [id]}}",
        "agent: {pod: c1-mysql-0, actions: {'{{ bound }}': {sequence: [{command: [id]}]}}, clock: '{{ bound }}'}",
    ],
)
def test_a_command_is_noticed_in_a_step_that_only_the_run_can_check(tmp_path, step):
    bind = "bind: {name: bound, object: {kind: Pod, name: c1-mysql-0}, query: metadata.name}"
    scenario = read(f"{HEAD}  steps:\n  - {bind}\n  - {step}\n", "mine.yaml", tmp_path)
    assert str(scenario.command) == "mine.yaml:13:5"


def test_a_need_is_noticed_in_a_step_that_only_the_run_can_check(tmp_path):
    bind = "bind: {name: bound, object: {kind: Pod, name: c1-mysql-0}, query: metadata.name}"
    scenario = read(f"{HEAD}  steps:\n  - {bind}\n  - advance: '{{{{ bound }}}}'\n", "mine.yaml", tmp_path)
    assert list(scenario.needs) == ["virtual time"]


# Expressions.
def expecting(expectation):
    return f"  steps: [{{expect: {{pod: c1-mysql-0, role: {expectation}, within: 1s}}}}]\n"


@pytest.mark.parametrize("regex", ["(a+)+$", "(a*)*b", r"(\\w+\\s?)*$", "(a|b|ab)*c", "(a?){30}a{30}", "x*" * 200])
def test_a_regular_expression_that_may_take_for_ever_is_refused(refused, regex):
    assert "this regular expression may take for ever" in refused(expecting(f'{{$regex: "{regex}"}}'))


def test_a_query_that_copies_copies_is_refused(refused):
    query = " | ".join(["[@, @]"] * 40)
    assert "may find more than 1000 copies" in refused(expecting(f"{{$jmespath: '{query}'}}"))


def test_a_query_that_the_library_cannot_read_is_refused(refused):
    assert "this JMESPath does not parse" in refused(expecting("{$jmespath: '\"\\ud800'}"))


def test_a_service_may_route_to_pods_that_are_described(failed):
    routes = "{expect: {service: rw, routes_to: [{$contains: x}, {$contains: y}], within: 1s}}"
    assert "routes to" in failed(f"  steps: [{routes}]\n")


# Runs.


@pytest.mark.parametrize("role", ["a || b", "x" * 70, "-"])
def test_a_workload_that_no_api_server_takes_is_told_at_the_cluster(tmp_path, role):
    scenario = read(re.sub("role: primary", f'role: "{role}"', HEAD) + WAIT, "mine.yaml", tmp_path)
    with pytest.raises(ScenarioError, match=r"^mine.yaml:6:3: the API server does not take what this makes: Service"):
        runner.run(scenario, make("embedded"), Cast("reference", "fixed", 0))


@pytest.mark.parametrize(
    "patch",
    [
        "kind: Component, name: c1-mysql, subresource: status, patch: {status: {conditions: [[1]]}}",
        "kind: InstanceSet, name: c1-mysql, patch: {spec: {defaultTemplateOrdinals: {discrete: [a]}}}",
        "kind: InstanceSet, name: c1-mysql, patch: {spec: {roles: [primary]}}",
    ],
)
def test_what_the_controller_reads_of_kubeblocks_has_its_type(failed, patch):
    assert "the API server: " in failed(f"  steps: [{{patch: {{{patch}}}}}]\n")


def test_an_event_whose_message_is_endless_json_is_told_in_a_report(failed):
    event = f"{{event: {{template: plain, pod: c1-mysql-0, fields: {{message: '{'[' * 20_000}'}}}}}}"
    expect = "{expect: {event: Scheduled, about: c1-mysql-0, says: nothing, within: 1s}}"
    assert "not within" in failed(f"  steps: [{event}, {expect}]\n")


# Counts.


def test_an_event_that_was_told_very_often_is_counted_without_counting_to_it(failed):
    event = "{event: {template: plain, pod: c1-mysql-0, values: {name: e}, count: 2147483647}}"
    steps = f"[{event}, {{at_most: {{times: 5, events: {{reason: Scheduled}}}}}}]"
    assert failed(f"  steps: {steps}\n").endswith(": there are 2147483647")


def test_a_count_that_goes_on_looks_at_each_revision_but_twice(tmp_path, monkeypatch):
    looks = []
    meant = Writes._is_meant
    monkeypatch.setattr(Writes, "_is_meant", lambda self, *each: looks.append(each[0].number) or meant(self, *each))
    flap = "{agent: {pod: c1-mysql-0, roleProbe: {sequence: [primary, secondary], repeat: true}}}"
    steps = f"[{flap}, {{exactly: {{times: 0, writes: {{kind: Pod, name: c1-mysql-1}}, for: 30s}}}}]"
    scenario = read(f"{HEAD}  steps: {steps}\n", "mine.yaml", tmp_path)
    verdict = runner.run(scenario, make("embedded"), Cast("reference", "fixed", 0))
    assert verdict.passed
    assert max(map(looks.count, looks)) == 2
    assert len(looks) > 100


def test_a_breach_that_was_put_up_with_is_forgotten(tmp_path):
    flap = "{agent: {pod: c1-mysql-0, roleProbe: {sequence: [primary, secondary], repeat: true}}}"
    never = "never: [{pod: c1-mysql-0, role: primary, longer_than: 5s}]"
    scenario = read(f"{HEAD}  {never}\n  steps: [{flap}, {{wait: 30s}}]\n", "mine.yaml", tmp_path)
    world = runner.opened(scenario, make("embedded"), Cast("reference", "fixed", 0))
    conductor = Conductor(scenario, world, Cast("reference", "fixed", 0))
    assert conductor.play(scenario.steps) is None
    assert [invariant._closed for invariant in conductor._stage.shared.invariants] == [[]]
    world.close()
