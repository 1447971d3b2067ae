"""What accounts may do, as far as it can be said without a cluster."""

import pytest

from pytest_kbevents.api.names import LEASE
from pytest_kbevents.api.resources import CONFIG_MAPS, LEASES
from pytest_kbevents.deployment import rules
from pytest_kbevents.deployment.agents import agents
from pytest_kbevents.deployment.controller import controller
from pytest_kbevents.deployment.rollout import Rollout

ALL = [*rules.CONTROLLER, *rules.CONTROLLER_IN_CLUSTER, *rules.AGENT]


def granted(manifests, kind):
    """Resources and verbs, and the names where there are some."""
    (role,) = (each for each in manifests if each["kind"] == kind)
    return [(*rule["resources"], *rule["verbs"], *rule.get("resourceNames", ())) for rule in role["rules"]]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: f"{rule.resource.plural} {rule.verbs}")
def test_no_rule_is_for_everything(rule):
    manifest = rule.manifest
    assert "*" not in {*manifest["apiGroups"], *manifest["resources"], *manifest["verbs"]}
    assert "secrets" not in manifest["resources"]
    assert rule.why


def test_beyond_its_namespace_the_controller_reads_definitions_and_no_more():
    manifests = controller(Rollout("a", "i"))
    assert granted(manifests, "ClusterRole") == [("componentdefinitions", "list", "watch")]


def test_of_leases_only_the_controllers_own_is_read_and_changed():
    named = {rule.names for rule in rules.CONTROLLER if rule.resource == LEASES and rule.verbs != ("create",)}
    assert named == {(LEASE,)}


def test_agents_report_and_hear_and_nothing_else():
    assert granted(agents("a"), "Role") == [("events", "get", "create", "update"), ("configmaps", "list", "watch")]


def test_agents_may_be_held_to_the_scripts_of_their_pods():
    scripts = ["c1-mysql-0-database", "c1-mysql-1-database"]
    rules_of_config_maps = [
        rule for rule in rules.for_config_maps(rules.AGENT, scripts) if rule.resource == CONFIG_MAPS
    ]
    assert [rule.names for rule in rules_of_config_maps] == [tuple(scripts)]
    assert granted(agents("a", scripts=scripts), "Role")[1] == ("configmaps", "list", "watch", *scripts)
