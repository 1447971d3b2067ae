"""Content types and encodings"""

from conformance.bodies import at, config_map, custom, names

YAML = "application/yaml"
TEXT = b"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  key: 'yes'\n"


def yaml_body(api):
    """A body in YAML."""
    api.post("configmaps", TEXT, type_=YAML)


def yaml_answer(api):
    """An answer in YAML."""
    api.made("configmaps", config_map())
    api.get("configmaps/one", accept=YAML, show=lambda body: body.splitlines()[:4])


def yaml_error(api):
    """An error in YAML."""
    api.get("configmaps/one", accept=YAML)


def yaml_bad(api):
    """YAML that cannot be read."""
    api.post("configmaps", b"{a: b: c", type_=YAML)


def yaml_update(api):
    """A PUT in YAML."""
    api.made("configmaps", config_map())
    api.put("configmaps/one", TEXT, type_=YAML, show=at("data"))


def yaml_twice(api):
    """A key that comes twice in YAML."""
    api.post("configmaps", TEXT + b"data:\n  other: x\n", type_=YAML)


def yaml_types(api):
    """YAML's unquoted words are booleans, and so no texts."""
    api.post("configmaps", TEXT.replace(b"'yes'", b"true"), type_=YAML)


def json_with_charset(api):
    """Parameters of the content type are ignored."""
    api.post("configmaps", config_map(), type_="application/json; charset=utf-8", show=at("data"))


def no_type(api):
    """Without a content type, a body is JSON."""
    api.post("configmaps", config_map(), type_="", show=at("data"))


def unknown_type(api):
    """A content type that is none is a 415."""
    api.post("configmaps", b"<a/>", type_="application/xml")


def unknown_type_custom(api):
    """A content type that is none is a 415 for custom resources, too."""
    api.crd()
    api.post("widgets", b"<a/>", type_="application/xml")


def patch_as_json(api):
    """A patch says which kind it is."""
    api.made("configmaps", config_map())
    api.call("PATCH", "configmaps/one", {"data": {"a": "b"}})


def patch_unknown(api):
    """A patch of an unknown kind."""
    api.made("configmaps", config_map())
    api.call("PATCH", "configmaps/one", {}, type_="application/nonsense-patch+json")


def accept_anything(api):
    """Who accepts anything gets JSON."""
    for accept in ("*/*", "", "application/json;q=0.5, */*;q=0.1"):
        api.get("configmaps", accept=accept, show=at("kind"))


def accept_any_application(api):
    """Who accepts application/* alone gets a 406."""
    api.get("configmaps", accept="application/*")


def accept_nothing_known(api):
    """Types that cannot be produced are a 406."""
    api.get("configmaps", accept="application/xml")


def accept_nothing_known_custom(api):
    """Types that cannot be produced are a 406 for custom resources, too."""
    api.crd()
    api.get("widgets", accept="application/xml")


def accept_html(api):
    """What a browser accepts is JSON at last."""
    api.get("configmaps", accept="text/html,application/xml;q=0.9,*/*;q=0.8", show=at("kind"))


def accept_preference(api):
    """The first that can be produced is."""
    api.made("configmaps", config_map())
    api.get(
        "configmaps/one",
        accept="application/xml,application/yaml,application/json",
        show=lambda body: type(body).__name__,
    )


def protobuf_custom(api):
    """Custom resources have no protobuf."""
    api.crd()
    api.get("widgets", accept="application/vnd.kubernetes.protobuf")


def protobuf_or_json_custom(api):
    """Who accepts protobuf or JSON gets JSON of custom resources."""
    api.crd()
    api.get("widgets", accept="application/vnd.kubernetes.protobuf,application/json", show=names)


def protobuf(api):
    """Who accepts protobuf alone gets it of built-in kinds."""
    api.get("configmaps", accept="application/vnd.kubernetes.protobuf", show=lambda body: type(body).__name__)


def too_large(api):
    """A body of more than 3 MiB is a 413."""
    api.post("configmaps", config_map(data={"key": "x" * (3 * 1024 * 1024 + 1)}))


def object_too_large(api):
    """A ConfigMap has at most 1 MiB."""
    api.post("configmaps", config_map(data={"key": "x" * (1024 * 1024 + 1)}))


def unicode_bad(api):
    """Bytes that are no UTF-8 are replaced."""
    body = b'{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"one"},"data":{"a":"\xff"}}'
    api.post("configmaps", body, show=at("data"))


def pretty(api):
    """pretty changes white space alone."""
    api.made("configmaps", config_map())
    api.get("configmaps/one", query={"pretty": "true"}, show=at("data"))


def head(api):
    """HEAD is no verb."""
    api.made("configmaps", config_map())
    api.call("HEAD", "configmaps/one")


def options(api):
    """OPTIONS is no verb."""
    api.call("OPTIONS", "configmaps/one")


def custom_yaml(api):
    """A custom resource in YAML."""
    api.crd()
    body = f"apiVersion: {api.group}/v1\nkind: Widget\nmetadata: {{name: one}}\nspec:\n  a: 1\n  b: [x, 'y']\n"
    api.post("widgets", body.encode(), type_=YAML, show=at("spec"))
    api.get("widgets/one", accept=YAML, show=lambda body: body.splitlines()[0])
    api.post("widgets", custom(api, "two"), accept=YAML, show=lambda body: body.splitlines()[1])
