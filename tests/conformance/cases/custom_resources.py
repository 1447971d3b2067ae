"""Custom resources: schemas, defaults, pruning and versions"""

from conformance.api import version
from conformance.bodies import at, custom

SPEC = {"show": at("spec")}


def _kind(api, **properties):
    spec = {"type": "object", "properties": properties}
    status = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    schema = {"type": "object", "properties": {"spec": spec, "status": status}}
    api.crd(versions=[version(schema=schema)])


def _each(api, schema, *values):
    _kind(api, a=schema)
    for number, value in enumerate(values):
        api.post("widgets", custom(api, f"w{number}", spec={"a": value}), **SPEC)


def create(api):
    """A custom resource has generation 1 and keeps what its schema allows."""
    api.crd()
    api.post("widgets", custom(api, spec={"any": [1, 2.5, "x", None, {"deep": True}]}))


def types(api):
    """Each type refuses the others."""
    _kind(
        api,
        s={"type": "string"},
        i={"type": "integer"},
        n={"type": "number"},
        b={"type": "boolean"},
        o={"type": "object"},
    )
    api.post("widgets", custom(api, spec={"s": 1, "i": "x", "n": True, "b": "no", "o": []}), any_order=True)


def integer_fraction(api):
    """1.0 is an integer, 1.5 is none."""
    _each(api, {"type": "integer"}, 1.0, 1.5)


def integer_formats(api):
    """int32 has 32 bits."""
    _each(api, {"type": "integer", "format": "int32"}, 2147483647, 2147483648)


def null(api):
    """null for what may not be null is dropped."""
    _each(api, {"type": "string"}, None)


def nullable(api):
    """null for what may be null is kept."""
    _each(api, {"type": "string", "nullable": True}, None)


def required(api):
    """A required field that is missing."""
    spec = {"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
    api.crd(versions=[version(schema={"type": "object", "required": ["spec"], "properties": {"spec": spec}})])
    api.post("widgets", custom(api))
    api.post("widgets", custom(api, spec={}))
    api.post("widgets", custom(api, spec={"a": "x", "b": ""}), **SPEC)


def enum(api):
    """One of some values."""
    _each(api, {"type": "string", "enum": ["red", "blue"]}, "red", "green")


def limits_of_numbers(api):
    """minimum and maximum."""
    _each(api, {"type": "integer", "minimum": 1, "maximum": 3}, 0, 1, 3, 4)


def exclusive_limits(api):
    """exclusiveMinimum and exclusiveMaximum."""
    _each(
        api,
        {"type": "integer", "minimum": 1, "maximum": 3, "exclusiveMinimum": True, "exclusiveMaximum": True},
        1,
        2,
        3,
    )


def multiple_of(api):
    """A number that is a multiple, and one that is none."""
    _each(api, {"type": "integer", "multipleOf": 5}, 10, 11)


def lengths_of_texts(api):
    """minLength and maxLength count characters."""
    _each(api, {"type": "string", "minLength": 2, "maxLength": 3}, "a", "üü", "üüü", "abcd")


def pattern(api):
    """pattern is searched for."""
    _each(api, {"type": "string", "pattern": "^[a-z]+$"}, "abc", "ABC")


def pattern_unanchored(api):
    """pattern without anchors matches anywhere."""
    _each(api, {"type": "string", "pattern": "b"}, "abc", "ac")


def formats(api):
    """Formats that are checked."""
    formats = ("date-time", "date", "duration", "uuid", "ipv4", "email", "byte", "hostname", "uri")
    _kind(api, **{name.replace("-", ""): {"type": "string", "format": name} for name in formats})
    api.post("widgets", custom(api, spec={name.replace("-", ""): "no such thing!" for name in formats}), any_order=True)


def format_unknown(api):
    """A format that nobody knows is not checked."""
    _each(api, {"type": "string", "format": "nonsense"}, "anything")


def date_time(api):
    """A date-time is RFC 3339."""
    _each(
        api,
        {"type": "string", "format": "date-time"},
        "2020-01-01T00:00:00Z",
        "2020-01-01",
        "2020-01-01T00:00:00+01:00",
    )


def sizes_of_lists(api):
    """minItems and maxItems."""
    _each(api, {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2}, [], ["a"], ["a", "b", "c"])


def sizes_of_objects(api):
    """minProperties and maxProperties."""
    values = {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1, "maxProperties": 1}
    _each(api, values, {}, {"a": "b"}, {"a": "b", "c": "d"})


def values_of_maps(api):
    """additionalProperties have a schema."""
    _each(api, {"type": "object", "additionalProperties": {"type": "integer"}}, {"x": 1}, {"x": "y"})


def int_or_string(api):
    """A number or a text."""
    _each(api, {"x-kubernetes-int-or-string": True}, 1, "50%", True)


def one_of(api):
    """oneOf: exactly one of the schemas fits."""
    inside = {"a": {"type": "integer"}, "b": {"type": "integer"}}
    schema = {"type": "object", "properties": inside, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]}
    _each(api, schema, {"a": 1}, {"a": 1, "b": 1}, {})


def any_of(api):
    """anyOf: at least one of the schemas fits."""
    schema = {"type": "integer", "anyOf": [{"minimum": 10}, {"maximum": 2}]}
    _each(api, schema, 1, 5, 11)


def all_of(api):
    """allOf: each of the schemas fits."""
    _each(api, {"type": "integer", "allOf": [{"minimum": 2}, {"maximum": 4}]}, 3, 5)


def not_(api):
    """not: the schema does not fit."""
    _each(api, {"type": "string", "not": {"enum": ["bad"]}}, "good", "bad")


def list_of_type_set(api):
    """A set has no value twice."""
    _each(api, {"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "set"}, ["a", "b"], ["a", "a"])


def list_of_type_map(api):
    """A list of type map has no key twice."""
    items = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "v": {"type": "integer"}},
        "required": ["name"],
    }
    lists = {"type": "array", "items": items, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]}
    twice = [{"name": "a", "v": 1}, {"name": "a", "v": 2}]
    _each(api, lists, [{"name": "a"}, {"name": "b"}], twice)


def several_mistakes(api):
    """Every mistake is a cause of its own."""
    _kind(
        api,
        a={"type": "integer", "maximum": 3},
        b={"type": "string", "enum": ["x"]},
        c={"type": "array", "items": {"type": "integer"}},
    )
    api.post("widgets", custom(api, spec={"a": 5, "b": "y", "c": [1, "two", 3]}), any_order=True)


def defaults(api):
    """Defaults fill what is missing, also deep inside."""
    inner = {"type": "object", "properties": {"x": {"type": "integer", "default": 7}}}
    _kind(
        api,
        size={"type": "integer", "default": 3},
        deep={**inner, "default": {}},
        shallow=inner,
        items={"type": "array", "items": inner},
        map={"type": "object", "additionalProperties": inner},
    )
    api.post("widgets", custom(api, "a", spec={}), **SPEC)
    api.post("widgets", custom(api, "b", spec={"items": [{}, {"x": 1}], "map": {"k": {}}, "shallow": {}}), **SPEC)
    api.post("widgets", custom(api, "c"), show=lambda body: body.get("spec"))


def default_for_null(api):
    """null becomes the default, unless null may be."""
    _kind(api, a={"type": "string", "default": "x"}, b={"type": "string", "default": "x", "nullable": True})
    api.post("widgets", custom(api, spec={"a": None, "b": None}), **SPEC)


def defaults_on_read(api):
    """A default that comes later is read from what is there."""
    _kind(api, a={"type": "integer"})
    api.made("widgets", custom(api, spec={}))
    spec = {"type": "object", "properties": {"a": {"type": "integer"}, "new": {"type": "string", "default": "later"}}}
    patch = {"spec": {"versions": [version(schema={"type": "object", "properties": {"spec": spec}})]}}
    api.send("PATCH", f"customresourcedefinitions/widgets.{api.group}", patch, type_="application/merge-patch+json")
    api.until(lambda answer: "new" in answer.body.get("spec", {}), "widgets/one")
    api.get("widgets/one", **SPEC)


def pruned(api):
    """What the schema does not know is dropped, with a warning."""
    _kind(api, a={"type": "object", "properties": {"x": {"type": "integer"}}})
    api.post("widgets", custom(api, spec={"a": {"x": 1, "y": 2}, "b": 3}, other="gone"))


def preserved(api):
    """Unknown fields are kept where the schema says so."""
    _kind(
        api,
        a={"type": "object", "x-kubernetes-preserve-unknown-fields": True, "properties": {"x": {"type": "integer"}}},
    )
    api.post("widgets", custom(api, spec={"a": {"x": 1, "y": {"z": 2}}, "b": 3}), **SPEC)
    api.post("widgets", custom(api, "two", spec={"a": {"x": "not a number"}}))


def embedded_object(api):
    """An embedded object has kind, apiVersion and metadata of its own."""
    inner = {"type": "object", "x-kubernetes-embedded-resource": True, "x-kubernetes-preserve-unknown-fields": True}
    _kind(api, a=inner)
    whole = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {"x": 1}}
    api.post("widgets", custom(api, "w0", spec={"a": whole}), **SPEC)
    api.post("widgets", custom(api, "w1", spec={"a": {"spec": {}}}))


def name_restricted(api):
    """A schema may restrict the name."""
    metadata = {"type": "object", "properties": {"name": {"type": "string", "maxLength": 3}}}
    api.crd(versions=[version(schema={"type": "object", "properties": {"metadata": metadata}})])
    api.post("widgets", custom(api, "long-name"))


def metadata_checked(api):
    """metadata is checked as everywhere."""
    api.crd()
    api.post("widgets", custom(api, "UPPER", metadata={"labels": {"a b": "c"}}))


def metadata_pruned(api):
    """metadata has no unknown fields."""
    api.crd()
    api.post("widgets", custom(api, metadata={"nonsense": 1}), show=lambda body: sorted(body["metadata"]))


def metadata_wrong_type(api):
    """metadata of the wrong type."""
    api.crd()
    api.post("widgets", custom(api, metadata={"labels": {"a": 1}}))


def kind_missing(api):
    """A custom resource says its kind."""
    api.crd()
    api.post("widgets", {"metadata": {"name": "one"}})


def kind_other(api):
    """Another kind is refused."""
    api.crd()
    api.post("widgets", custom(api, kind="Gadget"))


def version_other(api):
    """Another version is refused."""
    api.crd()
    api.post("widgets", custom(api, version="v2"))


def versions(api):
    """An object is read and written in every version."""
    api.crd(versions=[version("v1"), version("v2", storage=False)])
    other = f"/apis/{api.group}/v2/namespaces/{api.ns}/widgets"
    api.made("widgets", custom(api, spec={"a": 1}))
    api.get(f"{other}/one")
    api.post(other, custom(api, "two", version="v2", spec={"b": 2}))
    api.get("widgets", show=lambda body: [[item["apiVersion"], item["metadata"]["name"]] for item in body["items"]])


def version_pruned(api):
    """An object is read by the schema of the version it is read in."""
    spec = {"type": "object", "properties": {"b": {"type": "integer"}}}
    other = version("v2", schema={"type": "object", "properties": {"spec": spec}}, storage=False)
    api.crd(versions=[version("v1"), other])
    api.made("widgets", custom(api, spec={"a": 1, "b": 2}))
    api.get(f"/apis/{api.group}/v2/namespaces/{api.ns}/widgets/one", **SPEC)


def version_deprecated(api):
    """A deprecated version warns."""
    api.crd(versions=[version("v1", deprecated=True), version("v2", storage=False)])
    api.get("widgets", show=at("items"))


def version_deprecated_with_text(api):
    """A deprecated version warns in its own words."""
    api.crd(
        versions=[version("v1", deprecated=True, deprecationWarning="use something else"), version("v2", storage=False)]
    )
    api.get("widgets", show=at("items"))


def generation(api):
    """Without a status subresource, every change but of metadata raises the generation."""
    api.crd()
    shown = {"show": at("metadata", "generation")}
    api.made("widgets", custom(api, spec={"a": 1}))
    api.merge("widgets/one", {"spec": {"a": 2}}, **shown)
    api.merge("widgets/one", {"metadata": {"labels": {"a": "b"}}}, **shown)
    api.merge("widgets/one", {"status": {"a": 1}}, **shown)


def status_without_subresource(api):
    """Without a status subresource, status is a field like others, and there is no path for it."""
    api.crd()
    api.post("widgets", custom(api, spec={"a": 1}, status={"b": 2}), show=at("status"))
    api.get("widgets/one/status")


def status(api):
    """With a status subresource, the status is written there and nothing else is."""
    api.crd(versions=[version(subresources={"status": {}})])
    api.post("widgets", custom(api, spec={"a": 1}, status={"b": 2}))
    made = api.send("GET", "widgets/one").body
    changed = {**made, "spec": {"a": 9}, "status": {"c": 3}, "metadata": {**made["metadata"], "labels": {"x": "y"}}}
    api.put("widgets/one/status", changed)
    api.merge("widgets/one", {"spec": {"a": 5}, "status": {"d": 4}}, show=_with_entries_by_subresource)
    api.get("widgets/one/status", show=at("status"))


def _with_entries_by_subresource(body):
    """Managed fields are in the order of their seconds, and two calls may or may not be made in one."""
    entries = sorted(body["metadata"]["managedFields"], key=lambda entry: entry.get("subresource", ""))
    return {**body, "metadata": {**body["metadata"], "managedFields": entries}}


def status_validated(api):
    """The status is checked by its schema."""
    status = {"type": "object", "properties": {"phase": {"type": "string", "enum": ["Up", "Down"]}}}
    api.crd(
        versions=[version(schema={"type": "object", "properties": {"status": status}}, subresources={"status": {}})]
    )
    api.made("widgets", custom(api))
    api.merge("widgets/one/status", {"status": {"phase": "Sideways"}})
    api.merge("widgets/one/status", {"status": {"phase": "Up"}}, show=at("status"))


def scale(api):
    """A scale subresource reads and writes the replicas."""
    paths = {"specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas"}
    paths["labelSelectorPath"] = ".status.selector"
    api.crd(versions=[version(subresources={"status": {}, "scale": paths})])
    api.made("widgets", custom(api, spec={"replicas": 2}))
    api.merge("widgets/one/status", {"status": {"replicas": 1, "selector": "app=a"}}, show=at("status"))
    body = api.get("widgets/one/scale").body
    api.put("widgets/one/scale", {**body, "spec": {"replicas": 4}})
    api.merge("widgets/one/scale", {"spec": {"replicas": 5}}, show=at("spec"))
    api.get("widgets/one", **SPEC)


def scale_of_nothing(api):
    """A scale of an object that says no replicas."""
    paths = {"specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas"}
    api.crd(versions=[version(subresources={"scale": paths})])
    api.made("widgets", custom(api, spec={}))
    api.get("widgets/one/scale")


def update_to_invalid(api):
    """An update is checked, too."""
    _kind(api, a={"type": "integer"})
    api.made("widgets", custom(api, spec={"a": 1}))
    api.merge("widgets/one", {"spec": {"a": "x"}})


def ratcheting(api):
    """What was wrong before and is not changed is let be."""
    _kind(api, a={"type": "integer"}, b={"type": "integer"})
    api.made("widgets", custom(api, spec={"a": 50, "b": 1}))
    spec = {"type": "object", "properties": {"a": {"type": "integer", "maximum": 10}, "b": {"type": "integer"}}}
    patch = {"spec": {"versions": [version(schema={"type": "object", "properties": {"spec": spec}})]}}
    api.send("PATCH", f"customresourcedefinitions/widgets.{api.group}", patch, type_="application/merge-patch+json")
    api.until(
        lambda answer: answer.status == 422,
        "widgets",
        "POST",
        custom(api, "two", spec={"a": 11}),
        query={"dryRun": "All"},
    )
    api.merge("widgets/one", {"spec": {"b": 2}}, **SPEC)
    api.merge("widgets/one", {"spec": {"a": 51}})


def large_numbers(api):
    """Integers keep 64 bits, fractions are floats."""
    api.crd()
    api.post("widgets", custom(api, spec={"big": 9007199254740993, "fraction": 0.1, "exponent": 1e21}), **SPEC)
