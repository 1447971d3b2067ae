"""Documents of runs: a real one, and ones by hand."""

from functools import cache
from pathlib import Path

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import catalog, runner
from pytest_kbevents.scenario.reports.document import Origin, whole


def run(**parts):
    """A document by hand; what is not given is empty."""
    told = {"release": "1.0.0", "cluster": "embedded", "controller": "reference", "seed": 0, "version": "0.1.0"}
    base = {
        "scenario": {
            "name": "failover",
            "file": "scenarios/role/failover.yaml",
            "description": "The primary dies, another replica reports primary.",
            "labels": {"area": "role", "level": "MUST"},
        },
        "run": {**told, "command": "pytest --kb-scenario failover --kb-release 1.0.0 --kb-seed 0"},
        "verdict": "failed" if parts.get("finding") else "passed",
        "time": 0,
        "finding": None,
        "steps": [],
        "invariants": [],
        "revisions": [],
        "requests": [],
    }
    return {**base, **parts}


def pod(number, time, role, **more):
    """One revision of a Pod's role, by hand; what came before it is what the revision before it left."""
    after = {"metadata": {"name": "p-0", "labels": {"kubeblocks.io/role": role}}, "spec": {"nodeName": "n"}}
    text = f"Pod p-0: kubeblocks.io/role -> {role}"
    common = {"type": "MODIFIED", "kind": "Pod", "name": "p-0", "writer": "event-controller", "text": text}
    return {"number": number, "time": time, **common, "before": None, "after": after, **more}


def step(number, verb, text, outcome, *times):
    begun, ended = times or (None, None)
    place = f"scenarios/role/failover.yaml:{20 + number}:5"
    told = {"number": number, "verb": verb, "text": f"{verb}: {text}", "position": place, "outcome": outcome}
    return {**told, "begun": begun, "ended": ended, "judges": verb == "expect"}


def request(time, code, problem="", method="PATCH"):
    path = "/api/v1/namespaces/kb-failover/pods/c1-mysql-1"
    return {"time": time, "by": "event-controller", "method": method, "path": path, "code": code, "problem": problem}


STEPS = [
    step(1, "agent", "{pod: c1-mysql-0, roleProbe: primary}", "done", 0, 1684),
    step(2, "expect", "{service: mysql-rw, routes_to: [c1-mysql-0], within: 5s}", "held", 1684, 1_012_870),
    step(3, "expect", "{service: mysql-rw, routes_to: [c1-mysql-1], within: 5s}", "failed", 1_015_419, 4_008_872),
    step(4, "stays", "{service: mysql-rw, routes_to: [c1-mysql-1], for: 30s}", "not reached"),
]
INVARIANTS = [
    {"text": "never two_holders_of primary, longer than 1s", "outcome": "failed", "begun": 0, "ended": 4_008_872}
]
REQUESTS = [
    request(1_012_000, 200),
    request(1_500_000, 409, "the object has been modified"),
    request(1_700_000, 404, "not found", "GET"),
    request(2_013_000, None),
]


@cache
def failed():
    """A real run that fails, two Pods are primary from one revision on; what its finding has nothing of is added."""
    scenario = catalog.scenarios([catalog.shipped()], Path.cwd())["failover"]
    verdict = runner.run(scenario, make("embedded"), Cast("reference", "1.0.0", 0))
    document = whole(verdict, Origin("embedded", "pytest --kb-scenario failover --kb-release 1.0.0 --kb-seed 0"))
    more = {
        "nearest": {"revision": 50, "time": 2_011_620, "seen": {"holders": ["c1-mysql-0"]}},
        "last_error": "409 to event-controller: the object has been modified",
        "also": ["stays {service: mysql-rw}: it routed to two"],
        "waiting": ["expect {pod: c1-mysql-2}: 2s were left"],
        "used_at": "scenarios/groups.yaml:4:5",
    }
    return {**document, "finding": {**document["finding"], **more}}


def played():
    """By hand: each outcome that a step, an invariant or a request can have."""
    return run(steps=STEPS, invariants=INVARIANTS, requests=REQUESTS, time=4_008_872)


def many(count=5000):
    """Roles that change every millisecond, and the finding far down."""
    roles = ["primary", "secondary"]
    revisions = [pod(number, number * 1000, roles[number % 2]) for number in range(1, count + 1)]
    for event in revisions[: count // 2]:
        event.update(kind="Event", name=f"e-{event['number']}")
    finding = {
        "problem": "p",
        "position": "f:1:1",
        "verb": "expect",
        "revision": count - 100,
        "time": (count - 100) * 1000,
        "expected": None,
        "seen": None,
        "nearest": None,
        "last_error": "",
        "also": [],
    }
    return run(revisions=revisions, finding=finding, time=6_000_000)


def long():
    """No word of it has a place to break at."""
    word = "x" * 3000
    revision = pod(7, 10, word, name=word, text=f"Pod {word}", writer=word)
    finding = {
        "problem": word,
        "position": f"{word}.yaml:1:1",
        "verb": "expect",
        "revision": 7,
        "time": 10,
        "expected": {"a": word},
        "seen": {"a": f"{word}y", "b": [word]},
        "nearest": {"revision": 7, "time": 10, "seen": word},
        "last_error": word,
        "also": [word],
    }
    steps = [step(1, "expect", word, "failed", 0, 20)]
    requests = [{**request(10, 500, word), "by": word, "path": word}]
    document = run(revisions=[revision], finding=finding, time=20, steps=steps, requests=requests)
    scenario = {"name": word, "file": word, "description": word, "labels": {word: word}}
    return {**document, "scenario": scenario, "run": {**document["run"], "command": word}}
