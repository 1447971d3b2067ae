"""The same files over HTTP, with threads, on the wall's clock: on our API server and on the real one."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from needs import ENVTEST
from pytest_kbevents.cluster import backends
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import catalog, runner
from pytest_kbevents.scenario.reports.terminal import report

AT_ONCE = 10
SHIPPED = list(catalog.scenarios([catalog.shipped()], Path.cwd()).values())
SCENARIOS = {scenario.name: scenario for scenario in SHIPPED if scenario.says_of("fixed") == "passes"}


@pytest.fixture(scope="module", params=["local", pytest.param("envtest", marks=ENVTEST)])
def verdicts(request):
    """Every shipped scenario that speaks of ``fixed``, some at once on one server: a namespace each, four workers."""
    backend, cast = backends.make(request.param), Cast("reference", "fixed", 0, workers=4)
    backend.start()
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            runs = {name: pool.submit(runner.run, scenario, backend, cast) for name, scenario in SCENARIOS.items()}
            return {name: run.result() for name, run in runs.items()}
    finally:
        backend.stop()


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_verdict_is_the_simulated_world_s(verdicts, name):
    verdict = verdicts[name]
    assert verdict.passed, report(verdict, "")


def test_fixed_shows_two_holders_at_no_revision(verdicts, overlaps):
    fixed = {name: verdict for name, verdict in verdicts.items() if not SCENARIOS[name].workload.controller}
    assert [name for name, verdict in fixed.items() if overlaps(verdict)] == []


def test_the_wall_s_time_has_passed(verdicts):
    assert verdicts["failover"].seconds >= 30


def test_every_revision_was_seen_once_and_in_order(verdicts):
    pods = [item.number for item in verdicts["failover"].history.revisions if item.resource.kind == "Pod"]
    assert pods == sorted(set(pods))
