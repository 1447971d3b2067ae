"""Scenario files that nobody would write: shipped ones, and ones made of the models, with something wrong."""

import json
import random
from contextlib import suppress
from functools import cache

import scenariomutations as wrong
import yaml
from scenariofolder import INCLUDED

from pytest_kbevents.scenario.catalog import shipped
from pytest_kbevents.scenario.operations.registry import VERBS
from pytest_kbevents.scenario.subjects.registry import SUBJECTS
from pytest_kbevents.scenario.tallies.registry import TALLIES
from pytest_kbevents.scenario.yamlfile import parse

CLUSTER = {
    "component": "mysql",
    "replicas": 2,
    "roles": [{"name": "primary", "exclusive": True}, {"name": "secondary"}],
    "services": [{"name": "rw", "role": "primary"}],
    "actions": {"dataDump": {}, "dataLoad": {}},
}
WORDS = [
    "primary",
    "secondary",
    "c1-mysql-0",
    "c1-mysql-1",
    "{{ pod(0) }}",
    "rw",
    "Pod",
    "roleProbe",
    "1s",
    "200ms",
    "x",
]
WORDS += [
    "+1s",
    "-30s",
    "event-controller",
    "metadata.name",
    "{{ now() }}",
    "True",
    "c1-mysql",
    "Conflict",
    "fixed",
    "a",
]
LISTED = {
    "pod": WORDS[2:5],
    "kind": ["Pod", "Event", "Service"],
    "name": WORDS[2:5],
    "template": ["roleProbe", "plain"],
}
"""What is likely to be right for keys that many verbs have."""


def content(seed, index):
    """A file's bytes. One seed and index make one file."""
    rng = random.Random(f"{seed}/{index}")
    data = json.loads(rng.choice(_shipped())) if rng.random() < 0.6 else made_up(rng)
    text = written(data, rng)
    for _ in range(rng.choice([0, 1, 1, 1, 2, 4])):
        with suppress(RecursionError):  # too deep even to be written
            data = mutated(data, rng)
            text = written(data, rng)
    if rng.random() < 0.2:
        for _ in range(rng.choice([1, 1, 2, 5])):
            text = rng.choice(wrong.TEXTUAL)(text, rng)
    encoded = text.encode("utf-8", "surrogatepass")
    return rng.choice(wrong.BYTES)(encoded, rng) if rng.random() < 0.02 else encoded


@cache
def _shipped():
    """As JSON, for each file begins with a copy."""
    files = sorted(shipped().rglob("*.yaml"))
    return [json.dumps(parse(file.read_text(encoding="utf-8"), file.name).data) for file in files]


def written(data, rng):
    """As YAML in block or in flow style, or as JSON."""
    how = rng.random()
    style = {"default_flow_style": how < 0.2, "allow_unicode": how < 0.6}
    try:
        return json.dumps(data) if how < 0.1 else yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, **style)
    except UnicodeEncodeError:  # half a character: JSON has a way to write it
        return json.dumps(data)


def made_up(rng):
    """A scenario whose steps are made of the models of the verbs."""
    spec = {"description": "d", "cluster": json.loads(json.dumps(CLUSTER)), "values": {"old": "{{ pod(0) }}"}}
    spec["steps"] = [_step(rng, 2) for _ in range(rng.randint(1, 6))]
    if rng.random() < 0.3:
        spec[rng.choice(["never", "always"])] = [_subject(rng) | {"longer_than": "1s"}]
    if rng.random() < 0.2:
        spec["matrix"] = {"t": rng.choice([["a", "b"], [1, 2, 3], [{"name": "x"}]])}
    if rng.random() < 0.2:
        spec["groups"] = {"g": {"parameters": ["p"], "steps": [_step(rng, 0)]}}
        spec["steps"].append({"use": {"group": "g", "with": {"p": "{{ pod(1) }}"}}})
    if rng.random() < 0.1:
        spec["include"] = [rng.choice(INCLUDED)]
    if rng.random() < 0.05:
        spec["template_folders"] = [rng.choice(INCLUDED)]
    metadata = {"name": "fuzz", "labels": {"area": "own", "level": "MAY"}}
    return {"apiVersion": "kbevents/v1", "kind": "Scenario", "metadata": metadata, "spec": spec}


def _step(rng, depth):
    verb = rng.choice([verb for verb in VERBS if verb not in ("use", "run") and (depth or verb != "parallel")])
    if verb == "parallel":
        return {verb: [[_step(rng, depth - 1)] for _ in range(rng.randint(2, 3))]}
    if verb == "before":
        return {verb: {"first": _subject(rng), "then": _subject(rng)}}
    own = _made(_schema(VERBS[verb]), rng)
    own.pop("subject", None)
    if own.pop("tally", None) is not None or verb in ("exactly", "at_most"):
        return {verb: own | _made(_schema(rng.choice(list(TALLIES.values()))), rng)}
    return {verb: own | _subject(rng) if VERBS[verb].judges else own}


def _subject(rng):
    return _made(_schema(rng.choice(list(SUBJECTS.values()))), rng)


@cache
def _schema(model):
    return model.model_json_schema(by_alias=True)


def _made(schema, rng, defs=None, key=""):
    """A value that a JSON Schema describes, more or less."""
    defs = schema.get("$defs", {}) if defs is None else defs
    if "$ref" in schema:
        return _made(defs[schema["$ref"].rpartition("/")[2]], rng, defs, key)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return _made(rng.choice(schema[several]), rng, defs, key)
    if "const" in schema or "enum" in schema:
        return rng.choice(schema.get("enum", [schema.get("const")]))
    kind = schema.get("type", "any")
    if kind == "object" and "properties" in schema:
        wanted = {
            name: inner
            for name, inner in schema["properties"].items()
            if name in schema.get("required", ()) or rng.random() < 0.3
        }
        return {name: _made(inner, rng, defs, name) for name, inner in wanted.items()}
    return _plain(kind if isinstance(kind, str) else rng.choice(kind), schema, rng, (defs, key))


def _plain(kind, schema, rng, around):
    defs, key = around
    if kind == "array":
        return [_made(schema.get("items", {}), rng, defs, key) for _ in range(rng.randint(1, 2))]
    if kind == "object":
        return {rng.choice(WORDS): rng.choice(WORDS)} if rng.random() < 0.5 else {}
    if kind == "integer":
        return rng.choice([schema.get("minimum", 0), schema.get("maximum", 3), 1, 2])
    if kind == "string":
        return rng.choice(["1s", "0s", "300ms"] if "ms" in schema.get("pattern", "") else LISTED.get(key, WORDS))
    return rng.choice([None, True, False, 1.5, *WORDS]) if kind == "any" else {"boolean": True, "number": 1}.get(kind)


def mutated(data, rng):
    """With one thing wrong in it, or merely otherwise."""
    places = list(_places(data, ()))
    path, value = rng.choice(places)
    change = rng.random()
    if change < 0.45:
        return _put(data, path, rng.choice(wrong.VALUES)(value, rng))
    if change < 0.55 and path and isinstance(path[-1], str):
        return _renamed(data, path, rng.choice(wrong.KEYS)(path[-1], rng))
    if change < 0.65:
        return _without(data, path)
    if change < 0.8:
        return _put(data, rng.choice(places)[0], value)  # moved to another place
    if change < 0.9:
        key = rng.choice([path[-1] for path, _ in places if path] or ["a"])
        return _put(
            data, path, {**value, str(key): rng.choice(wrong.VALUES)(None, rng)} if isinstance(value, dict) else value
        )
    return rng.choice(wrong.STRUCTURES)(data, rng) if isinstance(data, dict) else data


def _places(data, path):
    yield path, data
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, item in items:
        yield from _places(item, (*path, key))


def _put(data, path, value):
    if not path:
        return value
    first, *rest = path
    if isinstance(data, dict):
        return {**data, first: _put(data.get(first), rest, value)}
    if isinstance(data, list):
        return [_put(item, rest, value) if index == first else item for index, item in enumerate(data)]
    return data


def _renamed(data, path, name):
    parent = _at(data, path[:-1])
    return _put(data, path[:-1], {name if key == path[-1] else key: item for key, item in parent.items()})


def _without(data, path):
    if not path:
        return None
    parent = _at(data, path[:-1])
    if isinstance(parent, dict):
        return _put(data, path[:-1], {key: item for key, item in parent.items() if key != path[-1]})
    return _put(data, path[:-1], [item for index, item in enumerate(parent) if index != path[-1]])


def _at(data, path):
    for part in path:
        data = data[part]
    return data
