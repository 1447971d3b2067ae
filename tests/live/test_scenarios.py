"""The same files over HTTP, with threads, on the wall's clock: on our API server and on the real one. With
``--every-release`` on each release that a scenario speaks of: a quarter of an hour a cluster.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from needs import ENVTEST
from pytest_kbevents.cluster import backends
from pytest_kbevents.cluster.backend import VIRTUAL_TIME
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario import catalog, runner
from pytest_kbevents.scenario.reports.terminal import report
from scenarios import LANDS_LATE

AT_ONCE = {"local": 10, "envtest": 20}
"""Our server shares the process, and its lock, with the worlds that ask it."""
SCENARIOS = {
    name: scenario
    for name, scenario in catalog.scenarios([catalog.shipped()], Path.cwd()).items()
    if VIRTUAL_TIME not in scenario.needs
}


def decisive(scenario):
    """The newest release on which it passes, and the newest on which it fails."""
    return {says: release for release in RELEASES if (says := scenario.says_of(release))}.values()


def all_said(scenario):
    """Each release that it speaks of."""
    return [release for release in RELEASES if scenario.says_of(release)]


def runs(config):
    """Scenarios, and the releases to run each on."""
    of = all_said if config.getoption("every_release") else decisive
    return [(name, release) for name, scenario in SCENARIOS.items() for release in of(scenario)]


def pytest_generate_tests(metafunc):
    if "release" in metafunc.fixturenames:
        metafunc.parametrize(("name", "release"), runs(metafunc.config))


@pytest.fixture(scope="module", params=["local", pytest.param("envtest", marks=ENVTEST)])
def verdicts(request):
    """Some at once on one server: a namespace each, four workers."""
    backend = backends.make(request.param)

    def perform(name, release):
        return runner.run(SCENARIOS[name], backend, Cast("reference", release, 0, workers=4))

    backend.start()
    try:
        with ThreadPoolExecutor(AT_ONCE[request.param]) as pool:
            under_way = {each: pool.submit(perform, *each) for each in runs(request.config)}
            return {each: run.result() for each, run in under_way.items()}
    finally:
        backend.stop()


def test_the_verdict_is_the_simulated_world_s(verdicts, name, release):
    verdict = verdicts[name, release]
    assert verdict.contradiction == "", verdict.finding and report(verdict, "")


def test_fixed_shows_two_holders_at_no_revision(verdicts, overlaps):
    fixed = [name for name, release in verdicts if release == "fixed" and not SCENARIOS[name].workload.controller]
    assert [name for name in fixed if name != LANDS_LATE and overlaps(verdicts[name, "fixed"])] == []


def test_the_wall_s_time_has_passed(verdicts):
    assert verdicts["failover", "fixed"].seconds >= 30


def test_every_revision_was_seen_once_and_in_order(verdicts):
    pods = [item.number for item in verdicts["failover", "fixed"].history.revisions if item.resource.kind == "Pod"]
    assert pods == sorted(set(pods))
