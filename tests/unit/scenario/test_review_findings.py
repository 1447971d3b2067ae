"""What a critical reading found: passes that proved nothing, and failures that were none."""

import sys

import pytest

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read
from scenarios import HEAD

P0 = ["agent: {pod: c1-mysql-0, roleProbe: primary}", "expect: {pod: c1-mysql-0, role: primary}"]
P1 = "agent: {pod: c1-mysql-1, roleProbe: %s}"


@pytest.fixture
def played():
    """The verdict of these steps."""

    def played(*steps, head="", release="fixed", cluster="embedded"):
        text = HEAD + head + "  steps:\n" + "".join(f"  - {step}\n" for step in steps)
        backend = make(cluster)
        backend.start()
        try:
            return runner.run(read(text, "mine.yaml"), backend, Cast("reference", release, 0))
        finally:
            backend.stop()

    return played


def finding(verdict):
    assert verdict.finding is not None, "it passes"
    return verdict.finding


@pytest.mark.parametrize(
    "step",
    [
        "never: {replica: nonsense, loaded: true}",
        "stays: {replica: nonsense, loaded: null, for: 1s}",
        "exactly: {transitions: {replica: nonsense, loaded: true}, times: 0}",
        "unchanged: {replica: nonsense, for: 1s}",
        "unchanged: {recorded: Nope, about: nonsense, for: 1s}",
        "exactly: {requests: {by: event-controller, kind: Pod, name: nonsense}, times: 0}",
        "exactly: {writes: {kind: Pod, by: evnt-controler}, times: 0}",
        "exactly: {events: {reason: roleProbe, by: evnt-controler}, times: 0}",
    ],
)
def test_nothing_that_never_was_passes(played, step):
    assert finding(played(*P0, P1 % "secondary", step)).vacuous


@pytest.mark.parametrize("who", ["event-controller", "kbagent", "kbevents"])
def test_what_those_did_not_write_who_are_there_can_be_counted(played, who):
    step = f"exactly: {{writes: {{kind: ConfigMap, name: c1-mysql-env, by: {who}}}, times: 0, for: 1s}}"
    assert played(*P0, P1 % "secondary", step).passed


def test_a_step_that_writes_nothing_new_is_no_trigger(played):
    again = "expect: {event: roleProbe, about: c1-mysql-0, handled: true}"
    stays = "stays: {pod: c1-mysql-0, role: primary, for: 1s}"
    assert finding(played(*P0, stays, P0[0], again)).vacuous


def test_a_wait_beside_another_branch_ends_now_and_not_at_the_other_s_write(played):
    verdict = played(
        *P0,
        f"""parallel:
    - - wait: 5s
      - expect: {{pod: c1-mysql-1, role: secondary, within: 1s}}
    - - {P1 % "secondary"}
      - wait: 2s
      - {P1 % "primary"}
      - wait: 6s""",
    )
    assert finding(verdict).problem == "Pod c1-mysql-1 has role secondary: not within 1s"


def test_a_branch_goes_on_from_where_it_was_opened(played):
    beside = "parallel: [expect: {pod: c1-mysql-1, role: secondary}, wait: 1s]".replace("[expect", "[{expect")
    beside = beside.replace("secondary}, wait: 1s]", "secondary}}, {wait: 1s}]")
    assert played(P1 % "secondary", "wait: 5s", beside).passed


def test_branches_that_judged_end_what_a_judgement_after_them_is_about(played):
    beside = f"parallel: [[{{{P1 % 'secondary'}}}, {{expect: {{pod: c1-mysql-1, role: secondary}}}}], [{{wait: 1s}}]]"
    again = "expect: {pod: c1-mysql-1, role: secondary}"
    assert finding(played(*P0, beside, "patch: {kind: Pod, name: c1-mysql-0, patch: {}}", again)).vacuous


GROUP = """\
  groups:
    kill: {parameters: [victim], steps: [{pod: {name: "{{ victim }}", do: delete}}]}
    look: {steps: [{bind: {name: victim, object: {kind: Pod, name: c1-mysql-1}, query: metadata.name}}]}
  values: {target: c1-mysql-0}
"""
BIND = "bind: {name: victim, object: {kind: Pod, name: c1-mysql-0}, query: metadata.name}"


def test_a_parameter_is_what_is_given_whatever_was_bound(played):
    gone = "expect: {object: {kind: Pod, name: c1-mysql-1}, matches: null}"
    assert played(BIND, "use: {group: kill, with: {victim: c1-mysql-1}}", gone, head=GROUP).passed


def test_what_a_group_binds_ends_with_it(played):
    kill = 'pod: {name: "{{ victim }}", do: delete}'
    gone = "expect: {object: {kind: Pod, name: c1-mysql-0}, matches: null}"
    assert played(BIND, "use: look", kill, gone, head=GROUP).passed


def test_a_bound_value_is_what_is_there_now(played):
    name = "{{ event_name(pod(0), 'primary') }}"
    query = "'metadata.annotations.\"kubeblocks.io/event-handled\"'"
    bind = f'bind: {{name: mark, object: {{kind: Event, name: "{name}"}}, query: {query}}}'
    assert played(*P0, "wait: 1s", bind).passed


def test_never_about_a_pod_that_comes_later_is_judged(played):
    head = "  never: [{event: task, about: c1-mysql-2}]\n"
    assert played(*P0, "scale: 3", "wait: 10s", head=head).passed


OVERLAP = "  never: [{two_holders_of: primary, longer_than: 2500ms}]\n"


def test_a_breach_that_closes_in_time_is_decided_and_the_run_ends(played):
    sequence = "agent: {pod: c1-mysql-1, roleProbe: {sequence: [primary, secondary]}}"
    verdict = played(*P0, sequence, "expect: {pod: c1-mysql-1, role: primary}", head=OVERLAP, release="1.0.0")
    assert verdict.passed
    assert verdict.seconds < 4.5


def test_a_breach_that_goes_on_is_decided(played):
    verdict = played(*P0, P1 % "primary", "expect: {pod: c1-mysql-1, role: primary}", head=OVERLAP, release="1.0.0")
    assert finding(verdict).problem.endswith("and still so")


def test_a_rule_that_a_step_says_is_told_as_what_it_came_to(played):
    verdict = played("never: {pod: c1-mysql-0, role: primary}", P0[0], "wait: 5s")
    assert [(told.verb, told.outcome) for told in verdict.steps] == [
        ("never", "failed"),
        ("agent", "done"),
        ("wait", "failed"),
    ]
    assert [(told.verb, told.outcome) for told in verdict.invariants] == [("never", "failed")]


def test_what_was_only_waited_for_is_told_so(played):
    verdict = played("parallel: [{expect: {pod: c1-mysql-0, role: primary, within: 1s}}, {wait: 10s}]")
    assert sorted(told.outcome for told in verdict.steps) == ["failed", "not finished"]


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00Z", "0999-12-31T00:00:00Z"])
def test_times_long_ago_are_times(played, time):
    assert played(f'event: {{template: roleProbe, pod: c1-mysql-0, role: primary, eventTime: "{time}"}}').passed


def test_a_repeat_beyond_all_time_is_a_finding(played):
    step = "event: {template: roleProbe, pod: c1-mysql-0, role: primary, repeat: {times: 2, every: 1s}, "
    verdict = played(step + 'eventTime: "9999-12-31T23:59:59.9Z"}')
    assert finding(verdict).problem == "event repeat: its time would be beyond the year 9999"


def command(code, more=""):
    return f"run: {{command: [{sys.executable}, -c, '{code}']{more}}}"


def test_a_command_ends_when_it_ends_whatever_it_leaves_behind(played):
    leaves = 'import subprocess, sys; subprocess.Popen([sys.executable, "-c", "input()"])'
    assert played(command(leaves, ", within: 20s"), "pod: {name: c1-mysql-0, do: unready}").passed


def test_while_a_command_runs_a_live_world_is_judged(played):
    """The label comes and goes meanwhile; a history that is written afterwards would not know when."""
    blind = "agent: {pod: c1-mysql-1, roleProbe: {sequence: [secondary, primary, primary, primary, secondary]}}"
    never = "  never: [{two_holders_of: primary, longer_than: 1s}]\n"
    verdict = played(*P0, blind, command("import time; time.sleep(6)"), head=never, release="1.0.0", cluster="local")
    assert finding(verdict).problem.startswith("never two_holders_of primary")
