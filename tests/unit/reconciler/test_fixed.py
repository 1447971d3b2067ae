"""What ``fixed`` repairs in the order of claims (O-02, O-03, O-12), and that it shows on ``main``."""

import pytest

from pytest_kbevents.api.resources import PODS
from pytest_kbevents.clock import SECOND

OLD, NEW = "c1-mysql-0", "c1-mysql-1"
ROLE = "kubeblocks.io/role"


def older_claim(bench):
    """O-02: NEW claims the role as of second 100, then OLD as of second 90."""
    bench.pod(OLD)
    bench.pod(NEW)
    bench.claim(NEW, "primary", 100)
    return bench.claim(OLD, "primary", 90)


def test_o_02_an_older_claim_makes_two_holders_on_main(main):
    older_claim(main)
    assert main.holders() == [OLD, NEW]


def test_o_02_an_older_claim_yields_on_fixed(fixed):
    older_claim(fixed)
    assert fixed.holders() == [NEW]


def test_o_02_an_older_claim_that_yields_is_marked(fixed):
    assert fixed.mark(older_claim(fixed)) == "1"


def test_o_02_two_holders_heal_with_the_newer_ones_next_report_on_main(main):
    main.pod(OLD)
    main.pod(NEW)
    newer = main.claim(NEW, "primary", 100)
    main.claim(OLD, "primary", 90)
    main.repeat(newer, 115)
    assert main.holders() == [NEW]


def lost_label(bench, epoch="5"):
    """O-03: somebody takes the label away, and the database repeats its version."""
    bench.pod(OLD)
    key = bench.claim(OLD, "primary 5", 100)
    bench.label(OLD, ROLE, None)
    if epoch == "5":
        bench.repeat(key, 115)
    else:
        bench.claim(OLD, f"primary {epoch}", 115)


def test_o_03_a_repeat_does_not_restore_the_label_on_main(main):
    lost_label(main)
    assert main.role(OLD) is None


def test_o_03_a_higher_version_restores_the_label_on_main(main):
    lost_label(main, "6")
    assert main.role(OLD) == "primary"


def test_o_03_a_repeat_restores_the_label_on_fixed(fixed):
    lost_label(fixed)
    assert fixed.role(OLD) == "primary"


def test_o_03_a_lower_version_restores_nothing_on_fixed(fixed):
    lost_label(fixed, "4")
    assert fixed.role(OLD) is None


def test_o_03_a_repeat_takes_nothing_from_a_holder_of_the_same_version(fixed):
    lost_label(fixed)
    fixed.label(OLD, ROLE, None)
    fixed.pod(NEW, "primary", epoch="5")
    fixed.claim(OLD, "primary 5\n", 130)
    assert fixed.holders() == [NEW]


def untimed(bench):
    """O-12: a Pod is primary as of second 100, and an Event without eventTime says secondary."""
    bench.pod(OLD, "primary", time=100)
    return bench.claim(OLD, "secondary", None)


def test_o_12_an_untimed_claim_wins_on_main(main):
    untimed(main)
    assert main.role(OLD) == "secondary"


def test_o_12_after_an_untimed_claim_an_old_one_wins_too_on_main(main):
    untimed(main)
    main.claim(OLD, "primary", 1)
    assert main.role(OLD) == "primary"


def test_o_12_an_untimed_claim_loses_on_fixed(fixed, seconds):
    untimed(fixed)
    assert (fixed.role(OLD), fixed.time(OLD)) == ("primary", seconds(100))


def test_o_12_an_untimed_claim_that_lost_is_marked(fixed):
    assert fixed.mark(untimed(fixed)) == "1"


def test_o_12_an_untimed_claim_takes_an_exclusive_role_on_main(main):
    main.pod(OLD, "primary", time=100)
    main.pod(NEW)
    main.claim(NEW, "primary", None)
    assert main.holders() == [NEW]


def test_o_12_an_untimed_claim_takes_no_exclusive_role_on_fixed(fixed):
    fixed.pod(OLD, "primary", time=100)
    fixed.pod(NEW)
    fixed.claim(NEW, "primary", None)
    assert fixed.holders() == [OLD]


@pytest.mark.parametrize("release", ["main", "fixed"])
def test_a_pod_that_knows_nothing_takes_an_untimed_claim(bench, release):
    world = bench(release)
    world.pod(OLD)
    world.claim(OLD, "secondary", None)
    assert world.role(OLD) == "secondary"


def test_a_repeat_on_a_newer_time_restores_a_lost_label_on_every_release(main):
    main.pod(OLD)
    key = main.claim(OLD, "primary", 100)
    main.client.patch(PODS, "ns", OLD, {"metadata": {"labels": {ROLE: None}}})
    main.repeat(key, 115)
    assert main.role(OLD) == "primary"


def test_o_13_a_claim_from_the_future_does_not_silence_its_pod_on_fixed(fixed):
    fixed.pod(OLD)
    fixed.claim(OLD, "primary", 300)
    fixed.clock.advance_to(fixed.clock.micros() + 20 * SECOND)
    fixed.claim(OLD, "secondary", 20)
    assert fixed.role(OLD) == "secondary"


def test_o_13_a_claim_from_the_future_silences_its_pod_on_main(main):
    main.pod(OLD)
    main.claim(OLD, "primary", 300)
    main.clock.advance_to(main.clock.micros() + 20 * SECOND)
    main.claim(OLD, "secondary", 20)
    assert main.role(OLD) == "primary"
