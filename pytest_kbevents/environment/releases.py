"""What the controllers around the pipeline do in each release, as far as the harness plays them (bugs.md, 1)."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.releases import since, table


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducerBehaviours:
    """One release's column."""

    addresses_sources_by_ip: bool = since(
        "A task names its source by the address that its Pod has, which the next Pod of that name has not; otherwise "
        "by the Pod's name in the headless Service (#8568).",
        "KB-T02",
        v0_5_0=False,
        v1_0_0_nov24=True,
        v1_0_0_jan25=False,
    )
    keeps_removed_variables: bool = since(
        "A variable that the component has no more stays in the ConfigMap of its environment; otherwise the ConfigMap "
        "is written anew (#9305).",
        "KB-T03",
        v0_5_0=True,
        v1_0_0=False,
    )
    loads_from_new_replicas: bool = since(
        "Any replica may be the source of a task that is written again, also one that has no data yet (#9639).",
        "KB-T04",
        v0_5_0=False,
        v1_0_0_nov24=True,
        v1_0_1=False,
    )
    forgets_running_tasks: bool = since(
        "A pass that finds no new replica writes no task, though the old one has just been written over (#9827).",
        "KB-T05",
        v0_5_0=False,
        v1_0_1=True,
        v1_0_2=False,
    )
    takes_roles_on_update: bool = since(
        "A Pod that gets another image in place loses its role label, which nobody gives back (#8406, #8408).",
        "KB-R15",
        v0_5_0=True,
        v0_9_5=False,
    )
    runs_without_roles: bool = since(
        "A component runs as soon as its Pods are ready; otherwise each needs a role, too, where there are any "
        "(#8322).",
        "KB-R21",
        v0_5_0=False,
        v0_9_1=True,
        v0_9_5=False,
    )
    phases_over_probes: bool = since(
        "The component's controller judges availability by phases, though the policy has probes, too (#9684).",
        "KB-A03",
        v0_5_0=False,
        v1_0_0_nov24=True,
        v1_0_1=False,
    )


TABLE = table(ProducerBehaviours)
