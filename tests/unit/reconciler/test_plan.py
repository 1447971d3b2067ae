"""Rules 7 to 9: what an accepted claim changes."""

import pytest

from pytest_kbevents.api.resources import INSTANCE_SETS, INSTANCES
from pytest_kbevents.api.selectors import label_selector
from pytest_kbevents.api.times import ZERO_MICROS
from pytest_kbevents.reconciler.releases import TABLE
from pytest_kbevents.reconciler.role import plan
from pytest_kbevents.reconciler.role.claim import Claim
from pytest_kbevents.reconciler.role.owner import Owner

ROLE = "kubeblocks.io/role"
TIME = "apps.kubeblocks.io/last-role-snapshot-version"
EPOCH = "apps.kubeblocks.io/last-role-authoritative-version"
SET = {"spec": {"roles": [{"name": "Primary", "isExclusive": True}, {"name": "secondary"}]}}
OWNER = Owner(INSTANCE_SETS, "c1-mysql")
MAIN, FIXED = TABLE["main"], TABLE["fixed"]
NOW = 1000
"""The controller's clock."""


def pod(role="primary", **annotations):
    return {"metadata": {"name": "p", "labels": {ROLE: role}, "annotations": annotations}}


def timed(micros, role="primary"):
    return Claim(role, micros)


def versioned(epoch, micros=1):
    return Claim("primary", micros, epoch)


def label_after(claim, workload=SET):
    return plan.claimant(pod("old"), claim, workload, NOW, MAIN).after["metadata"].get("labels", {}).get(ROLE)


def test_a_defined_role_becomes_the_label():
    assert label_after(timed(1, "secondary")) == "secondary"


def test_the_label_is_lower_case_however_the_workload_spells_the_role():
    assert label_after(timed(1, "primary")) == "primary"


@pytest.mark.parametrize("role", ["candidate", "", "prim"], ids=["undefined", "empty", "prefix"])
def test_a_role_that_is_not_defined_takes_the_label_away(role):
    assert label_after(timed(1, role)) is None


@pytest.mark.parametrize("workload", [{}, {"spec": {}}, {"spec": {"roles": None}}], ids=["bare", "empty", "null"])
def test_a_workload_without_roles_takes_the_label_away(workload):
    assert label_after(timed(1, "primary"), workload) is None


def test_an_undefined_role_is_stamped_all_the_same():
    assert plan.claimant(pod("old"), timed(7, "x"), SET, NOW, MAIN).after["metadata"]["annotations"] == {TIME: "7"}


def test_a_change_remembers_the_pod_as_it_was_read():
    before = pod("old")
    assert plan.claimant(before, timed(1), SET, NOW, MAIN).before is before


def test_exclusive_is_looked_up_in_any_case():
    assert plan.is_exclusive(SET, OWNER, "primary", MAIN)


@pytest.mark.parametrize("role", ["secondary", "candidate", ""], ids=["shared", "undefined", "empty"])
def test_a_role_is_not_exclusive(role):
    assert not plan.is_exclusive(SET, OWNER, role, MAIN)


def test_instances_know_no_exclusive_role():
    assert not plan.is_exclusive(SET, Owner(INSTANCES, "c1-mysql"), "primary", MAIN)


REFUSALS = {
    # holders, claim, refused
    "nobody-holds-it": ([], timed(100), False),
    "older-holder": ([pod(**{TIME: "90"})], timed(100), False),
    "holder-of-the-same-time": ([pod(**{TIME: "100"})], timed(100), False),
    "newer-holder": ([pod(**{TIME: "110"})], timed(100), False),
    "one-of-two-holders-is-newer": ([pod(**{TIME: "90"}), pod(**{TIME: "110"})], timed(100), False),
    "holder-without-a-time": ([pod()], timed(100), False),
    "holder-with-a-version": ([pod(**{EPOCH: "1"})], timed(100), True),
    "holder-with-an-unparsable-version": ([pod(**{EPOCH: "x"})], timed(100), True),
    "holder-with-an-empty-version": ([pod(**{EPOCH: ""})], timed(100), False),
    "version-against-a-lower-one": ([pod(**{EPOCH: "4"})], versioned(5), False),
    "version-against-an-equal-one": ([pod(**{EPOCH: "5"})], versioned(5), True),
    "version-against-a-higher-one": ([pod(**{EPOCH: "6"})], versioned(5), True),
    "version-against-an-unparsable-one": ([pod(**{EPOCH: "x"})], versioned(5), False),
    "version-against-none": ([pod(**{TIME: "999"})], versioned(5), False),
    "version-0-against-none": ([pod()], versioned(0), False),
    "version-against-a-lower-and-a-higher-one": ([pod(**{EPOCH: "4"}), pod(**{EPOCH: "6"})], versioned(5), True),
}


@pytest.mark.parametrize(("holders", "claim", "expected"), REFUSALS.values(), ids=REFUSALS)
def test_an_exclusive_claim_is_refused_by_its_version_or_not(holders, claim, expected):
    assert (plan.refusal(holders, claim) is not None) is expected


def stripped(holders, claim, behaviours=MAIN):
    """Label and annotations of each holder that changes."""
    changes = [change.after["metadata"] for change in plan.stripped(holders, claim, NOW, behaviours)]
    return [(after.get("labels", {}).get(ROLE), after.get("annotations")) for after in changes]


def test_an_older_holder_loses_the_role_and_gets_the_claims_time():
    assert stripped([pod(**{TIME: "90"})], timed(100)) == [(None, {TIME: "100"})]


def test_a_holder_without_a_time_loses_the_role_and_gets_the_claims_time():
    assert stripped([pod()], timed(100)) == [(None, {TIME: "100"})]


def test_an_untimed_claim_stamps_gos_zero_time_on_the_loser():
    assert stripped([pod(**{TIME: "90"})], timed(ZERO_MICROS)) == [(None, {TIME: str(ZERO_MICROS)})]


def test_a_versioned_claim_leaves_the_losers_version_alone():
    assert stripped([pod(**{EPOCH: "3"})], versioned(5)) == [(None, {EPOCH: "3"})]


def test_main_spares_a_newer_holder():
    assert stripped([pod(**{TIME: "110"})], timed(100)) == []


def test_every_older_holder_loses_the_role():
    assert len(stripped([pod(**{TIME: "80"}), pod(**{TIME: "90"})], timed(100))) == 2


PEER = {
    "app.kubernetes.io/managed-by": "kubeblocks",
    "workloads.kubeblocks.io/managed-by": "InstanceSet",
    "workloads.kubeblocks.io/instance": "c1-mysql",
    ROLE: "primary",
}


def test_a_pod_with_all_four_labels_is_a_peer():
    assert label_selector(plan.holders_selector("c1-mysql", "primary"))({"metadata": {"labels": PEER}})


@pytest.mark.parametrize("label", PEER)
def test_a_pod_without_one_of_the_four_labels_is_no_peer(label):
    labels = {key: value for key, value in PEER.items() if key != label}
    assert not label_selector(plan.holders_selector("c1-mysql", "primary"))({"metadata": {"labels": labels}})


@pytest.mark.parametrize("label", PEER)
def test_a_pod_with_another_value_of_one_of_the_four_labels_is_no_peer(label):
    labels = PEER | {label: "other"}
    assert not label_selector(plan.holders_selector("c1-mysql", "primary"))({"metadata": {"labels": labels}})
