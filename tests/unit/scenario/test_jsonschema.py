"""The schema that editors have, held against files: it must let pass what the loader does, and say what is wrong."""

import jsonschema
import pytest
import yaml

from pytest_kbevents.errors import InputError
from pytest_kbevents.scenario import catalog, loader
from pytest_kbevents.scenario.jsonschema import schema
from pytest_kbevents.scenario.jsonschema.document import documents
from pytest_kbevents.scenario.operations.registry import VERBS
from pytest_kbevents.scenario.reference import examples
from pytest_kbevents.scenario.yamlfile import parse

SCHEMA = schema()
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
SHIPPED = sorted(catalog.shipped().rglob("*.yaml"))
EXAMPLES = [
    *examples.OPERATIONS.values(),
    *examples.JUDGEMENTS.values(),
    *examples.SUBJECTS.values(),
    *examples.TALLIES.values(),
    *(
        f'expect: {{object: {{kind: Pod, name: "{{{{ pod(0) }}}}"}}, matches: {{a: {text}}}}}'
        for text in examples.OPERATORS.values()
    ),
]
FILE = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: mine}
spec:
  description: d
  cluster:
    component: mysql
    replicas: 2
    roles: [{name: primary, exclusive: true}, {name: secondary}]
    services: [{name: mysql-rw, role: primary}]
  groups:
    switch-over: {parameters: [old, new], steps: [{wait: 1s}]}
  steps:
"""


def with_step(step):
    return f"{FILE}  - {step}\n"


def errors(text):
    """Each error's place, below the step where it is in one, and its text."""
    found = VALIDATOR.iter_errors(parse(text, "mine.yaml").data)
    return {(tuple(error.absolute_path), error.message) for error in found}


def places(text):
    return {place for place, _ in errors(text)}


def test_it_is_a_json_schema():
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_shipped_scenario_is_let_pass(file):
    assert errors(file.read_text()) == set()


@pytest.mark.parametrize("step", EXAMPLES)
def test_every_example_is_let_pass_by_schema_and_loader(step):
    assert errors(with_step(step)) == set()
    loader.read(with_step(step), "mine.yaml")


def test_every_verb_is_offered():
    assert list(SCHEMA["definitions"]["step"]["properties"]) == list(VERBS)


def test_every_kind_of_file_is_offered():
    assert SCHEMA["properties"]["kind"]["enum"] == list(documents())


def test_every_key_of_a_verb_says_what_it_is():
    silent = [
        (verb, key)
        for verb, model in VERBS.items()
        for key, field in model.model_fields.items()
        if not field.description and not field.exclude
    ]
    assert silent == []


def test_a_file_of_steps_is_let_pass():
    text = (
        "apiVersion: kbevents/v1\nkind: Steps\nmetadata: {name: common}\nspec: {groups: {a: {steps: [{wait: 1s}]}}}\n"
    )
    assert errors(text) == set()


@pytest.mark.parametrize(
    "step",
    [
        'event: {template: "{{ any }}", pod: "{{ pod(0) }}", code: "{{ code }}", repeat: "{{ n }}"}',
        'wait: "{{ time }}"',
        'agent: {pod: p, down: "{{ dead }}"}',
        'fault: {refuse: "{{ method }}", kind: "{{ kind }}", times: "{% if a %}1{% else %}2{% endif %}"}',
        'expect: {component: c, available: "{{ available }}", within: "{{ time }}"}',
        'controller: "{{ what }}"',
    ],
)
def test_a_template_may_stand_for_what_is_no_text(step):
    assert errors(with_step(step)) == set()


STEP = ("spec", "steps", 0)
WRONG = [
    ("expct: {pod: p, role: primary}", STEP, "'expct' was unexpected"),
    ("wait: 5 seconds", (*STEP, "wait"), "is not valid"),
    ("wait: 5", (*STEP, "wait"), "5 is not"),
    ("expect: {pod: p, role: primary, wihtin: 5s}", (*STEP, "expect"), "'wihtin' was unexpected"),
    ("expect: {pod: p, role: primary, within: 5}", (*STEP, "expect", "within"), "5 is not"),
    ("expect: {pod: p, role: [primary]}", (*STEP, "expect", "role"), "is not valid"),
    ("expect: {pod: p}", (*STEP, "expect"), "is not valid"),
    ("expect: {pod: p, role: primary, routes_to: [p]}", (*STEP, "expect"), "'routes_to' was unexpected"),
    ("expect: {servcie: s, routes_to: []}", (*STEP, "expect"), "'routes_to', 'servcie' were unexpected"),
    ("expect: {component: c, available: true}", (*STEP, "expect", "available"), "True is not"),
    ("expect: {object: {kind: Pdo, name: p}, matches: {}}", (*STEP, "expect", "object", "kind"), "'Pdo' is not"),
    ("expect: {object: {kind: Pod}, matches: {}}", (*STEP, "expect", "object"), "'name' is a required"),
    (
        "expect: {object: {kind: Pod, name: p}, matches: {a: {$gtt: 1}}}",
        (*STEP, "expect", "matches", "a"),
        "'$gtt' was unexpected",
    ),
    (
        "expect: {object: {kind: Pod, name: p}, matches: {a: {$gt: 1, b: 2}}}",
        (*STEP, "expect", "matches", "a"),
        "'b' was unexpected",
    ),
    (
        "expect: {object: {kind: Pod, name: p}, matches: {a: [{$absent: 1}]}}",
        (*STEP, "expect", "matches", "a", 0, "$absent"),
        "1 is not of type 'boolean'",
    ),
    ("stays: {pod: p, role: primary}", (*STEP, "stays"), "'for' is a required"),
    ("unchanged: {pod: p, role: primary, for: 1s}", (*STEP, "unchanged"), "'role' was unexpected"),
    ("exactly: {writes: {kind: Pod}}", (*STEP, "exactly"), "'times' is a required"),
    ("exactly: {writes: {knid: Pod}, times: 1}", (*STEP, "exactly", "writes"), "'knid' was unexpected"),
    ("before: {first: {pod: p, role: a}}", (*STEP, "before"), "'then' is a required"),
    (
        "before: {first: {pod: p, roel: a}, then: {pod: p, role: b}}",
        (*STEP, "before", "first"),
        "'roel' was unexpected",
    ),
    ("agent: {roleProbe: primary}", (*STEP, "agent"), "'pod' is a required"),
    ("agent: {pod: p, dwon: true}", (*STEP, "agent"), "'dwon' was unexpected"),
    ("agent: {pod: p, down: yes please}", (*STEP, "agent", "down"), "'yes please' is not"),
    ("agent: {pod: p, roleProbe: {outptu: x}}", (*STEP, "agent", "roleProbe"), "'outptu'"),
    ("agent: {pod: p, release: 1.0.9}", (*STEP, "agent", "release"), "'1.0.9' is not"),
    ("controller: stopp", (*STEP, "controller"), "'stopp' is not"),
    ("controller: {do: start, now: true}", (*STEP, "controller"), "'now' was unexpected"),
    (
        "event: {template: checkRole, pod: p, values: {wraped: true}}",
        (*STEP, "event", "values"),
        "'wraped' was unexpected",
    ),
    ("scale: three", (*STEP, "scale"), "'three' is not"),
    ("parallel: [{wait: 1s}, [{wiat: 1s}]]", (*STEP, "parallel", 1), "is not valid"),
]


@pytest.mark.parametrize(("step", "place", "problem"), WRONG)
def test_a_wrong_step_is_refused_at_its_place(step, place, problem):
    found = errors(with_step(step))
    assert [text for at, text in found if at == place and problem in text] != [], found


@pytest.mark.parametrize("step", [step for step, _, _ in WRONG])
def test_the_loader_refuses_it_too(step):
    with pytest.raises(InputError):
        loader.read(with_step(step), "mine.yaml")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("kind: Scenario", "kind: Scenaro", ("kind",)),
        ("kbevents/v1", "kbevents/v2", ("apiVersion",)),
        ("metadata: {name: mine}", "metadata: {name: Mine}", ("metadata", "name")),
        ("metadata: {name: mine}", "metadata: {name: mine, labels: {level: MAYBE}}", ("metadata", "labels", "level")),
        ("metadata: {name: mine}\n", "", ()),
        ("replicas: 2", "replicas: many", ("spec", "cluster", "replicas")),
        ("replicas: 2", "replcas: 2", ("spec", "cluster")),
        ("exclusive: true", "exclusiv: true", ("spec", "cluster", "roles", 0)),
        ("description: d", "description: d\n  never: [{two_holders: primary}]", ("spec", "never", 0)),
        ("description: d", "description: d\n  releases: {passes_on: [1.0.9]}", ("spec", "releases")),
        ("[{wait: 1s}]", "[{wiat: 1s}]", ("spec", "groups", "switch-over", "steps", 0)),
    ],
)
def test_what_is_wrong_around_the_steps_is_refused_at_its_place(old, new, place):
    text = with_step(examples.OPERATIONS["use"]).replace(old, new)
    assert place in places(text)
    with pytest.raises(InputError):
        loader.read(text, "mine.yaml")


def test_examples_are_yaml():
    assert all(isinstance(yaml.safe_load(text), dict) for text in EXAMPLES)
