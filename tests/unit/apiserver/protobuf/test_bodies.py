import pytest

from pytest_kbevents.api.http import Request
from pytest_kbevents.apiserver.protobuf.decoding import value
from pytest_kbevents.apiserver.protobuf.wire import Broken

MAGIC = b"k8s\0"


def varint(number):
    number &= (1 << 64) - 1
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def field(number, content):
    """One field: a number or a text or the bytes of a message."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    data = content.encode() if isinstance(content, str) else content
    return varint(number << 3 | 2) + varint(len(data)) + data


def body(version, kind, raw):
    return MAGIC + field(1, field(1, version) + field(2, kind)) + field(2, raw)


NAMED = field(1, "one") + field(3, "default")


def test_texts_and_maps_are_read():
    entry = field(1, "key") + field(2, "value")
    found = value(body("v1", "ConfigMap", field(1, NAMED) + field(2, entry)))
    assert (found["metadata"], found["data"]) == ({"name": "one", "namespace": "default"}, {"key": "value"})


def test_the_kind_and_version_stand_beside_the_message():
    found = value(body("apps/v1", "Deployment", b""))
    assert found == {"apiVersion": "apps/v1", "kind": "Deployment"}


def test_a_list_is_every_field_of_that_number():
    containers = b"".join(field(2, field(1, name)) for name in "ab")
    found = value(body("v1", "Pod", field(2, containers)))
    assert found["spec"]["containers"] == [{"name": "a"}, {"name": "b"}]


def test_a_negative_number_is_negative():
    found = value(body("v1", "Pod", field(2, field(4, -1))))
    assert found["spec"]["terminationGracePeriodSeconds"] == -1


def test_an_embedded_struct_is_no_field_of_its_own():
    volume = field(1, "v") + field(2, field(2, b""))
    found = value(body("v1", "Pod", field(2, field(1, volume))))
    assert found["spec"]["volumes"] == [{"name": "v", "emptyDir": {}}]


def test_bytes_are_in_base64():
    found = value(body("v1", "Secret", field(2, field(1, "k") + field(2, b"\xff"))))
    assert found["data"] == {"k": "/w=="}


def test_a_time_is_told_in_seconds():
    found = value(body("v1", "ConfigMap", field(1, field(8, field(1, 1_767_225_600)))))
    assert found["metadata"]["creationTimestamp"] == "2026-01-01T00:00:00Z"


def test_an_empty_time_is_none():
    found = value(body("v1", "ConfigMap", field(1, field(8, b""))))
    assert found["metadata"]["creationTimestamp"] is None


def test_a_micro_time_has_its_fraction():
    moment = field(1, 1_767_225_600) + field(2, 123_456_000)
    assert value(body("v1", "Event", field(10, moment)))["eventTime"] == "2026-01-01T00:00:00.123456Z"


@pytest.mark.parametrize(
    ("target", "read"), [(field(1, 0) + field(2, 80), 80), (field(1, 1) + field(3, "http"), "http")]
)
def test_a_number_or_a_text_is_what_it_says_it_is(target, read):
    port = field(4, target)
    assert value(body("v1", "Service", field(2, field(1, port))))["spec"]["ports"] == [{"targetPort": read}]


def test_json_within_a_message_is_json():
    found = value(body("apps/v1", "ControllerRevision", field(2, field(1, b'{"a":1}'))))
    assert found["data"] == {"a": 1}


def test_a_named_slice_is_a_list():
    extra = field(1, "scopes") + field(2, field(1, "a") + field(1, "b"))
    found = value(body("authorization.k8s.io/v1", "SubjectAccessReview", field(2, field(5, extra))))
    assert found["spec"]["extra"] == {"scopes": ["a", "b"]}


def test_a_field_that_nobody_knows_is_passed_over():
    assert value(body("v1", "ConfigMap", field(99, "new")))["kind"] == "ConfigMap"


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{}",
        MAGIC + b"\x0a",
        MAGIC + b"\x0a\xff",
        MAGIC + b"\x0b",
        MAGIC + b"\xff" * 12,
        body("v1", "Nothing", b""),
        body("v1", "ConfigMap", field(1, 1)),
        body("v1", "Pod", field(2, field(4, "text"))),
        body("apps/v1", "ControllerRevision", field(2, field(1, b"{"))),
    ],
)
def test_what_is_no_message_is_an_error(broken):
    with pytest.raises(Broken):
        value(broken)


@pytest.mark.parametrize(("raw", "code"), [(field(1, field(1, "one")), 201), (b"\xff", 400)])
def test_a_body_can_be_posted(server, raw, code):
    posted = body("v1", "ConfigMap", raw)
    media = "application/vnd.kubernetes.protobuf"
    assert server.send(Request("POST", "/api/v1/namespaces/default/configmaps", {}, posted, media)).status == code


@pytest.mark.usefixtures("served")
def test_a_custom_resource_is_not_read_from_protobuf(server):
    media = "application/vnd.kubernetes.protobuf"
    path = "/apis/example.com/v1/namespaces/default/widgets"
    assert server.send(Request("POST", path, {}, MAGIC, media)).status == 415
