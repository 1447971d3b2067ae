"""Rule 5: what a Pod accepts after what it has accepted."""

import pytest

from pytest_kbevents.api.times import ZERO_MICROS
from pytest_kbevents.reconciler.releases import TABLE
from pytest_kbevents.reconciler.role.claim import Claim
from pytest_kbevents.reconciler.role.staleness import accepts, stamped

TIME = "apps.kubeblocks.io/last-role-snapshot-version"
EPOCH = "apps.kubeblocks.io/last-role-authoritative-version"
OLD_TEXT = "2024-05-24T10:00:00.1Z"
UNTIMED = str(ZERO_MICROS)
NOW = 1000
"""The controller's clock."""
MAIN, FIXED = TABLE["main"], TABLE["fixed"]


def pod(annotations, role="secondary"):
    return {"metadata": {"name": "p", "labels": {"kubeblocks.io/role": role}, "annotations": annotations}}


def timed(micros):
    return Claim("primary", micros)


def versioned(epoch, micros=1):
    return Claim("primary", micros, epoch)


ROWS = {
    # annotations, claim, accepted by main, by fixed
    "time-on-a-new-pod": ({}, timed(100), True, True),
    "newer-time": ({TIME: "99"}, timed(100), True, True),
    "equal-time": ({TIME: "100"}, timed(100), False, False),
    "older-time": ({TIME: "101"}, timed(100), False, False),
    "times-are-numbers-not-text": ({TIME: "99"}, timed(1000), True, True),
    "time-with-leading-zeros": ({TIME: "0101"}, timed(100), False, False),
    "time-of-an-older-release": ({TIME: OLD_TEXT}, timed(100), True, True),
    "time-that-is-empty": ({TIME: ""}, timed(100), True, True),
    "time-after-an-untimed-one": ({TIME: UNTIMED}, timed(100), True, True),
    "time-on-a-pod-with-a-version": ({EPOCH: "5"}, timed(100), False, False),
    "newer-time-on-a-pod-with-a-version": ({EPOCH: "5", TIME: "1"}, timed(100), False, False),
    "time-on-a-pod-with-an-unparsable-version": ({EPOCH: "five"}, timed(100), False, False),
    "time-on-a-pod-with-an-empty-version": ({EPOCH: ""}, timed(100), True, True),
    "untimed-on-a-new-pod": ({}, timed(ZERO_MICROS), True, True),
    "untimed-after-a-time": ({TIME: "100"}, timed(ZERO_MICROS), True, False),
    "before-1970-after-a-time": ({TIME: "100"}, timed(-1), True, False),
    "untimed-after-an-untimed-one": ({TIME: UNTIMED}, timed(ZERO_MICROS), True, True),
    "untimed-on-a-pod-with-a-version": ({EPOCH: "5"}, timed(ZERO_MICROS), False, False),
    "1970-itself-after-a-time": ({TIME: "100"}, timed(0), False, False),
    "version-on-a-new-pod": ({}, versioned(5), True, True),
    "higher-version": ({EPOCH: "4"}, versioned(5), True, True),
    "equal-version-at-a-later-time": ({EPOCH: "5", TIME: "1"}, versioned(5, micros=2), False, True),
    "equal-version-at-the-same-time": ({EPOCH: "5", TIME: "1"}, versioned(5, micros=1), False, False),
    "equal-version-of-unknown-time": ({EPOCH: "5"}, versioned(5), False, True),
    "no-role-later-than-a-version": ({EPOCH: "5", TIME: "1"}, Claim("", 2), False, True),
    "no-role-earlier-than-a-version": ({EPOCH: "5", TIME: "2"}, Claim("", 1), False, False),
    "lower-version": ({EPOCH: "6"}, versioned(5), False, False),
    "versions-are-numbers-not-text": ({EPOCH: "9"}, versioned(10), True, True),
    "version-0-on-a-new-pod": ({}, versioned(0), True, True),
    "version-after-an-unparsable-one": ({EPOCH: "five"}, versioned(1), True, True),
    "version-after-an-empty-one": ({EPOCH: ""}, versioned(1), True, True),
    "version-ignores-time": ({TIME: "100"}, versioned(5, micros=1), True, True),
    "higher-version-ignores-time": ({EPOCH: "4", TIME: "100"}, versioned(5, micros=1), True, True),
    "lower-version-with-newer-time": ({EPOCH: "6", TIME: "1"}, versioned(5, micros=100), False, False),
    "untimed-version": ({EPOCH: "4", TIME: "100"}, versioned(5, micros=ZERO_MICROS), True, True),
}


@pytest.mark.parametrize(("annotations", "claim", "expected", "_"), ROWS.values(), ids=ROWS)
def test_main_accepts_a_claim_or_not(annotations, claim, expected, _):
    assert accepts(pod(annotations), claim, TABLE["main"]) is expected


@pytest.mark.parametrize(("annotations", "claim", "_", "expected"), ROWS.values(), ids=ROWS)
def test_fixed_accepts_a_claim_or_not(annotations, claim, _, expected):
    assert accepts(pod(annotations), claim, TABLE["fixed"]) is expected


@pytest.mark.parametrize(("release", "expected"), [("main", False), ("fixed", True)])
def test_an_equal_version_is_accepted_by_a_pod_without_a_role_on_fixed_only(release, expected):
    assert accepts(pod({EPOCH: "5"}, role=""), versioned(5), TABLE[release]) is expected


@pytest.mark.parametrize("release", ["main", "fixed"])
def test_a_lower_version_is_not_accepted_by_a_pod_without_a_role(release):
    assert not accepts(pod({EPOCH: "5"}, role=""), versioned(4), TABLE[release])


def test_a_time_stamps_the_time_alone():
    assert stamped(pod({"a": "b"}), timed(100), NOW, MAIN)["metadata"]["annotations"] == {"a": "b", TIME: "100"}


def test_a_version_stamps_the_version_alone():
    assert stamped(pod({TIME: "1"}), versioned(5, micros=100), NOW, MAIN)["metadata"]["annotations"] == {
        TIME: "1",
        EPOCH: "5",
    }


def test_an_untimed_claim_stamps_gos_zero_time():
    assert stamped(pod({}), timed(ZERO_MICROS), NOW, MAIN)["metadata"]["annotations"] == {TIME: UNTIMED}


def test_stamping_leaves_the_given_pod_alone():
    given = pod({})
    stamped(given, timed(100), NOW, MAIN)
    assert given == pod({})


def test_a_version_stamps_its_time_too_on_fixed():
    after = stamped(pod({TIME: "1"}), versioned(5, micros=100), NOW, FIXED)
    assert after["metadata"]["annotations"] == {TIME: "100", EPOCH: "5"}


@pytest.mark.parametrize(("known", "expected"), [("1", "1000"), ("2000", "2000")], ids=["past", "future"])
def test_a_claim_from_the_future_is_dated_now_on_fixed_but_never_before_what_is_known(known, expected):
    after = stamped(pod({TIME: known}), timed(3000), NOW, FIXED)
    assert after["metadata"]["annotations"] == {TIME: expected}


def test_a_claim_from_the_future_keeps_its_date_on_main():
    assert stamped(pod({TIME: "1"}), timed(3000), NOW, MAIN)["metadata"]["annotations"] == {TIME: "3000"}
