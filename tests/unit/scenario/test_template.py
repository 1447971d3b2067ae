"""Templates in scenarios."""

import pytest

from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.eventtemplates import shipped
from pytest_kbevents.scenario.template import Scope, outcome_name
from pytest_kbevents.scenario.yamlfile import parse


def render(text, **names):
    document = parse(text, "f")
    return Scope(names).render(document.data, document, ())


def test_every_text_is_rendered_and_stays_text():
    assert render("a: ['{{ n + 1 }}', 3]", n=1) == {"a": ["2", 3]}


def test_a_scope_is_not_changed_by_a_larger_one():
    scope = Scope({"a": 1})
    scope.with_value("b", 2)
    document = parse("'{{ b }}'", "f")
    with pytest.raises(ScenarioError, match="'b' is undefined; defined here: a"):
        scope.render(document.data, document, ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: '{{ b }}'", "f:1:4: 'b' is undefined"),
        ("a:\n  c: |\n    one\n    {{ b }}\n", "f:4:6: 'b' is undefined"),
        ("a: |\n  one\n  {% if %}\n", "f:3:4: this template does not parse"),
        ("a: '{{ n.__class__.__subclasses__() }}'", "a template may not reach into Python"),
        ("a: '{{ ().__class__.__base__ }}'", "a template may not reach into Python"),
        ("a: '{{ n.nothing }}'", "has no attribute 'nothing'"),
        ("a: '{{ 1 / 0 }}'", "this template cannot be rendered: ZeroDivisionError"),
        ("a: '{{ n | b46 }}'", "this template does not parse: No filter named 'b46'"),
        ("a: '{{ range(3) }}'", "'range' is undefined"),
    ],
)
def test_a_mistake_is_told_at_its_line(text, problem):
    with pytest.raises(ScenarioError) as refused:
        render(text, n=1)
    assert problem in str(refused.value)


def test_the_template_and_the_agent_write_the_same_event():
    """Two strangers to each other: the template's text and the agent's encoder."""
    from pytest_kbevents.agent.sending import event
    from pytest_kbevents.agent.sending.message import encode
    from pytest_kbevents.api import times
    from pytest_kbevents.api.messages import ProbeMessage

    message = ProbeMessage("c1-mysql", "roleProbe", -1, b"a<b>\n", "exit code: 1, stderr: <&>\n: failed")
    identity = event.Identity("ns", "c1-mysql-0", "uid-0", "node-0")
    micros = 1_767_225_600_123_456
    names = {
        "namespace": "ns",
        "component": "c1-mysql",
        "pod": "c1-mysql-0",
        "uid": "uid-0",
        "node": "node-0",
        "output": "a<b>\n",
        "code": -1,
        "message": message.message,
        "time": times.time(micros),
        "event_time": times.micro_time(micros),
        "count": 1,
    }
    written = shipped()["roleProbe"].render(names)
    assert written == event.first(identity, "roleProbe", encode(message), micros)


def test_the_name_of_an_outcome_is_the_agent_s():
    name = outcome_name("p", "11111111-1111-1111-1111-111111111111", "c1-mysql", ("roleProbe", "primary"))
    assert name == "p.81da4b92"
