"""Discovery, OpenAPI, version and health"""

from conformance.api import version
from conformance.bodies import at

SERVED = {
    "v1": "configmaps endpoints events namespaces nodes persistentvolumeclaims pods secrets serviceaccounts services",
    "apps/v1": "daemonsets deployments replicasets statefulsets controllerrevisions",
    "batch/v1": "cronjobs jobs",
    "coordination.k8s.io/v1": "leases",
    "discovery.k8s.io/v1": "endpointslices",
    "events.k8s.io/v1": "events",
    "rbac.authorization.k8s.io/v1": "clusterrolebindings clusterroles rolebindings roles",
    "apiextensions.k8s.io/v1": "customresourcedefinitions",
    "authentication.k8s.io/v1": "selfsubjectreviews tokenreviews",
    "authorization.k8s.io/v1": "localsubjectaccessreviews selfsubjectaccessreviews selfsubjectrulesreviews "
    "subjectaccessreviews",
}
AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
FALLBACK = f"{AGGREGATED},application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json"


def _entries(group_version):
    """Resources and subresources of the kinds that all servers serve."""
    wanted = SERVED[group_version].split()

    def show(body):
        kept = [item for item in body["resources"] if item["name"].partition("/")[0] in wanted]
        return {**body, "resources": [{**item, "storageVersionHash": None} for item in kept]}

    return show


def _list(api, group_version):
    path = f"/apis/{group_version}" if "/" in group_version else f"/api/{group_version}"
    api.get(path, show=_entries(group_version))


def core(api):
    """Resources of v1."""
    _list(api, "v1")


def apps(api):
    """Resources of apps/v1."""
    _list(api, "apps/v1")


def batch(api):
    """Resources of batch/v1."""
    _list(api, "batch/v1")


def coordination(api):
    """Resources of coordination.k8s.io/v1."""
    _list(api, "coordination.k8s.io/v1")


def discovery_group(api):
    """Resources of discovery.k8s.io/v1."""
    _list(api, "discovery.k8s.io/v1")


def events(api):
    """Resources of events.k8s.io/v1."""
    _list(api, "events.k8s.io/v1")


def rbac(api):
    """Resources of rbac.authorization.k8s.io/v1."""
    _list(api, "rbac.authorization.k8s.io/v1")


def extensions(api):
    """Resources of apiextensions.k8s.io/v1."""
    _list(api, "apiextensions.k8s.io/v1")


def authentication(api):
    """Resources of authentication.k8s.io/v1."""
    _list(api, "authentication.k8s.io/v1")


def authorization(api):
    """Resources of authorization.k8s.io/v1."""
    _list(api, "authorization.k8s.io/v1")


def versions(api):
    """Versions of the core group."""
    api.get("/api", show=lambda body: {**body, "serverAddressByClientCIDRs": []})


def groups(api):
    """All groups with their versions."""
    wanted = {group_version.partition("/")[0] for group_version in SERVED}
    api.get(
        "/apis",
        show=lambda body: {**body, "groups": [_v1(group) for group in body["groups"] if group["name"] in wanted]},
    )


def _v1(group):
    return {**group, "versions": [item for item in group["versions"] if item["version"] == "v1"]}


def group(api):
    """One group."""
    api.get("/apis/apps")


def group_unknown(api):
    """A group that is none."""
    api.get("/apis/nonsense.example.com")


def version_unknown(api):
    """A version that is none."""
    api.get("/apis/apps/v9")


def resource_unknown(api):
    """A resource that is none, of a group that is there."""
    api.get(f"/apis/apps/v1/namespaces/{api.ns}/nonsense")
    api.get(f"/api/v1/namespaces/{api.ns}/nonsense/one")


def path_unknown(api):
    """A path that is none."""
    api.get("/nonsense")


def root(api):
    """The root lists paths."""
    api.get(
        "/",
        show=lambda body: [
            path for path in body["paths"] if path in ("/api", "/api/v1", "/apis", "/apis/apps", "/version")
        ],
    )


def trailing_slash(api):
    """A slash at the end."""
    api.get("/api/", show=at("versions"))
    api.get("/apis/apps/", show=at("name"))


def aggregated_core(api):
    """Aggregated discovery of the core group."""
    api.get("/api", accept=AGGREGATED, show=_aggregated)


def aggregated_groups(api):
    """Aggregated discovery of all groups."""
    api.get("/apis", accept=AGGREGATED, show=_aggregated)


def _aggregated(body):
    return {**body, "items": [_group(item) for item in body["items"] if item["metadata"].get("name", "") in _groups()]}


def _groups():
    return {group_version.rpartition("/")[0] for group_version in SERVED}


def _group(item):
    name = item["metadata"].get("name", "")
    prefix = f"{name}/" if name else ""
    kept = []
    for each in item["versions"]:
        if each["version"] == "v1":
            wanted = SERVED[f"{prefix}v1"].split()
            kept.append({**each, "resources": [entry for entry in each["resources"] if entry["resource"] in wanted]})
    return {**item, "versions": kept}


def aggregated_with_fallback(api):
    """What client-go accepts is answered with the newest form."""
    api.get("/apis", accept=FALLBACK, show=lambda body: [body["kind"], body["apiVersion"]])


def aggregated_of_group(api):
    """One group is not aggregated."""
    api.get("/apis/apps", accept=FALLBACK, show=at("kind"))


def aggregated_custom(api):
    """A custom kind is in aggregated discovery."""
    api.crd(versions=[version(subresources={"status": {}})], names={"shortNames": ["wd"], "categories": ["all"]})

    def show(body):
        return [item for item in body["items"] if item["metadata"]["name"] == api.group]

    api.until(
        lambda answer: show(answer.body) and show(answer.body)[0]["versions"][0]["resources"],
        "/apis",
        accept=AGGREGATED,
    )
    api.get("/apis", accept=AGGREGATED, show=show)


def version_(api):
    """The version, as clients read it."""
    api.get("/version", show=lambda body: {key: body[key] for key in ("major", "minor", "gitVersion", "gitTreeState")})


def version_fields(api):
    """What /version tells."""
    api.get("/version", show=sorted)


def health(api):
    """Health, liveness and readiness."""
    for path in ("/healthz", "/livez", "/readyz"):
        api.get(path)


def health_part(api):
    """One check of readiness."""
    api.get("/readyz/ping")


def health_verbose(api):
    """Readiness in words."""
    api.get("/readyz", query={"verbose": ""}, show=lambda body: [body.splitlines()[0], body.splitlines()[-1]])


def openapi_v3(api):
    """The index of OpenAPI v3 has a path for each group and version."""
    wanted = [f"apis/{name}" if "/" in name else f"api/{name}" for name in SERVED]
    api.get("/openapi/v3", show=lambda body: {path: path in body["paths"] for path in wanted})


def openapi_v3_core(api):
    """The OpenAPI v3 document of v1 describes an Event."""
    api.get("/openapi/v3/api/v1", show=lambda body: body["components"]["schemas"]["io.k8s.api.core.v1.Event"])


def openapi_v3_kind(api):
    """OpenAPI v3 says which schema is which kind, and how lists are merged."""

    def show(body):
        schemas = body["components"]["schemas"]
        pod, spec = schemas["io.k8s.api.core.v1.Pod"], schemas["io.k8s.api.core.v1.PodSpec"]
        return [pod["x-kubernetes-group-version-kind"], _merging(spec["properties"]["containers"])]

    api.get("/openapi/v3/api/v1", show=show)


def _merging(schema):
    return {key: value for key, value in schema.items() if key.startswith("x-kubernetes-")}


def openapi_v3_paths(api):
    """OpenAPI v3 says what can be done at a path."""
    path = "/api/v1/namespaces/{namespace}/configmaps/{name}"
    api.get("/openapi/v3/api/v1", show=lambda body: _operations(body["paths"][path]))


def _operations(item):
    kept = ("operationId", "x-kubernetes-action", "x-kubernetes-group-version-kind")
    methods = {key: value for key, value in item.items() if key != "parameters"}
    return {method: {key: value[key] for key in kept if key in value} for method, value in methods.items()}


def openapi_v3_custom(api):
    """A custom kind is in OpenAPI v3."""
    spec = {"type": "object", "properties": {"size": {"type": "integer", "description": "How large"}}}
    api.crd(versions=[version(schema={"type": "object", "description": "A widget", "properties": {"spec": spec}})])
    path = f"/openapi/v3/apis/{api.group}/v1"

    def show(body):
        schemas = body["components"]["schemas"]
        return next((schema for name, schema in schemas.items() if name.endswith(".Widget")), None)

    api.until(lambda answer: answer.status == 200 and show(answer.body), path)
    api.get(path, show=show)


def openapi_v2(api):
    """OpenAPI v2 describes an Event."""
    api.get("/openapi/v2", show=lambda body: body["definitions"]["io.k8s.api.core.v1.ObjectReference"])


def openapi_v2_patch(api):
    """OpenAPI v2 says how containers are merged, as kubectl apply needs."""

    def show(body):
        return _merging(body["definitions"]["io.k8s.api.core.v1.PodSpec"]["properties"]["containers"])

    api.get("/openapi/v2", show=show)


def openapi_v2_head(api):
    """OpenAPI v2 is of version 2.0."""
    api.get("/openapi/v2", show=lambda body: [body["swagger"], body["info"]["title"]])


def methods(api):
    """POST to discovery is a 405."""
    api.post("/apis/apps/v1", {})
    api.post("/version", {})


def removed_version(api):
    """A version that was removed is a 404."""
    api.get("/apis/extensions/v1beta1")
    api.get(f"/apis/events.k8s.io/v1beta1/namespaces/{api.ns}/events")
