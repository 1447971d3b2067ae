"""What type expressions are of; what is said of them is what a real server says."""

import pytest

from pytest_kbevents.apiserver.custom.cel.typed import declared, syntax
from pytest_kbevents.apiserver.custom.cel.typed.inference import Checker

TEXT = {"type": "string", "maxLength": 10}
ITEM = {"type": "object", "properties": {"n": {"type": "string", "maxLength": 5}}}
SCHEMA = {
    "type": "object",
    "properties": {
        "a": {"type": "integer"},
        "n": {"type": "number"},
        "s": TEXT,
        "b": {"type": "boolean"},
        "t": {"type": "string", "format": "date-time"},
        "d": {"type": "string", "format": "duration"},
        "by": {"type": "string", "format": "byte"},
        "l": {"type": "array", "maxItems": 5, "items": ITEM},
        "ints": {"type": "array", "maxItems": 5, "items": {"type": "integer"}},
        "m": {"type": "object", "maxProperties": 3, "additionalProperties": TEXT},
        "o": {"type": "object", "properties": {"p": {"type": "string"}}},
        "ios": {"x-kubernetes-int-or-string": True},
        "x-y": {"type": "string"},
        "free": {"x-kubernetes-preserve-unknown-fields": True},
        "any": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
        "emb": {"type": "object", "x-kubernetes-embedded-resource": True, "x-kubernetes-preserve-unknown-fields": True},
    },
}

BOOLEAN = [
    "self.m.k == 'a'",
    "self.ints.map(x, x > 1).all(y, y)",
    "self.a in self.ints",
    "self.s in self.m",
    "self.t + self.d == self.t",
    "self.t > timestamp('2020-01-01T00:00:00Z')",
    "self.by == b'a'",
    "self.a < 1.5",
    "self.n > 1",
    "self.o == null",
    "self.t == null",
    "self.ios == 'x'",
    "type(self.ios) == int",
    "type(self.ios) == string",
    "type(self.a) == int",
    "self.ios > 1",
    "size(self.ios) > 1",
    "self.o == self.o",
    "self.s.format([1]) == ''",
    "'%d'.format([self.a]) == ''",
    "self.s.split('.')[0] == 'a'",
    "sets.contains(self.ints, [1])",
    "quantity(self.s).add(1).isGreaterThan(quantity('1'))",
    "ip(self.s).family() == 4",
    "cidr(self.s).containsIP(ip('1.1.1.1'))",
    "url(self.s).getHost() == 'x'",
    "!format.dns1123Label().validate(self.s).hasValue()",
    "format.named('x').value().validate(self.s).hasValue()",
    "self.?o.?p.orValue('') == ''",
    "self.?o.p == optional.of('x')",
    "self.ints.max() == 1",
    "self.s.findAll('a') == ['a']",
    "int(self.s) == 1",
    "dyn(self.a) == 's'",
    "has(self.a)",
    "has(self.m.b)",
    "has(self.l[0].n)",
    "self.d.getHours() == 1",
    "self.s.matches(self.s)",
    "matches(self.s, 'a')",
    "self.l.size() == size(self.l) && size(self.m) == 1 && size(self.s) == self.by.size()",
    "self.l.all(self, self.n == '')",
    "semver(self.s).major() == 1",
    "self.ints.slice(0,1) == [1]",
    "self.ints.distinct() == [1]",
    "self.ints == []",
    "[].all(x, x.y)",
    "self.x__dash__y == ''",
    "self.emb.metadata.name == ''",
    "'%s-%d'.format([self.s, self.a]) == 'a-1'",
]
OTHER = [
    ("self.a", "int"),
    ("self.a + 1", "int"),
    ("self.b ? self.a : 2", "int"),
    ("self", "selfType"),
]
NO_FIELD = [
    ("self.absent > 1", "4 undefined field 'absent'"),
    ("self.absent > 1 || self.gone == 2", "4 undefined field 'absent'", "23 undefined field 'gone'"),
    ("self.a.b == 1", "6 type 'int' does not support field selection"),
    ("self.l.all(x, x.nope == 'a')", "15 undefined field 'nope'"),
    ("self.l[0].nope == ''", "9 undefined field 'nope'"),
    ("self.m.k.z == 'a'", "8 type 'string' does not support field selection"),
    ("self.l.map(x, x.n)[0].z == 1", "21 type 'string' does not support field selection"),
    ("self.m.all(k, k.z == 1)", "15 type 'string' does not support field selection"),
    ("oldSelf.nope == 1", "7 undefined field 'nope'"),
    ("self.s.split('.').all(p, p.x == 1)", "26 type 'string' does not support field selection"),
    ("self.?nope.hasValue()", "4 undefined field 'nope'"),
    ("has(self.a.b)", "3 type 'int' does not support field selection"),
    ("self.l.all(x, self.l.all(x, x.q == ''))", "29 undefined field 'q'"),
    ("[self.o].all(x, x.q)", "17 undefined field 'q'"),
    ("self.any.x == 1", "8 undefined field 'x'"),
    ("self.free.x == 1", "4 undefined field 'free'"),
    ("has(self.free)", "3 undefined field 'free'"),
    ("self.emb.spec == 1", "8 undefined field 'spec'"),
    ("self.emb.metadata.labels == 1", "17 undefined field 'labels'"),
    ("self.metadata.name == 'x'", "4 undefined field 'metadata'"),
]
NO_NAME = [
    ("foo == 1", "0 undeclared reference to 'foo' (in container '')"),
    ("bar(self.a)", "3 undeclared reference to 'bar' (in container '')"),
    ("self.a.foo()", "10 undeclared reference to 'foo' (in container '')"),
    (
        "sets.foo(self.ints)",
        "0 undeclared reference to 'sets' (in container '')",
        "8 undeclared reference to 'foo' (in container '')",
    ),
    ("x", "0 undeclared reference to 'x' (in container '')"),
    ("self.ints.includes(1)", "18 undeclared reference to 'includes' (in container '')"),
    ("self.s.quote() == ''", "12 undeclared reference to 'quote' (in container '')"),
    (
        "cel.bind(x, self.a, x == 's')",
        "0 undeclared reference to 'cel' (in container '')",
        "8 undeclared reference to 'bind' (in container '')",
        "9 undeclared reference to 'x' (in container '')",
        "20 undeclared reference to 'x' (in container '')",
    ),
]
NO_OVERLOAD = [
    ("self.a == 's'", "7 found no matching overload for '_==_' applied to '(int, string)'"),
    ("self.s.contains(1)", "15 found no matching overload for 'contains' applied to 'string.(int)'"),
    ("self.l.exists_one(x, x.n)", "17 found no matching overload for '_?_:_' applied to '(string, int, int)'"),
    (
        "self.l.filter(x, x.n).size() == 1",
        "13 found no matching overload for '_?_:_' applied to '(string, list(selfType.l.@idx), list(selfType.l.@idx))'",
    ),
    (
        "self.l.map(x, x.n, x.n).size() == 1",
        "10 found no matching overload for '_?_:_' applied to '(string, list(string), list(string))'",
    ),
    ("self.a ? true : false", "7 found no matching overload for '_?_:_' applied to '(int, bool, bool)'"),
    ("self.b ? 1 : 's'", "7 found no matching overload for '_?_:_' applied to '(bool, int, string)'"),
    ("!self.a", "0 found no matching overload for '!_' applied to '(int)'"),
    ("-self.s == 1", "0 found no matching overload for '-_' applied to '(string)'"),
    ("self.s in self.ints", "7 found no matching overload for '@in' applied to '(string, list(int))'"),
    ("'x' in self.o", "4 found no matching overload for '@in' applied to '(string, selfType.o)'"),
    ("self.l['a'].n == ''", "6 found no matching overload for '_[_]' applied to '(list(selfType.l.@idx), string)'"),
    ("self.m[1] == ''", "6 found no matching overload for '_[_]' applied to '(map(string, string), int)'"),
    ("self.a[0]", "6 found no matching overload for '_[_]' applied to '(int, int)'"),
    ("self.s + self.a == ''", "7 found no matching overload for '_+_' applied to '(string, int)'"),
    ("self.a == 1.0", "7 found no matching overload for '_==_' applied to '(int, double)'"),
    ("self.n == 1", "7 found no matching overload for '_==_' applied to '(double, int)'"),
    ("self.a == 1u", "7 found no matching overload for '_==_' applied to '(int, uint)'"),
    ("self.a == null", "7 found no matching overload for '_==_' applied to '(int, null)'"),
    ("self.l == null", "7 found no matching overload for '_==_' applied to '(list(selfType.l.@idx), null)'"),
    ("self.m == null", "7 found no matching overload for '_==_' applied to '(map(string, string), null)'"),
    ("self.s == null", "7 found no matching overload for '_==_' applied to '(string, null)'"),
    ("self.o == self.a", "7 found no matching overload for '_==_' applied to '(selfType.o, int)'"),
    ("self.o == self.l", "7 found no matching overload for '_==_' applied to '(selfType.o, list(selfType.l.@idx))'"),
    (
        "self.s.size() > 1 && self.s.lowerAscii() == 1",
        "41 found no matching overload for '_==_' applied to '(string, int)'",
    ),
    (
        "sets.contains(self.ints, ['a'])",
        "13 found no matching overload for 'sets.contains' applied to '(list(int), list(string))'",
    ),
    (
        "quantity(self.s) > quantity('1')",
        "17 found no matching overload for '_>_' applied to '(kubernetes.Quantity, kubernetes.Quantity)'",
    ),
    ("optional.of(self.a).value() == 's'", "28 found no matching overload for '_==_' applied to '(int, string)'"),
    ("optional.none().orValue(1) == 's'", "27 found no matching overload for '_==_' applied to '(int, string)'"),
    ("self.ints.sum() == 's'", "16 found no matching overload for '_==_' applied to '(int, string)'"),
    ("self.l.max() == 1", "10 found no matching overload for 'max' applied to 'list(selfType.l.@idx).()'"),
    ("self.ints.indexOf('a') == 1", "17 found no matching overload for 'indexOf' applied to 'list(int).(string)'"),
    ("self.l.isSorted()", "15 found no matching overload for 'isSorted' applied to 'list(selfType.l.@idx).()'"),
    ("self.s.find('a') == 1", "17 found no matching overload for '_==_' applied to '(string, int)'"),
    (
        "self.s.findAll('a', 'b') == ['a']",
        "14 found no matching overload for 'findAll' applied to 'string.(string, string)'",
    ),
    ("int(self.o) == 1", "3 found no matching overload for 'int' applied to '(selfType.o)'"),
    ("string(self.o) == ''", "6 found no matching overload for 'string' applied to '(selfType.o)'"),
    ("string(self.a) == 1", "15 found no matching overload for '_==_' applied to '(string, int)'"),
    ("double(self.a) == 1", "15 found no matching overload for '_==_' applied to '(double, int)'"),
    ("self.m.all(k, self.m[k] == 1)", "24 found no matching overload for '_==_' applied to '(string, int)'"),
    ("self.m.exists(k, v, v == 1)", "22 found no matching overload for '_==_' applied to '(string, int)'"),
    ("self.l.transformList(i, v, v.n)[0] == 1", "35 found no matching overload for '_==_' applied to '(string, int)'"),
    ("self.l.all(i, v, i == 's')", "19 found no matching overload for '_==_' applied to '(int, string)'"),
    ("self.s.getHours() == 1", "15 found no matching overload for 'getHours' applied to 'string.()'"),
    ("self.t.getHours() == 's'", "18 found no matching overload for '_==_' applied to '(int, string)'"),
    ("self.s.matches(1)", "14 found no matching overload for 'matches' applied to 'string.(int)'"),
    ("size(self.o) == 1", "4 found no matching overload for 'size' applied to '(selfType.o)'"),
    ("1 + 's' == 's'", "2 found no matching overload for '_+_' applied to '(int, string)'"),
    ("(1 + 2) * 3.0 == 9", "8 found no matching overload for '_*_' applied to '(int, double)'"),
    ("'a' < 1", "4 found no matching overload for '_<_' applied to '(string, int)'"),
    ("self.ints.sort() == ['a']", "17 found no matching overload for '_==_' applied to '(list(int), list(string))'"),
    ("lists.range(3) == ['a']", "15 found no matching overload for '_==_' applied to '(list(int), list(string))'"),
    ("self.l.sortBy(x, x.n)[0].n == 1", "27 found no matching overload for '_==_' applied to '(string, int)'"),
    ("self.s.reverse() == ''", "14 found no matching overload for 'reverse' applied to 'string.()'"),
    ("strings.quote(self.s) == 1", "22 found no matching overload for '_==_' applied to '(string, int)'"),
    ("self.a == 1 || oldSelf.a == 's'", "25 found no matching overload for '_==_' applied to '(int, string)'"),
    (
        "self.l[0] == {'n': 'x'}",
        "10 found no matching overload for '_==_' applied to '(selfType.l.@idx, map(string, string))'",
    ),
    ("{'a': 1}.a == 's'", "11 found no matching overload for '_==_' applied to '(int, string)'"),
    ("{'a': 1}['b'] == 's'", "14 found no matching overload for '_==_' applied to '(int, string)'"),
    ("self.ints == ['a']", "10 found no matching overload for '_==_' applied to '(list(int), list(string))'"),
    ("[1].all(x, x == 's')", "13 found no matching overload for '_==_' applied to '(int, string)'"),
    (
        "self.s == \"x\" && self.a == 'y' || self.b == 1",
        "24 found no matching overload for '_==_' applied to '(int, string)'",
        "41 found no matching overload for '_==_' applied to '(bool, int)'",
    ),
    (
        "self.a.optMap(x, x)",
        "13 found no matching overload for 'hasValue' applied to 'int.()'",
        "13 found no matching overload for 'value' applied to 'int.()'",
    ),
    (
        "self.?o.optMap(x, x.p == 1).orValue(true)",
        "22 found no matching overload for '_==_' applied to '(string, int)'",
    ),
]
WRONG = [
    ("self.s.matches('(')", "15 invalid matches argument"),
    (
        "self.a.all(x, x)",
        "4 expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)",
    ),
    ("self.l.all(x, x.n)", "15 expected type 'bool' but found 'string'"),
    ("self.l.all(x, 1)", "14 expected type 'bool' but found 'int'"),
    ("self.l.exists(x, x.n)", "18 expected type 'bool' but found 'string'"),
    ("self.a && true", "4 expected type 'bool' but found 'int'"),
    ("true || self.s", "12 expected type 'bool' but found 'string'"),
    ("[1,'a'].size() == 2", "3 expected type 'int' but found 'string'"),
    ("{'a':1,'b':'c'}.size() == 1", "11 expected type 'int' but found 'string'"),
    ("self.t > timestamp('x')", "19 invalid timestamp argument"),
    ("self.d > duration('1x')", "18 invalid duration argument"),
    ("has(self)", "4 invalid argument to has() macro"),
]


def checked(expression):
    checker, whole = Checker(), declared.of(SCHEMA)
    kind = checker.type_of(syntax.read(expression), {"self": whole, "oldSelf": whole})
    return str(kind), [f"{at} {told}" for at, told in sorted(checker.problems)]


@pytest.mark.parametrize("expression", BOOLEAN)
def test_a_condition_is_a_boolean(expression):
    assert checked(expression) == ("bool", [])


@pytest.mark.parametrize(("expression", "kind"), OTHER)
def test_other_expressions_are_of_other_types(expression, kind):
    assert checked(expression) == (kind, [])


@pytest.mark.parametrize("case", NO_FIELD, ids=lambda case: case[0])
def test_a_field_that_no_schema_has_is_told(case):
    assert checked(case[0])[1] == list(case[1:])


@pytest.mark.parametrize("case", NO_NAME, ids=lambda case: case[0])
def test_a_name_that_nobody_has_declared_is_told(case):
    assert checked(case[0])[1] == list(case[1:])


@pytest.mark.parametrize("case", NO_OVERLOAD, ids=lambda case: case[0])
def test_a_function_of_other_types_is_told(case):
    assert checked(case[0])[1] == list(case[1:])


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case[0])
def test_what_else_is_wrong_is_told(case):
    assert checked(case[0])[1] == list(case[1:])
