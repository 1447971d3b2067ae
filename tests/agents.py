"""Agents as processes: how a test starts one, asks it and reads what it says."""

import base64
import http.client
import json
import socket
from contextlib import closing, contextmanager

from processes import Process

PATIENCE = 30
POD, OTHER = "c1-mysql-0", "c1-mysql-1"
NEVER = 3600
"""Seconds: a period that no test lives to see."""


class Agent(Process):
    """One whose lines are JSON objects, but for a panic."""

    def said(self, message):
        """The fields of the first line with that message."""
        assert self.says(f'"msg":"{message}'), self.lines
        return next(json.loads(line) for line in self.lines if f'"msg":"{message}' in line)

    def port_of(self, name):
        return int(self.said("started")[name].rpartition(":")[2])

    def panic(self):
        """The text of its panic, which must be its end."""
        assert self.wait() == 2
        (line,) = [line for line in self.lines if line.startswith("panic: ")]
        return line.removeprefix("panic: ").rstrip("\n")


def output(event):
    return base64.b64decode(json.loads(event["message"]).get("output", "")).decode()


def action(name, *command, **more):
    return {"name": name, "exec": {"command": list(command)}, **more}


def probe(action="roleProbe", period=1, **more):
    return {"instance": "c1-mysql", "action": action, "periodSeconds": period, **more}


ACTIONS = [action("roleProbe", "/bin/echo", "real"), action("dataDump", "/bin/true"), action("dataLoad", "/bin/true")]
PROBES = [probe()]


def call(agent, path="/v1.0/action", **body):
    """Status and JSON of an answer over HTTP."""
    with closing(http.client.HTTPConnection("127.0.0.1", agent.port_of("http"), timeout=PATIENCE)) as connection:
        connection.request("POST", path, json.dumps(body))
        response = connection.getresponse()
        text = response.read()
        return response.status, json.loads(text) if response.headers["Content-Type"] == "application/json" else text


def dumped(agent, **handshake):
    """All that the streaming port hands out."""
    with socket.create_connection(("127.0.0.1", agent.port_of("streaming")), PATIENCE) as connection:
        connection.sendall(json.dumps(handshake).encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def task(remote, port, pod=OTHER, **more):
    new_replica = {"remote": remote, "port": port, "replicas": pod}
    fields = {"instance": "c1-mysql", "task": "newReplica", "UID": "1", "replicas": pod, "notifyAtFinish": True}
    return json.dumps([fields | {"newReplica": new_replica} | more])


@contextmanager
def nobody():
    """A port of ours at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]
