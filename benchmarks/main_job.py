"""What the README's command costs, beside a pytest that runs one empty test: ``python benchmarks/main_job.py``.

Whole processes are timed in turn (ours, the peer's, ours, ...), by the CPU and wall time that the system accounts; the
inside of one is timed in a process of its own. Medians and their range are printed, and ratios of medians.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from rounds import rounds

RUNS = rounds(11)
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
OURS = ["-p", "pytest_kbevents.plugin"]
INSIDE = """
import json, sys
from pathlib import Path
from time import perf_counter
marks = [perf_counter()]
def mark(): marks.append(perf_counter())
import pytest_kbevents.plugin.session
mark()
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast, World
from pytest_kbevents.scenario import catalog, runner
scenario = catalog.select(["failover"], [catalog.shipped()], Path.cwd())[0].scenarios[0]
world = World(make("embedded"), "bench", scenario.workload, Cast("reference", "fixed", 0))
mark()
verdict = runner.perform(scenario, world, Cast("reference", "fixed", 0))
mark()
assert verdict.passed
world.until(lambda: False, world.clock.micros() + 60_000_000)
mark()
print(json.dumps([1000 * (after - before) for before, after in zip(marks, marks[1:])]))
"""


def process(arguments: list[str], folder: str) -> tuple[float, float]:
    """CPU and wall seconds of one whole process."""
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    begun, before = perf_counter(), os.times()
    subprocess.run(arguments, cwd=folder, env=env, check=True, capture_output=True)
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return cpu, perf_counter() - begun


def told(values: list[float], unit: str) -> str:
    """Median and range."""
    return f"{statistics.median(values):8.3f} {unit}  ({min(values):.3f} to {max(values):.3f})"


def pair(title: str, ours: list[str], peer: list[str], folder: str) -> None:
    """Time two commands in turn and print both and their ratio."""
    process(ours, folder), process(peer, folder)  # warm up
    times = [(process(ours, folder), process(peer, folder)) for _ in range(RUNS)]
    print(title)
    for index, what in enumerate(("CPU", "wall")):
        mine, theirs = [run[0][index] for run in times], [run[1][index] for run in times]
        difference = [1000 * (a - b) for a, b in zip(mine, theirs, strict=True)]
        ratio = statistics.median(mine) / statistics.median(theirs)
        print(f"  {what:4}  ours {told(mine, 's')}")
        print(
            f"        peer {told(theirs, 's')}   ratio {ratio:.2f}, difference {statistics.median(difference):.0f} ms"
        )


def inside(folder: str) -> None:
    """Where the time goes."""
    runs = []
    for _ in range(RUNS):
        done = subprocess.run([sys.executable, "-c", INSIDE], cwd=folder, check=True, capture_output=True, text=True)
        runs.append(json.loads(done.stdout))
    print("inside one process")
    names = ("import", "read the catalog, set up the world", "the scenario", "60 simulated seconds, idle")
    for name, values in zip(names, zip(*runs, strict=True), strict=True):
        print(f"  {name:36} {told(list(values), 'ms')}")


def main() -> None:
    """Print all of it."""
    print(f"python {sys.version.split()[0]}, {os.cpu_count()} CPUs, {RUNS} runs each, medians (range)")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "test_empty.py").write_text("def test_nothing(): pass\n")
        peer = [*PYTEST, "test_empty.py"]
        pair(
            "whole process: --kb-scenario failover / one empty test",
            [*PYTEST, *OURS, "--kb-scenario", "failover"],
            peer,
            folder,
        )
        for flags in (["--version"], ["--version", "--version"]):  # one flag loads no plugin, two load and list them
            version = [sys.executable, "-m", "pytest", *flags]
            pair(f"pytest {' '.join(flags)}: with the plugin / without", [*version, *OURS], version, folder)
        inside(folder)


if __name__ == "__main__":
    main()
