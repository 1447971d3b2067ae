"""CEL rules of custom resources"""

from conformance.api import version
from conformance.bodies import at, custom

SPEC = {"show": at("spec")}
INTEGER, STRING, BOOLEAN = {"type": "integer"}, {"type": "string", "maxLength": 100}, {"type": "boolean"}
STRINGS = {"type": "array", "maxItems": 10, "items": STRING}
INTEGERS = {"type": "array", "maxItems": 10, "items": INTEGER}


def _kind(api, properties, *rules, **schema):
    told = [rule if isinstance(rule, dict) else {"rule": rule} for rule in rules]
    spec = {"type": "object", "properties": properties, "x-kubernetes-validations": told, **schema}
    api.crd(versions=[version(schema={"type": "object", "properties": {"spec": spec}})])


def _each(api, *specs):
    for number, spec in enumerate(specs):
        api.post("widgets", custom(api, f"w{number}", spec=spec), **SPEC)


def rule(api):
    """A rule that does not hold is told by its text."""
    _kind(api, {"min": INTEGER, "max": INTEGER}, "self.min <= self.max")
    _each(api, {"min": 1, "max": 2}, {"min": 3, "max": 2})


def message(api):
    """A message is told instead."""
    _kind(api, {"a": INTEGER}, {"rule": "self.a > 0", "message": "a must be above zero"})
    _each(api, {"a": 0})


def message_expression(api):
    """A messageExpression makes the message."""
    _kind(api, {"a": INTEGER, "b": STRING}, {"rule": "self.a > 0", "messageExpression": '"because of " + self.b'})
    _each(api, {"a": -5, "b": "me"})


def reason_and_path(api):
    """A rule says a reason and a field."""
    _kind(
        api, {"a": INTEGER}, {"rule": "self.a > 0", "reason": "FieldValueForbidden", "fieldPath": ".a", "message": "no"}
    )
    _each(api, {"a": 0})


def several(api):
    """Each rule that does not hold is a cause."""
    _kind(api, {"a": INTEGER}, "self.a > 0", "self.a % 2 == 0", "self.a > -10")
    _each(api, {"a": -1})


def missing_field(api):
    """A field that is missing is an error of the rule, unless it is asked for."""
    _kind(api, {"a": INTEGER, "b": INTEGER}, "!has(self.b) || self.b > 0", "self.a > 0")
    _each(api, {"a": 1}, {"b": 1})


def on_scalar(api):
    """A rule on a scalar."""
    text = {**STRING, "x-kubernetes-validations": [{"rule": "self.startsWith('x-')"}]}
    _kind(api, {"a": text})
    _each(api, {"a": "x-1"}, {"a": "y"})


def on_list(api):
    """A rule on a list."""
    _kind(api, {"a": INTEGERS}, "self.a.all(x, x > 0)", "self.a.exists(x, x > 5)", "size(self.a) < 3")
    _each(api, {"a": [6, 1]}, {"a": [0, 6]}, {"a": [1, 2, 7]})


def on_items(api):
    """A rule on each item says its index."""
    items = {"type": "array", "maxItems": 5, "items": {**INTEGER, "x-kubernetes-validations": [{"rule": "self > 0"}]}}
    _kind(api, {"a": items})
    _each(api, {"a": [1, 0, 2, -1]})


def on_map(api):
    """A rule on a map."""
    values = {"type": "object", "maxProperties": 10, "additionalProperties": INTEGER}
    _kind(api, {"a": values}, "self.a.all(k, self.a[k] > 0)", "'x' in self.a")
    _each(api, {"a": {"x": 1}}, {"a": {"x": 0}}, {"a": {"y": 1}})


def on_root(api):
    """A rule on the root sees the name."""
    spec = {"type": "object", "properties": {"a": INTEGER}}
    rules = [{"rule": "self.metadata.name.startsWith('w')", "message": "name must begin with w"}]
    schema = {"type": "object", "properties": {"spec": spec}, "x-kubernetes-validations": rules}
    api.crd(versions=[version(schema=schema)])
    api.post("widgets", custom(api, "other", spec={"a": 1}))


def immutable(api):
    """A rule with oldSelf holds for updates."""
    fixed = {**STRING, "x-kubernetes-validations": [{"rule": "self == oldSelf", "message": "cannot be changed"}]}
    _kind(api, {"a": fixed, "b": INTEGER})
    api.made("widgets", custom(api, spec={"a": "x"}))
    api.merge("widgets/one", {"spec": {"b": 1}}, **SPEC)
    api.merge("widgets/one", {"spec": {"a": "y"}})


def immutable_can_be_removed(api):
    """A rule on a field says nothing when the field goes."""
    fixed = {**STRING, "x-kubernetes-validations": [{"rule": "self == oldSelf"}]}
    _kind(api, {"a": fixed, "b": INTEGER})
    api.made("widgets", custom(api, spec={"a": "x", "b": 1}))
    api.merge("widgets/one", {"spec": {"a": None}}, **SPEC)


def only_grows(api):
    """A transition of a number."""
    _kind(api, {"a": INTEGER}, {"rule": "self.a >= oldSelf.a", "message": "a only grows"})
    api.made("widgets", custom(api, spec={"a": 5}))
    api.merge("widgets/one", {"spec": {"a": 6}}, **SPEC)
    api.merge("widgets/one", {"spec": {"a": 4}})


def optional_old_self(api):
    """optionalOldSelf makes a transition rule hold at creation, too."""
    rules = [{"rule": "oldSelf.hasValue() || self == 1", "optionalOldSelf": True, "message": "begins with 1"}]
    _kind(api, {"a": {**INTEGER, "x-kubernetes-validations": rules}})
    api.post("widgets", custom(api, "w0", spec={"a": 2}))
    api.post("widgets", custom(api, "w1", spec={"a": 1}), **SPEC)


def texts(api):
    """Functions of texts."""
    _kind(
        api,
        {"a": STRING},
        "self.a.matches('^[a-z-]+$')",
        "self.a.endsWith('-x')",
        "self.a.contains('b')",
        "self.a.size() > 3",
        "self.a.split('-').size() == 2",
        "self.a.upperAscii() == 'AB-X'",
        "self.a.replace('a', 'c') == 'cb-x'",
        "self.a.indexOf('-') == 2",
        "self.a.substring(0, 2) == 'ab'",
        "self.a.trim() == self.a",
        "self.a.find('[a-z]+') == 'ab'",
    )
    _each(api, {"a": "ab-x"}, {"a": "B"})


def lists(api):
    """Functions of lists."""
    _kind(
        api,
        {"a": INTEGERS},
        "self.a.sum() == 6",
        "self.a.max() == 3",
        "self.a.min() == 1",
        "self.a.isSorted()",
        "self.a.map(x, x * 2) == [2, 4, 6]",
        "self.a.filter(x, x > 1).size() == 2",
        "self.a.exists_one(x, x == 2)",
        "self.a.indexOf(2) == 1",
    )
    _each(api, {"a": [1, 2, 3]}, {"a": [3, 2]})


def numbers(api):
    """Arithmetic, and types that do not mix."""
    number = {"type": "number"}
    _kind(
        api,
        {"a": INTEGER, "f": number},
        "self.a / 2 == 2",
        "self.a % 3 == 2",
        "double(self.a) > self.f",
        "self.f * 2.0 == 3.0",
    )
    _each(api, {"a": 5, "f": 1.5}, {"a": 1, "f": 2.5})


def division_by_zero(api):
    """A rule that fails to be computed does not hold."""
    _kind(api, {"a": INTEGER}, "10 / self.a > 1")
    _each(api, {"a": 5}, {"a": 0})


def times(api):
    """Durations and timestamps."""
    _kind(
        api,
        {
            "d": {"type": "string", "format": "duration", "maxLength": 20},
            "t": {"type": "string", "format": "date-time"},
        },
        "self.d > duration('1m')",
        "self.t > timestamp('2020-01-01T00:00:00Z')",
        "self.t.getFullYear() == 2021",
    )
    _each(api, {"d": "2m", "t": "2021-01-01T00:00:00Z"}, {"d": "1s", "t": "2019-01-01T00:00:00Z"})


def quantities(api):
    """Quantities of Kubernetes."""
    _kind(api, {"a": STRING}, "isQuantity(self.a)", "quantity(self.a).isLessThan(quantity('1Gi'))")
    _each(api, {"a": "500Mi"}, {"a": "2Gi"}, {"a": "nonsense"})


def addresses(api):
    """IP addresses, networks and URLs."""
    _kind(
        api,
        {"ip": STRING, "cidr": STRING, "url": STRING},
        "isIP(self.ip) && ip(self.ip).family() == 4",
        "cidr(self.cidr).containsIP(self.ip)",
        "url(self.url).getScheme() == 'https'",
    )
    good = {"ip": "192.168.1.7", "cidr": "192.168.0.0/16", "url": "https://example.com/a"}
    _each(api, good, {**good, "ip": "192.169.1.7"}, {**good, "url": "http://example.com"})


def regular_expressions(api):
    """findAll."""
    _kind(api, {"a": STRING}, "self.a.findAll('[0-9]+') == ['1', '22']")
    _each(api, {"a": "a1b22"}, {"a": "a"})


def conditional(api):
    """The ternary operator and logic."""
    _kind(api, {"kind": STRING, "size": INTEGER}, "self.kind == 'big' ? self.size > 10 : self.size <= 10")
    _each(api, {"kind": "big", "size": 11}, {"kind": "big", "size": 1}, {"kind": "small", "size": 11})


def sets(api):
    """sets.contains and friends."""
    _kind(api, {"a": STRINGS}, "sets.contains(['x', 'y', 'z'], self.a)")
    _each(api, {"a": ["x", "z"]}, {"a": ["w"]})


def types_before_rules(api):
    """A value of the wrong type is told alone: rules are not asked."""
    _kind(api, {"a": INTEGER}, "self.a > 0")
    _each(api, {"a": "text"})


def defaults_before_rules(api):
    """Rules see defaults."""
    _kind(api, {"a": {**INTEGER, "default": 5}}, {"rule": "self.a > 4", "message": "too small"})
    _each(api, {}, {"a": 3})


def keys_with_escapes(api):
    """Keys that CEL reserves are escaped."""
    _kind(api, {"x-y": INTEGER, "if": INTEGER}, "self.x__dash__y > 0", "self.__if__ > 0")
    _each(api, {"x-y": 1, "if": 1}, {"x-y": 0, "if": 0})


def list_transitions(api):
    """Items of a list of type map are compared by their keys."""
    value = {**INTEGER, "x-kubernetes-validations": [{"rule": "self >= oldSelf", "message": "only grows"}]}
    items = {"type": "object", "properties": {"name": STRING, "v": value}, "required": ["name"]}
    lists = {"type": "array", "maxItems": 5, "items": items}
    lists |= {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]}
    _kind(api, {"a": lists})
    api.made("widgets", custom(api, spec={"a": [{"name": "x", "v": 5}, {"name": "y", "v": 1}]}))
    api.merge("widgets/one", {"spec": {"a": [{"name": "y", "v": 2}, {"name": "x", "v": 5}]}}, **SPEC)
    api.merge("widgets/one", {"spec": {"a": [{"name": "y", "v": 2}, {"name": "x", "v": 4}]}})
