"""What is seen of a controller, as Prometheus reads it."""

import subprocess
import sys

import pytest
from prometheus_client.parser import text_string_to_metric_families

from pytest_kbevents.api.resources import CONFIG_MAPS
from pytest_kbevents.clock import SECOND
from pytest_kbevents.controller.leader import LeaderElector
from pytest_kbevents.controller.manager import Manager
from pytest_kbevents.controller.metrics import Metrics
from pytest_kbevents.controller.ratelimit import ExponentialBackoff
from pytest_kbevents.controller.reconcile import DONE, Result
from pytest_kbevents.errors import Conflict

WHO = {"controller": "configmap"}
QUEUE = {"controller": "configmap", "name": "configmap"}


class Reconciler:
    """Takes 70 ms, then does what it is told."""

    def __init__(self, clock):
        self.clock = clock
        self.act = lambda: DONE

    def reconcile(self, key):
        assert key
        self.clock.advance_to(self.clock.micros() + 70_000)
        return self.act()


@pytest.fixture
def reconciler(clock):
    return Reconciler(clock)


@pytest.fixture
def manager(client, clock, reconciler):
    manager = Manager(client, "default", clock, ExponentialBackoff)
    manager.reconcile(CONFIG_MAPS, reconciler, 2)
    return manager


@pytest.fixture
def metrics(manager):
    metrics = Metrics()
    manager.observe(metrics.of)
    return metrics


@pytest.fixture
def value(metrics):
    """The value of a series."""

    def value(name, /, **labels):
        families = text_string_to_metric_families(metrics.page().decode())
        return next(s.value for family in families for s in family.samples if (s.name, s.labels) == (name, labels))

    return value


@pytest.fixture
def work(manager, config_map, settle):
    """One ConfigMap is there; take the steps that are due."""
    config_map("a")

    def work():
        for actor in manager.actors():
            settle(actor)

    return work


def raising(error):
    def act():
        raise error

    return act


def test_every_result_is_there_from_the_start(value):
    results = ("success", "requeue_after", "error")
    assert [value("controller_runtime_reconcile_total", **WHO, result=result) for result in results] == [0, 0, 0]


def test_a_reconcile_that_succeeds_is_counted(work, value):
    work()
    assert value("controller_runtime_reconcile_total", **WHO, result="success") == 1


def test_a_reconcile_that_wants_to_come_again_is_counted(work, value, reconciler):
    reconciler.act = lambda: Result(requeue_after=SECOND)
    work()
    assert value("controller_runtime_reconcile_total", **WHO, result="requeue_after") == 1


@pytest.mark.parametrize(
    "series",
    [
        ("controller_runtime_reconcile_total", {**WHO, "result": "error"}),
        ("controller_runtime_reconcile_errors_total", WHO),
        ("workqueue_retries_total", QUEUE),
    ],
    ids=lambda series: series[0],
)
def test_a_reconcile_that_fails_is_counted(work, value, reconciler, series):
    reconciler.act = raising(Conflict("changed"))
    work()
    assert value(series[0], **series[1]) == 1


def test_a_mistake_of_ours_is_an_error_too(work, value, reconciler):
    reconciler.act = raising(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        work()
    assert value("controller_runtime_reconcile_total", **WHO, result="error") == 1


@pytest.mark.parametrize(
    ("name", "labels"), [("controller_runtime_reconcile_time_seconds", WHO), ("workqueue_work_duration_seconds", QUEUE)]
)
def test_how_long_a_reconcile_took_is_seen(work, value, name, labels):
    work()
    assert value(f"{name}_sum", **labels) == pytest.approx(0.07)


def test_buckets_are_controller_runtimes(work, value):
    work()
    buckets = [value("controller_runtime_reconcile_time_seconds_bucket", **WHO, le=le) for le in ("0.05", "0.1")]
    assert buckets == [0, 1]


def test_workers_are_counted(value):
    assert value("controller_runtime_max_concurrent_reconciles", **WHO) == 2


def test_a_worker_is_active_while_it_reconciles(work, value, reconciler):
    active = []

    def act():
        active.append(value("controller_runtime_active_workers", **WHO))
        return DONE

    reconciler.act = act
    work()
    assert [*active, value("controller_runtime_active_workers", **WHO)] == [1, 0]


def test_a_key_that_waits_is_in_the_queue(manager, config_map, settle, value):
    config_map("a")
    settle(manager.actors()[0])
    assert (value("workqueue_depth", **QUEUE), value("workqueue_adds_total", **QUEUE)) == (1, 1)


def test_a_key_that_is_taken_is_not(work, value):
    work()
    assert (value("workqueue_depth", **QUEUE), value("workqueue_adds_total", **QUEUE)) == (0, 1)


def test_how_long_a_key_waited_is_seen(manager, config_map, clock, settle, work, value):
    config_map("a")
    settle(manager.actors()[0])
    clock.advance_to(clock.micros() + 3 * SECOND)
    work()
    assert value("workqueue_queue_duration_seconds_sum", **QUEUE) == pytest.approx(3)


def test_a_key_that_changes_while_it_is_worked_on_waits_from_then_on(
    manager, config_map, settle, work, value, reconciler
):
    def act():
        reconciler.act = lambda: DONE
        config_map("a", "2")
        settle(manager.actors()[0])
        reconciler.clock.advance_to(reconciler.clock.micros() + 2 * SECOND)
        return DONE

    reconciler.act = act
    work()
    work()
    assert value("workqueue_queue_duration_seconds_sum", **QUEUE) == pytest.approx(2)


def test_who_leads_is_seen(metrics, value, client, clock):
    elector = LeaderElector(client, ("default", "event-controller"), "one", clock)
    metrics.elect(elector, "event-controller")
    before = value("leader_election_master_status", name="event-controller")
    elector.step()
    assert (before, value("leader_election_master_status", name="event-controller")) == (0, 1)


def test_a_second_controller_of_a_kind_is_another_series(manager, reconciler):
    manager.reconcile(CONFIG_MAPS, reconciler, 1)
    names = []
    metrics = Metrics()

    def of(name, workers):
        names.append((name, workers))
        return metrics.of(name, workers)

    manager.observe(of)
    assert names == [("configmap", 2), ("configmap-2", 1)]


def test_who_does_not_look_at_metrics_does_not_load_them():
    code = "import sys, pytest_kbevents.reconciler.manager; raise SystemExit('prometheus_client' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
