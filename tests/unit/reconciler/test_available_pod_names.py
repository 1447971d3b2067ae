"""The names of a component's Pods."""

import pytest

from pytest_kbevents.reconciler.available.pod_names import of_component, of_instance_set


def workload(status=None, **spec):
    return {"metadata": {"name": "c"}, "spec": spec, "status": status or {}}


def template(name, replicas=None, **ordinals):
    given = {} if replicas is None else {"replicas": replicas}
    return {"name": name, **given, **({"ordinals": ordinals} if ordinals else {})}


NAMED = {
    "none": (workload(replicas=0), []),
    "three": (workload(replicas=3), ["c-0", "c-1", "c-2"]),
    "offline-ones-are-skipped": (workload(replicas=2, offlineInstances=["c-0", "c-2"]), ["c-1", "c-3"]),
    "template-takes-from-the-replicas": (
        workload(replicas=3, instances=[template("t", 2)]),
        ["c-0", "c-t-0", "c-t-1"],
    ),
    "template-has-one-replica-unless-it-says": (workload(replicas=2, instances=[template("t")]), ["c-0", "c-t-0"]),
    "template-without-replicas": (workload(replicas=1, instances=[template("t", 0)]), ["c-0"]),
    "templates-of-more-than-there-are": (workload(replicas=1, instances=[template("t", 2)]), ["c-t-0", "c-t-1"]),
    "offline-one-of-a-template": (
        workload(replicas=1, instances=[template("t", 1)], offlineInstances=["c-t-0"]),
        ["c-t-1"],
    ),
    "discrete-ordinals": (
        workload(replicas=2, instances=[template("t", 2, discrete=[7, 3, 9])]),
        ["c-t-3", "c-t-7"],
    ),
    "range-with-its-end": (
        workload(replicas=3, instances=[template("t", 3, ranges=[{"start": 2, "end": 4}])]),
        ["c-t-2", "c-t-3", "c-t-4"],
    ),
    "overlapping-ordinals-count-once": (
        workload(replicas=4, instances=[template("t", 4, ranges=[{"start": 1, "end": 3}], discrete=[0, 2, 3])]),
        ["c-t-0", "c-t-1", "c-t-2", "c-t-3"],
    ),
    "fewer-ordinals-than-replicas": (workload(replicas=3, instances=[template("t", 3, discrete=[1])]), ["c-t-1"]),
    "range-of-two-billion": (
        workload(replicas=1, instances=[template("t", 1, ranges=[{"start": 5, "end": 2**31 - 1}])]),
        ["c-t-5"],
    ),
}


@pytest.mark.parametrize(("given", "names"), NAMED.values(), ids=NAMED)
def test_a_component_names_its_pods(given, names):
    assert of_component(given) == names


@pytest.mark.parametrize(("given", "names"), NAMED.values(), ids=NAMED)
def test_an_instance_set_names_its_pods_alike(given, names):
    assert of_instance_set(given) == names


def test_the_default_template_of_a_component_may_have_ordinals():
    assert of_component(workload(replicas=2, ordinals={"discrete": [4, 2]})) == ["c-2", "c-4"]


def test_the_default_template_of_an_instance_set_may_have_ordinals():
    assert of_instance_set(workload(replicas=2, defaultTemplateOrdinals={"discrete": [4, 2]})) == ["c-2", "c-4"]


def test_an_instance_set_has_one_replica_unless_it_says():
    assert of_instance_set(workload()) == ["c-0"]


FLAT = {
    "count-up": (workload(replicas=2), ["c-0", "c-1"]),
    "templates-share-them": (workload(replicas=3, instances=[template("t", 1)]), ["c-0", "c-1", "c-2"]),
    "discrete": (workload(replicas=3, defaultTemplateOrdinals={"discrete": [0, 2, 5]}), ["c-0", "c-2", "c-5"]),
    "explicit-ones-go-first": (
        workload(replicas=3, instances=[template("t", 1, discrete=[1])]),
        ["c-0", "c-1", "c-2"],
    ),
    "offline": (workload(replicas=2, offlineInstances=["c-0"]), ["c-1", "c-2"]),
    "what-the-status-says": (workload({"ordinals": [3, 8]}, replicas=2), ["c-3", "c-8"]),
}


@pytest.mark.parametrize(("given", "names"), FLAT.values(), ids=FLAT)
def test_flat_ordinals(given, names):
    flat = {**given, "spec": {**given["spec"], "flatInstanceOrdinal": True}}
    assert sorted(of_instance_set(flat)) == names


def test_a_component_knows_no_flat_ordinals():
    given = workload(replicas=1, instances=[template("t", 1)], flatInstanceOrdinal=True)
    assert of_component(given) == ["c-t-0"]
