"""The store against the simplest model of it: a list of everything that ever happened, in each of its forks."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.errors import Gone

RESOURCES = st.sampled_from(["pods", "events"])
KEYS = st.tuples(st.sampled_from(["a", "a-2", "b"]), st.sampled_from(["x", "y", "z"]))
VALUES = st.integers(0, 3)


class World:
    """A store, the model of it, and what a listener of it has heard."""

    def __init__(self, store, log, compacted=0):
        self.store, self.log, self.compacted = store, log, compacted
        self.heard, self.since = [], len(log)
        store.subscribe("pods", store.revision, self.heard.append)

    def state(self, resource, revision=None):
        """The objects as the model has them: key to (value, revision)."""
        found = {}
        for number, kind, key, value in self.log[: len(self.log) if revision is None else revision]:
            if kind == resource:
                if value is None:
                    del found[key]
                else:
                    found[key] = (value, number)
        return found

    def listed(self, objects):
        return [
            ((obj["metadata"]["namespace"], obj["metadata"]["name"]), obj["value"], obj["metadata"]["resourceVersion"])
            for obj in objects
        ]

    def expected(self, resource, namespace="", revision=None):
        state = self.state(resource, revision)
        keys = sorted((key for key in state if namespace in ("", key[0])), key="/".join)
        return [(key, state[key][0], str(state[key][1])) for key in keys]


class StoreMachine(RuleBasedStateMachine):
    worlds = Bundle("worlds")

    @initialize(target=worlds)
    def begin(self):
        self.all = [World(Store(), [])]
        return self.all[0]

    @rule(world=worlds, resource=RESOURCES, key=KEYS, value=VALUES)
    def put(self, world, resource, key, value):
        obj = {"metadata": {"namespace": key[0], "name": key[1]}, "value": value}
        world.log.append((len(world.log) + 1, resource, key, value))
        stored = world.store.put(resource, key, obj)
        assert stored["metadata"]["resourceVersion"] == str(len(world.log))

    @rule(world=worlds, resource=RESOURCES, key=KEYS)
    def remove(self, world, resource, key):
        if key not in world.state(resource):
            with pytest.raises(KeyError):
                world.store.remove(resource, key)
            return
        world.log.append((len(world.log) + 1, resource, key, None))
        world.store.remove(resource, key)

    @rule(world=worlds, target=worlds)
    def fork(self, world):
        self.all.append(World(world.store.fork(), list(world.log), world.compacted))
        return self.all[-1]

    @rule(world=worlds, back=st.integers(0, 5))
    def compact(self, world, back):
        revision = max(len(world.log) - back, 0)
        world.compacted = max(world.compacted, revision)
        world.store.compact(revision)

    @rule(world=worlds, resource=RESOURCES, namespace=st.sampled_from(["", "a", "a-2"]), back=st.integers(0, 8))
    def look_back(self, world, resource, namespace, back):
        revision = max(len(world.log) - back, 0)
        if revision < world.compacted:
            with pytest.raises(Gone):
                world.store.select_at(resource, namespace, revision)
            return
        seen = world.listed(world.store.select_at(resource, namespace, revision))
        assert seen == world.expected(resource, namespace, revision)

    @rule(world=worlds, resource=RESOURCES, back=st.integers(0, 8))
    def replay(self, world, resource, back):
        after = max(len(world.log) - back, 0)
        commits = []
        if after < world.compacted:
            with pytest.raises(Gone):
                world.store.subscribe(resource, after, commits.append)
            return
        world.store.subscribe(resource, after, commits.append)()
        happened = [(number, key) for number, kind, key, _ in world.log[after:] if kind == resource]
        assert [(commit.revision, commit.key) for commit in commits] == happened

    @invariant()
    def every_world_is_what_happened_in_it(self):
        for world in getattr(self, "all", ()):
            assert world.store.revision == len(world.log)
            for resource in ("pods", "events"):
                for namespace in ("", "a"):
                    seen = world.listed(world.store.select(resource, namespace))
                    assert seen == world.expected(resource, namespace)

    @invariant()
    def every_listener_hears_its_own_world(self):
        for world in getattr(self, "all", ()):
            happened = [number for number, kind, _, _ in world.log[world.since :] if kind == "pods"]
            assert [commit.revision for commit in world.heard] == happened


TestStore = StoreMachine.TestCase
TestStore.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
