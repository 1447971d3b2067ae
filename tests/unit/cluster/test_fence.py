"""What a world may write in a cluster that is not its own."""

import pytest

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.api.resources import (
    CLUSTER_ROLES,
    COMPONENT_DEFINITIONS,
    EVENTS,
    NAMESPACES,
    NODES,
    PODS,
    SELF_SUBJECT_ACCESS_REVIEWS,
)
from pytest_kbevents.cluster.fence import Fence


class Cluster:
    def __init__(self):
        self.asked = []

    def send(self, request):
        self.asked.append(request)
        return Response(200, {})


@pytest.fixture
def cluster():
    return Cluster()


def ask(cluster, method, path, name="", **fence):
    body = {"metadata": {"name": name}} if name else None
    return Fence(cluster, "kb-mine-1", **fence).send(Request(method, path, {}, body)).status


@pytest.mark.parametrize("path", [PODS.path("kb-mine-1", "p"), NAMESPACES.path(name="kb-mine-1")])
def test_its_namespace_is_its_own(cluster, path):
    assert ask(cluster, "DELETE", path) == 200


def test_its_namespace_can_be_made(cluster):
    assert ask(cluster, "POST", NAMESPACES.path(), "kb-mine-1") == 200


@pytest.mark.parametrize("resource", [COMPONENT_DEFINITIONS, CLUSTER_ROLES])
def test_what_is_called_after_it_is_its_own_too(cluster, resource):
    assert ask(cluster, "POST", resource.path(), "kb-mine-1-mysql") == 200
    assert ask(cluster, "DELETE", resource.path(name="kb-mine-1-mysql")) == 200


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("DELETE", PODS.path("kube-system", "p"), ""),
        ("PATCH", EVENTS.path("kb-mine-12", "e"), ""),
        ("DELETE", NAMESPACES.path(name="kb-mine-12"), ""),
        ("POST", NAMESPACES.path(), "production"),
        ("POST", NAMESPACES.path(), "kb-mine-12"),
        ("POST", CLUSTER_ROLES.path(), "kb-mine-12"),
        ("POST", CLUSTER_ROLES.path(), "admin"),
        ("DELETE", CLUSTER_ROLES.path(name="admin"), ""),
        ("PATCH", NODES.path(name="n"), ""),
    ],
)
def test_all_else_is_answered_403_and_never_asked(cluster, method, path, name):
    assert ask(cluster, method, path, name) == 403
    assert cluster.asked == []


def test_everything_may_be_read(cluster):
    assert ask(cluster, "GET", PODS.path("kube-system")) == 200


def test_nodes_may_be_written_where_they_are_ours(cluster):
    assert ask(cluster, "PATCH", NODES.path(name="n"), nodes=True) == 200


def test_it_may_ask_what_it_may_do(cluster):
    assert ask(cluster, "POST", SELF_SUBJECT_ACCESS_REVIEWS.path()) == 200


def test_without_definitions_there_are_none(cluster):
    fence = Fence(cluster, "kb-mine-1", definitions=False)
    assert fence.send(Request("GET", COMPONENT_DEFINITIONS.path())).body["items"] == []
    watch = fence.send(Request("GET", COMPONENT_DEFINITIONS.path(), {"watch": "true"})).stream
    assert (watch.ready(), watch.take(), watch.ended()) == (False, None, False)
    assert cluster.asked == []
