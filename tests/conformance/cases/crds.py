"""CustomResourceDefinitions"""

from conformance.api import version
from conformance.bodies import at, custom, names

DEFINITIONS = "customresourcedefinitions"


def _definition(api, plural="widgets", kind="Widget", **spec):
    names_ = {"plural": plural, "singular": kind.lower(), "kind": kind, "listKind": f"{kind}List"}
    body = {"group": api.group, "scope": "Namespaced", "names": names_, "versions": [version()]}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.{api.group}"},
        "spec": {**body, **spec},
    }


def _post(api, body, **options):
    answer = api.post(DEFINITIONS, body, **options)
    if answer.status < 300:
        api.cleaned(f"{DEFINITIONS}/{body['metadata']['name']}")
    return answer


def _schema(**spec):
    return version(schema={"type": "object", "properties": {"spec": spec}})


def create(api):
    """A definition is answered with its defaults."""
    body = _definition(api)
    body["spec"]["names"] = {"plural": "widgets", "kind": "Widget"}
    _post(api, body, show=at("spec"))


def metadata(api):
    """A definition is an object like others."""
    _post(api, _definition(api), show=at("metadata"))


def established(api):
    """A definition becomes Established, its names accepted."""
    api.crd()
    api.get(f"{DEFINITIONS}/widgets.{api.group}", show=at("status"))


def short_names(api):
    """Accepted names have short names and categories."""
    api.crd(names={"shortNames": ["wd", "wdg"], "categories": ["all"]})
    api.get(f"{DEFINITIONS}/widgets.{api.group}", show=at("status", "acceptedNames"))


def discovered(api):
    """A kind that is established is in discovery."""
    api.crd(versions=[version(subresources={"status": {}})], names={"shortNames": ["wd"], "categories": ["all"]})
    wanted = f"/apis/{api.group}/v1"
    api.until(lambda answer: answer.status == 200 and len(answer.body["resources"]) == 2, wanted)
    api.get(wanted, show=lambda body: [{**item, "storageVersionHash": None} for item in body["resources"]])


def group_discovered(api):
    """The group of a kind is in discovery, with the newest stable version preferred."""
    api.crd(versions=[version("v1beta1", storage=False), version("v1"), version("v2alpha1", storage=False)])
    api.until(lambda answer: answer.status == 200 and len(answer.body["versions"]) == 3, f"/apis/{api.group}")
    api.get(f"/apis/{api.group}")


def name_other(api):
    """The name is plural and group."""
    body = _definition(api)
    body["metadata"]["name"] = f"gadgets.{api.group}"
    _post(api, body)


def no_versions(api):
    """A definition needs a version."""
    _post(api, _definition(api, versions=[]))


def no_schema(api):
    """A version needs a schema."""
    bare = {"name": "v1", "served": True, "storage": True}
    _post(api, _definition(api, versions=[bare]))


def no_storage(api):
    """One version is stored."""
    _post(api, _definition(api, versions=[version(storage=False)]))


def two_storages(api):
    """One version only is stored."""
    _post(api, _definition(api, versions=[version(), version("v2")]))


def same_version_twice(api):
    """Versions have different names."""
    _post(api, _definition(api, versions=[version(), version(storage=False)]))


def version_bad(api):
    """A version is a DNS label."""
    _post(api, _definition(api, versions=[version("V1")]))


def group_bad(api):
    """A group has a dot."""
    body = _definition(api, group="nodots")
    body["metadata"]["name"] = "widgets.nodots"
    _post(api, body)


def group_protected(api):
    """Groups of Kubernetes need an approval."""
    body = _definition(api, group=f"{api.group}.k8s.io")
    body["metadata"]["name"] = f"widgets.{api.group}.k8s.io"
    _post(api, body)


def scope_missing(api):
    """A scope is needed."""
    _post(api, _definition(api, scope=None))


def scope_bad(api):
    """A scope is Namespaced or Cluster."""
    _post(api, _definition(api, scope="Nonsense"))


def kind_bad(api):
    """A kind becomes a DNS label in lower case."""
    _post(api, _definition(api, kind="Wid_get"))


def plural_upper_case(api):
    """A plural is in lower case."""
    _post(api, _definition(api, plural="Widgets"))


def schema_without_type(api):
    """A schema says its type everywhere."""
    _post(api, _definition(api, versions=[_schema(properties={"a": {}})]))


def schema_of_list_without_items(api):
    """A list says its items."""
    _post(api, _definition(api, versions=[_schema(type="object", properties={"a": {"type": "array"}})]))


def schema_root_of_other_type(api):
    """The root is an object."""
    _post(api, _definition(api, versions=[version(schema={"type": "string"})]))


def schema_both_properties(api):
    """properties and additionalProperties exclude each other."""
    both = {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "string"}}
    _post(api, _definition(api, versions=[_schema(**both)]))


def schema_forbidden_words(api):
    """Some words of JSON Schema are forbidden."""
    words = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
    _post(api, _definition(api, versions=[_schema(type="object", properties={"a": words})]))


def schema_ref(api):
    """References are forbidden."""
    _post(api, _definition(api, versions=[_schema(**{"type": "object", "$ref": "#/x"})]))


def schema_default_invalid(api):
    """A default is of the type it is a default for."""
    _post(
        api, _definition(api, versions=[_schema(type="object", properties={"a": {"type": "integer", "default": "x"}})])
    )


def schema_metadata_restricted(api):
    """Of metadata only name and generateName can be restricted."""
    schema = {
        "type": "object",
        "properties": {"metadata": {"type": "object", "properties": {"labels": {"type": "object"}}}},
    }
    _post(api, _definition(api, versions=[version(schema=schema)]))


def schema_pattern_bad(api):
    """A pattern is a regular expression."""
    _post(
        api, _definition(api, versions=[_schema(type="object", properties={"a": {"type": "string", "pattern": "("}})])
    )


def schema_list_map_without_keys(api):
    """A list of type map has keys."""
    items = {"type": "object", "properties": {"name": {"type": "string"}}}
    lists = {"type": "array", "items": items, "x-kubernetes-list-type": "map"}
    _post(api, _definition(api, versions=[_schema(type="object", properties={"a": lists})]))


def schema_list_map_keys_optional(api):
    """The keys of a list of type map are required or have a default."""
    items = {"type": "object", "properties": {"name": {"type": "string"}}}
    lists = {"type": "array", "items": items, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]}
    _post(api, _definition(api, versions=[_schema(type="object", properties={"a": lists})]))


def rule_bad(api):
    """A CEL rule that does not compile."""
    rules = [{"rule": "self.absent > 1"}]
    a = {"type": "integer"}
    spec = {"type": "object", "properties": {"a": a}, "x-kubernetes-validations": rules}
    _post(api, _definition(api, versions=[_schema(**spec)]))


def rule_not_boolean(api):
    """A CEL rule is a boolean."""
    spec = {
        "type": "object",
        "properties": {"a": {"type": "integer"}},
        "x-kubernetes-validations": [{"rule": "self.a"}],
    }
    _post(api, _definition(api, versions=[_schema(**spec)]))


def rule_empty(api):
    """A CEL rule says something."""
    spec = {"type": "object", "properties": {"a": {"type": "integer"}}, "x-kubernetes-validations": [{"rule": ""}]}
    _post(api, _definition(api, versions=[_schema(**spec)]))


def rule_too_costly(api):
    """A CEL rule over an unbounded list of texts may cost too much."""
    rules = [{"rule": "self.a.all(x, self.a.all(y, x == y))"}]
    lists = {"type": "array", "items": {"type": "string"}}
    spec = {"type": "object", "properties": {"a": lists}, "x-kubernetes-validations": rules}
    _post(api, _definition(api, versions=[_schema(**spec)]))


def column_bad(api):
    """A printer column's path is a JSONPath."""
    columns = [{"name": "Size", "type": "integer", "jsonPath": "nonsense"}]
    _post(api, _definition(api, versions=[version(additionalPrinterColumns=columns)]))


def column_type_bad(api):
    """A printer column's type is one of five."""
    columns = [{"name": "Size", "type": "nonsense", "jsonPath": ".spec.size"}]
    _post(api, _definition(api, versions=[version(additionalPrinterColumns=columns)]))


def scale_bad(api):
    """A scale's path lies in the spec."""
    scale = {"specReplicasPath": ".replicas", "statusReplicasPath": ".status.replicas"}
    _post(api, _definition(api, versions=[version(subresources={"scale": scale})]))


def preserve_unknown_at_root(api):
    """preserveUnknownFields true is of the past."""
    _post(api, _definition(api, preserveUnknownFields=True))


def conversion_bad(api):
    """A conversion is by None or a webhook."""
    _post(api, _definition(api, conversion={"strategy": "Nonsense"}))


def unknown_field(api):
    """A definition with an unknown field is warned of."""
    body = _definition(api)
    body["spec"]["nonsense"] = 1
    _post(api, body, show=at("spec", "scope"))


def group_immutable(api):
    """The group cannot be changed."""
    api.crd()
    made = api.send("GET", f"{DEFINITIONS}/widgets.{api.group}").body
    api.put(f"{DEFINITIONS}/widgets.{api.group}", {**made, "spec": {**made["spec"], "group": "other.example.com"}})


def scope_immutable(api):
    """The scope cannot be changed once it is established."""
    api.crd()
    api.merge(f"{DEFINITIONS}/widgets.{api.group}", {"spec": {"scope": "Cluster"}})


def stored_version_removed(api):
    """A version that is stored cannot be removed."""
    api.crd()
    api.merge(f"{DEFINITIONS}/widgets.{api.group}", {"spec": {"versions": [version("v2")]}})


def version_added(api):
    """A version that is added is served."""
    api.crd()
    path = f"/apis/{api.group}/v2/namespaces/{api.ns}/widgets"
    api.get(path)
    versions = [version(), version("v2", storage=False)]
    api.merge(
        f"{DEFINITIONS}/widgets.{api.group}", {"spec": {"versions": versions}}, show=at("status", "storedVersions")
    )
    api.until(lambda answer: answer.status == 200, path)
    api.get(path)


def storage_moved(api):
    """A new storage version is noted beside the old one."""
    api.crd()
    versions = [version(storage=False), version("v2")]
    api.merge(
        f"{DEFINITIONS}/widgets.{api.group}", {"spec": {"versions": versions}}, show=at("status", "storedVersions")
    )


def version_withdrawn(api):
    """A version that is no longer served is a 404."""
    api.crd(versions=[version(), version("v2", storage=False)])
    path = f"/apis/{api.group}/v2/namespaces/{api.ns}/widgets"
    versions = [version(), version("v2", storage=False, served=False)]
    api.merge(f"{DEFINITIONS}/widgets.{api.group}", {"spec": {"versions": versions}}, show=at("metadata", "generation"))
    api.until(lambda answer: answer.status == 404, path)
    api.get(path)


def deleted(api):
    """With its definition a kind and all objects of it are gone."""
    api.crd()
    api.made("widgets", custom(api))
    api.delete(f"{DEFINITIONS}/widgets.{api.group}", show=at("kind"))
    api.until(lambda answer: answer.status == 404, f"{DEFINITIONS}/widgets.{api.group}")
    api.until(lambda answer: answer.status == 404, "widgets")
    api.get("widgets")


def deleted_and_made_again(api):
    """A definition that comes back begins empty."""
    body = api.crd()
    api.made("widgets", custom(api))
    api.send("DELETE", f"{DEFINITIONS}/widgets.{api.group}")
    api.until(lambda answer: answer.status == 404, f"{DEFINITIONS}/widgets.{api.group}")
    api.until(lambda answer: answer.status == 404, "widgets")
    api.made(DEFINITIONS, body)
    api.until(lambda answer: answer.status == 200, "widgets")
    api.get("widgets", show=names)


def names_conflict(api):
    """A second definition with a kind that is taken is not accepted."""
    api.crd()
    second = _definition(api, plural="others")
    _post(api, second, show=at("spec", "names"))
    path = f"{DEFINITIONS}/others.{api.group}"
    api.until(lambda answer: answer.body.get("status", {}).get("conditions"), path)
    api.get(path, show=at("status", "conditions"))


def cluster_scoped(api):
    """Kinds of scope Cluster have no namespace."""
    api.crd(scope="Cluster")
    api.post("widgets", custom(api), show=at("metadata"))
    api.get(f"/apis/{api.group}/v1/namespaces/{api.ns}/widgets")


def label_of_definition(api):
    """A definition's labels can be changed, and its generation stays."""
    api.crd()
    api.merge(f"{DEFINITIONS}/widgets.{api.group}", {"metadata": {"labels": {"a": "b"}}}, show=_short)


def _short(body):
    return {key: body["metadata"].get(key) for key in ("labels", "generation")}


def generation(api):
    """A change of the schema raises the generation."""
    api.crd()
    patch = {"spec": {"versions": [version(schema={"type": "object"})]}}
    api.merge(f"{DEFINITIONS}/widgets.{api.group}", patch, show=at("metadata", "generation"))


def field_selector(api):
    """Definitions are selected by name alone."""
    api.crd()
    query = {"fieldSelector": f"metadata.name=widgets.{api.group}"}
    api.get(DEFINITIONS, query=query, show=names)
    api.get(DEFINITIONS, query={"fieldSelector": "spec.group=x"})
