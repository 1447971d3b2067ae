"""What a case calls: one API, whichever server is behind it, and the transcript of all that it answered."""

import json
import re
import secrets
from collections.abc import Mapping

from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from conformance.masks import Masks
from pytest_kbevents.api.http import (
    APPLY_YAML,
    JSON,
    JSON_PATCH,
    MERGE_PATCH,
    STRATEGIC_MERGE_PATCH,
    Request,
    Response,
)

AGENT = "conformance/1.0"
"""The user agent; what stands before the slash is the manager in managedFields."""
WATCH_SECONDS = 10
LONG = 60
"""Characters of a query's value in the title of a call."""
PLACES = {
    "/api/v1": "configmaps endpoints events limitranges persistentvolumeclaims pods podtemplates "
    "replicationcontrollers resourcequotas secrets serviceaccounts services",
    "/apis/apps/v1": "controllerrevisions daemonsets deployments replicasets statefulsets",
    "/apis/batch/v1": "cronjobs jobs",
    "/apis/coordination.k8s.io/v1": "leases",
    "/apis/discovery.k8s.io/v1": "endpointslices",
    "/apis/rbac.authorization.k8s.io/v1": "rolebindings roles",
    "/apis/policy/v1": "poddisruptionbudgets",
    "/apis/authorization.k8s.io/v1": "localsubjectaccessreviews",
}
CLUSTER_PLACES = {
    "/api/v1": "namespaces nodes persistentvolumes",
    "/apis/apiextensions.k8s.io/v1": "customresourcedefinitions",
    "/apis/rbac.authorization.k8s.io/v1": "clusterrolebindings clusterroles",
    "/apis/authentication.k8s.io/v1": "selfsubjectreviews tokenreviews",
    "/apis/authorization.k8s.io/v1": "selfsubjectaccessreviews selfsubjectrulesreviews subjectaccessreviews",
    "/apis/scheduling.k8s.io/v1": "priorityclasses",
}
STOPS = "apiserver is shutting down"
WARNING = re.compile(r'299 \S+ "((?:[^"\\]|\\.)*)"')


class Api:
    """The calls. A path is ``plural/name/subresource`` in the case's namespace, or begins with ``/``.

    ``ns`` is the namespace, ``group`` an API group, each of this case alone: they appear as ``<ns>`` and ``<group>``.
    """

    def __init__(self, server, user_agent=AGENT):
        tag = secrets.token_hex(4)
        self.ns, self.group = f"ns-{tag}", f"g{tag}.example.com"
        self.server = server
        self.agent = user_agent
        self.transcript = []
        self.masks = Masks({self.ns: "<ns>", self.group: "<group>"})
        self._places = {
            plural: f"{root}/namespaces/{self.ns}" for root, all_ in PLACES.items() for plural in all_.split()
        }
        self._places |= {plural: root for root, all_ in CLUSTER_PLACES.items() for plural in all_.split()}
        self._clean = []
        self.send("POST", "namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": self.ns}})

    def close(self):
        """Take away what other cases would see."""
        for path in reversed(self._clean):
            self.send("DELETE", path)

    def path(self, short):
        """The whole path."""
        if short.startswith("/"):
            return short
        plural, slash, rest = short.partition("/")
        return f"{self._places[plural]}/{plural.removesuffix('.events')}{slash}{rest}"

    def get(self, path, **options):
        return self.call("GET", path, **options)

    def post(self, path, body=None, **options):
        return self.call("POST", path, body, **options)

    def put(self, path, body=None, **options):
        return self.call("PUT", path, body, **options)

    def delete(self, path, body=None, **options):
        return self.call("DELETE", path, body, **options)

    def merge(self, path, body, **options):
        """JSON merge patch."""
        return self.call("PATCH", path, body, type_=MERGE_PATCH, **options)

    def json(self, path, body, **options):
        """JSON patch."""
        return self.call("PATCH", path, body, type_=JSON_PATCH, **options)

    def strategic(self, path, body, **options):
        """Strategic merge patch."""
        return self.call("PATCH", path, body, type_=STRATEGIC_MERGE_PATCH, **options)

    def apply(self, path, body, manager="applier", **options):
        """Server-side apply; the body is JSON, which is YAML."""
        options["query"] = {"fieldManager": manager, **options.get("query", {})}
        return self.call("PATCH", path, json.dumps(body).encode(), type_=APPLY_YAML, **options)

    def call(self, method, path, body=None, *, show=lambda body: body, any_order=False, **options):
        """One call, in the transcript; ``show`` picks what of a good answer is compared. Options as ``send`` has them.

        With ``any_order``, the causes of a refusal may come in any: a real server goes through a map.
        """
        response = self.send(method, path, body, **options)
        entry = {"call": self._title(method, path, options), "status": response.status}
        entry |= self._headers(response)
        seen = show(response.body) if response.status < 400 else response.body
        if any_order and response.status == 422:
            seen = _ordered(seen)
        self.transcript.append(entry | {"body": self.masks.body(seen)})
        return response

    def made(self, path, body, **options):
        """Something that a case begins with: the transcript says nothing, unless it cannot be made."""
        response = self.send("POST", path, body, **options)
        if response.status >= 400:
            self.transcript.append(
                {"call": f"POST {path}", "status": response.status, "body": self.masks.body(response.body)}
            )
        return response.body

    def send(self, method, path, body=None, *, query=(), type_=JSON, accept=JSON, headers=(), agent=""):
        """One call that the transcript says nothing about; ``query`` is a mapping of texts."""
        self.masks.learn(body)
        request = Request(
            method, self.path(path), dict(query), body, type_, accept, agent or self.agent, headers=dict(headers)
        )
        self.server.pause()
        response = self._settled(lambda: self.server.transport.send(request))
        plain = json.loads(json.dumps(response.body, default=dict)) if response.stream is None else None
        return Response(response.status, plain, response.stream, response.headers)

    def watch(self, path, count=None, *, during=lambda: None, show=lambda item: item, **options):
        """A watch with some changes made during it: its first ``count`` items, or with None all until it ends."""
        query = {"watch": "true", "timeoutSeconds": str(WATCH_SECONDS), **options.pop("query", {})}
        response = self.send("GET", path, query=query, **options)
        entry = {"call": self._title("WATCH", path, {"query": query, **options}), "status": response.status}
        entry |= self._headers(response)
        if response.stream is None:
            self.transcript.append(entry | {"body": self.masks.body(response.body)})
            return []
        try:
            during()
            items = self.server.take(response.stream, count)
        finally:
            response.stream.close()
        told = [{"type": item.type, "object": self._item(item, show)} for item in items]
        ended = {"ended": True} if count is None or len(items) < count else {}
        self.transcript.append(entry | {"items": told} | ended)
        return items

    def until(self, wanted, path="", method="GET", body=None, **options):
        """Call, saying nothing, until the answer is what is wanted: a real server takes some things in by and by."""
        return self._patiently(lambda: self.send(method, path, body, **options), wanted)

    def _patiently(self, attempt, wanted):
        patience = Retrying(
            retry=retry_if_result(lambda response: not wanted(response)),
            wait=wait_fixed(0.05),
            stop=stop_after_delay(self.server.patience),
            retry_error_callback=lambda state: state.outcome.result(),
        )
        return patience(attempt)

    def _settled(self, attempt):
        """The answer after that: a real server may take a new kind's storage away once more, and say that it stops.

        It serves a kind as soon as its lister has it, and its handler of changes may be behind:
        https://github.com/kubernetes/kubernetes/pull/142069.
        """
        return self._patiently(attempt, lambda response: response.status != 503 or STOPS not in str(response.body))

    def crd(self, plural="widgets", kind="Widget", *, versions=None, scope="Namespaced", **spec):
        """A kind of this case's own, served; after it ``plural`` is a path."""
        versions = versions or [version()]
        name = f"{plural}.{self.group}"
        names = {
            "plural": plural,
            "singular": kind.lower(),
            "kind": kind,
            "listKind": f"{kind}List",
            **spec.pop("names", {}),
        }
        body = {
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": {"name": name},
            "spec": {"group": self.group, "scope": scope, "names": names, "versions": versions, **spec},
        }
        self.place(plural, f"/apis/{self.group}/{versions[0]['name']}", namespaced=scope != "Cluster")
        self.made("customresourcedefinitions", body)
        self._clean.append(f"customresourcedefinitions/{name}")
        for served in versions:
            if served["served"]:
                self.until(lambda response: response.status == 200, f"/apis/{self.group}/{served['name']}/{plural}")
        return body

    def cleaned(self, path):
        """Take that away at the end."""
        self._clean.append(path)
        return path

    def place(self, plural, root, *, namespaced=True):
        """From now on ``plural`` is a path under that root."""
        self._places[plural] = f"{root}/namespaces/{self.ns}" if namespaced else root

    def _title(self, method, path, options):
        query = {key: self._query(key, value) for key, value in dict(options.get("query", {})).items()}
        told = "&".join(f"{key}={value}" for key, value in query.items())
        parts = [self.masks.text(path) + (f"?{told}" if told else "")]
        if options.get("type_", JSON) != JSON:
            parts.append(f"as {options['type_']}")
        if options.get("accept", JSON) != JSON:
            parts.append(f"accepting {options['accept']}")
        shown = {key: value for key, value in dict(options.get("headers", {})).items() if key != "authorization"}
        parts += [f"{key}: {self.masks.text(value)}" for key, value in shown.items()]
        return f"{method} {', '.join(parts)}"

    def _query(self, key, value):
        if key == "resourceVersion":
            return self.masks.revision(value)
        text = "<continue>" if key == "continue" and len(value) > 20 else self.masks.text(value)
        return text if len(text) < LONG else f"{text[:LONG]}..."

    def _headers(self, response):
        kind = response.headers.get("content-type", JSON)
        entry = {} if kind == JSON else {"content-type": kind}
        if warning := response.headers.get("warning"):
            texts = [re.sub(r"\\(.)", r"\1", text) for text in WARNING.findall(warning)]
            entry["warnings"] = [self.masks.text(text) for text in texts]
        return entry

    def _item(self, item, show):
        shown = show(item.object)
        return self.masks.body(shown if isinstance(shown, (Mapping, str, list)) else str(shown))


def _ordered(status):
    causes = sorted(status["details"]["causes"], key=lambda cause: (cause["field"], cause["message"]))
    told = ", ".join(f"{cause['field']}: {cause['message']}" for cause in causes)
    message = f"{status['message'].partition('[')[0]}[{told}]"
    return {**status, "message": message, "details": {**status["details"], "causes": causes}}


def version(name="v1", schema=None, **fields):
    """One version of a CustomResourceDefinition, served and stored; ``schema`` is of ``spec`` alone or a whole one."""
    anything = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    if schema is None:
        schema = {"type": "object", "properties": {"spec": anything, "status": anything}}
    return {"name": name, "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}, **fields}
