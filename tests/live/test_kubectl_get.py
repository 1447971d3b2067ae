"""What ``kubectl get`` and ``kubectl wait`` print."""

import json
import re

import pytest

pytestmark = pytest.mark.kubectl

POD = """
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: c, image: nginx}]}
"""
EVENT = """
apiVersion: v1
kind: Event
metadata: {name: e}
involvedObject: {kind: Pod, name: web, namespace: NS}
reason: Started
message: hello
type: Normal
lastTimestamp: "2026-01-01T00:00:00Z"
"""
ANYTHING = "all,cm,secrets,sa,events,ep,endpointslices,leases,pvc,pv,no,ns,quota,limits,roles,rolebindings,crd"
ANYTHING += ",controllerrevisions"
AGE = re.compile(r"(?<!\S)\d+s(?!\S)")  # a whole word: a generated name may end in "64s"


def words(text):
    return [AGE.sub("<age>", line).split() for line in text.splitlines()]


@pytest.fixture
def pod(said):
    """A Pod that nobody runs."""
    return said("create", "-f", "-", stdin=POD)


@pytest.mark.usefixtures("pod")
def test_pods_are_listed_with_their_status(said):
    assert words(said("get", "pods")) == [
        ["NAME", "READY", "STATUS", "RESTARTS", "AGE"],
        ["web", "0/1", "Pending", "0", "<age>"],
    ]


@pytest.mark.usefixtures("pod")
def test_more_is_told_when_it_is_asked_for(said):
    assert words(said("get", "pods", "-o", "wide", "--no-headers"))[0][5:] == ["<none>"] * 4


@pytest.mark.usefixtures("pod")
def test_a_list_over_all_namespaces_names_them(said, namespace):
    assert [namespace, "web", "0/1", "Pending", "0", "<age>"] in words(said("get", "pods", "-A"))


def test_every_kind_can_be_listed(kubectl):
    assert kubectl("get", ANYTHING, "-A").stderr == ""


@pytest.mark.usefixtures("pod")
@pytest.mark.parametrize(("output", "shown"), [("name", "pod/web\n"), ("jsonpath={.items[0].spec.nodeName}", "")])
def test_other_outputs_are_made_of_whole_objects(said, output, shown):
    assert said("get", "pods", "-o", output) == shown


@pytest.mark.usefixtures("pod")
def test_a_selector_selects(said):
    assert [said("get", "pods", "-o", "name", "-l", f"app{sign}web") for sign in ("=", "!=")] == ["pod/web\n", ""]


def test_a_custom_resource_has_an_age(said):
    component = {"apiVersion": "apps.kubeblocks.io/v1", "kind": "Component", "metadata": {"name": "c"}, "spec": {}}
    said("create", "-f", "-", stdin=json.dumps(component))
    assert words(said("get", "cmp")) == [["NAME", "AGE"], ["c", "<age>"]]


def test_a_watch_shows_what_is_new(said, watching, namespace):
    read_until = watching("-n", namespace, "get", "cm", "--watch", "-v=6")
    assert read_until("watch=true", "200 OK")
    said("create", "configmap", "new", "--from-literal=a=b")
    assert read_until("new", "1")


@pytest.mark.parametrize("command", ["get events", "events"])
def test_events_are_told(said, namespace, command):
    said("create", "-f", "-", stdin=EVENT.replace("NS", namespace))
    line = said(*command.split()).splitlines()[1].split()
    assert [text.lower() for text in line[1:]] == ["normal", "started", "pod/web", "hello"]


@pytest.mark.usefixtures("pod")
def test_a_wait_ends_when_a_field_has_its_value(said):
    assert (
        said("wait", "--for=jsonpath={.status.phase}=Pending", "pod/web", "--timeout=5s") == "pod/web condition met\n"
    )


@pytest.mark.usefixtures("pod")
def test_a_wait_ends_when_a_condition_is_true(said, core, namespace):
    ready = {"status": {"conditions": [{"type": "Ready", "status": "True"}]}}
    core.patch_namespaced_pod_status("web", namespace, ready)
    assert said("wait", "--for=condition=Ready", "pod/web", "--timeout=5s") == "pod/web condition met\n"


@pytest.mark.usefixtures("pod")
def test_a_wait_ends_when_the_object_is_gone(said):
    said("delete", "pod", "web", "--now")
    assert said("wait", "--for=delete", "pod/web", "--timeout=5s") == ""


def test_a_kind_that_is_not_there_is_an_error(said):
    assert said("get", "nonsense") == 'error: the server doesn\'t have a resource type "nonsense"\n'
