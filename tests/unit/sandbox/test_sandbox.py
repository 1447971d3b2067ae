"""Templates that do as Jinja2 says, as long as they do not do too much."""

import jinja2
import pytest
from jinja2.sandbox import SandboxedEnvironment

from pytest_kbevents.errors import InputError
from pytest_kbevents.sandbox.effort import rendering
from pytest_kbevents.sandbox.environment import Sandbox, render

NAMES = {"n": 3, "texts": ["b", "a"], "pairs": {"x": 1, "y": [2]}, "text": "a b", "long": "x" * 5000}
ORDINARY = [
    "{{ n + 1 }} {{ n * 2 }} {{ n ** 2 }} {{ n % 2 }} {{ -n }} {{ 7 // 2 }} {{ text * 2 }} {{ texts + ['c'] }}",
    "{{ n ~ '-' ~ text }} {{ text ~ none }}",
    "{% for each in texts | sort %}{{ loop.index }}{{ each }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% for each in [] %}{{ each }}{% else %}none{% endfor %}",
    "{% for key, value in pairs.items() %}{{ key }}={{ value }};{% endfor %}",
    "{% for each in texts if each != 'a' %}{{ each }}{% endfor %}",
    "{% for each in [1, [2, [3]]] recursive %}{{ loop(each) if each is iterable else each }}{% endfor %}",
    "{% macro twice(of, more='!') %}{{ of }}{{ of }}{{ more }}{% endmacro %}{{ twice(n) }}{{ twice('a', more='b') }}",
    "{% macro around() %}<{{ caller() }}>{% endmacro %}{% call around() %}in{% endcall %}",
    "{% set a %}{{ n }}{% endset %}{% set b = a ~ 'b' %}{{ b }}",
    "{% filter upper %}{{ text }}{% endfilter %}",
    "{% with a = n + 1 %}{{ a }}{% endwith %}",
    "{% block inner %}{{ n }}{% endblock %}{{ self.inner() }}",
    "{{ texts | join(', ') }} {{ texts | map('upper') | list }} {{ texts | select('equalto', 'a') | first }}",
    "{{ text.split(' ') | last }} {{ text.replace(' ', '-') }} {{ ', '.join(texts) }} {{ text.center(9) }}",
    "{{ '%s and %05.1f' % (text, n) }} {{ '{:>5}|{a}'.format(n, a=text) }} {{ '%s' | format(text) }}",
    "{{ pairs.x }} {{ pairs['y'][0] }} {{ pairs.get('z', 1767225600000000) }} {{ pairs | length }}",
    "{{ texts[::-1] }} {{ text[1:] }} {{ 'a' in text }} {{ 1 < n <= 3 }} {{ n is odd }} {{ n if n else 'no' }}",
    "{{ {'a': (1, 2), 'b': [n]} }} {{ {'a': 1} | tojson }} {{ [3, 1] | sum }} {{ 1.25 | round(1) }}",
    "{{ 'a\nb' | indent(4) }} {{ text | title }} {{ missing | default(5) }} {{ [1, 2, 3] | batch(2) | list }}",
    "{{ [1, 2, 3] | slice(2) | list }} {{ 1767225600000000 + 1 }} {{ '%d' % 1767225600000000 }} {{ long | length }}",
    "{# nothing #}{% raw %}{{ }}{% endraw %}\n",
]


@pytest.fixture(scope="module")
def sandbox():
    """One, with a filter of its own."""
    return Sandbox({"shout": lambda text: f"{text}!"})


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_template_writes_what_jinja2_makes_of_it(sandbox, text):
    plain = SandboxedEnvironment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    assert render(sandbox.from_string(text), NAMES) == plain.from_string(text).render(NAMES)


def test_filters_can_be_added(sandbox):
    assert render(sandbox.from_string("{{ text | shout }}"), NAMES) == "a b!"


@pytest.mark.parametrize("name", ["range", "lipsum", "dict", "cycler", "joiner", "namespace"])
def test_there_are_no_names_but_those_that_are_given(sandbox, name):
    with pytest.raises(jinja2.UndefinedError, match=f"'{name}' is undefined"):
        render(sandbox.from_string(f"{{{{ {name}(1) }}}}"), NAMES)


def grown(step, times=40):
    return "{% set a = 'xxxxxxxxxx' %}" + step * times + "{{ a }}"


TOO_LONG = {
    "a text times a number": "{{ 'x' * 10**9 }}",
    "a number times a list": "{{ 10**9 * [0] }}",
    "texts put together": grown("{% set a = a ~ a %}"),
    "texts added": grown("{% set a = a + a %}"),
    "blocks of text": grown("{% set a %}{{ a }}{{ a }}{% endset %}"),
    "a filter that replaces": grown("{% set a = a | replace('x', a) %}"),
    "a method that replaces": grown("{% set a = a.replace('', a) %}"),
    "a method that joins": grown("{% set a = a.join([a, a, a]) %}"),
    "a filter that joins": grown("{% set a = [a, a, a] | join(a) %}"),
    "a format": grown("{% set a = '%s%s%s' % (a, a, a) %}"),
    "a format with names": grown("{% set a = '{0}{0}{0}'.format(a) %}"),
    "lists of lists": "{% set a = [1] %}" + "{% set a = [a, a] %}" * 40 + "{{ a }}",
    "mappings of mappings": "{% set a = 1 %}" + "{% set a = {'a': a, 'b': a} %}" * 40 + "{{ a | tojson }}",
    "a width": "{{ 'x' | center(10**9) }}",
    "a width of a method": "{{ 'x'.ljust(10**9) }}",
    "an indent": "{{ 'a\nb' | indent(10**9) }}",
    "bytes of a number": "{{ (1).to_bytes(10**9, 'big') }}",
    "slices": "{{ [1] | slice(10**9) | list }}",
    "batches": "{{ [1] | batch(10**9, 0) | list }}",
    "a filter that is named": "{{ ['x'] | map('center', 10**9) | list }}",
    "precision": "{{ 1.5 | round(10**9, 'ceil') }}",
}


@pytest.mark.parametrize("what", TOO_LONG)
def test_what_would_be_too_long_is_refused_before_it_is_made(sandbox, what):
    with pytest.raises(InputError, match="more than"):
        render(sandbox.from_string(TOO_LONG[what]), NAMES)


TOO_MUCH = {
    "loops in loops": "{% for a in long %}{% for b in long %}{% endfor %}{% endfor %}",
    "loops that write": "{% for a in long %}" + "y" * 5000 + "{% endfor %}",
    "loops that compare": "{% for a in long %}{{ long == a }}{% endfor %}",
    "loops that cut": "{% for a in long %}{{ long[1:] | length }}{% endfor %}",
    "loops that filter": "{% for a in long %}{% for b in long if b == 'y' %}{% endfor %}{% endfor %}",
    "macros that call themselves": (
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}"
    ),
    "blocks that write": "{% block b %}{% for a in long %}{{ long }}{% endfor %}{% endblock %}",
    "tests": "{% for a in long %}{{ long is lower }}{% endfor %}",
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_what_would_take_too_long_is_ended(sandbox, what):
    with pytest.raises(InputError, match=r"this template (does too much|writes more than)"):
        render(sandbox.from_string(TOO_MUCH[what]), NAMES)


@pytest.mark.parametrize("text", ["{{ '%999999999d' % 1 }}", "{{ '%*d' % (9, 1) }}", "{{ '{:{}}'.format(1, 9) }}"])
def test_a_width_is_a_small_number_in_the_format_itself(sandbox, text):
    with pytest.raises(InputError, match="a format's width must be a number below 10000"):
        render(sandbox.from_string(text), NAMES)


def test_a_power_that_nobody_can_work_out_is_refused(sandbox):
    with pytest.raises(InputError, match="a number of more than 100000 bits"):
        render(sandbox.from_string("{{ (10**10) ** (10**10) }}"), NAMES)


@pytest.mark.parametrize("text", ["{{ texts.append(1) }}", "{{ texts.extend(texts) }}", "{{ pairs.update({}) }}"])
def test_a_template_changes_nothing_that_it_is_given(sandbox, text):
    with pytest.raises(jinja2.exceptions.SecurityError):
        render(sandbox.from_string(text), NAMES)


def test_templates_that_are_rendered_together_have_one_limit(sandbox):
    template = sandbox.from_string("{{ long }}")
    with rendering(20_000, "these templates do"):
        render(template, NAMES)
        with pytest.raises(InputError, match="these templates do too much: more than 20000"):
            render(template, NAMES | {"long": "x" * 20_000})
