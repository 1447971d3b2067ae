"""What must hold at every revision of every run on ``fixed``, and shows otherwise on ``main``."""

import json

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast, World
from pytest_kbevents.scenario import runner


def test_fixed_never_shows_two_holders_at_any_revision(perform, overlaps):
    found = [seed for seed in range(100) for name in ("failover", "switchover") if overlaps(perform(name, seed=seed))]
    assert found == []


def test_main_shows_two_holders_at_every_failover(perform, overlaps):
    assert all(overlaps(perform("failover", "main", seed)) for seed in range(20))


def test_what_was_committed_is_never_changed_by_those_who_share_it(scenarios):
    scenario = scenarios["switchover"]
    cast = Cast("reference", "fixed", 0)
    world = World(make("embedded"), "shared", scenario.workload, cast)
    texts, append = [], world.history.append

    def note(resource, item, micros):
        texts.append(json.dumps(item.object))
        append(resource, item, micros)

    begun = len(world.history.revisions)
    world.history.append = note
    runner.perform(scenario, world, cast)
    assert len(texts) > 10
    assert texts == [json.dumps(revision.object) for revision in world.history.revisions[begun:]]
