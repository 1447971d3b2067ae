"""Role Events in whatever order they come: replayed, doubled, permuted."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from parity.conftest import World
from pytest_kbevents.api.resources import EVENTS

PODS = ("c1-mysql-0", "c1-mysql-1", "c1-mysql-2")
EXCLUSIVE = "primary"
ROLES = (EXCLUSIVE, "secondary", "witness", "candidate", "")
QUIET = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

times = st.integers(1, 900)
single = st.tuples(st.sampled_from(PODS), st.sampled_from(ROLES), st.none())
versioned = st.tuples(st.sampled_from(PODS), st.sampled_from(ROLES[:4]), st.integers(0, 30))


def dated(claims, **kwargs):
    """Claims, each at a second of its own; of versions, each its own too."""
    listed = st.lists(claims, min_size=1, max_size=7, **kwargs)
    return listed.flatmap(
        lambda made: st.lists(times, min_size=len(made), max_size=len(made), unique=True).map(
            lambda seconds: [(*claim, second) for claim, second in zip(made, seconds, strict=True)]
        )
    )


def world_of(release):
    world = World(release)
    for pod in PODS:
        world.pod(pod)
    return world


def deliver(world, claim):
    pod, role, epoch, second = claim
    output = role if epoch is None else f"{role} {epoch}"
    key = world.report(output.encode(), second, pod=pod)
    world.settle()
    return key


def labels(world):
    return [world.seen(pod)[0] for pod in PODS]


def end_of(release, claims):
    world = world_of(release)
    for claim in claims:
        deliver(world, claim)
    return labels(world)


def again(world, key, **changed):
    """As if it had never been marked, or once more."""
    patch = {
        "metadata": {"annotations": {"kubeblocks.io/event-handled": None, "role.kubeblocks.io/event-handled": None}}
    }
    world._client.patch(EVENTS, *key, {**patch, **changed})
    world.settle()


@pytest.mark.parametrize("release", ["1.0.0", "1.0.3", "main", "fixed"])
@QUIET
@given(claims=dated(single))
def test_a_replay_of_all_events_changes_nothing(release, claims):
    world = world_of(release)
    keys = [deliver(world, claim) for claim in claims]
    before = [world.seen(pod) for pod in PODS]
    for key in keys:
        again(world, key)
    assert [world.seen(pod) for pod in PODS] == before


@pytest.mark.parametrize("release", ["1.0.0", "1.0.3", "main", "fixed"])
@QUIET
@given(claims=dated(single))
def test_an_event_that_comes_twice_counts_once(release, claims):
    world = world_of(release)
    for claim in claims:
        key = deliver(world, claim)
        before = [world.seen(pod) for pod in PODS]
        again(world, key, count=2)
        assert [world.seen(pod) for pod in PODS] == before


@pytest.mark.parametrize("release", ["1.0.0", "1.0.3", "main", "fixed"])
@QUIET
@given(claims=dated(single, unique_by=lambda claim: claim[0]), random=st.randoms(use_true_random=False))
def test_events_of_different_pods_may_change_places(release, claims, random):
    """One Event a Pod. Who claims an exclusive role first matters on main (O-02), on fixed it does not."""
    claims = [
        (pod, "secondary" if role == EXCLUSIVE and release != "fixed" else role, *rest) for pod, role, *rest in claims
    ]
    shuffled = random.sample(claims, len(claims))
    assert end_of(release, claims) == end_of(release, shuffled)


def said_last(claims):
    """Each Pod's newest claim; of those who say an exclusive role, the newest has it, and the others have none.

    Not decided by the Events alone, and so not tried: the newest claimant of an exclusive role has given it up. An
    older claimant has it then if its Event comes later, and gets it with its next report otherwise.
    """
    newest = {}
    for pod, role, epoch, second in claims:
        if (epoch or 0, second) > newest.get(pod, ((-1, -1), ""))[0]:
            newest[pod] = ((epoch or 0, second), role)
    winner = max((age for age, role in newest.values() if role == EXCLUSIVE), default=None)
    assume(
        winner == max(((epoch or 0, second) for _, role, epoch, second in claims if role == EXCLUSIVE), default=None)
    )
    spelled = {EXCLUSIVE: EXCLUSIVE, "secondary": "secondary", "witness": "Witness"}
    ends = {
        pod: None if role == EXCLUSIVE and age != winner else spelled.get(role) for pod, (age, role) in newest.items()
    }
    return [ends.get(pod) for pod in PODS]


@QUIET
@given(claims=dated(single), random=st.randoms(use_true_random=False))
def test_on_fixed_each_pod_ends_with_what_it_said_last_in_any_order(claims, random):
    assert end_of("fixed", random.sample(claims, len(claims))) == said_last(claims)


@QUIET
@given(claims=dated(versioned, unique_by=lambda claim: claim[2]), random=st.randoms(use_true_random=False))
def test_on_fixed_the_highest_version_wins_in_any_order(claims, random):
    assert end_of("fixed", random.sample(claims, len(claims))) == said_last(claims)


@QUIET
@given(seconds=st.lists(times, min_size=2, max_size=5, unique=True), random=st.randoms(use_true_random=False))
def test_on_fixed_any_order_of_one_pods_events_ends_in_the_newest_ones_role(seconds, random):
    claims = [(PODS[0], ROLES[n % len(ROLES)], None, second) for n, second in enumerate(seconds)]
    assert end_of("fixed", random.sample(claims, len(claims))) == said_last(claims)
