"""What kubectl knows of the server, and of who may do what."""

import pytest

pytestmark = pytest.mark.kubectl


def test_the_versions_of_all_groups_are_listed(kubectl):
    listed = kubectl("api-versions").stdout.splitlines()
    assert {"v1", "apps/v1", "events.k8s.io/v1", "apps.kubeblocks.io/v1"} <= set(listed)


def test_resources_are_listed_with_their_short_names(kubectl):
    lines = [line.split() for line in kubectl("api-resources").stdout.splitlines()]
    assert ["instancesets", "its", "workloads.kubeblocks.io/v1", "true", "InstanceSet"] in lines


def test_discovery_is_remembered(kubectl):
    kubectl("get", "ns")
    assert kubectl("get", "deploy", "-A").returncode == 0


def test_discovery_is_the_same_for_somebody_else(kubectl):
    kubectl("auth", "can-i", "get", "pods", "--as=bob")
    assert kubectl("get", "deploy", "-A").returncode == 0


@pytest.mark.parametrize(("who", "answer"), [([], "yes\n"), (["--as=bob"], "no\n")], ids=["admin", "bob"])
def test_who_may_do_what_can_be_asked(kubectl, who, answer):
    assert kubectl("auth", "can-i", "create", "pods", *who).stdout == answer


def test_one_can_ask_who_one_is(kubectl):
    assert ["Username", "admin"] in [line.split() for line in kubectl("auth", "whoami").stdout.splitlines()]


def test_the_servers_version_is_told(kubectl):
    assert "Server Version: v1.37.2" in kubectl("version").stdout.splitlines()


def test_the_server_says_that_it_is_well(kubectl):
    assert kubectl("get", "--raw", "/readyz").stdout == "ok"
