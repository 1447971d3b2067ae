"""What will never be there, or never become so."""

import pytest

TOLD = 'agent: {pod: "{{ pod(0) }}", roleProbe: primary}'
RUN = "run: {command: [date]}"


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ("expect: {service: alll, routes_to: []}", "unknown Service 'alll'; did you mean 'all'?"),
        ("stays: {pod: c1-mysql-2, role: null, for: 5s}", "unknown Pod 'c1-mysql-2'; did you mean 'c1-mysql-1'?"),
        ("expect: {component: mysql, available: null}", "unknown Component 'mysql'; did you mean 'c1-mysql'?"),
        ("expect: {tasks: mysql, replicas: []}", "unknown InstanceSet 'mysql'; did you mean 'c1-mysql'?"),
        (
            "unchanged: {object: {kind: Pod, name: other}, for: 5s}",
            "unknown Pod 'other'; known here: c1-mysql-0, c1-mysql-1",
        ),
        ("never: {pod: other, role: primary}", "unknown Pod 'other'; known here: c1-mysql-0, c1-mysql-1"),
        (
            "exactly: {writes: {kind: Pod, name: other}, times: 0}",
            "unknown Pod 'other'; known here: c1-mysql-0, c1-mysql-1",
        ),
        (
            "before: {first: {pod: other, role: null}, then: {pod: c1-mysql-0, role: primary}}",
            "unknown Pod 'other'; known here: c1-mysql-0, c1-mysql-1",
        ),
    ],
    ids=["a Service", "a Pod", "a Component", "an InstanceSet", "an object", "a never", "a count", "an order"],
)
def test_a_judgement_of_what_is_not_there_is_told(problems, step, text):
    found = problems(TOLD, step, rule="unknown-subject")
    assert found == [f"{text} (the cluster does not have it, and no step makes it)"]


def test_a_rule_of_the_whole_run_about_what_is_not_there_is_told(problems):
    assert len(problems(TOLD, head="always: [{pod: other, ready: true}]", rule="unknown-subject")) == 1


@pytest.mark.parametrize(
    "steps",
    [
        ["expect: {service: rw, routes_to: []}"],
        ["scale: 3", "expect: {pod: c1-mysql-2, role: null}"],
        ["apply: {apiVersion: v1, kind: Service, metadata: {name: mine}}", "expect: {service: mine, routes_to: []}"],
        ["expect: {object: {kind: ConfigMap, name: any}, matches: null}"],
        [RUN, "expect: {service: mine, routes_to: []}"],
        ["at_most: {writes: {kind: Pod}, times: 1}"],
    ],
    ids=["a Service", "a Pod to come", "one that a step makes", "another kind", "after a command", "any"],
)
def test_a_judgement_of_what_is_there_is_not(problems, steps):
    assert problems(*steps, rule="unknown-subject") == []


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ("expect: {event: backupProbe, about: c1-mysql-0}", "unknown probe 'backupProbe'; known here: roleProbe"),
        ("expect: {event: dataLoad, about: c1-mysql-0}", "unknown probe 'dataLoad'; known here: roleProbe"),
        ("expect: {event: roleprobe, about: c1-mysql-0}", "unknown probe 'roleprobe'; did you mean 'roleProbe'?"),
        ("expect: {event: roleProbe, about: c1-mysql-7}", "unknown Pod 'c1-mysql-7'; did you mean 'c1-mysql-1'?"),
    ],
    ids=["a probe", "an action", "a misspelt one", "a Pod"],
)
def test_a_judgement_of_what_no_agent_tells_is_told(problems, step, text):
    (found,) = problems(TOLD, step, rule="untold")
    assert found.startswith(text)


@pytest.mark.parametrize(
    ("steps", "cluster"),
    [
        ([TOLD, "expect: {event: roleProbe, about: c1-mysql-0}"], ""),
        (["expect: {event: backupProbe, about: c1-mysql-0}"], "probes: {backupProbe: {}}"),
        (
            [
                "event: {template: availableProbe, pod: c1-mysql-0}",
                "expect: {event: availableProbe, about: c1-mysql-0}",
            ],
            "",
        ),
        (
            [
                "event: {template: roleProbe, pod: c1-mysql-0, fields: {reason: mine}}",
                "expect: {event: mine, about: c1-mysql-0}",
            ],
            "",
        ),
        ([RUN, "expect: {event: mine, about: other}"], ""),
        (["never: {event: backupProbe, about: c1-mysql-0}"], ""),
        (["scale: 3", "expect: {event: task, about: c1-mysql-2}"], "actions: {dataDump: {}, dataLoad: {}}"),
    ],
    ids=["a probe", "another probe", "an Event of a step", "a reason of a step", "after a command", "never", "a task"],
)
def test_a_judgement_of_what_an_agent_tells_is_not(problems, steps, cluster):
    assert problems(*steps, cluster=cluster, rule="untold") == []


@pytest.mark.parametrize(
    "step",
    [
        "expect: {pod: c1-mysql-0, role: leader}",
        "stays: {pod: c1-mysql-0, role: leader, for: 5s}",
        "always: {pod: c1-mysql-0, role: leader}",
        "before: {first: {pod: c1-mysql-0, role: leader}, then: {pod: c1-mysql-1, role: primary}}",
    ],
    ids=["expect", "stays", "always", "before"],
)
def test_a_role_that_the_cluster_does_not_declare_is_told(problems, step):
    assert problems(TOLD, step, rule="undeclared-role") == [
        "the cluster does not declare the role 'leader': declare it, or name one of: primary, secondary"
    ]


@pytest.mark.parametrize(
    "steps",
    [
        [TOLD, "expect: {pod: c1-mysql-0, role: Primary}"],
        [TOLD, "never: {pod: c1-mysql-0, role: leader}"],
        [TOLD, "stays: {pod: c1-mysql-0, role: null, for: 5s}"],
        [TOLD, "expect: {pod: c1-mysql-0, role: {$not: leader}}"],
        [TOLD, "exactly: {transitions: {pod: c1-mysql-0, role: leader}, times: 0}"],
        [
            "patch: {kind: InstanceSet, name: c1-mysql, patch: {spec: {roles: [{name: leader}]}}}",
            "expect: {pod: c1-mysql-0, role: leader}",
        ],
        [
            "patch: {kind: Pod, name: c1-mysql-0, patch: {metadata: {labels: {kubeblocks.io/role: leader}}}}",
            "expect: {pod: c1-mysql-0, role: leader}",
        ],
    ],
    ids=[
        "in another case",
        "never",
        "no role",
        "by an operator",
        "not once",
        "declared by a step",
        "labelled by a step",
    ],
)
def test_a_role_that_may_be_had_is_not(problems, steps):
    assert problems(*steps, rule="undeclared-role") == []


@pytest.mark.parametrize(
    ("step", "status"),
    [
        ('expect: {component: c1-mysql, available: "True"}', "True"),
        ('stays: {component: c1-mysql, available: "False", for: 5s}', "False"),
        ('always: {component: c1-mysql, available: "True"}', "True"),
    ],
    ids=["expect", "stays", "always"],
)
def test_availability_that_nobody_judges_is_told(problems, step, status):
    assert problems(TOLD, step, rule="unjudged-availability") == [
        f"nothing makes this {status}: give the cluster an availableProbe, or a policy of available"
    ]


@pytest.mark.parametrize(
    ("steps", "cluster"),
    [
        (['expect: {component: c1-mysql, available: "True"}'], "availableProbe: {}"),
        (['expect: {component: c1-mysql, available: "True"}'], "available: {withPhases: Running}"),
        (["stays: {component: c1-mysql, available: null, for: 5s}"], ""),
        (
            [
                "patch: {kind: Component, name: c1-mysql, subresource: status, patch: {status: {conditions: []}}}",
                'expect: {component: c1-mysql, available: "True"}',
            ],
            "",
        ),
        ([RUN, 'expect: {component: c1-mysql, available: "True"}'], ""),
    ],
    ids=["with a probe", "with a policy", "no condition", "written by a step", "after a command"],
)
def test_availability_that_somebody_judges_is_not(problems, steps, cluster):
    assert problems(*steps, cluster=cluster, rule="unjudged-availability") == []


@pytest.mark.parametrize(
    "steps",
    [
        ["expect: {tasks: c1-mysql, replicas: [c1-mysql-1]}"],
        ["expect: {replica: c1-mysql-1, loaded: true}"],
        ["scale: 3", "expect: {tasks: c1-mysql, replicas: [c1-mysql-2]}"],
        ["stays: {tasks: c1-mysql, text: '[{}]', for: 5s}"],
    ],
    ids=["tasks", "a replica", "tasks of a scale-out", "the variable"],
)
def test_a_task_that_nobody_gives_is_told(problems, steps):
    (found,) = problems(*steps, rule="no-tasks")
    assert found.endswith(": give the cluster the action dataLoad")


@pytest.mark.parametrize(
    ("steps", "cluster"),
    [
        (["expect: {replica: c1-mysql-1, loaded: true}"], "actions: {dataLoad: {}}"),
        (["stays: {tasks: c1-mysql, replicas: [], for: 5s}"], ""),
        (["stays: {replica: c1-mysql-1, loaded: null, for: 5s}"], ""),
        (["scale: 3", "expect: {replica: c1-mysql-2, loaded: false}"], ""),
        (
            [
                "patch: {kind: ConfigMap, name: c1-mysql-env, patch: {data: {KB_AGENT_TASK: '[]'}}}",
                "expect: {tasks: c1-mysql, text: '[]'}",
            ],
            "",
        ),
    ],
    ids=["with the action", "no task", "no entry", "an entry of a scale-out", "written by a step"],
)
def test_a_task_that_somebody_gives_is_not(problems, steps, cluster):
    assert problems(*steps, cluster=cluster, rule="no-tasks") == []
