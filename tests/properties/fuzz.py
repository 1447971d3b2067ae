"""Requests that nobody would write: right ones with something wrong in them, as a seed has it."""

import json
import random

NAMESPACE = "default"
KINDS = {
    "/api/v1/namespaces/default/configmaps": {"metadata": {"name": "one"}, "data": {"a": "b"}},
    "/api/v1/namespaces/default/secrets": {
        "metadata": {"name": "one"},
        "data": {"a": "Yg=="},
        "stringData": {"b": "c"},
    },
    "/api/v1/namespaces/default/events": {
        "metadata": {"name": "one"},
        "involvedObject": {"kind": "Pod", "namespace": "default", "name": "p"},
        "eventTime": "2026-01-01T00:00:00.000000Z",
        "reason": "roleProbe",
        "message": "{}",
        "action": "a",
        "reportingComponent": "kbagent",
        "reportingInstance": "p",
        "count": 1,
    },
    "/apis/events.k8s.io/v1/namespaces/default/events": {
        "metadata": {"name": "two"},
        "regarding": {"kind": "Pod", "namespace": "default", "name": "p"},
        "eventTime": "2026-01-01T00:00:00.000000Z",
        "reason": "roleProbe",
        "note": "{}",
        "action": "a",
        "type": "Normal",
        "reportingController": "kbagent",
        "reportingInstance": "p",
        "series": {"count": 2, "lastObservedTime": "2026-01-01T00:00:00.000000Z"},
    },
    "/api/v1/namespaces/default/pods": {
        "metadata": {"name": "one", "labels": {"a": "b"}, "annotations": {"a/b": "c"}, "finalizers": ["a/b"]},
        "spec": {
            "containers": [
                {
                    "name": "c",
                    "image": "i",
                    "ports": [{"containerPort": 80}],
                    "env": [{"name": "A", "value": "b"}],
                    "resources": {"requests": {"cpu": "500m"}},
                    "volumeMounts": [{"name": "v", "mountPath": "/v"}],
                    "readinessProbe": {"httpGet": {"port": 80}},
                }
            ],
            "volumes": [{"name": "v", "emptyDir": {}}],
            "tolerations": [{"operator": "Exists"}],
        },
        "status": {
            "phase": "Running",
            "podIPs": [{"ip": "10.0.0.1"}],
            "conditions": [{"type": "Ready", "status": "True"}],
        },
    },
    "/api/v1/namespaces/default/services": {
        "metadata": {"name": "one"},
        "spec": {
            "selector": {"a": "b"},
            "ports": [{"port": 80, "targetPort": "http", "name": "h"}],
            "type": "NodePort",
        },
    },
    "/apis/apps/v1/namespaces/default/deployments": {
        "metadata": {"name": "one"},
        "spec": {
            "replicas": 2,
            "selector": {"matchLabels": {"a": "b"}},
            "template": {
                "metadata": {"labels": {"a": "b"}},
                "spec": {"containers": [{"name": "c", "image": "i"}]},
            },
            "strategy": {"rollingUpdate": {"maxSurge": 1}},
        },
    },
    "/apis/apps/v1/namespaces/default/statefulsets": {
        "metadata": {"name": "one"},
        "spec": {
            "serviceName": "s",
            "selector": {"matchLabels": {"a": "b"}},
            "template": {
                "metadata": {"labels": {"a": "b"}},
                "spec": {"containers": [{"name": "c", "image": "i"}]},
            },
            "volumeClaimTemplates": [
                {
                    "metadata": {"name": "d"},
                    "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
                }
            ],
        },
    },
    "/apis/batch/v1/namespaces/default/jobs": {
        "metadata": {"name": "one"},
        "spec": {"template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "i"}]}}},
    },
    "/apis/batch/v1/namespaces/default/cronjobs": {
        "metadata": {"name": "one"},
        "spec": {
            "schedule": "* * * * *",
            "jobTemplate": {
                "spec": {"template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "i"}]}}}
            },
        },
    },
    "/apis/coordination.k8s.io/v1/namespaces/default/leases": {
        "metadata": {"name": "one"},
        "spec": {"holderIdentity": "a", "leaseDurationSeconds": 15, "renewTime": "2026-01-01T00:00:00.000000Z"},
    },
    "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles": {
        "metadata": {"name": "one"},
        "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}],
    },
    "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings": {
        "metadata": {"name": "one"},
        "roleRef": {"kind": "Role", "name": "one", "apiGroup": "rbac.authorization.k8s.io"},
        "subjects": [{"kind": "User", "name": "u"}],
    },
    "/apis/authorization.k8s.io/v1/subjectaccessreviews": {
        "spec": {"user": "u", "resourceAttributes": {"verb": "get", "resource": "pods"}}
    },
    "/api/v1/namespaces": {"metadata": {"name": "other"}, "spec": {"finalizers": ["kubernetes"]}},
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions": {
        "metadata": {"name": "widgets.example.com"},
        "spec": {
            "group": "example.com",
            "scope": "Namespaced",
            "names": {"plural": "widgets", "kind": "Widget"},
            "versions": [
                {
                    "name": "v1",
                    "served": True,
                    "storage": True,
                    "subresources": {
                        "status": {},
                        "scale": {"specReplicasPath": ".spec.size", "statusReplicasPath": ".status.size"},
                    },
                    "additionalPrinterColumns": [{"name": "Size", "type": "integer", "jsonPath": ".spec.size"}],
                    "schema": {
                        "openAPIV3Schema": {
                            "type": "object",
                            "properties": {
                                "spec": {
                                    "type": "object",
                                    "required": ["size"],
                                    "properties": {
                                        "size": {"type": "integer", "minimum": 0, "default": 1},
                                        "list": {
                                            "type": "array",
                                            "x-kubernetes-list-type": "set",
                                            "items": {"type": "string", "pattern": "^a"},
                                        },
                                    },
                                },
                                "status": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
                            },
                        }
                    },
                }
            ],
        },
    },
    "/apis/example.com/v1/namespaces/default/widgets": {
        "apiVersion": "example.com/v1",
        "kind": "Widget",
        "metadata": {"name": "one"},
        "spec": {"size": 2, "list": ["ab"]},
    },
}
"""Collections, and an object for each that is right."""

STRANGE = [
    None, True, False, 0, 1, -1, 2**31, 2**63, 2**64, 1.5, 1e300, "", "a", "A_b", "ä", "\ud800", "x" * 300, "a/b/c",
    "2026-01-01T00:00:00Z", "99999999999999999999", "1Gi", "-0", [], {}, [None], [[]], [{}], {"": ""}, {"a": None},
    ["a", "a"], [1, "a"], {"a": {"b": []}}, "kubernetes", "orphan", "None", "$patch", "../..",
]  # fmt: skip
WORDS = ["metadata", "name", "namespace", "uid", "resourceVersion", "generateName", "labels", "annotations", "spec"]
WORDS += ["status", "finalizers", "ownerReferences", "managedFields", "deletionTimestamp", "$patch", "$retainKeys", "a"]
TYPES = ["application/json", "application/merge-patch+json", "application/json-patch+json", "application/yaml", ""]
TYPES += ["application/strategic-merge-patch+json", "application/apply-patch+yaml", "text/plain", "application/json;q"]
ACCEPTS = ["application/json", "", "*/*", "application/yaml", "application/json;as=Table;v=v1;g=meta.k8s.io", "text/x"]
ACCEPTS += ["application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io", "a;b;c", "application/json;as=Table"]
QUERY = ["limit", "continue", "resourceVersion", "resourceVersionMatch", "labelSelector", "fieldSelector", "dryRun"]
QUERY += ["watch", "timeoutSeconds", "allowWatchBookmarks", "sendInitialEvents", "fieldManager", "fieldValidation"]
QUERY += ["force", "gracePeriodSeconds", "propagationPolicy", "orphanDependents", "pretty", "includeObject", "a"]
VALUES = ["", "0", "1", "-1", "true", "false", "x", "All", "Strict", "Warn", "Exact", "NotOlderThan", "a=b", "a in (b)"]
VALUES += [
    "a!=b",
    "!a",
    "a in (",
    "metadata.name=one",
    "metadata.name",
    "99999999999999999999",
    "eyJ2IjoiIn0",
    "ä",
    "=",
    ",",
]
VALUES += ["Foreground", "Orphan", "None", "Metadata", "status.phase=Running", "a>1", "((", "\x00", "%"]
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
SUFFIXES = ["", "/one", "/one/status", "/one/scale", "/one/a", "/two", "/one/token", "/one/eviction", "/one/binding"]
PATHS = [
    "/",
    "/api",
    "/apis",
    "/version",
    "/readyz",
    "/openapi/v3",
    "/apis/apps/v1",
    "/api/v1/watch/pods",
    "/a/b",
    "//",
]


def mutated(value, rng):
    """The value with something wrong in it."""
    if rng.random() < 0.12:
        return rng.choice(STRANGE)
    if isinstance(value, dict):
        changed = {key: mutated(item, rng) if rng.random() < 0.4 else item for key, item in value.items()}
        if changed and rng.random() < 0.15:
            del changed[rng.choice(list(changed))]
        if rng.random() < 0.15:
            changed[rng.choice(WORDS)] = rng.choice(STRANGE)
        return changed
    if isinstance(value, list):
        return [mutated(item, rng) for item in value] + ([rng.choice(STRANGE)] if rng.random() < 0.1 else [])
    return value


def operations(rng):
    """A JSON patch, more or less."""
    paths = [
        "/metadata/labels/a",
        "/spec",
        "/data/a",
        "/spec/containers/0/image",
        "",
        "/a/b",
        "a",
        "/spec/ports/-",
        "/~1",
    ]
    ops = ["add", "remove", "replace", "move", "copy", "test", "nonsense", None]
    return [
        {"op": rng.choice(ops), "path": rng.choice(paths), "from": rng.choice(paths), "value": rng.choice(STRANGE)}
        for _ in range(rng.randrange(4))
    ]


def request(rng):
    """(method, path, query, body as bytes, content type, accept)."""
    collection = rng.choice(list(KINDS))
    good = KINDS[collection]
    method = rng.choice(METHODS[:5]) if rng.random() < 0.97 else rng.choice(METHODS)
    path = (
        rng.choice(PATHS)
        if rng.random() < 0.03
        else collection + rng.choice(SUFFIXES[:2] if rng.random() < 0.7 else SUFFIXES)
    )
    query = [(rng.choice(QUERY), rng.choice(VALUES)) for _ in range(rng.choice([0, 0, 0, 1, 2]))]
    kind = "application/json" if method != "PATCH" and rng.random() < 0.9 else rng.choice(TYPES)
    if kind == "application/apply-patch+yaml" and rng.random() < 0.9:
        query.append(("fieldManager", "fuzz"))
    body = operations(rng) if "json-patch" in kind else mutated(good, rng) if rng.random() < 0.8 else good
    text = json.dumps(body).encode("utf-8", "surrogatepass")
    if rng.random() < 0.03:
        cut = rng.randrange(len(text) + 1)
        text = text[:cut] + rng.choice([b"", b"\x00", b"\xff", b"}", b'"', b"[" * 50])
    if method in ("GET", "DELETE", "HEAD") and rng.random() < 0.8:
        text = b""
    return method, path, query, text, kind, rng.choice(ACCEPTS) if rng.random() < 0.3 else "application/json"


def requests(seed, count):
    """The requests of a seed."""
    rng = random.Random(seed)
    for _ in range(count):
        yield request(rng)
