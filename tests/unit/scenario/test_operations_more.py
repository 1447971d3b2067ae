"""Operations that came with the language: on real runs."""

import sys

import pytest

from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.clock import SECOND

PRIMARY = "agent: {pod: c1-mysql-0, roleProbe: primary}"
SEEN = "expect: {pod: c1-mysql-0, role: primary}"
ROLE = "event: {template: roleProbe, pod: c1-mysql-0, role: primary%s}"


def held(verdict):
    assert verdict.passed, verdict.finding
    return verdict


def test_a_recreated_pod_has_another_uid_no_role_and_an_agent_that_goes_on(perform):
    verdict = held(
        perform(
            PRIMARY,
            SEEN,
            "bind: {name: old, object: {kind: Pod, name: c1-mysql-0}, query: metadata.uid}",
            "pod: {name: c1-mysql-0, do: recreate}",
            "expect: {object: {kind: Pod, name: c1-mysql-0}, matches: {metadata: {uid: {$ne: '{{ old }}'}}}}",
            "expect: {pod: c1-mysql-0, role: primary}",
        )
    )
    assert len({event["involvedObject"]["uid"] for event in verdict.history.state.list(EVENTS)}) == 2


def test_a_deleted_pod_is_gone_and_a_created_one_runs(perform):
    held(
        perform(
            "pod: {name: c1-mysql-1, do: delete}",
            "expect: {object: {kind: Pod, name: c1-mysql-1}, matches: null}",
            "pod: {name: c1-mysql-1, do: create}",
            "expect: {pod: c1-mysql-1, ready: true}",
        )
    )


def test_a_pod_that_is_not_ready_gets_no_traffic_and_keeps_its_role(perform):
    held(
        perform(
            PRIMARY,
            "expect: {service: rw, routes_to: [c1-mysql-0]}",
            "pod: {name: c1-mysql-0, do: unready}",
            "expect: {service: rw, routes_to: []}",
            "stays: {pod: c1-mysql-0, role: primary, ready: false, for: 5s}",
            "pod: {name: c1-mysql-0, do: ready}",
            "expect: {service: rw, routes_to: [c1-mysql-0]}",
        )
    )


def test_a_pod_that_is_there_cannot_be_created(perform):
    finding = perform("pod: {name: c1-mysql-0, do: create}").finding
    assert finding.problem == 'the API server: pods "c1-mysql-0" already exists'


SLOW = "roleProbe: {periodSeconds: 60}"


def test_a_probe_runs_out_of_its_turn_and_tells_what_is_news(perform):
    steps = [PRIMARY, SEEN, "agent: {pod: c1-mysql-0, roleProbe: secondary}", "wait: 1s", "probe: {pod: c1-mysql-0}"]
    verdict = held(perform(*steps, "expect: {pod: c1-mysql-0, role: secondary, within: 3s}", head=f"# {SLOW}"))
    assert verdict.seconds < 10


def test_a_probe_that_the_component_has_not_is_refused(perform):
    with pytest.raises(Exception, match=r"12:38: unknown probe 'availableProbe'; did you mean|known here: roleProbe"):
        perform("probe: {pod: c1-mysql-0, action: availableProbe}")


def test_time_jumps_and_nobody_acts_meanwhile(perform):
    verdict = held(perform(PRIMARY, SEEN, "advance: 1h", "wait: 5s"))
    times = [revision.micros - verdict.opened for revision in verdict.history.revisions]
    assert not [moment for moment in times if 10 * SECOND < moment < 3600 * SECOND]
    assert verdict.seconds > 3600


@pytest.mark.parametrize("after", [1, 2])
def test_a_crash_after_a_write_is_survived(perform, after):
    crash = f"controller: {{do: crash, after: {after}}}"
    verdict = held(perform(crash, ROLE % "", "expect: {event: roleProbe, about: c1-mysql-0, handled: true}"))
    assert [each.problem for each in verdict.requests if each.code is None] == ["Killed"]


def test_a_crash_that_never_comes_proves_nothing(perform):
    finding = perform("controller: {do: crash, after: 9}", ROLE % "", SEEN).finding
    assert (finding.vacuous, finding.problem.startswith("fault crash of the controller was never met")) == (True, True)


def test_an_upgrade_runs_another_release_s_controller(perform):
    never = "never: [{two_holders_of: primary}]"
    steps = [PRIMARY, SEEN, "agent: {pod: c1-mysql-1, roleProbe: primary}", "expect: {pod: c1-mysql-1, role: primary}"]
    assert "hold it from revision" in perform(*steps, head=never, release="main").finding.problem
    held(perform("controller: {release: fixed}", *steps, head=never, release="main"))


def test_a_restart_empties_caches_and_goes_on(perform):
    held(perform(PRIMARY, SEEN, "controller: restart", "agent: {pod: c1-mysql-0, roleProbe: secondary}",
                 "expect: {pod: c1-mysql-0, role: secondary}"))  # fmt: skip


def events(verdict):
    return {event["metadata"]["name"]: event for event in verdict.history.state.list(EVENTS)}


def told(verdict):
    """The count of each revision of kbagent's Events."""
    agent = [each for each in verdict.history.revisions if each.resource == EVENTS]
    counts = [each.object.get("count") for each in agent if each.object.get("reportingComponent") == "kbagent"]
    return list(dict.fromkeys(counts))


def test_the_same_event_is_sent_again_and_counted_up(perform):
    again = "event: {same_as: it, eventTime: +0s}"
    verdict = held(perform(ROLE % ", id: it", SEEN, again, "event: {same_as: it, count: +3}"))
    assert told(verdict) == [1, 2, 5]


def test_repeats_are_dated_each_in_its_time(perform):
    verdict = held(perform("controller: stop", ROLE % ", repeat: {times: 3, every: 10s}"))
    times = [each.object["eventTime"][17:19] for each in verdict.history.revisions if each.resource == EVENTS]
    assert times == ["00", "10", "20"]
    assert 20 <= verdict.seconds < 21


def test_a_repeat_without_a_pause_is_done_at_once(perform):
    assert told(held(perform("controller: stop", ROLE % ", repeat: 3"))) == [1, 2, 3]


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        ("event: {same_as: it}", "event same_as it: no event of that id was sent before"),
        (ROLE % ", count: +1", "count: +1: there is no Event c1-mysql-0."),
    ],
)
def test_what_cannot_be_sent_again_is_a_finding(perform, step, problem):
    assert problem in perform(step).finding.problem


def command(code):
    return f"run: {{command: [{sys.executable}, -c, '{code}']"


def test_what_a_command_writes_is_judged_and_gets_a_name(perform):
    code = 'import os; print(os.environ["KB_NAMESPACE"])'
    step = command(code) + ", output: {$regex: ^kb-}, bind: where}"
    held(perform(step, "apply: {kind: ConfigMap, metadata: {name: '{{ where }}'}}",
                 "expect: {object: {kind: ConfigMap, name: kb-mine}, matches: {}}"))  # fmt: skip


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (command("raise SystemExit(3)") + "}", "it ends with 3"),
        (command("print(1)") + ", output: '2'}", "it writes something else"),
        (command("import time; time.sleep(60)") + ", within: 100ms}", "not within 0.1s"),
        ("run: {command: [/nothing/there]}", "/nothing/there: it cannot be run: "),
    ],
)
def test_a_command_that_does_otherwise_is_a_finding(perform, step, problem):
    assert problem in perform(step).finding.problem


def test_a_command_that_may_end_so_passes(perform):
    held(perform(command("raise SystemExit(3)") + ", exitCode: 3}", "pod: {name: c1-mysql-0, do: unready}"))


@pytest.mark.parametrize("field_path", ["kbagent", "lorry", "kb-checkrole"])
def test_a_kubelet_s_event_wraps_its_message(perform, field_path):
    values = f"values: {{container: {field_path}}}, message: boom"
    verdict = held(perform("controller: stop", f"event: {{template: kubelet, pod: c1-mysql-0, {values}}}"))
    (event,) = events(verdict).values()
    assert event["message"] == "Readiness probe failed: boom"
    assert event["involvedObject"]["fieldPath"] == f"spec.containers{{{field_path}}}"


def test_a_raw_event_has_what_it_is_given_and_nothing_else(perform):
    fields = "{metadata: {name: mine}, reason: R, involvedObject: {kind: Pod, name: x}}"
    verdict = held(perform("controller: stop", f"event: {{template: raw, pod: c1-mysql-0, fields: {fields}}}"))
    event = events(verdict)["mine"]
    assert {key for key in event if key not in ("apiVersion", "kind", "metadata")} >= {"reason", "involvedObject"}
    assert "eventTime" not in event or event["eventTime"] is None


def test_dice_are_the_seed_s(perform):
    step = "apply: {kind: ConfigMap, metadata: {name: dice}, data: {n: '{{ rand(1000000) }}'}}"

    def thrown(seed):
        revisions = perform(step, seed=seed).history.revisions
        return [each.object["data"]["n"] for each in revisions if each.object["metadata"]["name"] == "dice"]

    assert thrown(1) == thrown(1) != thrown(2)


def test_functions_make_what_an_agent_writes(perform):
    name, message = "{{ event_name(pod(0), 'primary') }}", "{{ role_message('primary') }}"
    fields = f'{{metadata: {{name: "{name}"}}, message: "{message}", involvedObject: {{kind: Pod, name: c1-mysql-0}}}}'
    step = f"event: {{template: raw, pod: c1-mysql-0, fields: {fields}}}"
    assert len(events(held(perform("controller: stop", ROLE % "", step)))) == 1
