"""Controllers held together."""

import pytest

from pytest_kbevents.api.resources import CONFIG_MAPS, SERVICES
from pytest_kbevents.clock import SECOND
from pytest_kbevents.controller.leader import LeaderElector
from pytest_kbevents.controller.manager import Manager
from pytest_kbevents.controller.ratelimit import ExponentialBackoff
from pytest_kbevents.controller.reconcile import DONE

A = ("default", "a")
PLACE = ("default", "event-controller")


class Reconciler:
    """Remembers its keys."""

    def __init__(self):
        self.keys = []

    def reconcile(self, key):
        self.keys.append(key)
        return DONE


@pytest.fixture
def manager(client, clock):
    return Manager(client, "default", clock, ExponentialBackoff)


@pytest.fixture
def reconciler(manager):
    reconciler = Reconciler()
    manager.reconcile(CONFIG_MAPS, reconciler, 2)
    return reconciler


@pytest.fixture
def run(manager, clock, settle):
    """Let all actors take every step that is due by a time from now."""

    def run(micros=0):
        until = clock.micros() + micros
        while True:
            for actor in manager.actors():
                settle(actor)
            dues = [due for actor in manager.actors() if (due := actor.due()) is not None and due <= until]
            if not dues:
                break
            clock.advance_to(min(dues))
        clock.advance_to(until)

    return run


def test_every_object_that_is_there_is_reconciled_once(reconciler, config_map, run):
    config_map("a")
    run()
    assert reconciler.keys == [A]


def test_two_reconcilers_of_a_kind_have_each_object_both(manager, reconciler, config_map, run):
    second = Reconciler()
    manager.reconcile(CONFIG_MAPS, second, 1)
    config_map("a")
    run()
    assert (reconciler.keys, second.keys) == ([A], [A])


@pytest.mark.usefixtures("reconciler")
def test_two_reconcilers_of_a_kind_share_its_informer(manager):
    manager.reconcile(CONFIG_MAPS, Reconciler(), 1)
    assert len(manager.actors()) == 1 + 2 + 1


@pytest.mark.usefixtures("reconciler")
def test_no_worker_is_due_before_every_cache_is_filled(manager, config_map, settle):
    manager.reader([SERVICES])
    config_map("a")
    informer = manager.actors()[0]
    settle(informer)
    assert [actor.due() for actor in manager.actors() if actor.name.startswith("worker")] == [None, None]


@pytest.mark.parametrize("early", [True, False], ids=["before", "after"])
def test_every_object_comes_again_when_a_period_is_over(manager, config_map, run, early):
    reconciler = Reconciler()
    if early:
        manager.resync_every(600 * SECOND)
    manager.reconcile(CONFIG_MAPS, reconciler, 1)
    if not early:
        manager.resync_every(600 * SECOND)
    config_map("a")
    run(1500 * SECOND)
    assert reconciler.keys == [A, A, A]


def test_without_a_period_no_object_comes_again(reconciler, config_map, run):
    config_map("a")
    run(100_000 * SECOND)
    assert reconciler.keys == [A]


def test_no_worker_works_before_this_process_leads(manager, reconciler, client, clock, config_map, run):
    LeaderElector(client, PLACE, "another", clock).step()
    manager.elect(LeaderElector(client, PLACE, "this", clock))
    config_map("a")
    run(10 * SECOND)
    assert (manager.synced(), reconciler.keys) == (True, [])


def test_workers_find_everything_once_it_leads(manager, reconciler, client, clock, config_map, run):
    LeaderElector(client, PLACE, "another", clock).step()
    manager.elect(LeaderElector(client, PLACE, "this", clock))
    config_map("a")
    run(60 * SECOND)
    assert reconciler.keys == [A]


def test_no_worker_works_after_leadership_is_lost(manager, reconciler, client, clock, config_map, run):
    manager.elect(LeaderElector(client, PLACE, "this", clock))
    run()
    clock.advance_to(clock.micros() + 20 * SECOND)
    config_map("a")
    run(60 * SECOND)
    assert (manager.lost(), reconciler.keys) == (True, [])


def test_without_an_election_nothing_is_lost(manager):
    assert not manager.lost()


def test_with_a_predicate_only_what_it_says_yes_to_is_reconciled(manager, config_map, run):
    reconciler = Reconciler()
    manager.reconcile(CONFIG_MAPS, reconciler, workers=1, wanted=lambda obj: obj["metadata"]["name"] == "b")
    config_map("a")
    config_map("b")
    run()
    assert reconciler.keys == [("default", "b")]


def test_with_a_predicate_what_is_gone_is_not_reconciled(manager, client, config_map, run):
    reconciler = Reconciler()
    manager.reconcile(CONFIG_MAPS, reconciler, workers=1, wanted=lambda _: True)
    config_map("a")
    run()
    client.delete(CONFIG_MAPS, "default", "a")
    run()
    assert reconciler.keys == [("default", "a")]
