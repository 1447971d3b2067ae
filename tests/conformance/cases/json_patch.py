"""JSON patch"""

from conformance.bodies import at, config_map, custom, identity

DATA = {"show": at("data")}


def _op(op, path, value=None, **fields):
    return {"op": op, "path": path, **({} if value is None else {"value": value}), **fields}


def add(api):
    """add sets a field."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("add", "/data/new", "value")])


def add_to_absent_map(api):
    """add into a map that is not there."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("add", "/metadata/labels/a", "b")])


def add_to_list(api):
    """add at an index and at the end of a list."""
    api.made("configmaps", config_map(finalizers=["example.com/b"]))
    ops = [_op("add", "/metadata/finalizers/0", "example.com/a"), _op("add", "/metadata/finalizers/-", "example.com/c")]
    api.json("configmaps/one", ops, show=at("metadata", "finalizers"))


def add_beyond_list(api):
    """add beyond the end of a list."""
    api.made("configmaps", config_map(finalizers=["example.com/b"]))
    api.json("configmaps/one", [_op("add", "/metadata/finalizers/7", "example.com/a")])


def remove(api):
    """remove takes a field out."""
    api.made("configmaps", config_map(data={"a": "1", "b": "2"}))
    api.json("configmaps/one", [_op("remove", "/data/a")])


def remove_absent(api):
    """remove of what is not there."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("remove", "/data/absent")])


def replace(api):
    """replace changes a field."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("replace", "/data/key", "other")], **DATA)


def replace_absent(api):
    """replace of what is not there."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("replace", "/data/absent", "other")])


def move(api):
    """move renames a field."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("move", "/data/new", **{"from": "/data/key"})], **DATA)


def copy(api):
    """copy doubles a field."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("copy", "/data/new", **{"from": "/data/key"})], **DATA)


def test_holds(api):
    """test of what is so."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("test", "/data/key", "value"), _op("add", "/data/new", "x")], **DATA)


def test_fails(api):
    """test of what is not so, and nothing is changed."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("add", "/data/new", "x"), _op("test", "/data/key", "other")])
    api.get("configmaps/one", **DATA)


def test_of_absent(api):
    """test of what is not there."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("test", "/data/absent", "other")])


def test_of_revision(api):
    """test of the resourceVersion makes a patch conditional."""
    made = api.made("configmaps", config_map())
    revision = made["metadata"]["resourceVersion"]
    api.json(
        "configmaps/one", [_op("test", "/metadata/resourceVersion", revision), _op("add", "/data/new", "x")], **DATA
    )
    api.json("configmaps/one", [_op("test", "/metadata/resourceVersion", revision), _op("add", "/data/new", "y")])


def escapes(api):
    """~1 is a slash and ~0 a tilde."""
    api.made("configmaps", config_map(annotations={"example.com/a": "b"}))
    ops = [_op("replace", "/metadata/annotations/example.com~1a", "c")]
    api.json("configmaps/one", ops, show=at("metadata", "annotations"))


def unknown_operation(api):
    """An operation that is none."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("nonsense", "/data/key", "x")])


def no_path(api):
    """An operation without a path."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [{"op": "remove"}])


def object_(api):
    """An object is no JSON patch."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", {"op": "remove", "path": "/data/key"})


def not_json(api):
    """Text is no JSON patch."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", b"[nonsense")


def empty(api):
    """The empty patch changes nothing."""
    api.made("configmaps", config_map())
    api.get("configmaps/one", show=identity)
    api.json("configmaps/one", [], show=identity)


def missing(api):
    """An object that is not there is a 404."""
    api.json("configmaps/one", [])


def invalid_result(api):
    """The result is validated."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("add", "/metadata/labels", {"a": "not ok"})])


def wrong_type(api):
    """A value of the wrong type."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("add", "/data/a", 5)])


def root(api):
    """The whole object is replaced."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("replace", "", config_map(data={"a": "b"}))])


def finalizer_removed(api):
    """A finalizer is removed after a test, as controllers do."""
    api.made("configmaps", config_map(finalizers=["example.com/a"]))
    ops = [_op("test", "/metadata/finalizers/0", "example.com/a"), _op("remove", "/metadata/finalizers/0")]
    api.json("configmaps/one", ops, show=at("metadata"))


def custom_resource(api):
    """A custom resource is patched, too."""
    api.crd()
    api.made("widgets", custom(api, spec={"list": [1, 2, 3]}))
    api.json("widgets/one", [_op("remove", "/spec/list/1"), _op("add", "/spec/deep", {"a": None})], show=at("spec"))


def too_many(api):
    """More than 10,000 operations."""
    api.made("configmaps", config_map())
    api.json("configmaps/one", [_op("test", "/data/key", "value")] * 10001)
