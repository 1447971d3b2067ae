"""``--kb-cluster kubeconfig``: a cluster that is there, with all rights, those of one namespace, and too few."""

import base64
import itertools
import os
from pathlib import Path

import pytest

from needs import ENVTEST
from processes import Process, eventually
from pytest_kbevents.api.objects import name_of, namespace_of
from pytest_kbevents.api.resources import (
    COMPONENT_DEFINITIONS,
    COMPONENTS,
    CONFIG_MAPS,
    EVENTS,
    INSTANCE_SETS,
    NAMESPACES,
    PODS,
    RBAC,
    ROLE_BINDINGS,
    ROLES,
    SERVICE_ACCOUNTS,
    SERVICES,
)
from pytest_kbevents.client import kubeconfig
from pytest_kbevents.client.client import Client
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.cluster.envtest import Envtest
from pytest_kbevents.cluster.preflight import needed
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.errors import SettingError
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read
from pytest_kbevents.settings import resolve

pytestmark = ENVTEST
KINDS = (PODS, SERVICES, CONFIG_MAPS, EVENTS, INSTANCE_SETS, COMPONENTS)
ALL = (*KINDS, NAMESPACES, COMPONENT_DEFINITIONS)
_NUMBERS = itertools.count()
HAND_OVER = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: hand-over}
spec:
  description: The primary is another Pod; the label follows.
  cluster:
    component: mysql
    replicas: 2
    roles: [{name: primary, exclusive: true}, {name: secondary}]
  steps:
  - event: {template: roleProbe, pod: "{{ pod(0) }}", role: primary}
  - expect: {pod: "{{ pod(0) }}", role: primary, within: 20s}
  - event: {template: roleProbe, pod: "{{ pod(1) }}", role: primary}
  - expect: {pod: "{{ pod(1) }}", role: primary, within: 20s}
  - expect: {pod: "{{ pod(0) }}", role: null, within: 20s}
"""


@pytest.fixture(scope="module")
def server(_no_proxy):
    backend = Envtest()
    backend.start()
    yield backend
    backend.stop()


@pytest.fixture(scope="module")
def client(server):
    transport = HttpTransport(str(server.kubeconfig), wake=lambda: None)
    yield Client(transport, "tester")
    transport.close()


@pytest.fixture
def cluster(server):
    """A backend that is up; taken down in the end."""
    started = []

    def cluster(file=server.kubeconfig, **flags):
        settings = resolve({"cluster": "kubeconfig", "kubeconfig": str(file), **flags}, {}, {})
        backend = make("kubeconfig", settings)
        backend.start()
        started.append(backend)
        return backend

    yield cluster
    for backend in started:
        backend.stop()


@pytest.fixture
def namespace(client):
    """One that is there, with an account in it that has no rights, and the function that gives it some."""
    name = f"mine-{next(_NUMBERS)}"
    client.create(NAMESPACES, {"metadata": {"name": name}})
    client.create(SERVICE_ACCOUNTS, {"metadata": {"name": "tester", "namespace": name}})
    return name


@pytest.fixture
def allowed(client, server, namespace, tmp_path):
    """The kubeconfig of somebody who has these rights in that namespace, and no others anywhere."""

    def allowed(rights):
        rules = [
            {
                "apiGroups": [right.resource.group],
                "resources": ["/".join(filter(None, (right.resource.plural, right.subresource)))],
                "verbs": [right.verb],
            }
            for right in rights
        ]
        metadata = {"name": "tester", "namespace": namespace}
        client.create(ROLES, {"metadata": metadata, "rules": rules})
        subject = {"kind": "ServiceAccount", "name": "tester", "namespace": namespace}
        role = {"apiGroup": RBAC, "kind": "Role", "name": "tester"}
        client.create(ROLE_BINDINGS, {"metadata": metadata, "roleRef": role, "subjects": [subject]})
        asked = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}}
        token = client.post(SERVICE_ACCOUNTS.path(namespace, "tester", "token"), asked)["status"]["token"]
        path = tmp_path / "kubeconfig"
        authority = server.certificates.authority.read_bytes()
        kubeconfig.write(path, server=server.address, token=token, authority=authority)
        return path

    return allowed


def there(client, kinds=ALL):
    """All objects by kind, namespace and name; namespaces that are on their way out do not count: nobody ends them."""
    going = {name_of(each) for each in client.list(NAMESPACES) if each["metadata"].get("deletionTimestamp")}
    return {
        (kind.plural, namespace_of(each), name_of(each))
        for kind in kinds
        for each in client.list(kind)
        if namespace_of(each) not in going and not (kind == NAMESPACES and name_of(each) in going)
    }


def run(backend, controller="reference", release="fixed", text=HAND_OVER):
    return runner.run(read(text, "mine.yaml"), backend, Cast(controller, release, 0))


def test_it_runs_and_leaves_what_was_there(cluster, client):
    before = there(client)
    assert run(cluster()).passed
    assert there(client) == before


def test_it_runs_with_the_rights_of_one_namespace_and_leaves_it_as_it_was(cluster, client, namespace, allowed):
    file = allowed(needed(namespace, kubelet=False, installs=False))
    assert eventually(lambda: _starts(cluster, file, namespace))
    before = there(client)
    assert run(cluster(file, namespace=namespace)).passed
    assert there(client) == before


def _starts(cluster, file, namespace):
    try:
        cluster(file, namespace=namespace)
    except SettingError:  # rights take a moment to come through
        return False
    return True


LACKING = {
    str(right): right
    for right in needed("", kubelet=False, installs=False)
    if right.resource in (PODS, EVENTS) and right.verb in ("create", "patch")
}


@pytest.mark.parametrize("lacking", LACKING)
def test_what_is_missing_is_named_before_anything_is_done(cluster, client, namespace, allowed, lacking):
    rights = needed(namespace, kubelet=False, installs=False)
    file = allowed(right for right in rights if str(right).partition(" in ")[0] != lacking)
    told = []

    def only_that():
        with pytest.raises(SettingError) as error:
            cluster(file, namespace=namespace)
        told.append(str(error.value))
        return told[-1].count(" in ") == 1

    before = there(client)
    assert eventually(only_that), told[-1]
    assert f"does not let us {lacking} in {namespace}; ask for these rights, or say --kb-namespace" in told[-1]
    assert there(client) == before


def test_without_definitions_the_policy_s_scenarios_lack_something(cluster, namespace, allowed):
    file = allowed(needed(namespace, kubelet=False, installs=False))
    assert eventually(lambda: _starts(cluster, file, namespace))
    assert "component definitions" not in cluster(file, namespace=namespace).has


def test_a_context_that_sounds_like_production_is_refused(cluster, server, tmp_path):
    file = tmp_path / "kubeconfig"
    text = Path(server.kubeconfig).read_text(encoding="utf-8")
    file.write_text(
        text.replace("current-context: kbevents", "current-context: eu-prod").replace(
            "- name: kbevents\n  context:", "- name: eu-prod\n  context:"
        ),
        encoding="utf-8",
    )
    with pytest.raises(SettingError, match="context 'eu-prod' sounds like production"):
        cluster(file)
    assert cluster(file, production=True).has


def test_a_context_that_is_not_there_is_named_with_those_that_are(cluster):
    with pytest.raises(SettingError, match="has no context 'other'; one of kbevents"):
        cluster(context="other")


def test_a_file_that_is_not_there_is_named(cluster, tmp_path):
    with pytest.raises(SettingError, match=r"cannot use .*nowhere.*give --kb-kubeconfig FILE"):
        cluster(tmp_path / "nowhere")


def test_a_cluster_that_does_not_answer_is_told(cluster, tmp_path):
    kubeconfig.write(tmp_path / "kubeconfig", server="https://127.0.0.1:1", token="t")
    with pytest.raises(SettingError, match=r"does not answer .*check that it runs and can be reached"):
        cluster(tmp_path / "kubeconfig")


def test_the_file_for_other_programs_has_the_credentials_themselves(cluster, server):
    text = cluster(context="kbevents").kubeconfig.read_text(encoding="utf-8")
    assert server.token in text
    assert base64.b64encode(server.certificates.authority.read_bytes()).decode() in text


def test_a_controller_that_runs_already_is_judged(cluster, server):
    process = Process(["controller", "--kubeconfig", str(server.kubeconfig), "--release", "main"], os.environ)
    try:
        assert process.says("started")
        assert run(cluster(), "external", "main").passed
    finally:
        process.end()


def test_without_one_the_same_fails(cluster):
    quick = HAND_OVER.replace("within: 20s", "within: 1s")
    assert not run(cluster(), "external", "main", quick).passed
