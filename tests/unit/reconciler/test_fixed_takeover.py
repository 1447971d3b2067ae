"""What ``fixed`` repairs in a take-over of an exclusive role (O-04, O-28), and that it shows on ``main``."""

import pytest

from pytest_kbevents.errors import Conflict, ServiceUnavailable
from pytest_kbevents.faults.refuse import Refuse

OLD, NEW = "c1-mysql-0", "c1-mysql-1"


CLAIMS = pytest.mark.parametrize("output", ["primary", "primary 5"], ids=["timed", "versioned"])


def takeover(bench, output, *faults):
    """NEW claims the role that OLD holds, while these requests of the controller fail."""
    bench.pod(OLD, "primary", **({"epoch": "4"} if " " in output else {"time": 50}))
    bench.pod(NEW)
    bench.faults.extend(faults)
    return bench.claim(NEW, output, 100)


def conflict(pod):
    return Refuse("PUT", f"/pods/{pod}", Conflict("changed"))


def lost_answer(pod):
    return Refuse("PUT", f"/pods/{pod}", ServiceUnavailable("the connection died"), carried_out=True)


@CLAIMS
def test_without_a_fault_main_ends_with_one_holder(main, output):
    takeover(main, output)
    assert main.holders() == [NEW]


@CLAIMS
def test_without_a_fault_main_has_two_holders_for_a_revision(main, output):
    takeover(main, output)
    assert main.most_holders() == 2


@CLAIMS
def test_without_a_fault_fixed_never_has_two_holders(fixed, output):
    takeover(fixed, output)
    assert fixed.most_holders() == 1


@CLAIMS
def test_o_04_a_peer_that_changed_keeps_the_role_on_main(main, output):
    takeover(main, output, conflict(OLD))
    assert main.holders() == [OLD, NEW]


@CLAIMS
def test_o_04_the_event_is_marked_all_the_same_on_main(main, output):
    assert main.mark(takeover(main, output, conflict(OLD))) == "1"


def test_o_04_a_timed_claim_heals_with_the_next_report_on_main(main):
    main.repeat(takeover(main, "primary", conflict(OLD)), 115)
    assert main.holders() == [NEW]


def test_o_04_a_versioned_claim_never_heals_on_main(main):
    main.repeat(takeover(main, "primary 5", conflict(OLD)), 115)
    assert main.holders() == [OLD, NEW]


@CLAIMS
def test_o_04_a_peer_that_changed_loses_the_role_on_fixed(fixed, output):
    takeover(fixed, output, conflict(OLD))
    assert fixed.holders() == [NEW]


@CLAIMS
def test_o_04_fixed_never_has_two_holders(fixed, output):
    takeover(fixed, output, conflict(OLD))
    assert fixed.most_holders() == 1


@CLAIMS
def test_o_04_the_event_is_marked_once_the_peer_has_lost_the_role(fixed, output):
    assert fixed.mark(takeover(fixed, output, conflict(OLD))) == "1"


@CLAIMS
def test_o_28_a_lost_answer_to_the_claimants_write_leaves_two_holders_on_main(main, output):
    takeover(main, output, lost_answer(NEW))
    assert main.holders() == [OLD, NEW]


@CLAIMS
@pytest.mark.parametrize("pod", [OLD, NEW], ids=["to-the-peers-write", "to-the-claimants-write"])
def test_o_28_a_lost_answer_ends_with_one_holder_on_fixed(fixed, output, pod):
    takeover(fixed, output, lost_answer(pod))
    assert fixed.holders() == [NEW]


@CLAIMS
@pytest.mark.parametrize("pod", [OLD, NEW], ids=["to-the-peers-write", "to-the-claimants-write"])
def test_o_28_with_a_lost_answer_fixed_never_has_two_holders(fixed, output, pod):
    takeover(fixed, output, lost_answer(pod))
    assert fixed.most_holders() == 1


@CLAIMS
def test_a_claimant_that_changed_gets_the_role_all_the_same_on_fixed(fixed, output):
    takeover(fixed, output, conflict(NEW))
    assert fixed.holders() == [NEW]


@CLAIMS
def test_whatever_fails_fixed_ends_with_one_holder(fixed, output):
    takeover(fixed, output, conflict(OLD), lost_answer(OLD), conflict(NEW), lost_answer(NEW))
    assert (fixed.holders(), fixed.most_holders()) == ([NEW], 1)
