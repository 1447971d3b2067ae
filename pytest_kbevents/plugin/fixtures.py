"""What tests of our users can ask for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_kbevents.client.login import configured
from pytest_kbevents.cluster.backend import NEEDS
from pytest_kbevents.errors import SettingError
from pytest_kbevents.plugin.session import ScenarioSession
from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario.conductor import Conductor
from pytest_kbevents.scenario.door import KbWorld
from pytest_kbevents.scenario.loader import MOST_REPLICAS, read
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.schema import API_VERSION
from pytest_kbevents.scenario.values import slug
from pytest_kbevents.scenario.verdict import Verdict

if TYPE_CHECKING:
    from kubernetes.client import ApiClient


@contextmanager
def opened(
    scenarios: ScenarioSession, name: str, workload: Mapping[str, Any], needs: Iterable[str]
) -> Iterator[KbWorld]:
    """A world with that workload, for one test. Raises ScenarioError for a workload that cannot be used, and
    AssertionError at the end for what was still open.
    """
    called = slug(name, 50) or "test"
    spec = {"description": name, "cluster": dict(workload), "steps": [{"wait": "0s"}]}
    text = json.dumps({"apiVersion": API_VERSION, "kind": "Scenario", "metadata": {"name": called}, "spec": spec})
    scenario = read(text, "kb_workload")
    at = scenario.document.position(())
    scenario = replace(scenario, steps=(), needs={**scenario.needs, **{_known(need): at for need in needs}})
    if lack := scenarios.lacks(scenario):
        pytest.skip(lack)
    plan = replace(scenario.plan, workload=replace(scenario.workload, most=MOST_REPLICAS))
    with scenarios.world(scenario) as (world, cast):
        conductor = Conductor(replace(scenario, plan=plan), world, cast, scenarios.settings.time_scale)
        door = KbWorld(conductor, scenario.workload.pods)
        yield door
        door.finish()


@contextmanager
def api_client(world: KbWorld) -> Iterator[ApiClient]:
    """The official client of a world's cluster. Raises SettingError where no socket leads to it."""
    from kubernetes import client

    if world.kubeconfig is None:
        raise SettingError("kb_client needs a cluster that has an address: --kb-cluster local, envtest, kind, ...")
    with client.ApiClient(configured(str(world.kubeconfig))) as api:
        yield api
    api.rest_client.pool_manager.clear()


def _known(need: str) -> str:
    if need not in NEEDS:
        raise SettingError(f"kb_needs: there is no need {need!r}; one of {', '.join(NEEDS)}")
    return need


class Run:
    """Runs scenarios with the session's settings."""

    def __init__(self, scenarios: ScenarioSession) -> None:
        self._scenarios = scenarios

    def __call__(
        self, scenario: str | Path | Mapping[str, Any], *, release: str | None = None, seed: int | None = None
    ) -> Verdict:
        """Run one scenario: its name, its file, its text (anything with a line break), or its data.

        Raises:
            InputError: there is no such scenario or release, or the scenario cannot be used.
        """
        release = release or self._scenarios.settings.releases[0]
        if release not in RELEASES:
            raise SettingError(f"unknown release {release!r}; one of {', '.join(RELEASES)}")
        return self._scenarios.run(self._scenario(scenario), release, seed)

    def _scenario(self, given: str | Path | Mapping[str, Any]) -> Scenario:
        if isinstance(given, Mapping):
            return read(json.dumps(given), "<mapping>")
        if isinstance(given, str) and "\n" in given:
            return read(given, "<text>")
        return self._scenarios.named(str(given))
