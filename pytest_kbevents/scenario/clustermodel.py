"""What a scenario file says of the component under test."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, Field, JsonValue, model_validator

from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.api.names import AVAILABLE_PROBE, ROLE_PROBE
from pytest_kbevents.environment.workload import LifecycleAction, Probe, Role, Workload
from pytest_kbevents.scenario.check import one_of
from pytest_kbevents.scenario.releasesmodel import Release
from pytest_kbevents.scenario.values import NAME, Duration, Model

INT32 = 2**31 - 1
"""The largest number of seconds, or of runs, that kbagent can read."""


class RoleModel(Model):
    """A role that the component's Pods can have."""

    name: str = Field(min_length=1, description="As the database reports it.")
    exclusive: bool = Field(default=False, description="Whether at most one Pod may have it.")


class ServiceModel(Model):
    """A Service in front of the component's Pods."""

    name: str = Field(pattern=NAME, description="The Service's name.")
    role: str = Field(default="", description="The role it selects; without one it selects every Pod.")


class RetryModel(Model):
    """How a failed action is repeated."""

    max_retries: int = Field(default=0, ge=0, le=1000, alias="maxRetries", description="How often.")
    interval: Duration = Field(default=0, alias="retryInterval", description="After how long.")


class ActionModel(Model):
    """A lifecycle action of the component."""

    timeout: int = Field(
        default=0, ge=-INT32, le=INT32, alias="timeoutSeconds", description="How long it may take; 30 when not said."
    )
    retry: RetryModel = Field(default_factory=RetryModel, alias="retryPolicy", description="How it is repeated.")
    non_blocking: bool = Field(default=False, alias="nonBlocking", description="Its caller does not wait for it.")

    def action(self) -> LifecycleAction:
        """The same, as the environment has it."""
        nanoseconds = self.retry.interval * 1000
        return LifecycleAction(self.timeout, self.retry.max_retries, nanoseconds, self.non_blocking)


class ProbeModel(ActionModel):
    """How the agents run an action again and again; zero or less stands for kbagent's default."""

    initial_delay: int = Field(
        default=0, ge=-INT32, le=INT32, alias="initialDelaySeconds", description="Before the first run."
    )
    period: int = Field(
        default=1, ge=-INT32, le=INT32, alias="periodSeconds", description="Between runs; kbagent's own default is 60."
    )
    success_threshold: int = Field(
        default=0, ge=-INT32, le=INT32, alias="successThreshold", description="Runs until a success counts."
    )
    failure_threshold: int = Field(
        default=0, ge=-INT32, le=INT32, alias="failureThreshold", description="Runs until a failure counts."
    )
    report_period: int = Field(
        default=0,
        ge=-INT32,
        le=INT32,
        alias="reportPeriodSeconds",
        description="After how long an outcome is told again; KubeBlocks decides that of roleProbe and availableProbe.",
    )

    def probe(self) -> Probe:
        """The same, as the environment has it."""
        times = (self.initial_delay, self.period, self.success_threshold, self.failure_threshold, self.report_period)
        return Probe(*times, self.action())


class SkewModel(Model):
    """Another release than the rest."""

    agents: Annotated[str, AfterValidator(one_of("release", TABLE))] = Field(
        default="", description="Whose agents they are, whatever release is run."
    )
    controller: Release | None = Field(default=None, description="Whose controller it is, whatever release is run.")


class WithProbeModel(Model):
    """When probes say that the component is available."""

    time_window: int | None = Field(
        default=None, alias="timeWindowSeconds", description="How long a result counts; two report periods if not said."
    )
    condition: dict[str, JsonValue] | None = Field(default=None, description="What is demanded of which replicas.")
    description: str | None = Field(default=None, description="What the condition's message says.")


class AvailableModel(Model):
    """The definition's policy of availability."""

    with_phases: str | None = Field(default=None, alias="withPhases", description="The phases that are available.")
    with_role: str | None = Field(default=None, alias="withRole", description="The role that somebody must have.")
    with_probe: WithProbeModel | None = Field(default=None, alias="withProbe", description="What probes must say.")


class ClusterModel(Model):
    """The component under test: its Pods are <name>-<component>-<ordinal>."""

    name: str = Field(default="c1", pattern=NAME, description="Name of the KubeBlocks Cluster.")
    component: str = Field(pattern=NAME, description="Name of the component.")
    replicas: int = Field(ge=1, le=100, description="How many Pods.")
    roles: list[RoleModel] = Field(default_factory=list, description="What the InstanceSet defines.")
    services: list[ServiceModel] = Field(default_factory=list, description="Services, each with the role it selects.")
    role_probe: ProbeModel = Field(default_factory=ProbeModel, alias="roleProbe", description="The agents' role probe.")
    available_probe: ProbeModel | None = Field(
        default=None, alias="availableProbe", description="The agents' availableProbe, where the definition has one."
    )
    probes: dict[str, ProbeModel] = Field(default_factory=dict, description="Any other probes, by their action.")
    actions: dict[str, ActionModel] = Field(
        default_factory=dict, description="Actions that no probe runs: dataDump, dataLoad, memberJoin and others."
    )
    skew: SkewModel = Field(default_factory=SkewModel, description="Agents or a controller of another release.")
    available: AvailableModel | None = Field(
        default=None, description="The definition's `spec.available`: withProbe, withPhases or withRole."
    )

    @model_validator(mode="after")
    def _each_action_stands_once(self) -> Self:
        own = {ROLE_PROBE, AVAILABLE_PROBE} & self.probes.keys()
        if own:
            raise ValueError(f"{min(own)} is no other probe: write it beside probes, not in it")
        probed = {ROLE_PROBE, AVAILABLE_PROBE, *self.probes} & self.actions.keys()
        if probed:
            raise ValueError(f"{min(probed)} is run by a probe: describe it there, not in actions")
        return self

    def workload(self) -> Workload:
        """The same, as the environment builds it."""
        named = {ROLE_PROBE: self.role_probe, AVAILABLE_PROBE: self.available_probe, **self.probes}
        return Workload(
            self.name,
            self.component,
            self.replicas,
            [Role(role.name, role.exclusive) for role in self.roles],
            {service.name: service.role for service in self.services},
            {name: model.probe() for name, model in named.items() if model is not None},
            {name: model.action() for name, model in self.actions.items()},
            None if self.available is None else self.available.model_dump(by_alias=True, exclude_unset=True),
            self.skew.agents,
            self.skew.controller or "",
        )
