"""The controller's manifests."""

import argparse

import pytest

from pytest_kbevents.api.names import HEALTH_PORT, LEASE
from pytest_kbevents.cli import controller as command
from pytest_kbevents.deployment.controller import arguments, controller
from pytest_kbevents.deployment.rollout import Rollout

ROLLOUT = Rollout("kb-test", "kbevents:abc", release="1.0.2", workers=3)


@pytest.fixture
def manifests():
    """By kind."""
    return {each["kind"]: each for each in controller(ROLLOUT)}


@pytest.fixture
def pod(manifests):
    """The template's spec."""
    return manifests["Deployment"]["spec"]["template"]["spec"]


@pytest.fixture
def container(pod):
    (container,) = pod["containers"]
    return container


def test_what_others_name_comes_before_them():
    kinds = [each["kind"] for each in controller(ROLLOUT)]
    assert kinds == [
        "ServiceAccount",
        *("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"),
        *("NetworkPolicy", "Deployment"),
    ]


def test_everything_is_in_the_namespace_but_what_is_in_none(manifests):
    places = {kind: each["metadata"].get("namespace") for kind, each in manifests.items()}
    assert {kind for kind, place in places.items() if place is None} == {"ClusterRole", "ClusterRoleBinding"}
    assert {place for place in places.values() if place} == {"kb-test"}


def test_two_namespaces_share_no_object_of_the_cluster():
    names = [
        {each["metadata"]["name"] for each in controller(Rollout(namespace, "i")) if each["kind"].startswith("Cluster")}
        for namespace in ("a", "b")
    ]
    assert names == [{"kbevents-controller-a"}, {"kbevents-controller-b"}]


def test_what_is_bound_is_the_account_that_the_pods_have(manifests, pod):
    subjects = [manifests[kind]["subjects"] for kind in ("RoleBinding", "ClusterRoleBinding")]
    account = {"kind": "ServiceAccount", "name": pod["serviceAccountName"], "namespace": "kb-test"}
    assert subjects == [[account], [account]]


def test_a_binding_names_the_role_before_it(manifests):
    for kind in ("Role", "ClusterRole"):
        named = manifests[f"{kind}Binding"]["roleRef"]
        assert (named["kind"], named["name"]) == (kind, manifests[kind]["metadata"]["name"])


def test_the_command_takes_its_arguments(container):
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    deployment = command._checked(parser.parse_args(container["args"]))
    assert (deployment.namespaces, deployment.release, deployment.workers) == (["kb-test"], "1.0.2", 3)
    assert (deployment.lease, deployment.health, deployment.metrics) == (
        ("kb-test", LEASE),
        ("0.0.0.0", HEALTH_PORT),
        True,
    )


def test_without_a_number_of_workers_it_is_the_releases():
    assert "--workers" not in arguments(Rollout("a", "i"))


def test_one_works_and_another_waits(manifests):
    assert manifests["Deployment"]["spec"]["replicas"] == 2


def test_the_pods_are_those_that_are_selected(manifests):
    spec = manifests["Deployment"]["spec"]
    assert spec["selector"]["matchLabels"] == spec["template"]["metadata"]["labels"]
    assert manifests["NetworkPolicy"]["spec"]["podSelector"] == spec["selector"]


def test_each_probe_asks_a_page_that_is_served_at_a_port_that_is_named(container):
    (port,) = container["ports"]
    pages = {name: container[name]["httpGet"] for name in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert {page["port"] for page in pages.values()} == {port["name"]}
    assert [page["path"] for page in pages.values()] == ["/healthz", "/healthz", "/readyz"]


def test_it_may_not_take_all_of_a_node(container):
    assert all(set(container["resources"][part]) == {"cpu", "memory"} for part in ("requests", "limits"))


def test_only_its_health_can_be_reached(manifests):
    spec = manifests["NetworkPolicy"]["spec"]
    assert spec["policyTypes"] == ["Ingress"]
    assert spec["ingress"] == [{"ports": [{"port": HEALTH_PORT, "protocol": "TCP"}]}]


def test_its_token_is_where_it_looks_and_nowhere_else(manifests, pod, container):
    assert manifests["ServiceAccount"]["automountServiceAccountToken"] is False
    assert pod["automountServiceAccountToken"] is False
    (mount,) = container["volumeMounts"]
    assert mount == {
        "name": pod["volumes"][0]["name"],
        "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount",
        "readOnly": True,
    }
