"""What controller and agents may do is what they have to do: with all of it nothing is refused, without any of it
something is.
"""

import itertools
import json
import queue
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from accounts import Account, grant, verbs, without
from needs import ENVTEST
from processes import eventually
from pytest_kbevents.agent.config import environment as config
from pytest_kbevents.agent.sending import event
from pytest_kbevents.agent.sending.event import Identity
from pytest_kbevents.agent.sending.message import encode, encode_task
from pytest_kbevents.api.known import resource_of
from pytest_kbevents.api.messages import ProbeMessage, TaskMessage
from pytest_kbevents.api.names import (
    AGENT_ACCOUNT,
    AVAILABLE_PROBE,
    CONTROLLER_ACCOUNT,
    DATA_DUMP,
    DATA_LOAD,
    HANDLED_ANNOTATION,
    LEASE,
    NEW_REPLICA,
    REPLICAS_STATUS_ANNOTATION,
    ROLE_LABEL,
    ROLE_PROBE,
    TASK,
)
from pytest_kbevents.api.objects import annotations_of, labels_of, uid_of
from pytest_kbevents.api.resources import COMPONENTS, CONFIG_MAPS, EVENTS, INSTANCE_SETS, LEASES, NAMESPACES, PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.clock import SECOND, WallClock
from pytest_kbevents.cluster.envtest import Envtest
from pytest_kbevents.deployment import rules
from pytest_kbevents.environment.agent_life import Doors
from pytest_kbevents.environment.agent_process import AgentProcess
from pytest_kbevents.environment.bell import Bell
from pytest_kbevents.environment.controller_process import ControllerProcess, Deployment
from pytest_kbevents.environment.manifests import provision
from pytest_kbevents.environment.place import Place
from pytest_kbevents.environment.scaling import Scaling
from pytest_kbevents.environment.workload import LifecycleAction, Probe, Role, Workload

pytestmark = ENVTEST

AT_ONCE = 4
"""Plays, each in a namespace of its own."""
NEWEST, SECOND_RECONCILER = "fixed", "1.1.0-beta.5"
WORKLOAD = Workload(
    "c1",
    "mysql",
    2,
    [Role("primary", exclusive=True), Role("secondary")],
    probes={ROLE_PROBE: Probe(), AVAILABLE_PROBE: Probe(period=15)},
    actions={DATA_DUMP: LifecycleAction(), DATA_LOAD: LifecycleAction()},
)
OF_CONTROLLER = verbs([*rules.CONTROLLER, *rules.CONTROLLER_IN_CLUSTER])
OF_AGENT = verbs(rules.AGENT)
ONLY_THERE = {("pods", "patch"): SECOND_RECONCILER}
"""Verbs that other releases than the newest need."""
NUMBERS = itertools.count()


class Play:
    """One namespace, and an account in it that may do less than it should."""

    def __init__(self, backend, name):
        self.bell = Bell()
        self.clock = WallClock()
        self.transport = HttpTransport(str(backend.kubeconfig), self.bell.ring)
        self.client = Client(self.transport, "tester")
        self.namespace = f"rbac-{next(NUMBERS)}"
        self.account = Account(self.transport, self.namespace, name)
        self.client.create(NAMESPACES, {"metadata": {"name": self.namespace}})
        self.place = Place(self.client, self.clock, self.namespace, WORKLOAD, NEWEST)
        provision(self.place)

    def create(self, manifest):
        self.client.create(resource_of(manifest), manifest)

    def said(self, pod, reason, message, uid=""):
        """A Pod's agent reports; the Event as it is then."""
        uid = uid or uid_of(self.client.get(PODS, self.namespace, pod))
        micros = self.clock.micros()
        made = event.first(Identity(self.namespace, pod, uid, "node-0"), reason, message, micros)
        return self.client.create(EVENTS, made)["metadata"]["name"]

    def probed(self, pod, probe, output="", code=0, uid=""):
        return self.said(pod, probe, encode(ProbeMessage(WORKLOAD.name, probe, code, output.encode(), "")), uid)

    def sees(self, found):
        """Whether that comes to be so, before something is refused."""
        return eventually(lambda: bool(self.account.refused) or found()) and not self.account.refused

    def label(self, pod):
        return labels_of(self.client.get(PODS, self.namespace, pod)).get(ROLE_LABEL)

    def annotation(self, resource, name, key):
        return annotations_of(self.client.get(resource, self.namespace, name)).get(key)


def play_controller(backend, release, taken=None):
    """What all handlers do, once; the account, and whether all of it was seen."""
    play = Play(backend, CONTROLLER_ACCOUNT)
    namespaced, cluster = without(rules.CONTROLLER, taken), without(rules.CONTROLLER_IN_CLUSTER, taken)
    grant(play.create, play.account, CONTROLLER_ACCOUNT, play.namespace, namespaced, cluster)
    deployment = Deployment(
        release=release,
        namespaces=[play.namespace],
        workers=2,
        resync=0,
        lease=(play.namespace, LEASE),
        identity="tester",
        health=None,
        metrics=False,
    )
    process, signals = ControllerProcess(play.account, play.bell, deployment), queue.SimpleQueue()
    thread = threading.Thread(target=process.run, args=(signals,))
    thread.start()
    try:
        acts = [stray_role_becomes_a_label] if release == SECOND_RECONCILER else NEWEST_ACTS
        done = all(act(play) for act in [leads, *acts])
    finally:
        signals.put(signal.SIGTERM)
        thread.join()
    done = done and not holder(play)
    play.transport.close()
    return play.account, done


def holder(play):
    leases = play.client.list(LEASES, play.namespace)
    return leases[0]["spec"].get("holderIdentity") if leases else None


def leads(play):
    return play.sees(lambda: holder(play) == "tester")


def stray_role_becomes_a_label(play):
    play.probed("c1-mysql-0", ROLE_PROBE, "stray")
    return play.sees(lambda: play.label("c1-mysql-0") == "stray")


def role_becomes_a_label(play):
    play.probed("c1-mysql-0", ROLE_PROBE, "primary")
    return play.sees(lambda: play.label("c1-mysql-0") == "primary")


def role_goes_to_another(play):
    play.probed("c1-mysql-1", ROLE_PROBE, "primary")
    return play.sees(lambda: (play.label("c1-mysql-0"), play.label("c1-mysql-1")) == (None, "primary"))


def failure_is_recorded(play):
    play.probed("c1-mysql-0", ROLE_PROBE, code=-1)
    return play.sees(
        lambda: any(each["reason"] == "RoleProbeFailed" for each in play.client.list(EVENTS, play.namespace))
    )


def event_of_nobody_is_skipped(play):
    name = play.probed("c1-mysql-9", AVAILABLE_PROBE, uid="0-0-0")
    return play.sees(lambda: play.annotation(EVENTS, name, HANDLED_ANNOTATION) == "1")


def component_becomes_available(play):
    for pod in WORKLOAD.pods:
        play.probed(pod, AVAILABLE_PROBE)
    return play.sees(lambda: available(play) == "True")


def available(play):
    status = play.client.get(COMPONENTS, play.namespace, WORKLOAD.name).get("status") or {}
    return next((each["status"] for each in status.get("conditions", ()) if each["type"] == "Available"), None)


def replica_has_its_data(play):
    Scaling(play.place).to(3)
    config_map = play.client.get(CONFIG_MAPS, play.namespace, f"{WORKLOAD.name}-env")
    (task,) = json.loads(config_map["data"][config.TASK])
    now = play.clock.micros()
    message = TaskMessage(WORKLOAD.name, NEW_REPLICA, task["UID"], "c1-mysql-2", now, now + SECOND)
    play.said("c1-mysql-2", TASK, encode_task(message))
    return play.sees(
        lambda: '"dataLoaded":true' in play.annotation(INSTANCE_SETS, WORKLOAD.name, REPLICAS_STATUS_ANNOTATION)
    )


NEWEST_ACTS = [
    role_becomes_a_label,
    role_goes_to_another,
    failure_is_recorded,
    event_of_nobody_is_skipped,
    component_becomes_available,
    replica_has_its_data,
]


def play_agent(backend, taken=None, scripts=()):
    """An agent is told what its database does, and reports it twice; the account, and whether that was seen."""
    play = Play(backend, AGENT_ACCOUNT)
    allowed = without(rules.for_config_maps(rules.AGENT, scripts), taken)
    grant(play.create, play.account, AGENT_ACCOUNT, play.namespace, allowed)
    script = json.dumps({"actions": {ROLE_PROBE: {"exitCode": 1}}})
    metadata = {"name": "c1-mysql-0-database", "namespace": play.namespace}
    play.client.create(CONFIG_MAPS, {"metadata": metadata, "data": {"script": script}})
    told = config.read(
        {
            config.NAMESPACE: play.namespace,
            config.POD_NAME: "c1-mysql-0",
            config.POD_UID: uid_of(play.client.get(PODS, play.namespace, "c1-mysql-0")),
            config.ACTION: json.dumps([{"name": ROLE_PROBE, "exec": {"command": ["/bin/true"]}}]),
            config.PROBE: json.dumps([{"instance": WORKLOAD.name, "action": ROLE_PROBE, "periodSeconds": 1}]),
        }
    )
    doors = Doors("127.0.0.1", 0, 0, "", None, api_logging=False)
    agent, heard = AgentProcess(told, (play.account, play.bell), NEWEST, doors), queue.SimpleQueue()
    thread = threading.Thread(target=agent.run, args=(heard,))
    thread.start()
    try:
        counts = lambda: [each["count"] for each in play.client.list(EVENTS, play.namespace)]  # noqa: E731
        done = play.sees(lambda: any(count > 1 for count in counts()))
    finally:
        heard.put(signal.SIGTERM)
        thread.join()
        agent._life.stop()
        agent._told.stop()
        agent._driver.close()
    play.transport.close()
    return play.account, done


@pytest.fixture(scope="module")
def played():
    """Each play's account, and whether everything was seen, by who played and what was taken away."""
    backend = Envtest()
    backend.start()
    plays = {
        ("controller", NEWEST): lambda: play_controller(backend, NEWEST),
        ("controller", SECOND_RECONCILER): lambda: play_controller(backend, SECOND_RECONCILER),
        ("agent", NEWEST): lambda: play_agent(backend),
        ("agent", "its own script"): lambda: play_agent(backend, scripts=["c1-mysql-0-database"]),
        ("agent", "another's script"): lambda: play_agent(backend, scripts=["c1-mysql-1-database"]),
    }
    for taken in OF_CONTROLLER:
        plays["controller", *taken] = lambda taken=taken: play_controller(backend, ONLY_THERE.get(taken, NEWEST), taken)
    for taken in OF_AGENT:
        plays["agent", *taken] = lambda taken=taken: play_agent(backend, taken)
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            runs = {name: pool.submit(play) for name, play in plays.items()}
            yield {name: run.result() for name, run in runs.items()}
    finally:
        backend.stop()


@pytest.mark.parametrize(
    "who", [("controller", NEWEST), ("controller", SECOND_RECONCILER), ("agent", NEWEST)], ids="-".join
)
def test_with_all_of_its_rights_everything_is_done_and_nothing_refused(played, who):
    account, done = played[who]
    assert (done, account.refused) == (True, set())


def test_the_controller_asks_for_all_that_it_may_do_and_nothing_else(played):
    accounts = [played["controller", release][0] for release in (NEWEST, SECOND_RECONCILER)]
    assert {item for account in accounts for item in account.asked} == set(OF_CONTROLLER)


def test_agents_ask_for_all_that_they_may_do_and_nothing_else(played):
    assert played["agent", NEWEST][0].asked == set(OF_AGENT)


def test_an_agent_may_be_held_to_the_script_of_its_own_pod(played):
    account, done = played["agent", "its own script"]
    assert (done, account.refused) == (True, set())


def test_an_agent_that_is_held_to_another_script_hears_nothing(played):
    account, done = played["agent", "another's script"]
    assert (done, account.refused) == (False, {("configmaps", "list")})


@pytest.mark.parametrize("taken", OF_CONTROLLER, ids=" ".join)
def test_the_controller_cannot_do_without(played, taken):
    account, done = played["controller", *taken]
    assert (done, account.refused) == (False, {taken})


@pytest.mark.parametrize("taken", OF_AGENT, ids=" ".join)
def test_agents_cannot_do_without(played, taken):
    account, done = played["agent", *taken]
    assert (done, account.refused) == (False, {taken})
