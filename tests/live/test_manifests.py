"""A real API server takes our manifests as they are, and Pod Security's level ``restricted`` lets their Pods run."""

import itertools

import pytest

from needs import ENVTEST
from pytest_kbevents.api.http import Request
from pytest_kbevents.api.known import resource_of
from pytest_kbevents.api.objects import namespace_of
from pytest_kbevents.api.resources import NAMESPACES, PODS
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.cluster.envtest import Envtest
from pytest_kbevents.deployment.agents import agents
from pytest_kbevents.deployment.controller import controller
from pytest_kbevents.deployment.namespaces import namespace
from pytest_kbevents.deployment.rollout import Rollout

pytestmark = ENVTEST

NUMBERS = itertools.count()
STRICT = {"fieldValidation": "Strict"}


@pytest.fixture(scope="module")
def transport():
    backend = Envtest()
    backend.start()
    transport = HttpTransport(str(backend.kubeconfig), wake=lambda: None)
    yield transport
    transport.close()
    backend.stop()


@pytest.fixture
def create(transport):
    """Create an object with no field that the API server does not know; the answer."""

    def create(manifest):
        path = resource_of(manifest).path(namespace_of(manifest))
        return transport.send(Request("POST", path, STRICT, manifest))

    return create


@pytest.fixture
def home(create):
    """The name of a namespace that takes restricted Pods alone."""
    name = f"manifests-{next(NUMBERS)}"
    assert create(namespace(name, {})).status == 201
    return name


@pytest.fixture
def run(transport, home):
    """Whether a Pod with that spec could run there: the answer, and nothing is run."""

    def run(spec):
        body = {"apiVersion": "v1", "kind": "Pod", "metadata": {"generateName": "a-"}, "spec": spec}
        return transport.send(Request("POST", PODS.path(home), {**STRICT, "dryRun": "All"}, body))

    return run


@pytest.fixture
def pod(home):
    """The spec of a controller's Pod."""
    return controller(Rollout(home, "kbevents:abc"))[-1]["spec"]["template"]["spec"]


def test_every_manifest_is_taken_without_a_warning(create, home):
    answers = [create(each) for each in [*agents(home), *controller(Rollout(home, "kbevents:abc"))]]
    assert [(answer.status, answer.headers.get("warning")) for answer in answers] == [(201, None)] * len(answers)


def test_the_namespace_says_that_restricted_is_enforced(transport, home):
    labels = transport.send(Request("GET", NAMESPACES.path(name=home))).body["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


def test_a_controllers_pod_is_let_run(run, pod):
    answer = run(pod)
    assert (answer.status, answer.headers.get("warning")) == (201, None)


def test_a_pod_with_less_of_it_is_not(run, pod):
    container = pod["containers"][0]
    for changed in (
        {**pod, "securityContext": {}},
        {**pod, "containers": [{**container, "securityContext": {}}]},
        {**pod, "hostNetwork": True},
    ):
        answer = run(changed)
        assert (answer.status, "violates PodSecurity" in answer.body["message"]) == (403, True)
