"""The objects that cases send, each as small as it may be."""


def _object(api_version, kind, name, metadata, **fields):
    named = {"name": name} if name is not None else {}
    return {"apiVersion": api_version, "kind": kind, "metadata": {**named, **metadata}, **fields}


def config_map(name="one", data=None, **metadata):
    return _object("v1", "ConfigMap", name, metadata, data=data or {"key": "value"})


def secret(name="one", data=None, **metadata):
    return _object("v1", "Secret", name, metadata, data=data or {"key": "dmFsdWU="})


def pod(name="one", spec=None, **metadata):
    return _object("v1", "Pod", name, metadata, spec=spec or {"containers": [container()]})


def container(name="c", **fields):
    return {"name": name, "image": "image:1", **fields}


def service(name="one", ports=None, spec=None, **metadata):
    spec = {"selector": {"app": "a"}, "ports": ports or [{"port": 80}], **(spec or {})}
    return _object("v1", "Service", name, metadata, spec=spec)


def template(labels=None, spec=None):
    return {"metadata": {"labels": labels or {"app": "a"}}, "spec": spec or {"containers": [container()]}}


def deployment(name="one", spec=None, **metadata):
    spec = {"selector": {"matchLabels": {"app": "a"}}, "template": template(), **(spec or {})}
    return _object("apps/v1", "Deployment", name, metadata, spec=spec)


def replica_set(name="one", spec=None, **metadata):
    return {**deployment(name, spec, **metadata), "kind": "ReplicaSet"}


def daemon_set(name="one", spec=None, **metadata):
    return {**deployment(name, spec, **metadata), "kind": "DaemonSet"}


def stateful_set(name="one", spec=None, **metadata):
    return {**deployment(name, {"serviceName": "s", **(spec or {})}, **metadata), "kind": "StatefulSet"}


def job(name="one", spec=None, **metadata):
    inside = {"template": {"spec": {"containers": [container()], "restartPolicy": "Never"}}}
    return _object("batch/v1", "Job", name, metadata, spec={**inside, **(spec or {})})


def cron_job(name="one", spec=None, **metadata):
    inside = {"schedule": "*/5 * * * *", "jobTemplate": {"spec": job()["spec"]}}
    return _object("batch/v1", "CronJob", name, metadata, spec={**inside, **(spec or {})})


def lease(name="one", spec=None, **metadata):
    return _object("coordination.k8s.io/v1", "Lease", name, metadata, spec=spec or {"holderIdentity": "me"})


def namespace(name, **metadata):
    return _object("v1", "Namespace", name, metadata)


def service_account(name="one", **metadata):
    return _object("v1", "ServiceAccount", name, metadata)


def role(name="one", rules=(), kind="Role", **metadata):
    return _object("rbac.authorization.k8s.io/v1", kind, name, metadata, rules=list(rules))


def rule(verbs, resources, groups="", **fields):
    split = {"verbs": verbs.split(), "resources": resources.split(), "apiGroups": groups.split() or [""]}
    return {**split, **fields}


def binding(name, subject, to, kind="RoleBinding"):
    """``subject`` and ``to`` are (kind, name)."""
    group = "rbac.authorization.k8s.io"
    of = {"kind": subject[0], "name": subject[1]}
    of |= {"namespace": subject[2]} if subject[0] == "ServiceAccount" else {"apiGroup": group}
    ref = {"apiGroup": group, "kind": to[0], "name": to[1]}
    return _object(f"{group}/v1", kind, name, {}, subjects=[of], roleRef=ref)


def event(api, name="one", *, involved=None, metadata=None, **fields):
    """core/v1 as kubelet writes it: no eventTime."""
    about = involved or {"apiVersion": "v1", "kind": "Pod", "name": "p", "namespace": api.ns}
    return _object("v1", "Event", name, metadata or {}, involvedObject=about, **fields)


def new_event(api, name="one", *, metadata=None, **fields):
    """core/v1 with eventTime and all that it then needs."""
    needed = {
        "eventTime": "2020-01-01T00:00:00.000000Z",
        "reportingComponent": "example.com/agent",
        "reportingInstance": "agent-1",
        "action": "Probe",
        "reason": "roleProbe",
        "type": "Normal",
        "message": "text",
    }
    given = {key: value for key, value in {**needed, **fields}.items() if value is not None}
    return event(api, name, metadata=metadata, **given)


def v1_event(api, name="one", *, metadata=None, **fields):
    """events.k8s.io/v1."""
    needed = {
        "eventTime": "2020-01-01T00:00:00.000000Z",
        "reportingController": "example.com/agent",
        "reportingInstance": "agent-1",
        "action": "Probe",
        "reason": "roleProbe",
        "type": "Normal",
        "note": "text",
        "regarding": {"apiVersion": "v1", "kind": "Pod", "name": "p", "namespace": api.ns},
    }
    given = {key: value for key, value in {**needed, **fields}.items() if value is not None}
    return _object("events.k8s.io/v1", "Event", name, metadata or {}, **given)


def custom(api, name="one", kind="Widget", version="v1", **fields):
    metadata = fields.pop("metadata", {})
    return _object(f"{api.group}/{version}", kind, name, metadata, **fields)


def identity(body):
    """What ``show`` shows of an object to tell whether it is the same, and unchanged."""
    return {key: body["metadata"][key] for key in ("name", "uid", "resourceVersion")}


def names(body):
    """What ``show`` shows of a list."""
    return [item["metadata"]["name"] for item in body["items"]]


def at(*keys):
    """What ``show`` shows of an object at a path of keys."""

    def found(body):
        for key in keys:
            body = body.get(key) if isinstance(body, dict) else body[key]
        return body

    return found
