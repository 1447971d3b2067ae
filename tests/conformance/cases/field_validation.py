"""fieldValidation: Strict, Warn and Ignore"""

from conformance.api import version
from conformance.bodies import at, config_map, container, custom, deployment, pod

UNKNOWN = {"nonsense": 1}
SPEC = {
    "type": "object",
    "properties": {"a": {"type": "integer"}, "deep": {"type": "object", "properties": {"b": {"type": "integer"}}}},
}
TWICE = b'{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"one"},"data":{"a":"1"},"data":{"b":"2"}}'


def _query(value):
    return {"query": {"fieldValidation": value}}


def _kind(api):
    api.crd(versions=[version(schema={"type": "object", "properties": {"spec": SPEC}})])


def default(api):
    """Unknown fields are dropped with a warning."""
    api.post("configmaps", {**config_map(), **UNKNOWN}, show=sorted)


def warn(api):
    """Warn is the default."""
    api.post("configmaps", {**config_map(), **UNKNOWN}, show=sorted, **_query("Warn"))


def ignore(api):
    """Ignore drops unknown fields without a word."""
    api.post("configmaps", {**config_map(), **UNKNOWN}, show=sorted, **_query("Ignore"))


def strict(api):
    """Strict refuses unknown fields."""
    api.post("configmaps", {**config_map(), **UNKNOWN}, **_query("Strict"))


def strict_good(api):
    """Strict lets pass what is known."""
    api.post("configmaps", config_map(), show=at("data"), **_query("Strict"))


def strict_deep(api):
    """Strict tells each unknown field with its path."""
    wrong = {**container(), "imagePullPolice": "Always", "env": [{"nam": "A"}]}
    api.post("pods", {**pod(spec={"containers": [wrong], "restartPolice": "Never"}), **UNKNOWN}, **_query("Strict"))


def warn_deep(api):
    """Warn tells each unknown field in a warning of its own."""
    wrong = {**container(), "imagePullPolice": "Always"}
    api.post("pods", pod(spec={"containers": [wrong], "restartPolice": "Never"}), show=at("kind"), **_query("Warn"))


def strict_metadata(api):
    """Unknown fields of metadata are told."""
    api.post("configmaps", config_map(label={"a": "b"}), **_query("Strict"))


def strict_case(api):
    """A key of another case is unknown."""
    api.post("configmaps", {**config_map(), "Data": {"a": "b"}}, **_query("Strict"))


def duplicate(api):
    """An object that comes twice is put together, with a warning."""
    api.post("configmaps", TWICE, show=at("data"))


def duplicate_strict(api):
    """Strict refuses a key that comes twice."""
    api.post("configmaps", TWICE, **_query("Strict"))


def unknown_value(api):
    """fieldValidation is one of three."""
    api.post("configmaps", config_map(), **_query("Nonsense"))


def update(api):
    """An update is checked."""
    made = api.made("configmaps", config_map())
    api.put("configmaps/one", {**made, **UNKNOWN}, show=sorted)
    api.put("configmaps/one", {**made, **UNKNOWN}, **_query("Strict"))


def merge_patch(api):
    """A merge patch is checked."""
    api.made("configmaps", config_map())
    api.merge("configmaps/one", UNKNOWN, show=sorted)
    api.merge("configmaps/one", UNKNOWN, **_query("Strict"))


def json_patch(api):
    """A JSON patch is checked."""
    api.made("configmaps", config_map())
    patch = [{"op": "add", "path": "/nonsense", "value": 1}]
    api.json("configmaps/one", patch, show=sorted)
    api.json("configmaps/one", patch, **_query("Strict"))


def json_patch_itself(api):
    """Unknown fields of a JSON patch's operations are told."""
    api.made("configmaps", config_map())
    patch = [{"op": "add", "path": "/data/a", "value": "b", "from": "", "extra": 1}]
    api.json("configmaps/one", patch, **_query("Strict"))


def strategic_patch(api):
    """A strategic merge patch is checked."""
    api.made("deployments", deployment())
    patch = {"spec": {"replica": 3}}
    api.strategic("deployments/one", patch, show=at("spec", "replicas"))
    api.strategic("deployments/one", patch, **_query("Strict"))


def apply(api):
    """What is applied is always checked."""
    api.apply("configmaps/one", {**config_map(), **UNKNOWN}, query={"fieldValidation": "Ignore"})


def custom_default(api):
    """Unknown fields of a custom resource are dropped with a warning."""
    _kind(api)
    api.post("widgets", custom(api, spec={"a": 1, "x": 2, "deep": {"y": 3}}), show=at("spec"))


def custom_strict(api):
    """Strict refuses unknown fields of a custom resource."""
    _kind(api)
    api.post("widgets", custom(api, spec={"a": 1, "x": 2, "deep": {"y": 3}}), **_query("Strict"))


def custom_ignore(api):
    """Ignore drops unknown fields of a custom resource without a word."""
    _kind(api)
    api.post("widgets", custom(api, spec={"a": 1, "x": 2}), show=at("spec"), **_query("Ignore"))


def custom_metadata(api):
    """Unknown fields of a custom resource's metadata are told."""
    _kind(api)
    api.post("widgets", custom(api, metadata={"nonsense": 1}), **_query("Strict"))


def custom_patch(api):
    """A patch of a custom resource is checked."""
    _kind(api)
    api.made("widgets", custom(api, spec={"a": 1}))
    api.merge("widgets/one", {"spec": {"x": 2}}, show=at("spec"))
    api.merge("widgets/one", {"spec": {"x": 2}}, **_query("Strict"))


def custom_apply(api):
    """What is applied of a custom resource is checked."""
    _kind(api)
    api.apply("widgets/one", custom(api, spec={"x": 2}))


def custom_duplicate(api):
    """A key that comes twice in a custom resource."""
    _kind(api)
    body = f'{{"apiVersion":"{api.group}/v1","kind":"Widget","metadata":{{"name":"one"}},"spec":{{"a":1,"a":2}}}}'
    api.post("widgets", body.encode(), show=at("spec"))
    api.post("widgets", body.encode(), **_query("Strict"))
