"""Release 1.0.0: lorry's messages, kubelet's text around them, kbagent's, and snapshots."""

import json

import pytest

from pytest_kbevents.api.resources import EVENTS, PODS

ROLE_MARK = "role.kubeblocks.io/event-handled"
LORRY = {"reason": "checkRole", "fieldPath": "spec.containers{lorry}", "reportingComponent": "lorry"}
POD, OTHER = "c1-mysql-0", "c1-mysql-1"


def lorry(role, event="Success"):
    return json.dumps({"event": event, "operation": "checkRole", "originalRole": "", "role": role})


@pytest.mark.parametrize("container", ["lorry", "kb-checkrole", "kb-role-probe"])
def test_a_legacy_event_of_these_containers_sets_the_label(old, told, container):
    told(lorry("primary"), fieldPath=f"spec.containers{{{container}}}")
    assert old.role(POD) == "primary"


@pytest.mark.parametrize(
    "changed",
    [{"fieldPath": "spec.containers{mysql}"}, {"reason": "Started"}, {"reason": "roleProbe"}],
    ids=["other-container", "other-reason", "kbagents-reason"],
)
def test_an_event_of_another_container_or_reason_does_nothing(old, told, changed):
    told(lorry("primary"), **changed)
    assert old.role(POD) == "secondary"


@pytest.mark.parametrize("event", ["Success", "roleChanged"])
def test_these_events_count(old, told, event):
    told(lorry("primary", event))
    assert old.role(POD) == "primary"


@pytest.mark.parametrize("event", ["Failed", "success", "", "RoleChanged"])
def test_other_events_do_not_count(old, told, event):
    told(lorry("primary", event))
    assert old.role(POD) == "secondary"


def test_an_event_that_does_not_count_is_marked(old, told):
    assert old.mark(told(lorry("primary", "Failed"))) == "1"


WRAPPED = {
    "kubelets-text": ('Readiness probe failed: error: {"event":"Success","role":"primary"}', "primary"),
    "text-behind-it": ('Readiness probe failed: {"event":"Success","role":"primary"} HTTP 500', "primary"),
    "text-before-it": ('x Readiness probe failed: {"event":"Success","role":"primary"}', "primary"),
    "the-last-brace-counts": ('Readiness probe failed: {"a":1} {"event":"Success","role":"primary"}', "primary"),
    "nested-braces": ('Readiness probe failed: {"event":"Success","role":"primary","x":{}}', "secondary"),
    "no-braces": ("Readiness probe failed: command timed out", "secondary"),
    "no-json-inside": ("Readiness probe failed: {primary}", "secondary"),
    "another-probe": ('Liveness probe failed: {"event":"Success","role":"primary"}', "secondary"),
    "other-text": ('Unhealthy: {"event":"Success","role":"primary"}', "secondary"),
    "json-on-the-next-line": ('Readiness probe failed: \n{"event":"Success","role":"primary"}', "secondary"),
}


@pytest.mark.parametrize(("text", "role"), WRAPPED.values(), ids=WRAPPED)
def test_a_message_within_kubelets_text(old, told, text, role):
    told(text)
    assert old.role(POD) == role


def test_a_message_that_cannot_be_read_is_marked(old, told):
    assert old.mark(told("Readiness probe failed: {primary}")) == "1"


def test_the_label_is_spelled_as_the_workload_spells_the_role(old, told):
    told(lorry("WITNESS"))
    assert old.role(POD) == "Witness"


def test_a_role_that_is_not_defined_takes_the_label_away(old, told):
    told(lorry("candidate"))
    assert old.role(POD) is None


def test_the_version_is_the_events_time_in_microseconds(old, told, seconds):
    told(lorry("primary"), at=100)
    assert old.time(POD) == seconds(100)


@pytest.mark.parametrize(("at", "role"), [(49, "secondary"), (50, "secondary"), (51, "primary")])
def test_only_a_newer_event_counts(old, told, at, role):
    told(lorry("primary"), at=at)
    assert old.role(POD) == role


def test_an_untimed_event_is_older_than_any_time(old, told):
    told(lorry("primary"), at=None)
    assert old.role(POD) == "secondary"


def test_a_handled_event_gets_the_handlers_own_mark(old, told):
    assert old.mark(told(lorry("primary")), ROLE_MARK) == "count-1"


def test_a_handled_event_gets_the_common_mark_too(old, told):
    assert old.mark(told(lorry("primary"))) == "1"


def test_an_event_with_the_handlers_own_mark_does_nothing(old):
    key = old.event(POD, lorry("primary"), 100, **LORRY)
    old.annotate(EVENTS, key, {ROLE_MARK: "count-1"})
    old.reconcile(key)
    assert old.role(POD) == "secondary"


def test_an_event_with_the_handlers_mark_of_another_count_counts(old):
    key = old.event(POD, lorry("primary"), 100, **LORRY, count=2)
    old.annotate(EVENTS, key, {ROLE_MARK: "count-1"})
    old.reconcile(key)
    assert old.role(POD) == "primary"


@pytest.mark.parametrize("container", ["kbagent", "lorry", "other"])
def test_kbagents_event_counts_from_any_container(old, container):
    old.claim(POD, "primary", 100, fieldPath=f"spec.containers{{{container}}}")
    assert old.role(POD) == "primary"


def test_kbagents_output_is_trimmed(old):
    old.claim(POD, "\n Primary \n", 100)
    assert old.role(POD) == "primary"


def test_kbagents_role_with_a_version_is_one_undefined_role(old):
    old.claim(POD, "primary 4", 100)
    assert old.role(POD) is None


def test_kbagents_failed_probe_does_nothing(old, probe_message):
    key = old.event(POD, probe_message("primary", code=-1), 100)
    old.reconcile(key)
    assert (old.role(POD), old.mark(key)) == ("secondary", "1")


@pytest.mark.parametrize("field", ["message", "reason", "involvedObject"], ids=["message", "reason", "involved-object"])
def test_rewriting_kbagents_event_does_not_reach_the_server(old, field):
    key = old.event(POD, '{"code":0,"output":"cHJpbWFyeQ=="}', 100)
    before = old.read(key)[field]
    old.reconcile(key)
    assert old.read(key)[field] == before


def test_nobody_else_loses_an_exclusive_role(old):
    old.pod(OTHER, "primary", time=10)
    old.claim(POD, "primary", 100)
    assert old.holders() == [POD, OTHER]


def test_an_annotation_with_a_colon_is_older_than_anything(old, told):
    old.annotate(PODS, ("ns", POD), {"apps.kubeblocks.io/last-role-snapshot-version": "2024-05-24T10:00:00.1Z"})
    told(lorry("primary"), at=1)
    assert old.role(POD) == "primary"


def test_what_go_does_not_call_white_space_is_not_trimmed(old):
    old.claim(POD, "\x1cprimary", 100)
    assert old.role(POD) is None
