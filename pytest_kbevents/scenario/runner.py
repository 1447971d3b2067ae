"""Carries a scenario out and says what it came to."""

from __future__ import annotations

from dataclasses import replace

from pytest_kbevents.cluster.backend import Backend
from pytest_kbevents.environment.world import Cast, World
from pytest_kbevents.errors import ApiError, ScenarioError
from pytest_kbevents.scenario.conductor import Conductor, Heard
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.values import slug
from pytest_kbevents.scenario.verdict import Verdict
from pytest_kbevents.settings import EXEC


def run(
    scenario: Scenario, backend: Backend, cast: Cast, time_scale: float = 1.0, heard: Heard = lambda _: None
) -> Verdict:
    """Open a world, run the scenario in it, close it. Raises ScenarioError for what only the run could tell."""
    world = opened(scenario, backend, cast)
    has_failed = False
    try:
        verdict = perform(scenario, world, cast, time_scale, heard)
        has_failed = not verdict.passed
        return replace(verdict, logs=world.logs()) if has_failed or cast.controller.startswith(EXEC) else verdict
    finally:
        world.close(keeps=cast.keeps_failed and has_failed)


def opened(scenario: Scenario, backend: Backend, cast: Cast, world: type[World] = World) -> World:
    """A world of the scenario's own. Raises ScenarioError when the API server does not take its workload."""
    try:
        return world(backend, namespace_of(scenario.name), scenario.workload, cast)
    except ApiError as error:
        at = scenario.document.key_position(("spec", "cluster"))
        raise ScenarioError(at, f"the API server does not take what this makes: {error}") from None


def perform(
    scenario: Scenario, world: World, cast: Cast, time_scale: float = 1.0, heard: Heard = lambda _: None
) -> Verdict:
    """Run a scenario in a world that is open, and stays open."""
    conductor = Conductor(scenario, world, cast, time_scale, heard)
    found = conductor.play(scenario.steps) or conductor.finish()
    return conductor.verdict(found)


def namespace_of(name: str) -> str:
    """Of a scenario's world."""
    return slug(f"kb-{name}", 60)
