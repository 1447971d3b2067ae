"""Tables and metadata alone"""

from conformance import bodies
from conformance.api import version
from conformance.bodies import custom, event, names, new_event

TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io"
PARTIAL = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io"
PARTIAL_LIST = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"
KUBECTL = f"{TABLE},application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json"


def _cells(body):
    """Columns without descriptions, and the cells."""
    columns = [
        {key: column[key] for key in ("name", "type", "format", "priority")} for column in body["columnDefinitions"]
    ]
    return {
        "kind": body["kind"],
        "columnDefinitions": columns,
        "rows": [{"cells": row["cells"]} for row in body["rows"]],
    }


def _rows(body):
    """Names of columns, and whole rows."""
    columns = [{"name": column["name"]} for column in body["columnDefinitions"]]
    return {"kind": body["kind"], "columnDefinitions": columns, "rows": body["rows"]}


def _table(api, plural, *objects):
    for obj in objects:
        api.made(plural, obj)
    api.get(plural, accept=TABLE, show=_cells)


def config_maps(api):
    """ConfigMaps, whole: columns with descriptions, rows with metadata."""
    api.made("configmaps", bodies.config_map())
    api.get("configmaps", accept=TABLE)


def pods(api):
    """Columns and cells of Pods."""
    on_node = {"nodeName": "n", "containers": [bodies.container(), bodies.container("d")]}
    _table(api, "pods", bodies.pod("a"), bodies.pod("b", spec=on_node))


def pod_running(api):
    """A Pod that runs is ready by its containers."""
    api.made("pods", bodies.pod(spec={"nodeName": "n", "containers": [bodies.container()]}))
    states = [{"name": "c", "ready": True, "restartCount": 2, "image": "i", "imageID": "", "state": {"running": {}}}]
    status = {"phase": "Running", "podIP": "10.1.0.1", "containerStatuses": states}
    api.send("PATCH", "pods/one/status", {"status": status}, type_="application/merge-patch+json")
    api.get("pods/one", accept=TABLE, show=_cells)


def pod_crashing(api):
    """A Pod whose container waits says why."""
    api.made("pods", bodies.pod(spec={"nodeName": "n", "containers": [bodies.container()]}))
    waiting = {"waiting": {"reason": "CrashLoopBackOff"}}
    states = [{"name": "c", "ready": False, "restartCount": 5, "image": "i", "imageID": "", "state": waiting}]
    patch = {"status": {"phase": "Running", "containerStatuses": states}}
    api.send("PATCH", "pods/one/status", patch, type_="application/merge-patch+json")
    api.get("pods/one", accept=TABLE, show=_cells)


def pod_terminating(api):
    """A Pod that is being deleted is Terminating."""
    api.made("pods", bodies.pod(spec={"nodeName": "n", "containers": [bodies.container()]}))
    api.send("DELETE", "pods/one")
    api.get("pods/one", accept=TABLE, show=_cells)


def services(api):
    """Columns and cells of Services."""
    node_port = bodies.service("b", ports=[{"name": "a", "port": 80, "nodePort": 30123}], spec={"type": "NodePort"})
    headless = bodies.service("c", spec={"clusterIP": "None"})
    external = bodies.service("d", spec={"type": "ExternalName", "externalName": "example.com"})
    _table(api, "services", bodies.service("a"), node_port, headless, external)


def secrets(api):
    """Columns and cells of Secrets."""
    _table(api, "secrets", bodies.secret())


def service_accounts(api):
    """Columns and cells of ServiceAccounts."""
    _table(api, "serviceaccounts", bodies.service_account())


def namespaces(api):
    """Columns and cells of Namespaces."""
    api.get(f"namespaces/{api.ns}", accept=TABLE, show=_cells)


def deployments(api):
    """Columns and cells of Deployments."""
    _table(api, "deployments", bodies.deployment())


def stateful_sets(api):
    """Columns and cells of StatefulSets."""
    _table(api, "statefulsets", bodies.stateful_set())


def replica_sets(api):
    """Columns and cells of ReplicaSets."""
    _table(api, "replicasets", bodies.replica_set())


def daemon_sets(api):
    """Columns and cells of DaemonSets."""
    _table(api, "daemonsets", bodies.daemon_set())


def jobs(api):
    """Columns and cells of Jobs."""
    _table(api, "jobs", bodies.job())


def cron_jobs(api):
    """Columns and cells of CronJobs."""
    _table(api, "cronjobs", bodies.cron_job())


def leases(api):
    """Columns and cells of Leases."""
    _table(api, "leases", bodies.lease())


def roles(api):
    """Columns and cells of Roles."""
    _table(api, "roles", bodies.role(rules=[bodies.rule("get", "pods")]))


def role_bindings(api):
    """Columns and cells of RoleBindings."""
    _table(api, "rolebindings", bodies.binding("one", ("User", "u"), ("Role", "r")))


def endpoint_slices(api):
    """Columns and cells of EndpointSlices."""
    body = {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "one"}}
    _table(
        api, "endpointslices", {**body, "addressType": "IPv4", "endpoints": [{"addresses": ["10.1.0.1"]}], "ports": []}
    )


def events(api):
    """Columns and cells of Events."""
    times = {"firstTimestamp": "2020-01-01T00:00:00Z", "lastTimestamp": "2020-01-01T00:00:00Z", "count": 3}
    source = {"component": "kubelet", "host": "n"}
    old = event(api, "old", reason="Pulled", message="pulled it", type="Normal", source=source, **times)
    for body in (old, new_event(api, "new"), event(api, "bare")):
        api.made("events", body)
    api.get("events", accept=TABLE, show=_cells)


def events_v1(api):
    """Columns and cells of Events of events.k8s.io/v1."""
    api.made("events", new_event(api))
    api.get(f"/apis/events.k8s.io/v1/namespaces/{api.ns}/events", accept=TABLE, show=_cells)


def definitions(api):
    """Columns and cells of CustomResourceDefinitions."""
    api.crd()
    api.get(f"customresourcedefinitions/widgets.{api.group}", accept=TABLE, show=_cells)


def custom_resources(api):
    """Columns and cells of custom resources without columns of their own."""
    api.crd()
    _table(api, "widgets", custom(api))


def custom_columns(api):
    """Columns and cells of custom resources with columns of their own."""
    columns = [
        {"name": "Size", "type": "integer", "jsonPath": ".spec.size", "description": "How large"},
        {"name": "Phase", "type": "string", "jsonPath": ".status.phase"},
        {"name": "Ready", "type": "string", "jsonPath": '.status.conditions[?(@.type=="Ready")].status'},
        {"name": "Since", "type": "date", "jsonPath": ".metadata.creationTimestamp"},
        {"name": "Wide", "type": "string", "jsonPath": ".spec.tags[*]", "priority": 1},
        {"name": "Fraction", "type": "number", "jsonPath": ".spec.fraction"},
        {"name": "On", "type": "boolean", "jsonPath": ".spec.on"},
    ]
    api.crd(versions=[version(additionalPrinterColumns=columns)])
    conditions = [{"type": "Other", "status": "False"}, {"type": "Ready", "status": "True"}]
    spec = {"size": 3, "tags": ["a", "b"], "fraction": 1.5, "on": True}
    api.made("widgets", custom(api, "full", spec=spec, status={"phase": "Up", "conditions": conditions}))
    _table(api, "widgets", custom(api, "empty"))


def empty(api):
    """A Table of nothing has its columns."""
    api.get("configmaps", accept=TABLE)


def one(api):
    """A Table of one object has its resourceVersion."""
    api.made("secrets", bodies.secret())
    api.get("secrets/one", accept=TABLE)


def with_object(api):
    """Rows with whole objects."""
    api.made("configmaps", bodies.config_map())
    api.get("configmaps", accept=TABLE, query={"includeObject": "Object"}, show=_rows)


def without_object(api):
    """Rows without objects."""
    api.made("configmaps", bodies.config_map())
    api.get("configmaps", accept=TABLE, query={"includeObject": "None"}, show=_rows)


def object_bad(api):
    """includeObject is one of three."""
    api.get("configmaps", accept=TABLE, query={"includeObject": "Nonsense"})


def kubectl(api):
    """What kubectl accepts."""
    api.made("configmaps", bodies.config_map())
    api.get("configmaps", accept=KUBECTL, show=lambda body: [body["kind"], body["apiVersion"]])


def of_create(api):
    """A create can be answered with a Table."""
    api.post("configmaps", bodies.config_map(), accept=TABLE, show=_cells)


def of_delete(api):
    """A delete that answers with a Status does so still."""
    api.made("configmaps", bodies.config_map())
    api.delete("configmaps/one", accept=KUBECTL, show=lambda body: body["kind"])


def missing(api):
    """What is not there is a Status."""
    api.get("configmaps/one", accept=KUBECTL)


def pages(api):
    """A Table in pages."""
    for name in "abc":
        api.made("configmaps", bodies.config_map(name))
    api.get("configmaps", accept=TABLE, query={"limit": "2"}, show=lambda body: body["metadata"])


def unknown_version(api):
    """A Table of a version that is none is not acceptable."""
    api.get("configmaps", accept="application/json;as=Table;v=v9;g=meta.k8s.io")


def unknown_form(api):
    """A form that is none is not acceptable."""
    api.get("configmaps", accept="application/json;as=Nonsense;v=v1;g=meta.k8s.io")


def metadata(api):
    """The metadata of one object."""
    api.made("pods", bodies.pod(labels={"a": "b"}))
    api.get("pods/one", accept=PARTIAL)


def metadata_of_list(api):
    """The metadata of a list."""
    api.made("configmaps", bodies.config_map("a"))
    api.made("configmaps", bodies.config_map("b"))
    api.get("configmaps", accept=PARTIAL_LIST)


def metadata_of_list_as_one(api):
    """A list is not one object's metadata."""
    api.get("configmaps", accept=PARTIAL)


def metadata_of_custom(api):
    """The metadata of a custom resource."""
    api.crd()
    api.made("widgets", custom(api, spec={"a": 1}))
    api.get("widgets/one", accept=PARTIAL)
    api.get("widgets", accept=PARTIAL_LIST, show=names)


def metadata_of_patch(api):
    """A patch is answered with metadata, as metadata clients ask for."""
    api.made("configmaps", bodies.config_map())
    api.merge("configmaps/one", {"metadata": {"labels": {"a": "b"}}}, accept=PARTIAL)
