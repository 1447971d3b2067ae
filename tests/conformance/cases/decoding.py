"""Bodies: what can be read and what cannot"""

from conformance.bodies import config_map, pod, service


def empty(api):
    """No body at all is a 400."""
    api.post("configmaps", b"")


def null(api):
    """The body null is an object without anything."""
    api.post("configmaps", b"null")


def not_json(api):
    """Text that is no JSON."""
    api.post("configmaps", b"{nonsense")


def array(api):
    """An array is no object."""
    api.post("configmaps", b"[]")


def string(api):
    """A string is no object."""
    api.post("configmaps", b'"text"')


def trailing(api):
    """Something after the object."""
    api.post("configmaps", b'{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"one"}} {}')


def no_metadata(api):
    """An object without metadata."""
    api.post("configmaps", {"apiVersion": "v1", "kind": "ConfigMap"})


def metadata_is_text(api):
    """metadata of the wrong type."""
    api.post("configmaps", {"apiVersion": "v1", "kind": "ConfigMap", "metadata": "text"})


def labels_is_list(api):
    """labels of the wrong type."""
    api.post("configmaps", config_map(labels=["a"]))


def label_is_number(api):
    """A label's value of the wrong type."""
    api.post("configmaps", config_map(labels={"a": 1}))


def name_is_number(api):
    """A name of the wrong type."""
    api.post("configmaps", config_map(7))


def data_is_number(api):
    """A value of ConfigMap data of the wrong type."""
    api.post("configmaps", config_map(data={"key": 1}))


def data_is_null(api):
    """A null in ConfigMap data is an empty text."""
    api.post("configmaps", config_map(data={"key": None}))


def finalizers_is_text(api):
    """finalizers of the wrong type."""
    api.post("configmaps", config_map(finalizers="text"))


def port_is_text(api):
    """A number given as text."""
    api.post("services", service(ports=[{"port": "80"}]))


def port_is_fraction(api):
    """A fraction for a whole number."""
    api.post("services", service(ports=[{"port": 80.5}]))


def port_is_whole_fraction(api):
    """80.0 for a whole number."""
    body = b'{"kind":"Service","apiVersion":"v1","metadata":{"name":"one"},"spec":{"ports":[{"port":80.0}]}}'
    api.post("services", body, show=lambda body: body["spec"]["ports"])


def port_too_large(api):
    """A number that does not fit."""
    api.post("services", service(ports=[{"port": 4294967296}]))


def boolean_is_text(api):
    """A boolean given as text."""
    api.post("pods", pod(spec={"containers": [], "hostNetwork": "yes"}))


def list_is_object(api):
    """An object for a list."""
    api.post("pods", pod(spec={"containers": {}}))


def time_is_bad(api):
    """A time that is none."""
    api.post("configmaps", config_map(creationTimestamp="yesterday"))


def int_or_string_bad(api):
    """A boolean for a port that is a number or a name."""
    api.post("services", service(ports=[{"port": 80, "targetPort": True}]))


def quantity_bad(api):
    """A quantity that is none."""
    resources = {"requests": {"cpu": "lots"}}
    api.post("pods", pod(spec={"containers": [{"name": "c", "image": "i", "resources": resources}]}))


def base64_bad(api):
    """A Secret's data that is not base64."""
    api.post("secrets", {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "one"}, "data": {"key": "!"}})


def escapes(api):
    """JSON escapes are read."""
    api.post(
        "configmaps", b'{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"one"},"data":{"k":"\\u00fc\\n"}}'
    )


def case_of_keys(api):
    """Keys are read by their exact case."""
    api.post(
        "configmaps", b'{"kind":"ConfigMap","apiVersion":"v1","metadata":{"Name":"one","name":"two"},"Data":{"a":"b"}}'
    )
