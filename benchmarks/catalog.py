"""What scenarios cost: ``python benchmarks/catalog.py`` - the whole catalog, and how cost grows with what is in one.

On ``embedded``, in CPU seconds of one process. The catalog's peer is a world of three replicas in which nothing is
done; what grows is shown for one of it, as a ratio to the smallest size of the same run: 1.0 is linear growth.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import process_time

from rounds import rounds

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import catalog, runner
from pytest_kbevents.scenario.loader import read
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.verdict import Verdict

AIM = 10.0
"""Seconds for the whole catalog."""
RUNS = rounds(3)
CAST = Cast("reference", "fixed", 0)
HEAD = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {{name: bench}}
spec:
  description: d
  cluster:
    component: mysql
    replicas: {replicas}
    roles: [{{name: primary}}, {{name: secondary}}]
    services: [{{name: rw, role: primary}}, {{name: ro, role: nobody}}]
"""
ROLES = ("primary", "secondary")
STEPS = (10, 100, 1000)
CHANGES = 1002
"""Steps: the last role is the second one again."""
SPANS = (10, 100, 1000)
"""Seconds of virtual time."""
REPLICAS = (1, 10, 50, 100)
RULES = (1, 10, 50)
STAYS = "stays: {{service: ro, routes_to: [], for: {}s}}"
EXACTLY = "exactly: {{times: 0, writes: {{kind: Pod, name: c1-mysql-1}}, for: {}s}}"
UNCHANGED = "unchanged: {{object: {{kind: Pod, name: c1-mysql-1}}, for: {}s}}"
NEVER = "{pod: c1-mysql-0, role: nobody}"
PATIENT = "{pod: c1-mysql-0, role: primary, longer_than: 1h}"


def scenario(steps: Sequence[str], replicas: int = 3, spec: str = "") -> Scenario:
    """Of these steps."""
    body = "".join(f"  - {step}\n" for step in steps)
    return read(f"{HEAD.format(replicas=replicas)}{spec}  steps:\n{body}", "bench.yaml")


def played(made: Scenario) -> Verdict:
    """Its verdict, which must be a pass."""
    verdict = runner.run(made, make("embedded"), CAST)
    assert verdict.passed, verdict.finding
    return verdict


def seconds(do: Callable[[], object]) -> float:
    """CPU time, the least of a few."""
    times = []
    for _ in range(RUNS):
        begun = process_time()
        do()
        times.append(process_time() - begun)
    return min(times)


Steps = Callable[[int], list[str]]
"""So many steps."""


def changes(number: int) -> list[str]:
    """So many steps: an Event, what must come of it, and a moment until everybody has heard of that."""
    steps: list[str] = []
    for count in range(max(1, number // 3)):
        role = ROLES[count % 2]
        event = f"event: {{template: roleProbe, pod: c1-mysql-0, role: {role}}}"
        steps += [event, f"expect: {{pod: c1-mysql-0, role: {role}}}", "wait: 50ms"]
    return steps


def events(number: int) -> list[str]:
    """So many Events that concern nobody."""
    name = "event: {{template: plain, pod: c1-mysql-0, values: {{name: e-{}}}}}"
    return [name.format(count) for count in range(number)]


def expects(number: int) -> list[str]:
    """One Event, and so many questions about what comes of it."""
    return [*changes(3)[:2], *["expect: {pod: c1-mysql-0, role: primary}"] * (number - 2)]


def stays(number: int) -> list[str]:
    """So many times for a moment, about a Pod's Event that was the last to be written."""
    return [*changes(3)[:2], *["stays: {pod: c1-mysql-0, role: primary, for: 0s}"] * (number - 2)]


def counts(number: int) -> list[str]:
    """An Event, and how often it was written, again and again."""
    event = "event: {template: plain, pod: c1-mysql-0, values: {name: e-0}}"
    return [event, "exactly: {times: 1, writes: {kind: Event, name: e-0}}"] * (number // 2)


def catalogs() -> None:
    """Each scenario of the catalog."""
    found = list(catalog.scenarios([catalog.shipped()], Path.cwd()).values())
    begun = process_time()
    for entry in catalog.index([catalog.shipped()], Path.cwd()):
        entry.cases()
    read_in = process_time() - begun
    times = {made.name: seconds(partial(runner.run, made, make("embedded"), CAST)) for made in found}
    peer = seconds(partial(played, scenario(["wait: 0s"])))
    total, values = read_in + sum(times.values()), sorted(times.values())
    print(f"the catalog: {len(found)} scenarios, {total:.2f} s of CPU, {total / AIM:.0%} of the aim of {AIM:.0f} s")
    print(f"  reading   {1000 * read_in / len(found):8.1f} ms each")
    print(
        f"  running   {1000 * statistics.median(values):8.1f} ms  ({1000 * values[0]:.1f} to {1000 * values[-1]:.1f})"
    )
    print(f"  an idle world {1000 * peer:4.1f} ms   ratio of the median {statistics.median(values) / peer:.1f}")
    for name in sorted(times, key=lambda name: -times[name])[:5]:
        print(f"  {1000 * times[name]:8.1f} ms  {name}")


def growth(title: str, sizes: Sequence[int], cost: Callable[[int], float]) -> None:
    """Microseconds for one, and the ratio to the smallest size."""
    each = [cost(size) / size * 1e6 for size in sizes]
    cells = (f"{size:5,}: {one:8,.0f} us ({one / each[0]:4.2f})" for size, one in zip(sizes, each, strict=True))
    print(f"  {title:28} {'  '.join(cells)}")


def beyond(steps: Sequence[str], replicas: int = 3, spec: str = "") -> float:
    """CPU seconds of a run, beyond those of an idle world of the same size."""
    made, idle = scenario(steps, replicas, spec), scenario(["wait: 0s"], replicas)
    return seconds(partial(played, made)) - seconds(partial(played, idle))


def reading(steps: Steps, size: int) -> float:
    """CPU seconds of reading so many steps."""
    return seconds(partial(scenario, steps(size)))


def running(steps: Steps, size: int) -> float:
    """And of carrying them out."""
    return beyond(steps(size))


def world(size: int) -> float:
    """Of a world with so many replicas, in which nothing is done."""
    return seconds(partial(played, scenario(["wait: 0s"], size)))


def probed(size: int) -> float:
    """Of a minute with so many agents that probe each second."""
    agents = (f"agent: {{pod: c1-mysql-{number}, roleProbe: {ROLES[number > 0]}}}" for number in range(size))
    return beyond([*agents, "wait: 60s"], size)


def judged(judgement: str, span: int) -> float:
    """Of so many seconds, in each of which a role changes."""
    agent = "agent: {pod: c1-mysql-0, roleProbe: {sequence: [primary, secondary], repeat: true}}"
    return beyond([agent, judgement.format(span)])


def ruled(name: str, rule: str) -> None:
    """The run of many changes, by how many rules it has, beside the one without."""
    made = [scenario(changes(CHANGES), spec=f"  never: [{', '.join([rule] * size)}]\n") for size in (0, *RULES)]
    without, *others = (seconds(partial(played, each)) for each in made)
    cells = (f"{n:5,}: {1000 * one:8,.0f} ms ({one / without:4.2f})" for n, one in zip(RULES, others, strict=True))
    print(f"  {name:28} without {1000 * without:5,.0f} ms  {'  '.join(cells)}")


def main() -> None:
    """Print all of it."""
    print(f"python {sys.version.split()[0]}, {os.cpu_count()} CPUs, CPU time, the least of {RUNS} runs")
    catalogs()
    print("a step, by how many there are (and the ratio to the fewest)")
    kinds: dict[str, Steps] = {
        "Event, expect, wait": changes,
        "Event": events,
        "expect": expects,
        "stays": stays,
        "count": counts,
    }
    for name, steps in kinds.items():
        growth(f"{name}, read", STEPS, partial(reading, steps))
        growth(f"{name}, run", STEPS, partial(running, steps))
    print("a replica, by how many there are")
    growth("world", REPLICAS, world)
    growth("60 s, probed each second", REPLICAS, probed)
    print("a second in which a role changes, by how many there are")
    for judgement in ("wait: {}s", STAYS, EXACTLY, UNCHANGED):
        growth(judgement.partition(":")[0], SPANS, partial(judged, judgement))
    print("334 changes of a role, by how many rules judge them (and the ratio to a run without)")
    for name, rule in {"never broken": NEVER, "broken and put up with": PATIENT}.items():
        ruled(name, rule)


if __name__ == "__main__":
    main()
