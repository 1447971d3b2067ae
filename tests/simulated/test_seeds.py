"""One seed, one history; many seeds, one verdict."""

import os
import subprocess
import sys

import pytest

NAMES = ("failover", "repeat-event", "restart-controller", "stale-event", "switchover", "unknown-role")


def order(verdict):
    """Who did what, without times and identities."""
    return [(item.type, item.resource.kind, item.object["metadata"]["name"]) for item in verdict.history.revisions]


@pytest.mark.parametrize("name", NAMES)
def test_two_runs_with_one_seed_give_byte_identical_histories(perform, name):
    assert perform(name, seed=7).history.dump() == perform(name, seed=7).history.dump()


def test_another_seed_gives_another_order(perform):
    orders = {tuple(step[1:] for step in order(perform("switchover", "1.0.0", seed))) for seed in range(20)}
    assert len(orders) > 1


@pytest.mark.parametrize("name", NAMES)
def test_200_seeds_pass_on_fixed(perform, name):
    assert [seed for seed in range(200) if not perform(name, seed=seed).passed] == []


@pytest.mark.parametrize("name", ["failover", "restart-controller"])
def test_release_1_0_0_keeps_two_primaries_whatever_the_seed(perform, name):
    problems = {perform(name, "1.0.0", seed).finding.problem[:37] for seed in range(20)}
    assert problems == {"never two_holders_of primary: c1-mysq"}


def test_every_scenario_needs_a_controller(perform):
    assert [name for name in NAMES if perform(name, controller="none").passed] == []


def test_a_history_does_not_depend_on_the_process(tmp_path):
    """Nor on the order of Python's sets, which another process has another one of."""
    dumps = set()
    for hash_seed in ("1", "2"):
        folder = tmp_path / hash_seed
        arguments = ["-m", "pytest", "-q", "-p", "pytest_kbevents.plugin", "--kb-scenario", "failover"]
        env = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        command = [sys.executable, *arguments, "--kb-report", str(folder)]
        subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True, timeout=60)
        dumps.add((folder / "failover.fixed.history.jsonl").read_bytes())
    assert len(dumps) == 1
