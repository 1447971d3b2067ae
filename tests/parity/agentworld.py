"""Agents as their Pods start them: environment variables in, requests to an embedded server out, on a virtual clock."""

import base64
import json
from dataclasses import dataclass

from pytest_kbevents.agent.config import environment as config
from pytest_kbevents.agent.database.script import Script
from pytest_kbevents.agent.database.scripted import ScriptedDatabase
from pytest_kbevents.agent.kbagent import KbAgent, Surroundings
from pytest_kbevents.agent.releases import TABLE
from pytest_kbevents.api.http import Response
from pytest_kbevents.api.resources import EVENTS, NAMESPACES
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.interceptor import Intercepted
from pytest_kbevents.clock import SECOND, VirtualClock
from pytest_kbevents.errors import NoAnswer, NotSent
from pytest_kbevents.releases import RELEASES

KBAGENT = tuple(release for release in RELEASES[RELEASES.index("1.0.0") :] if release != "1.0.1")
"""Before it there was lorry; 1.0.1 was measured by nobody, and is like 1.0.0 here and 1.0.2 there."""
POD, UID = "c1-mysql-0", "11111111-1111-1111-1111-111111111111"
WIRE = 1
"""Microseconds that a request takes, so that two sends that begin together cross."""


def compact(value):
    return json.dumps(value, separators=(",", ":"))


def environ(actions, probes=(), pod=POD, uid=UID, **more):
    """What the kubelet gives the container."""
    identity = {"NAMESPACE": "ns", "POD_NAME": pod, "POD_UID": uid, "NODE_NAME": "node-0"}
    lists = {"ACTION": compact(actions), "PROBE": compact(probes), **more}
    return {f"KB_AGENT_{name}": text for name, text in {**identity, **lists}.items()}


def succeeded(output, probe="roleProbe", instance="c1-mysql"):
    """The message of a run that did: ``output`` is what it wrote."""
    fields = {"instance": instance, "probe": probe, "code": 0, "output": _base64(output)}
    return compact({key: value for key, value in fields.items() if value != ""})


def failed(text, last="", probe="roleProbe", instance="c1-mysql"):
    """The message of a run that failed: ``last`` is the output that it tells once more."""
    fields = {"instance": instance, "probe": probe, "code": -1, "output": _base64(last), "message": text}
    return compact({key: value for key, value in fields.items() if value != ""})


def _base64(output):
    return base64.b64encode(output if isinstance(output, bytes) else output.encode()).decode()


@dataclass
class Fault:
    """The next ``times`` requests with that method are answered ``code`` (None: not at all; 0: there is no connection),
    with a ``retry-after`` where ``wait`` says one. What is ``carried_out`` loses its answer only.
    """

    method: str
    code: int | None = 503
    times: int = 1
    wait: int | None = None
    carried_out: bool = False

    def __call__(self, request, handler):
        if request.method != self.method or self.times <= 0:
            return handler(request)
        self.times -= 1
        if self.carried_out:
            handler(request)
        if not self.code:
            raise NoAnswer("connection reset by peer") if self.code is None else NotSent("connection refused")
        body = {"kind": "Status", "status": "Failure", "message": "refused", "code": self.code}
        return Response(self.code, body, headers={} if self.wait is None else {"retry-after": str(self.wait)})


class AgentWorld:
    """Seconds count from ``begin``, which is when it was made unless it is moved."""

    def __init__(self, release):
        self.clock = VirtualClock()
        self.begin = self.clock.micros()
        server = Server(self.clock)
        self.client = Client(server, "test")
        """No fault hits it."""
        self.client.create(NAMESPACES, {"metadata": {"name": "ns"}})
        self.faults = []
        """What stands between agents and server, the newest first; put interceptors in."""
        self.told = []
        """Each write of an Event that was carried out: when, its message, and its count."""
        self.asked = []
        """Each request: when, its method, and the code of its answer (None: there was none)."""
        behind = Intercepted(Intercepted(server, [self._note_write]), self.faults)
        self.transport = Intercepted(behind, [self._note_request])
        self.behaviours = TABLE[release]
        self.actors = []
        self._agent = None
        self._variables = {}
        self._databases = {}

    def now(self):
        return round((self.clock.micros() - self.begin) / SECOND, 3)

    def database(self, pod=POD):
        """It outlives its agent."""
        return self._databases.setdefault(pod, ScriptedDatabase(pod))

    def does(self, pod=POD, **conducts):
        """From now on, the Pod's actions do this."""
        self.database(pod).tell(Script(actions=conducts))

    def start(self, variables):
        """An agent, as in a container that has these environment variables."""
        settings = config.read(variables)
        self._variables = variables
        self._agent = KbAgent(settings, self.surroundings(settings.identity.pod), self.behaviours)
        self.actors += self._agent.actors()
        return self._agent

    def restart(self, **changed):
        """The last one's process dies, and its container starts again; with another uid it is another Pod's."""
        self.actors.clear()
        self.start({**self._variables, **{f"KB_AGENT_{name}": text for name, text in changed.items()}})

    def file_changed(self, path):
        """Somebody writes a file that the last agent may watch."""
        for each in (path, path.rpartition("/")[0]):  # for it is replaced, as the kubelet does
            self._agent.file_changed(each)

    def surroundings(self, pod):
        return Surroundings(self.transport, self.clock, self.database(pod))

    def run(self, until, *, before=False):
        """Let everybody go on until so many seconds have passed; ``before``: what is due just then still waits."""
        deadline = self.begin + round(until * SECOND)
        while waiting := [(due, actor) for actor in self.actors if (due := actor.due()) is not None]:
            due, actor = min(waiting, key=lambda pair: pair[0])
            if due > deadline - before:
                break
            self.clock.advance_to(due)
            actor.step()
        self.clock.advance_to(deadline)

    def events(self):
        return self.client.list(EVENTS, "ns")

    def event(self):
        """The only one."""
        (found,) = self.events()
        return found

    def refusals(self):
        """What was asked in vain; that there is no such Event is an answer."""
        return [each for each in self.asked if each[2] is None or (each[2] >= 400 and each[1:] != ("GET", 404))]

    def _note_request(self, request, handler):
        self.clock.advance_to(self.clock.micros() + WIRE)
        code = None
        try:
            response = handler(request)
            code = response.status
        finally:
            self.asked.append((self.now(), request.method, code))
        return response

    def _note_write(self, request, handler):
        response = handler(request)
        if request.method in ("POST", "PUT") and response.status < 400:
            self.told.append((self.now(), response.body["message"], response.body["count"]))
        return response
