"""What ``kubectl describe`` and ``kubectl explain`` print."""

import pytest

pytestmark = pytest.mark.kubectl

OBJECTS = """
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: c, image: nginx}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: nginx}]}
---
apiVersion: v1
kind: Event
metadata: {name: web}
involvedObject: {kind: Pod, name: web, namespace: NS}
message: hello
"""


@pytest.fixture
def described(said, namespace):
    """The lines of a description, without the blanks between their words."""
    said("create", "-f", "-", stdin=OBJECTS.replace("NS", namespace))
    return lambda *target: [" ".join(line.split()) for line in said("describe", *target).splitlines()]


@pytest.mark.parametrize(
    ("target", "line"),
    [
        ("pod", "Status: Pending"),
        ("svc", "Selector: app=web"),
        ("deploy", "Replicas: 2 desired | 0 updated | 0 total | 0 available | 0 unavailable"),
        ("event", "Message: hello"),
    ],
)
def test_an_object_is_described(described, target, line):
    assert line in described(target, "web")


def test_a_namespace_is_described(described, namespace):
    assert "Status: Active" in described("ns", namespace)


@pytest.mark.parametrize(
    ("path", "line"), [("pod.spec.containers", "FIELD: containers <[]Container>"), ("cmp", "KIND:       Component")]
)
def test_a_type_is_explained(said, path, line):
    assert line in said("explain", path).splitlines()
