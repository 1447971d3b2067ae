"""Rule 4: the workload a Pod belongs to."""

import pytest

from pytest_kbevents.api.resources import INSTANCE_SETS, INSTANCES
from pytest_kbevents.reconciler.role.owner import Owner, Unowned, resolve

SET, INSTANCE = "workloads.kubeblocks.io/instance", "apps.kubeblocks.io/instance-name"


def reference(**changed):
    given = {
        "apiVersion": "workloads.kubeblocks.io/v1",
        "kind": "InstanceSet",
        "name": "by-reference",
        "controller": True,
    }
    return given | changed


OF_SET, OF_INSTANCE = Owner(INSTANCE_SETS, "by-label"), Owner(INSTANCES, "by-label")
REFERRED = Owner(INSTANCE_SETS, "by-reference")

ROWS = {
    "reference-to-an-instance-set": ([reference()], {}, REFERRED),
    "reference-to-an-instance": ([reference(kind="Instance")], {}, Owner(INSTANCES, "by-reference")),
    "reference-in-another-version": ([reference(apiVersion="workloads.kubeblocks.io/v1alpha1")], {}, REFERRED),
    "reference-wins-over-a-label": ([reference()], {SET: "by-label"}, REFERRED),
    "reference-wins-over-the-other-label": ([reference()], {INSTANCE: "by-label"}, REFERRED),
    "reference-wins-over-both-labels": ([reference()], {SET: "by-label", INSTANCE: "by-label"}, REFERRED),
    "second-reference-is-the-controller": ([reference(controller=False, name="x"), reference()], {}, REFERRED),
    "reference-that-is-not-the-controller": ([reference(controller=False)], {}, Unowned.UNKNOWN),
    "reference-that-does-not-say": ([reference(controller=None)], {}, Unowned.UNKNOWN),
    "reference-of-another-group": ([reference(apiVersion="apps/v1")], {}, Unowned.UNKNOWN),
    "reference-of-the-core-group": ([reference(apiVersion="v1")], {}, Unowned.UNKNOWN),
    "reference-of-a-similar-group": ([reference(apiVersion="x.workloads.kubeblocks.io/v1")], {}, Unowned.UNKNOWN),
    "reference-of-another-kind": ([reference(kind="StatefulSet")], {}, Unowned.UNKNOWN),
    "reference-of-another-kind-and-a-label": ([reference(kind="StatefulSet")], {SET: "by-label"}, OF_SET),
    "reference-that-is-not-the-controller-and-a-label": ([reference(controller=False)], {SET: "by-label"}, OF_SET),
    "label-of-an-instance-set": ([], {SET: "by-label"}, OF_SET),
    "label-of-an-instance": ([], {INSTANCE: "by-label"}, OF_INSTANCE),
    "both-labels": ([], {SET: "by-label", INSTANCE: "by-label"}, Unowned.AMBIGUOUS),
    "neither": ([], {}, Unowned.UNKNOWN),
    "empty-label": ([], {SET: ""}, Unowned.UNKNOWN),
    "both-labels-empty": ([], {SET: "", INSTANCE: ""}, Unowned.UNKNOWN),
    "one-label-empty": ([], {SET: "", INSTANCE: "by-label"}, OF_INSTANCE),
    "the-other-label-empty": ([], {SET: "by-label", INSTANCE: ""}, OF_SET),
    "other-labels": ([], {"app": "x"}, Unowned.UNKNOWN),
}


@pytest.mark.parametrize(("references", "labels", "expected"), ROWS.values(), ids=ROWS)
def test_a_pods_owner(references, labels, expected):
    assert resolve({"metadata": {"ownerReferences": references, "labels": labels}}) == expected


def test_a_pod_with_nothing_has_no_owner():
    assert resolve({"metadata": {"ownerReferences": None, "labels": None}}) is Unowned.UNKNOWN
