"""Doing as a ServiceAccount may, on a real API server: who asks, what is refused, and when rights have come through."""

import threading
from dataclasses import replace

from processes import eventually
from pytest_kbevents.api.http import Request
from pytest_kbevents.deployment.access import granted, granted_in_cluster

VERBS = {"POST": "create", "PUT": "update", "PATCH": "patch", "DELETE": "delete"}
REVIEW = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews"


def asked(request):
    """What a request asks for, as rules spell it: ``("pods", "list")``, ``("components/status", "patch")``."""
    parts = request.path.split("/")
    parts = parts[3:] if parts[1] == "api" else parts[4:]
    if parts[0] == "namespaces" and len(parts) > 2:
        parts = parts[2:]
    resource = "/".join([parts[0], *parts[2:]])
    if request.method != "GET":
        return resource, VERBS[request.method]
    return resource, "watch" if "watch" in request.query else "get" if len(parts) > 1 else "list"


class Account:
    """A transport that is one's service account; ``refused`` is what was."""

    def __init__(self, transport, namespace, name):
        self._transport = transport
        self._headers = {"impersonate-user": f"system:serviceaccount:{namespace}:{name}"}
        self._namespace = namespace
        self._lock = threading.Lock()
        self.asked = set()
        self.refused = set()

    def send(self, request):
        response = self._transport.send(replace(request, headers={**request.headers, **self._headers}))
        with self._lock:
            self.asked.add(asked(request))
            if response.status == 403:
                self.refused.add(asked(request))
        return response

    def may(self):
        """All that it may do now, as ``asked`` spells it."""
        spec = {"kind": "SelfSubjectRulesReview", "apiVersion": "authorization.k8s.io/v1"}
        body = {**spec, "spec": {"namespace": self._namespace}}
        answer = self._transport.send(Request("POST", REVIEW, body=body, headers=self._headers)).body
        rules = answer["status"]["resourceRules"]
        return {(resource, verb) for rule in rules for resource in rule["resources"] for verb in rule["verbs"]}


def verbs(rules):
    """Each verb that the rules allow, as ``asked`` spells it."""
    found = [(rule.manifest["resources"][0], verb) for rule in rules for verb in rule.verbs]
    assert len(found) == len(set(found)), "no verb is granted twice"
    return found


def without(rules, taken):
    """The rules with one verb taken away."""
    kept = []
    for rule in rules:
        left = tuple(verb for verb in rule.verbs if (rule.manifest["resources"][0], verb) != taken)
        kept += [replace(rule, verbs=left)] if left else []
    return kept


def grant(create, account, name, namespace, rules, cluster_rules=()):
    """Give an account these rights, and wait until the API server knows."""
    for manifest in [*granted(rules, name, namespace), *granted_in_cluster(cluster_rules, name, namespace)]:
        create(manifest)
    wanted = {*verbs(rules), *verbs(cluster_rules)}
    assert eventually(lambda: wanted <= account.may())
