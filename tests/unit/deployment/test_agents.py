"""What agents in Pods need beside their Pods."""

from pytest_kbevents.deployment.agents import agents
from pytest_kbevents.deployment.namespaces import namespace
from pytest_kbevents.deployment.ownership import is_ours, owned
from pytest_kbevents.deployment.security import container_security, pod_security, token_volume
from pytest_kbevents.environment.manifests import pod_labels
from pytest_kbevents.environment.workload import Workload


def test_what_others_name_comes_before_them():
    assert [each["kind"] for each in agents("a")] == ["ServiceAccount", "Role", "RoleBinding", "NetworkPolicy"]


def test_pods_beside_them_reach_agents_and_databases_and_nobody_else_does():
    policy = agents("a", database_ports=[3306, 33060])[-1]["spec"]
    assert policy["podSelector"]["matchLabels"].items() <= pod_labels(Workload("c1", "mysql", 1)).items()
    (rule,) = policy["ingress"]
    assert rule["from"] == [{"podSelector": {}}]
    assert [port["port"] for port in rule["ports"]] == [3501, 3502, 3306, 33060]


def test_a_namespace_takes_restricted_pods_alone():
    labels = namespace("a", {"b": "c"})["metadata"]["labels"]
    modes = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "warn", "audit")}
    assert labels == {"b": "c", **modes}


def test_nobody_shares_what_a_caller_does_to_a_manifest():
    for made in (pod_security, container_security, token_volume):
        made()["x"] = 1
        assert "x" not in made()


def test_a_definition_of_ours_says_so_and_the_others_do_not():
    theirs = {"metadata": {"name": "a", "annotations": {"b": "c"}}, "spec": {}}
    ours = owned(theirs)
    assert (is_ours(theirs), is_ours({"metadata": {"name": "a"}}), is_ours(ours)) == (False, False, True)
    assert (ours["metadata"]["annotations"]["b"], ours["metadata"]["name"], ours["spec"]) == ("c", "a", {})
