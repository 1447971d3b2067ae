"""One agent: what runs in the container ``kbagent`` of one Pod."""

from __future__ import annotations

from pytest_kbevents.agent import event, lorry
from pytest_kbevents.agent.delivery import Wording
from pytest_kbevents.agent.event import Identity
from pytest_kbevents.agent.probe import ProbeConfig
from pytest_kbevents.agent.prober import Prober
from pytest_kbevents.agent.releases import AgentBehaviours
from pytest_kbevents.agent.reporter import BackgroundReporter, Reporter, ReportLoop
from pytest_kbevents.agent.script import Script
from pytest_kbevents.api.names import AGENT
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.protocols import Transport
from pytest_kbevents.clock import SECOND, Clock


class KbAgent:
    """Probes the role and reports it. Stopping it is the process's death: nothing that waits is sent."""

    def __init__(
        self,
        transport: Transport,
        who: tuple[Identity, str],
        probe: tuple[ProbeConfig, AgentBehaviours],
        script: Script,
        clock: Clock,
    ) -> None:
        (identity, instance), (config, behaviours) = who, probe
        name = f"{AGENT}/{identity.pod}"
        client = Client(transport, name)
        self._reporter: Reporter
        if behaviours.sends_in_order:
            period = config.report_period * SECOND if behaviours.reports_roles_again else None
            self._reporter = ReportLoop(name, client, identity, clock, period)
        else:
            wording: Wording = lorry if behaviours.speaks_as_lorry else event
            self._reporter = BackgroundReporter(name, client, identity, clock, wording)
        self._prober = Prober(instance, probe, script, self._reporter, clock)
        self._watches_role_file = behaviours.reports_roles_again

    def actors(self) -> list[Prober | Reporter]:
        """Everything that wants to be advanced."""
        return [self._prober, self._reporter]

    def role_label_changed(self) -> None:
        """The kubelet wrote the Pod's new role label into the file that the agent watches."""
        if self._watches_role_file:
            self._prober.file_changed()
