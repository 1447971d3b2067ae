"""What the API server would refuse."""

import pytest

EVENT = 'event: {template: roleProbe, pod: "{{ pod(0) }}", role: primary, '
RAW = 'event: {template: raw, pod: "{{ pod(0) }}", eventTime: null, fields: '
GOOD = (
    'eventTime: "{{ now() }}", reason: r, action: a, reportingComponent: c, reportingInstance: i, type: Normal, '
    "involvedObject: {kind: Pod}"
)


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (EVENT + "fields: {message: \"{{ 'x' * 1025 }}\"}}", "can have at most 1024 characters"),
        (EVENT + "fields: {action: null}}", "action: Required value"),
        (EVENT + 'fields: {reason: ""}}', "reason: Required value"),
        (EVENT + "fields: {metadata: {name: a%b}}}", "metadata.name"),
        (EVENT + "fields: {metadata: {namespace: elsewhere}}}", 'namespaces "elsewhere" not found'),
        (EVENT + "eventTime: null, fields: {involvedObject: {namespace: elsewhere}}}", "involvedObject.namespace"),
        (EVENT + "fields: {reportingInstance: \"{{ 'x' * 129 }}\"}}", "can have at most 128 characters"),
        (EVENT + "fields: {count: many}}", "Event.count"),
        (RAW + "{eventTime: yesterday}}", "yesterday"),
    ],
    ids=[
        *("a long message", "no action", "no reason", "a bad name", "another namespace"),
        *("about another namespace", "a long instance", "no number", "no time"),
    ],
)
def test_an_event_that_would_be_refused_is_told(problems, step, why):
    found = problems(step, rule="refused-event")
    assert len(found) == 1
    assert found[0].startswith("this Event would be refused: ")
    assert why in found[0]


@pytest.mark.parametrize(
    "steps",
    [
        [EVENT + 'eventTime: "-30s"}'],
        [EVENT + "eventTime: null, fields: {message: \"{{ 'x' * 2000 }}\"}}"],
        [EVENT + "burst: 20}"],
        [EVENT + 'count: "+1"}'],
        [EVENT + "id: a}", "event: {same_as: a, fields: {type: Warning}}"],
        [RAW + "{" + GOOD + "}}"],
        [
            "bind: {name: n, object: {kind: Pod, name: c1-mysql-0}, query: metadata.uid}",
            EVENT + 'fields: {type: "{{ n }}"}}',
        ],
        ["scale: 4", 'event: {template: roleProbe, pod: "{{ pod(3) }}", role: secondary}'],
    ],
    ids=[
        *("the usual one", "an old one with much text", "many", "one more", "the same again"),
        *("one by hand", "what only the run knows", "about a Pod to come"),
    ],
)
def test_an_event_that_would_be_stored_is_not(problems, steps):
    assert problems(*steps, rule="refused-event") == []


def test_an_event_is_told_for_what_its_own_template_makes_of_it(problems):
    mine = 'templates: {mine: {metadata: {name: m, namespace: "{{ namespace }}"}, involvedObject: {namespace: x}}}'
    assert len(problems('event: {template: mine, pod: "{{ pod(0) }}"}', head=mine, rule="refused-event")) == 1


def test_a_template_that_asks_for_a_value_which_is_not_given_is_told(problems):
    mine = 'templates: {mine: {metadata: {name: "{{ values.name }}", namespace: "{{ namespace }}"}}}'
    (found,) = problems('event: {template: mine, pod: "{{ pod(0) }}"}', head=mine, rule="refused-event")
    assert "has no attribute 'name'" in found


CONFIG = "apply: {apiVersion: v1, kind: ConfigMap, metadata: {name: "


@pytest.mark.parametrize(
    "step",
    [
        CONFIG + "Not_A_Name}}",
        CONFIG + "x}, data: {a b: c}}",
        CONFIG + "x, labels: {a: b c}}}",
        "apply: {apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 99999}]}}",
        "apply: {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {}}",
    ],
    ids=["a bad name", "a bad key", "a bad label", "a bad port", "no containers"],
)
def test_a_manifest_that_would_be_refused_is_told(problems, step):
    found = problems(step, rule="refused-apply")
    assert len(found) == 1
    assert " would be refused: " in found[0]


@pytest.mark.parametrize(
    "step",
    [
        CONFIG + "x}, data: {a: b}}",
        CONFIG + '"{{ component }}-env"}, data: {a: b}}',
        "apply: {apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 80}]}}",
        "apply: {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}",
    ],
    ids=["a new one", "one that is there", "a Service", "a Pod"],
)
def test_a_manifest_that_would_be_stored_is_not(problems, step):
    assert problems(step, rule="refused-apply") == []


POD = "apply: {kind: Pod, metadata: {name: c1-mysql-0}, spec: {containers: [{name: c, image: i}]}}"


@pytest.mark.parametrize(
    "before",
    [
        "delete: {kind: Pod, name: c1-mysql-0}",
        "pod: {name: c1-mysql-0, do: delete}",
        "patch: {kind: Pod, name: c1-mysql-0, patch: {metadata: {labels: {a: b}}}}",
        "run: {command: [date]}",
        "scale: 3",
        "parallel: [{delete: {kind: Pod, name: c1-mysql-0}}, {" + POD + "}]",
    ],
    ids=["deleted", "gone", "changed", "changed by a command", "scaled", "changed aside"],
)
def test_nothing_is_said_of_an_object_that_may_be_another_by_then(problems, before):
    assert len(problems(POD, before, rule="refused-apply")) == (before[:3] not in ("run", "sca"))
    assert problems(before, POD, rule="refused-apply") == []


@pytest.mark.parametrize(
    "step",
    [
        'patch: {kind: Pod, name: "{{ pod(0) }}", patch: {spec: {nodeName: elsewhere}}}',
        'patch: {kind: Pod, name: "{{ pod(0) }}", patch: {metadata: {labels: {kubeblocks.io/role: "a b"}}}}',
        'patch: {kind: ConfigMap, name: "{{ component }}-env", patch: {data: {a: 1}}}',
        "patch: {kind: Service, name: rw, patch: {spec: {ports: [{port: 0}]}}}",
    ],
    ids=["what never changes", "a bad label", "a number for a text", "a bad port"],
)
def test_a_patch_that_would_be_refused_is_told(problems, step):
    found = problems(step, rule="refused-patch")
    assert len(found) == 1
    assert " would be refused: " in found[0]


@pytest.mark.parametrize(
    "steps",
    [
        ['patch: {kind: Pod, name: "{{ pod(0) }}", patch: {metadata: {labels: {a: b}}}}'],
        ["patch: {kind: ConfigMap, name: unknown, patch: {data: {a: 1}}}"],
        [
            'pod: {name: "{{ pod(0) }}", do: recreate}',
            'patch: {kind: Pod, name: "{{ pod(0) }}", patch: {spec: {nodeName: elsewhere}}}',
        ],
        ["run: {command: [date]}", 'patch: {kind: Pod, name: "{{ pod(0) }}", patch: {spec: {nodeName: x}}}'],
    ],
    ids=["a label", "what is not there", "what was made anew", "what a command may have changed"],
)
def test_a_patch_that_would_be_stored_is_not(problems, steps):
    assert problems(*steps, rule="refused-patch") == []
