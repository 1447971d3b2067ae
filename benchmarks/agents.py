"""What fake kb-agents cost: ``python benchmarks/agents.py [--seconds N]`` (3600: the hour of the README).

A simulated world on ``embedded``, without a controller: agents with three probes each, on kbagent's default period of
a minute; role and availability are told again each minute, as KubeBlocks has it. CPU time for a simulated span, by how
many agents there are: for an agent and minute, and for an Event written. Its peer is a bare client that writes the same
number of Events to the same sort of server, read and counted up as kbagent does, with nothing else around it.
"""

from __future__ import annotations

import argparse
import resource
from dataclasses import dataclass
from time import process_time

from pytest_kbevents.agent.database.script import Conduct
from pytest_kbevents.agent.sending.event import Identity, Kbagent
from pytest_kbevents.api.names import AVAILABLE_PROBE, ROLE_PROBE
from pytest_kbevents.api.resources import EVENTS, NAMESPACES
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import SECOND
from pytest_kbevents.cluster.embedded import Embedded
from pytest_kbevents.environment.workload import Probe, Role, Workload
from pytest_kbevents.environment.world import Cast, World

SIZES = (10, 100, 1_000)
PERIOD = 60
PROBES = {name: Probe(period=PERIOD) for name in (ROLE_PROBE, AVAILABLE_PROBE, "backupProbe")}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one world: CPU seconds to set it up, and to let it run; Events written meanwhile."""

    setup: float
    run: float
    events: int


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="What fake kb-agents cost.")
    parser.add_argument("--seconds", type=int, default=600, help="of simulated time")
    seconds = parser.parse_args().seconds
    print(f"simulated, {len(PROBES)} probes an agent, period {PERIOD} s, {seconds:,} s of simulated time")
    print("  agents   set up      run   Events   us an agent and minute   us an Event   a bare client's   ratio")
    for agents in SIZES:
        cost = measured(agents, seconds)
        minute = cost.run / agents / (seconds / 60) * 1e6
        event, peer = cost.run / cost.events * 1e6, bare(cost.events, agents)
        print(
            f"  {agents:6,} {cost.setup:6.1f} s {cost.run:6.1f} s {cost.events:8,} {minute:20,.0f} us"
            f" {event:10,.0f} us {peer:14,.0f} us {event / peer:7.1f}"
        )
    print(f"  at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def measured(agents: int, seconds: int) -> Cost:
    """Let a world of so many agents run."""
    begun = process_time()
    workload = Workload("c1", "mysql", agents, [Role("primary"), Role("secondary")], probes=PROBES)
    world = World(Embedded(), "agents", workload, Cast("none", "fixed", 0))
    for pod in workload.pods:
        world.tell(pod, actions={name: Conduct(output="secondary") for name in PROBES})
    world.catch_up()
    ready = process_time()
    world.until(lambda: False, world.clock.micros() + seconds * SECOND)
    ended = process_time()
    events = sum(revision.resource == EVENTS for revision in world.history.revisions)
    expected = agents * (len(PROBES) + 2 * (seconds // PERIOD - 1))
    assert events >= expected, f"{events} Events, and {expected} were to be told"
    world.close()
    return Cost(ready - begun, ended - ready, events)


def bare(events: int, agents: int) -> float:
    """Microseconds that one Event costs a client that does nothing else."""
    site = Embedded().site("bare", 0, wake=lambda: None)
    client, wording = Client(site.transport, "bare"), Kbagent()
    client.create(NAMESPACES, {"metadata": {"name": "bare"}})
    identities = [Identity("bare", f"c1-mysql-{number}", f"uid-{number}", "node") for number in range(agents)]
    for identity in identities:
        client.create(EVENTS, wording.first(identity, ROLE_PROBE, "a message", site.clock.micros()))
    names = [wording.name(identity, ROLE_PROBE, "a message", 0) for identity in identities]
    begun = process_time()
    for number in range(events):
        found = client.get(EVENTS, "bare", names[number % agents])
        client.update(EVENTS, wording.repeated(found, site.clock.micros() + number))
    return (process_time() - begun) / events * 1e6


if __name__ == "__main__":
    main()
