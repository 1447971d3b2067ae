"""A revision in one line."""

from pytest_kbevents.api.resources import EVENTS
from pytest_kbevents.history.describe import describe


def test_a_changed_label_is_told_from_what_to_what(script):
    script.pod("a", "primary")
    assert describe(script.pod("a")) == "Pod a: kubeblocks.io/role primary -> (none)"


def test_a_new_object_is_created(script):
    assert describe(script.pod("a", kind="ADDED")) == "Pod a created"


def test_a_deleted_object_is_deleted(script):
    script.pod("a")
    assert describe(script.pod("a", kind="DELETED")) == "Pod a deleted"


def test_an_agent_s_event_is_told_by_its_outcome(script):
    message = '{"instance":"i","probe":"roleProbe","code":0,"output":"cHJpbWFyeQo="}'
    event = {"metadata": {"name": "e"}, "reason": "roleProbe", "message": message}
    assert describe(script.add(EVENTS, event, "ADDED")) == "Event e (roleProbe 'primary') created"


def test_a_failed_probe_is_told_by_its_error(script):
    event = {"metadata": {"name": "e"}, "reason": "roleProbe", "message": '{"code":-1,"message":"boom"}'}
    assert describe(script.add(EVENTS, event, "ADDED")) == "Event e (roleProbe failed: boom) created"


def test_any_other_event_is_told_by_its_message(script):
    event = {"metadata": {"name": "e"}, "reason": "Started", "message": "Started container"}
    assert describe(script.add(EVENTS, event, "ADDED")) == "Event e (Started: Started container) created"
