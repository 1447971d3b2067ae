"""What kubectl changes, and how."""

import json

import pytest

pytestmark = pytest.mark.kubectl

DEPLOYMENT = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "d"},
    "spec": {
        "selector": {"matchLabels": {"a": "b"}},
        "template": {
            "metadata": {"labels": {"a": "b"}},
            "spec": {"containers": [{"name": "c", "image": "one"}]},
        },
    },
}
COMPONENT = {
    "apiVersion": "apps.kubeblocks.io/v1",
    "kind": "Component",
    "metadata": {"name": "c"},
    "spec": {"replicas": 1},
}


def with_image(image):
    text = json.dumps(DEPLOYMENT)
    return text.replace('"one"', json.dumps(image))


@pytest.fixture
def deployment(said):
    """A Deployment, applied."""
    return said("apply", "-f", "-", stdin=with_image("one"))


@pytest.mark.parametrize("form", [[], ["--server-side"]], ids=["client", "server"])
@pytest.mark.parametrize(
    ("body", "kind"), [(DEPLOYMENT, "deployment.apps/d"), (COMPONENT, "component.apps.kubeblocks.io/c")]
)
def test_what_is_applied_is_there(said, form, body, kind):
    done = "serverside-applied" if form else "created"
    assert said("apply", *form, "-f", "-", stdin=json.dumps(body)) == f"{kind} {done}\n"


@pytest.mark.usefixtures("deployment")
def test_what_is_applied_again_is_unchanged(said):
    assert said("apply", "-f", "-", stdin=with_image("one")) == "deployment.apps/d unchanged\n"


@pytest.mark.usefixtures("deployment")
def test_a_change_is_merged_where_it_is(said):
    said("apply", "-f", "-", stdin=with_image("two"))
    assert said("get", "deploy", "d", "-o", "jsonpath={.spec.template.spec.containers[*].image}") == "two"


def test_what_somebody_else_applied_is_a_conflict(said):
    said("apply", "--server-side", "-f", "-", stdin=with_image("one"))
    told = said("apply", "--server-side", "--field-manager=other", "-f", "-", stdin=with_image("two"))
    assert 'conflict with "kubectl"' in told


def test_an_unknown_field_is_refused(said):
    body = json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "nonsense": 1})
    assert 'strict decoding error: unknown field "nonsense"' in said("create", "-f", "-", stdin=body)


@pytest.mark.usefixtures("deployment")
@pytest.mark.parametrize(
    ("command", "done"),
    [
        (["label", "deploy", "d", "x=y"], "labeled"),
        (["annotate", "deploy", "d", "x=y"], "annotated"),
        (["patch", "deploy", "d", "-p", '{"spec":{"replicas":3}}'], "patched"),
        (["patch", "deploy", "d", "--type=merge", "-p", '{"spec":{"replicas":3}}'], "patched"),
        (["patch", "deploy", "d", "--type=json", "-p", '[{"op":"add","path":"/spec/replicas","value":3}]'], "patched"),
        (["scale", "deploy", "d", "--replicas=3"], "scaled"),
        (["set", "image", "deploy/d", "c=two"], "image updated"),
        (["rollout", "restart", "deploy/d"], "restarted"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value[:4]),
)
def test_a_command_does_what_it_says(said, command, done):
    assert said(*command) == f"deployment.apps/d {done}\n"


@pytest.mark.parametrize(
    ("command", "made"),
    [
        ("configmap x --from-literal=a=b", "configmap/x"),
        ("secret generic x --from-literal=a=b", "secret/x"),
        ("serviceaccount x", "serviceaccount/x"),
        ("deployment x --image=i", "deployment.apps/x"),
        ("role x --verb=get --resource=pods", "role.rbac.authorization.k8s.io/x"),
        ("service clusterip x --tcp=80", "service/x"),
        ("job x --image=i", "job.batch/x"),
    ],
)
def test_an_object_is_created_by_a_command_of_its_own(said, command, made):
    assert said("create", *command.split()) == f"{made} created\n"


@pytest.mark.usefixtures("deployment")
def test_an_object_is_deleted(said):
    assert said("delete", "deploy", "d").startswith('deployment.apps "d" deleted')


@pytest.mark.usefixtures("deployment")
def test_a_difference_is_shown(kubectl, namespace):
    assert kubectl("-n", namespace, "diff", "-f", "-", stdin=with_image("two")).returncode == 1
