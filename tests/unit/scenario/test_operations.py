"""What each verb does to a world."""

from pytest_kbevents.api.resources import CONFIG_MAPS, EVENTS, PODS


def last(verdict, resource, name):
    """The newest state of an object, None when it is gone."""
    namespace = verdict.history.revisions[0].object["metadata"]["namespace"]
    return verdict.history.state.get(resource, (namespace, name))


def events(verdict):
    return list(verdict.history.state.list(EVENTS))


def test_apply_creates_an_object(perform):
    verdict = perform("apply: {kind: ConfigMap, metadata: {name: c}, data: {a: '1'}}")
    assert last(verdict, CONFIG_MAPS, "c")["data"] == {"a": "1"}


def test_apply_brings_what_is_there_in_line(perform):
    verdict = perform(
        "apply: {kind: ConfigMap, metadata: {name: c}, data: {a: '1', b: '1'}}",
        "apply: {kind: ConfigMap, metadata: {name: c}, data: {a: '2'}}",
    )
    assert last(verdict, CONFIG_MAPS, "c")["data"] == {"a": "2", "b": "1"}


def test_patch_removes_what_is_null(perform):
    verdict = perform(
        "apply: {kind: ConfigMap, metadata: {name: c}, data: {a: '1', b: '1'}}",
        "patch: {kind: ConfigMap, name: c, patch: {data: {a: null}}}",
    )
    assert last(verdict, CONFIG_MAPS, "c")["data"] == {"b": "1"}


def test_patch_can_change_a_status(perform):
    verdict = perform("patch: {kind: Pod, name: c1-mysql-0, subresource: status, patch: {status: {phase: Failed}}}")
    assert last(verdict, PODS, "c1-mysql-0")["status"]["phase"] == "Failed"


def test_delete_takes_an_object_away(perform):
    verdict = perform(
        "delete: {kind: Pod, name: c1-mysql-0}",
        "expect: {object: {kind: Pod, name: c1-mysql-0}, matches: null}",
    )
    assert verdict.passed


def test_an_error_of_the_api_server_is_a_finding_at_its_step(perform):
    finding = perform("delete: {kind: Pod, name: nobody}").finding
    assert str(finding.position) == "mine.yaml:12:5"
    assert finding.problem == 'the API server: pods "nobody" not found'
    assert finding.last_error.startswith("404 to kbevents at +")


def test_an_event_is_written_at_a_time_relative_to_now(perform):
    verdict = perform("event: {template: roleProbe, pod: c1-mysql-0, role: primary, eventTime: '-30s'}")
    assert events(verdict)[0]["eventTime"].startswith("2025-12-31T23:59:30.")


def test_an_event_written_again_is_counted_up(perform):
    event = "event: {template: roleProbe, pod: c1-mysql-0, role: primary}"
    assert [event["count"] for event in events(perform(event, event))] == [2]


def test_an_event_can_have_no_time(perform):
    verdict = perform("event: {template: roleProbe, pod: c1-mysql-0, role: primary, eventTime: null}")
    assert events(verdict)[0].get("eventTime") is None


def test_any_field_of_an_event_can_be_overridden(perform):
    fields = "{involvedObject: {fieldPath: 'spec.containers{other}'}}"
    verdict = perform(f"event: {{template: roleProbe, pod: c1-mysql-0, role: primary, fields: {fields}}}")
    assert events(verdict)[0]["involvedObject"]["fieldPath"] == "spec.containers{other}"


def test_a_failing_probe_is_reported_with_its_error(perform):
    verdict = perform(
        "agent: {pod: c1-mysql-0, roleProbe: {exitCode: 3, stderr: boom}}",
        "expect: {recorded: RoleProbeFailed, about: c1-mysql, times: 1}",
        "stays: {pod: c1-mysql-0, role: null, for: 2s}",
    )
    assert verdict.passed
    reasons = {event["reason"]: event["message"] for event in events(verdict)}
    assert '"code":-1' in reasons["roleProbe"]
    assert reasons["RoleProbeFailed"].endswith(
        "pod c1-mysql-0 reported failure code -1: exit code: 3, stderr: boom: failed"
    )


def test_a_dead_pod_says_nothing_more(perform):
    verdict = perform(
        "agent: {pod: c1-mysql-0, roleProbe: primary}",
        "expect: {pod: c1-mysql-0, role: primary}",
        "agent: {pod: c1-mysql-0, down: true}",
        "stays: {pod: c1-mysql-0, role: primary, for: 60s}",
    )
    assert max(event["count"] for event in events(verdict)) <= 2  # the report at once, and the label's


def test_a_stopped_controller_moves_nothing(perform):
    verdict = perform(
        "controller: stop",
        "agent: {pod: c1-mysql-0, roleProbe: primary}",
        "stays: {pod: c1-mysql-0, role: null, for: 10s}",
        "controller: start",
        "expect: {pod: c1-mysql-0, role: primary, within: 5s}",
    )
    assert verdict.passed


def test_a_value_may_use_the_ones_before_it(perform):
    assert perform(
        "agent: {pod: '{{ b }}', roleProbe: primary}",
        "expect: {pod: c1-mysql-1, role: primary}",
        head="values: {a: 1, b: 'c1-mysql-{{ a }}'}",
    ).passed


def test_what_a_step_wrote_is_known_to_the_next(perform):
    """A Pod made anew has another uid, and the Event that is written next is about that one."""
    labels = "{workloads.kubeblocks.io/instance: c1-mysql}"
    containers = "[{name: a, image: a}]"
    pod = f"{{kind: Pod, metadata: {{name: c1-mysql-0, labels: {labels}}}, spec: {{containers: {containers}}}}}"
    verdict = perform(
        "delete: {kind: Pod, name: c1-mysql-0}",
        f"apply: {pod}",
        "stays: {object: {kind: Pod, name: c1-mysql-0}, matches: {status: {phase: Pending}}, for: 1s}",
        "apply: {kind: ConfigMap, metadata: {name: uid, annotations: {uid: '{{ uid(pod(0)) }}'}}}",
    )
    assert verdict.passed
    noted = last(verdict, CONFIG_MAPS, "uid")["metadata"]["annotations"]["uid"]
    assert noted == last(verdict, PODS, "c1-mysql-0")["metadata"]["uid"]
