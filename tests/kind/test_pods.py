"""What a real kubelet, a scheduler and real Services add."""

import json

HEAD = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: real}
spec:
  description: d
  needs: [kubelet]
  cluster:
    component: mysql
    replicas: 2
    roles: [{name: primary, exclusive: true}, {name: secondary}]
    services: [{name: mysql-rw, role: primary}, {name: mysql, role: ""}]
  steps:
  - agent: {pod: "{{ pod(0) }}", roleProbe: primary}
  - expect: {service: mysql-rw, routes_to: ["{{ pod(0) }}"], within: 15s}
"""


def passes(verdict):
    assert verdict.passed, verdict.finding
    return verdict


def test_a_killed_agent_comes_back_and_says_again_what_its_database_says(run):
    passes(
        run(
            HEAD
            + """\
  - pod: {name: "{{ pod(0) }}", do: kill}
  - agent: {pod: "{{ pod(0) }}", roleProbe: secondary}
  - expect: {pod: "{{ pod(0) }}", role: secondary, within: 30s}
  - expect: {service: mysql-rw, routes_to: [], within: 5s}
"""
        )
    )


def test_a_pod_that_is_not_ready_takes_no_connections(run):
    passes(
        run(
            HEAD
            + """\
  - pod: {name: "{{ pod(0) }}", do: unready}
  - expect: {service: mysql-rw, routes_to: [], within: 5s}
  - pod: {name: "{{ pod(0) }}", do: ready}
  - expect: {service: mysql-rw, routes_to: ["{{ pod(0) }}"], within: 5s}
"""
        )
    )


def test_a_drained_node_s_pods_come_back_elsewhere_and_the_role_with_them(run):
    passes(
        run(
            HEAD
            + """\
  - node: {do: drain, of: "{{ pod(0) }}"}
  - expect: {service: mysql-rw, routes_to: ["{{ pod(0) }}"], within: 30s}
  - node: {do: uncordon}
"""
        )
    )


def test_no_node_stays_cordoned(run, kubectl):
    run(HEAD + '  - node: {do: drain, of: "{{ pod(0) }}"}\n')
    nodes = json.loads(kubectl("get", "nodes", "-o", "json"))["items"]
    assert [node["metadata"]["name"] for node in nodes if node["spec"].get("unschedulable")] == []


def test_its_pods_are_on_both_nodes(run):
    verdict = passes(run(HEAD))
    pods = [each.object for each in verdict.history.revisions if each.resource.kind == "Pod"]
    assert len({pod["spec"].get("nodeName") for pod in pods} - {None}) == 2


def test_who_wrote_is_known_by_the_objects_themselves(run):
    verdict = passes(run(HEAD))
    roles = [
        each for each in verdict.history.revisions if "kubeblocks.io/role" in str(each.object["metadata"].get("labels"))
    ]
    assert verdict.writer(roles[0].number) == "event-controller"
    told = [each for each in verdict.history.revisions if each.object.get("reason") == "roleProbe"]
    assert verdict.writer(told[0].number) == "kbagent/c1-mysql-0"
