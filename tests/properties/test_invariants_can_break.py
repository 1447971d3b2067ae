"""The invariants are none that nothing can break: each is broken here, by a history made for it or by a release."""

from types import SimpleNamespace

from properties import invariants
from pytest_kbevents.api.http import MODIFIED
from pytest_kbevents.api.resources import COMPONENTS, CONFIG_MAPS, EVENTS, INSTANCE_SETS, PODS
from pytest_kbevents.clock import SECOND
from pytest_kbevents.history.revision import Revision

SET = {
    "metadata": {"name": "c1-mysql", "namespace": "ns"},
    "spec": {"roles": [{"name": "Primary", "isExclusive": True}, {"name": "secondary"}]},
}
TIME = "apps.kubeblocks.io/last-role-snapshot-version"


def history(*items):
    """Revisions 1, 2, ... a second apart, out of (resource, object)."""
    known, revisions = {}, []
    for number, (resource, obj) in enumerate(items, 1):
        place = resource, obj["metadata"]["name"]
        revisions.append(Revision(number, number * SECOND, MODIFIED, resource, obj, known.get(place)))
        known[place] = obj
    return revisions


def pod(name, role=None, **annotations):
    labels = {"workloads.kubeblocks.io/instance": "c1-mysql", **({"kubeblocks.io/role": role} if role else {})}
    return PODS, {
        "metadata": {"name": name, "namespace": "ns", "uid": name, "labels": labels, "annotations": annotations}
    }


def component(status, **spec):
    condition = {"type": "Available", "status": status}
    return COMPONENTS, {"metadata": {"name": "c1-mysql"}, "spec": spec, "status": {"conditions": [condition]}}


def result():
    return EVENTS, {"metadata": {"name": "e"}, "reason": "availableProbe"}


def env(**data):
    return CONFIG_MAPS, {"metadata": {"name": "c1-mysql-env"}, "data": data}


def test_two_holders():
    shared = history((INSTANCE_SETS, SET), pod("a", "secondary"), pod("b", "secondary"), pod("a", "primary"))
    assert list(invariants.two_holders(shared)) == []
    assert list(invariants.two_holders([*shared, *history(pod("b", "Primary"))]))


def test_two_holders_one_after_the_other():
    handed_over = history((INSTANCE_SETS, SET), pod("a", "primary"), pod("a"), pod("b", "primary"))
    assert list(invariants.two_holders(handed_over)) == []


def test_a_version_that_decreases():
    assert list(invariants.older_versions(history(pod("a", **{TIME: "5"}), pod("a", **{TIME: "5"})))) == []
    assert list(invariants.older_versions(history(pod("a", **{TIME: "5"}), pod("a", **{TIME: "4"}))))


def test_a_version_that_is_gone():
    assert list(invariants.older_versions(history(pod("a", **{TIME: "5"}), pod("a"))))


def test_another_key_of_the_config_map():
    for after, breaks in ((env(KB_AGENT_TASK="[]", other="kept"), False), (env(other="lost"), True)):
        world = SimpleNamespace(
            history=SimpleNamespace(revisions=history(env(KB_AGENT_TASK="[1]", other="kept"), after)),
            audit=SimpleNamespace(writer=lambda _: "event-controller"),
        )
        assert bool(list(invariants.foreign_keys(world))) is breaks


def test_a_replica_of_a_finished_task_that_is_left_over():
    task = '[{"UID": "2", "replicas": "a,b"}]'
    for uid, breaks in (("2", True), ("1", False)):
        message = f'{{"UID": "{uid}", "replica": "a", "code": 0, "endTime": "2026-01-01T00:00:00Z"}}'
        finished = EVENTS, {"metadata": {"name": "e"}, "reason": "task", "message": message}
        assert bool(list(invariants.left_over_tasks(history(env(KB_AGENT_TASK=task), finished)))) is breaks


def test_available_that_flips_for_no_reason():
    grounded = history(result(), component("True"), result(), component("False"), component("False", replicas=2))
    assert list(invariants.groundless_flips(grounded)) == []
    assert list(invariants.groundless_flips(history(result(), component("True"), component("False"))))


def test_available_that_flips_because_nothing_was_heard():
    heard = [*history(result(), component("True")), *history(*[component("True")] * 12, component("False"))[2:]]
    assert list(invariants.groundless_flips(heard)) == []
