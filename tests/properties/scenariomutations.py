"""What goes wrong in a scenario file: with its values, keys, structure, text and bytes."""

import json

from scenariofolder import INCLUDED
from scenarionasties import BROKEN, DURATIONS, ENDLESS, NUMBERS, OPERATORS, OUTPUTS, QUERIES, REACHING, REGEXES, WEIRD


def _nested(rng):
    value = rng.choice([1, "x", None])
    shape = rng.choice([lambda inner: [inner], lambda inner: {"a": inner}, lambda inner: {"$not": inner}])
    for _ in range(rng.choice([5, 50, 99, 101, 300])):
        value = shape(value)
    return value


def _operated(rng):
    name = rng.choice(OPERATORS)
    operand = rng.choice(
        [rng.choice(REGEXES), rng.choice(QUERIES), rng.choice(NUMBERS), rng.choice(WEIRD), [], {}, ["a"], _nested(rng)]
    )
    return {name: operand} | ({"$is": rng.choice(WEIRD)} if rng.random() < 0.2 else {})


def _listed(value, rng):
    return [value] * rng.choice([0, 1, 2, 50])


def _any_of(values):
    return lambda _, rng: rng.choice(values)


VALUES = [
    _any_of(each) for each in (BROKEN, ENDLESS, ENDLESS, REACHING, OUTPUTS, WEIRD, DURATIONS, NUMBERS, REGEXES, QUERIES)
]
VALUES += [
    _any_of([[], {}, [[]], {"": ""}, [None], "", {"a": {"a": {}}}]),
    lambda _, rng: _nested(rng),
    lambda _, rng: _operated(rng),
]
VALUES += [
    _listed,
    lambda value, _: {"a": value},
    lambda value, _: str(value),
    lambda value, _: f"{value}{value}",
    _any_of(INCLUDED),
]
KEYS = [
    lambda key, _: key[:-1],
    lambda key, _: key + "s",
    lambda key, _: key.upper(),
    lambda key, rng: "".join(rng.sample(key, len(key))),
    _any_of(WEIRD),
    _any_of(OPERATORS),
    _any_of(
        [
            "for",
            "within",
            "pod",
            "name",
            "kind",
            "__class__",
            "self",
            "subject",
            "tally",
            "{{ pod(0) }}",
            "model_fields",
        ]
    ),
]


def _spec(data):
    return data["spec"] if isinstance(data.get("spec"), dict) else {}


def _with(**keys):
    return lambda data, _: {**data, "spec": {**_spec(data), **json.loads(json.dumps(keys))}}


def _exploding():
    groups = {f"g{n}": {"steps": [{"use": f"g{n + 1}"}] * 2} for n in range(40)}
    return {**groups, "g40": {"steps": [{"wait": "1s"}]}}


STRUCTURES = [
    _with(matrix={"a": list(range(300))}),
    _with(matrix={key: list(range(10)) for key in "abcdefghij"}),
    _with(matrix={"a": [1, 1], "b": ["x\n", "/"]}),
    _with(matrix={"a": [{"name": "{{ a }}"}, [], None, 1.5, "x" * 3000]}),
    _with(matrix={"a": [1], "a b": [2], "": [3]}),
    _with(groups={"g": {"steps": [{"use": "g"}]}}, steps=[{"use": "g"}]),
    _with(groups={"g": {"steps": [{"use": "h"}]}, "h": {"steps": [{"use": "g"}]}}, steps=[{"use": "g"}]),
    _with(groups=_exploding(), steps=[{"use": "g0"}]),
    _with(steps=[{"wait": "1s"}] * 3000),
    _with(steps=[{"parallel": [{"wait": "1s"}] * 300}]),
    _with(
        steps=[
            {
                "event": {
                    "template": "roleProbe",
                    "pod": "{{ pod(0) }}",
                    "role": "x",
                    "repeat": {"times": 1000, "every": "1h"},
                }
            }
        ]
    ),
    _with(steps=[{"event": {"template": "roleProbe", "pod": "{{ pod(0) }}", "role": "x", "burst": 1000}}]),
    _with(steps=[{"scale": 100}, {"scale": 1}, {"scale": "{{ 50 * 2 }}"}]),
    _with(
        steps=[
            {
                "bind": {
                    "name": "x",
                    "object": {"kind": "Pod", "name": "{{ pod(0) }}"},
                    "query": " | ".join(["[@, @]"] * 40),
                }
            }
        ]
    ),
    _with(values={"a": "x" * 1000} | {f"v{n}": "{{ a * 100 }}" for n in range(50)}),
    _with(templates={"t": "{% for a in 'x' * 100000 %}{{ 'x' * 100000 }}{% endfor %}"}),
    lambda data, rng: _with(include=rng.sample(INCLUDED, rng.randint(1, 3)))(data, rng),
    lambda data, rng: _with(template_folders=[rng.choice(INCLUDED)])(data, rng),
    lambda data, rng: _with(steps=[{"expect": {"pod": "{{ pod(0) }}", "role": _operated(rng), "within": "1s"}}])(
        data, rng
    ),
    lambda data, rng: _with(
        steps=[{"agent": {"pod": "{{ pod(0) }}", "roleProbe": rng.choice(OUTPUTS)}}, {"wait": "3s"}]
    )(data, rng),
    lambda data, rng: _with(
        steps=[{"event": {"template": "plain", "pod": "{{ pod(0) }}", "fields": {"message": rng.choice(WEIRD)}}}]
    )(data, rng),
]


def _inserted(*pieces):
    def insert(text, rng):
        at = rng.randint(0, len(text))
        return text[:at] + rng.choice(pieces) + text[at:]

    return insert


def _line(change):
    def changed(text, rng):
        lines = text.split("\n")
        at = rng.randrange(len(lines))
        return "\n".join([*lines[:at], *change(lines[at]), *lines[at + 1 :]])

    return changed


BOMB = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
)
TEXTUAL = [
    _line(lambda line: [line, line]),
    _line(lambda _: []),
    _line(lambda line: [line.replace("  ", "\t")]),
    _line(lambda line: [line[1:]]),
    _line(lambda line: [f" {line}"]),
    _line(lambda line: [line.replace(": ", ": &a ", 1), "z: *a"]),
    _line(lambda line: [line, "---"]),
    _line(lambda line: [line.replace(": ", ": !!python/object:os.system ", 1)]),
    _line(lambda line: [line, "<<: {a: 1}"]),
    _inserted(
        *WEIRD[:16],
        "&a ",
        "*a",
        "!x ",
        "- ",
        ": ",
        "#",
        "|",
        ">",
        "{",
        "}",
        "[",
        "]",
        "? ",
        "%YAML 1.1\n",
        "...\n",
        "'",
        '"',
        "@",
    ),
    lambda text, _: text.replace("\n", "\r\n"),
    lambda text, _: text.replace("\n", "\r"),
    lambda text, _: "\ufeff" + text,
    lambda text, _: text + BOMB,
    lambda text, _: text.replace("steps:", f"steps: &s [*s]\n{BOMB}", 1),
    lambda text, rng: text[: rng.randint(0, len(text))],
    lambda text, _: text + "\n---\n" + text,
    lambda text, _: "[" * 5000 + text,
    lambda text, _: text.replace("description: d", "description: >-\n    a\n\n    {{ nobody }}\n"),
    lambda text, _: text.replace(
        "description: d", 'description: "a\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n{{ nobody }}"'
    ),
]
BYTES = [
    lambda content, rng: content[: rng.randint(0, len(content))] + bytes([rng.randint(128, 255)]) + content[40:],
    lambda content, _: content.decode("utf-8", "replace").encode("utf-16"),
    lambda content, _: b"\xff\xfe" + content,
    lambda content, _: b"\x00" * 50 + content,
]
