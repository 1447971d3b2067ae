"""How often the controller writes, and how failures of some Events delay others."""

import pytest

from pytest_kbevents.api.http import Response
from pytest_kbevents.api.status import failure
from pytest_kbevents.errors import Conflict
from pytest_kbevents.faults.refuse import Refuse


@pytest.fixture
def same_again(world):
    """A world in which the Pod is secondary already, and another Event says just that; the writes of that one."""

    def run(release):
        made = world(release)
        made.pod()
        made.report(b"secondary", at=None)
        made.settle()
        before = made.puts()
        made.report(b"secondary", at=None)
        made.settle()
        return made.puts() - before

    return run


def test_nothing_is_written_when_nothing_changes(same_again):
    assert same_again("main") == 0


@pytest.mark.parametrize("release", ["1.0.0", "main", "fixed"])
def test_a_pod_that_changed_meanwhile_is_tried_again(world, release):
    made = world(release)
    made.pod()
    made.faults.append(Refuse("PUT", "/pods/c1-mysql-0", Conflict("changed")))
    made.report()
    made.settle()
    assert made.seen()[0] == "primary"


@pytest.mark.parametrize("release", ["1.0.3", "main", "fixed"])
def test_a_role_that_is_back_before_the_cache_has_seen_it_go_is_given_back(world, release):
    made = world(release)
    made.pod()
    made.report(b"primary", 100)
    made.settle()
    for number, role in enumerate((b"secondary", b"primary"), 101):
        made.report(role, number)
        made.settle(without="informer pods")
    made.settle()
    assert made.seen()[0] == "primary"


@pytest.fixture
def poisoned(world):
    """A world in which 30 Pods cannot be written; then a Pod that fails once, and so much time."""

    def run(release, seconds):
        def refuse(request, handler):
            if request.method == "PUT" and "/pods/poison-" in request.path:
                return Response(409, failure(Conflict("changed")))
            return handler(request)

        made = world(release)
        made.faults.append(refuse)
        for number in range(30):
            made.pod(f"poison-{number}")
            made.report(b"secondary", pod=f"poison-{number}")
        made.settle(seconds=5)
        made.pod()
        made.faults.append(Refuse("PUT", "/pods/c1-mysql-0", Conflict("changed")))
        made.report(b"secondary")
        made.settle(seconds)
        return made

    return run


@pytest.mark.parametrize("release", ["1.0.0", "main"])
def test_o_29_poison_delays_the_retry_of_a_healthy_event(poisoned, release):
    assert poisoned(release, 1).seen()[0] is None


@pytest.mark.parametrize("release", ["1.0.0", "main"])
def test_o_29_a_delayed_retry_comes_in_the_end(poisoned, release):
    assert poisoned(release, 60).seen()[0] == "secondary"


def test_o_29_poison_delays_nobody_on_fixed(poisoned):
    assert poisoned("fixed", 1).seen()[0] == "secondary"
