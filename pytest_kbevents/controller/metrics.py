"""What observers see, as Prometheus metrics with controller-runtime's and client-go's names.

Needs ``prometheus-client``; nothing imports this before somebody wants metrics.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from pytest_kbevents.controller.leader import LeaderElector
from pytest_kbevents.controller.observer import ResultName

RESULTS: tuple[ResultName, ...] = ("success", "requeue_after", "error")
RECONCILE_SECONDS = (
    *(0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9),
    *(1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60),
)
QUEUE_SECONDS = tuple(10.0**power for power in range(-8, 4))


class Metrics:
    """The metrics of all controllers of a process."""

    content_type = "text/plain; version=0.0.4; charset=utf-8"
    """Of the page."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._add_reconciles(["controller"])
        self._add_queues(["name", "controller"])

    def of(self, controller: str, workers: int) -> ControllerMetrics:
        """The observer of one controller; several of one name are added up."""
        return ControllerMetrics(self, controller, workers)

    def elect(self, elector: LeaderElector, name: str) -> None:
        """Say whether this process leads."""
        gauge = Gauge("leader_election_master_status", "1 when this one leads", ["name"], registry=self._registry)
        gauge.labels(name).set_function(lambda: float(elector.leading()))

    def page(self) -> bytes:
        """All of them, as Prometheus reads them."""
        return generate_latest(self._registry)

    def _add_reconciles(self, labels: list[str]) -> None:
        registry = self._registry
        prefix = "controller_runtime"
        self.total = Counter(
            f"{prefix}_reconcile_total", "Reconciles by result", [*labels, "result"], registry=registry
        )
        self.errors = Counter(f"{prefix}_reconcile_errors_total", "Reconciles that failed", labels, registry=registry)
        self.active = Gauge(f"{prefix}_active_workers", "Workers that are at work", labels, registry=registry)
        self.workers = Gauge(f"{prefix}_max_concurrent_reconciles", "Workers", labels, registry=registry)
        text = "How long a reconcile took"
        self.seconds = Histogram(
            f"{prefix}_reconcile_time_seconds", text, labels, buckets=RECONCILE_SECONDS, registry=registry
        )

    def _add_queues(self, labels: list[str]) -> None:
        registry = self._registry
        self.depth = Gauge("workqueue_depth", "Keys that wait for a worker", labels, registry=registry)
        self.adds = Counter("workqueue_adds_total", "Keys that came to the queue", labels, registry=registry)
        self.retries = Counter("workqueue_retries_total", "Keys to come again later", labels, registry=registry)
        self.waits, self.works = (
            Histogram(f"workqueue_{name}_duration_seconds", text, labels, buckets=QUEUE_SECONDS, registry=registry)
            for name, text in (
                ("queue", "How long a key waited for a worker"),
                ("work", "How long a worker had a key"),
            )
        )


class ControllerMetrics:
    """One controller's observer; every series is there from the start, at 0."""

    def __init__(self, metrics: Metrics, controller: str, workers: int) -> None:
        queue = (controller, controller)
        self._total = {result: metrics.total.labels(controller, result) for result in RESULTS}
        self._errors = metrics.errors.labels(controller)
        self._seconds = metrics.seconds.labels(controller)
        self._active = metrics.active.labels(controller)
        self._depth = metrics.depth.labels(*queue)
        self._adds = metrics.adds.labels(*queue)
        self._retries = metrics.retries.labels(*queue)
        self._waits = metrics.waits.labels(*queue)
        self._works = metrics.works.labels(*queue)
        metrics.workers.labels(controller).inc(workers)

    def added(self) -> None:
        self._adds.inc()
        self._depth.inc()

    def retried(self) -> None:
        self._retries.inc()

    def taken(self, waited: float) -> None:
        self._depth.dec()
        self._waits.observe(waited)
        self._active.inc()

    def done(self, result: ResultName, seconds: float) -> None:
        self._active.dec()
        self._total[result].inc()
        if result == "error":
            self._errors.inc()
        self._seconds.observe(seconds)
        self._works.observe(seconds)
