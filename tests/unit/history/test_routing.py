"""Where a Service sends traffic."""

import pytest

from pytest_kbevents.api.resources import SERVICES
from pytest_kbevents.history.routing import routes_to


@pytest.fixture
def service(script):
    script.add(SERVICES, {"metadata": {"name": "rw"}, "spec": {"selector": {"app": "db"}}}, "ADDED")
    return lambda: routes_to(script.history.state, ("ns", "rw"))


def test_it_routes_to_every_pod_it_selects(script, service):
    script.pod("b", labels={"app": "db"})
    script.pod("a", labels={"app": "db"})
    script.pod("c", labels={"app": "other"})
    assert service() == ["a", "b"]


def test_a_pod_that_is_not_ready_gets_no_traffic(script, service):
    script.pod("a", labels={"app": "db"}, ready=False)
    assert service() == []


def test_a_pod_that_is_gone_gets_no_traffic(script, service):
    script.pod("a", labels={"app": "db"})
    script.pod("a", labels={"app": "db"}, kind="DELETED")
    assert service() == []


def test_a_service_that_is_not_there_routes_nowhere_at_all(script):
    assert routes_to(script.history.state, ("ns", "rw")) is None
