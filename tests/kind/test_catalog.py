"""The whole catalog on a real cluster says what it says in the simulated one."""

import json
from pathlib import Path

import pytest

from pytest_kbevents.cluster.backend import VIRTUAL_TIME
from pytest_kbevents.scenario import catalog

AT_ONCE = "3"
"""On two cores some are late, and fail for it: these run once more. What is wrong is wrong again."""
NAMES = [
    name
    for name, each in catalog.scenarios([catalog.shipped()], Path.cwd()).items()
    if each.says_of("fixed") == "passes" and VIRTUAL_TIME not in each.needs
]


@pytest.fixture(scope="module")
def results(kind, session, tmp_path_factory):
    """By name of the scenario, what came of it; worlds of some workers at once share the cluster."""
    assert kind.has, "it is up, and outlives the workers"
    folder = tmp_path_factory.mktemp("reports")
    process = session("--kb-scenario", "*", "--kb-report", str(folder), "-n", AT_ONCE, "-q", "--reruns", "1")
    said, _ = process.communicate(timeout=1500)
    text = (folder / "conformance.json").read_text(encoding="utf-8")
    return {each["scenario"]: (each, said) for each in json.loads(text)["results"]}


@pytest.mark.parametrize("name", NAMES)
def test_the_verdict_is_the_simulated_world_s(results, name):
    result, said = results[name]
    assert result["outcome"] == "passed", said
