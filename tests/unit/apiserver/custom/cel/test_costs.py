"""What rules cost at most: a real server tells the same numbers, by how far they are beyond its limits."""

import pytest

from pytest_kbevents.apiserver.custom.cel import checker
from pytest_kbevents.apiserver.custom.cel.costs import limits
from pytest_kbevents.apiserver.custom.cel.costs.limits import Budget
from pytest_kbevents.apiserver.custom.cel.typed import declared

TEXT = {"type": "string"}
SCHEMA = {
    "type": "object",
    "properties": {
        "a": {"type": "integer"},
        "s": TEXT,
        "e": {"type": "string", "enum": ["abc", "abcdef"]},
        "b": {"type": "boolean"},
        "t": {"type": "string", "format": "date-time"},
        "l": {"type": "array", "items": {"type": "object", "required": ["n"], "properties": {"n": TEXT}}},
        "strs": {"type": "array", "maxItems": 20, "items": {"type": "string", "maxLength": 30}},
        "ints": {"type": "array", "items": {"type": "integer"}},
        "m": {"type": "object", "additionalProperties": TEXT},
        "mm": {"type": "object", "maxProperties": 7, "additionalProperties": {"type": "string", "maxLength": 9}},
        "o": {"type": "object", "properties": {"p": {"type": "string", "maxLength": 12}}},
        "ios": {"x-kubernetes-int-or-string": True},
        "by": {"type": "string", "format": "byte"},
        "d": {"type": "string", "format": "duration"},
    },
}
COSTS = [
    ("self.a == 1", 2),
    ("self.a > 1 && self.b", 5),
    ("self.b ? self.a == 1 : self.a == 2", 4),
    ("self.s == 'abc'", 3),
    ("self.s != self.e", 5),
    ("self.e == 'abcdef'", 3),
    ("self.s.size() > 3", 4),
    ("size(self.l) < 3", 4),
    ("self.s.startsWith('abc')", 3),
    ("self.s.contains('abcdefghijklmnop')", 629148),
    ("self.s.matches('^[a-z0-9]{1,5}$')", 1258294),
    ("self.e.matches('^a')", 3),
    ("self.l.all(x, x.n != '')", 1572863),
    ("self.l.exists(x, x.n == 'abc')", 2202007),
    ("self.l.exists_one(x, x.n == 'abc')", 1572864),
    ("self.strs.all(x, x.size() > 1)", 123),
    ("self.strs.all(x, x.startsWith('abcdefghijkl'))", 123),
    ("self.strs.filter(x, x != '').size() > 1", 295),
    ("self.strs.map(x, x + 'abc').size() > 1", 535),
    ("self.strs.map(x, x + 'abc').all(y, y == 'abcdefghijklmnopqrstuv')", 614),
    ("self.strs.map(x, x != '', x).size() > 1", 295),
    ("self.strs.map(x, x)[0] == 'abc'", 275),
    ("self.strs[0] == 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz'", 9),
    ("self.ints.sum() > 3", 1572866),
    ("self.strs.isSorted()", 262),
    ("self.strs.indexOf('a') == 1", 263),
    ("self.s.indexOf('a') == 1", 314576),
    ("self.mm.all(k, k != '')", 31),
    ("self.mm.all(k, self.mm[k] == 'abcdefghijk')", 66),
    ("self.mm.exists(k, k == 'abc')", 38),
    ("self.m.all(k, self.m[k] != '')", 2752508),
    ("'a' in self.mm", 3),
    ("'a' in self.strs", 22),
    ("self.a in [1,2,3]", 15),
    ("self.a in self.ints", 1572867),
    ("self.strs.join(',') == 'abc'", 245),
    ("self.strs.join() == 'abc'", 243),
    ("self.s.split(',').size() == 1", 629150),
    ("self.e.split(',').all(x, x.size() > 0)", 41),
    ("self.e.split(',', 3)[0] == 'abc'", 5),
    ("self.o.p.replace('a', 'bcd') == 'abc'", 14),
    ("self.o.p.replace('', 'bcd') == 'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz'", 19),
    ("self.o.p.replace('abc', 'd') == 'abcdefghijkl'", 15),
    ("self.e.lowerAscii() == 'abcdef'", 4),
    ("self.o.p.substring(1, 3) == 'ab'", 9),
    ("self.o.p.trim() + self.e == 'abcdefghijklmnopqrstuvw'", 19),
    ("self.s.find('abcdefghijkl') == 'a'", 943722),
    ("self.o.p.findAll('abc').size() == 1", 10),
    ("self.o.p.findAll('abc').all(x, x == 'abcdefghijk')", 201),
    ("has(self.o) && has(self.o.p)", 3),
    ("!has(self.o.p) || self.o.p == 'abcdefghij'", 7),
    ("self.t > timestamp('2020-01-01T00:00:00Z')", 4),
    ("self.d > duration('1s')", 4),
    ("self.by == b'abcdefghijkl'", 4),
    ("string(self.by) == 'abcdefghijklmnop'", 314577),
    ("bytes(self.e) == b'abcdef'", 4),
    ("string(self.a) == 'abc'", 4),
    ("int(self.e) == 1", 4),
    ("quantity(self.e).isLessThan(quantity('100'))", 5),
    ("quantity(self.s) == quantity('1')", 314577),
    ("isQuantity(self.o.p)", 8),
    ("ip(self.e).family() == 4", 5),
    ("isIP(self.o.p)", 8),
    ("ip.isCanonical(self.o.p)", 13),
    ("cidr(self.o.p).containsIP(self.e)", 15),
    ("cidr(self.o.p).containsIP(ip(self.e))", 15),
    ("cidr(self.o.p).containsCIDR(self.e)", 18),
    ("cidr(self.o.p).ip() == ip(self.e)", 13),
    ("url(self.o.p).getHost() == 'abcdef'", 10),
    ("url(self.o.p) == url(self.e)", 12),
    ("isURL(self.o.p)", 4),
    ("format.dns1123Label().validate(self.o.p).hasValue()", 165),
    ("!format.named('dns1123Label').value().validate(self.e).hasValue()", 38),
    ("sets.contains(self.strs, ['a','b'])", 53),
    ("sets.intersects(self.strs, self.strs)", 405),
    ("sets.equivalent(self.strs, ['abc'])", 53),
    ("self.ios == 'abc'", 3),
    ("self.ios > 1", 3),
    ("type(self.ios) == int ? self.ios < 5 : self.ios.contains('%')", 314579),
    ("self.?o.?p.orValue('abc') == 'abcdef'", 5),
    ("self.?o.hasValue()", 3),
    ("self.?l[?0].hasValue()", 4),
    ("self.?o.optMap(x, x.p == 'abcdefghijk').orValue(true)", 20),
    ("self.?o.optFlatMap(x, x.?p).orValue('abc') == 'abc'", 20),
    ("optional.of(self.e).orValue('abc') == 'abcdefgh'", 5),
    ("self.l.map(x, x.n).all(y, y == 'abcdefg')", 5662310),
    ("self.l.filter(x, x.n == 'a').all(y, y.n == 'abcdefg')", 6920598),
    ("self.strs.all(x, self.strs.all(y, x == y))", 6923),
    ("self.strs.all(x, self.strs.exists_one(y, x == y))", 6543),
    ("self.l.all(x, self.l.exists_one(y, x.n == y.n))", 31129335821481543),
    ("[1,2,3].all(x, x > self.a)", 32),
    ("['abc','def'].exists(x, x == self.e)", 25),
    ("{'a': 1, 'b': 2}['a'] == self.a", 33),
    ("['abc','def'][0] == self.s", 14),
    ("{'a':'bcdefghijklmnop'}['a'] == self.s", 35),
    ("self.s.format([self.a]) == 'abcdef'", 314588),
    ("'%s-%d'.format([self.e, self.a]) == 'abcdef'", 16),
    ("dyn(self.a) == 1", 3),
    ("dyn(self.s) == 'abcdefghijklm'", 5),
    ("self == oldSelf", 2),
    ("self.s == oldSelf.s", 314577),
    ("self.o == oldSelf.o", 4),
    ("self.l == oldSelf.l", 31462),
    ("self.mm == oldSelf.mm", 5),
    ("oldSelf.l.all(x, self.l.exists(y, y.n == x.n))", 31129533732253339),
    ("self.ints.max() > 1 && self.ints.min() > 0", 3145732),
    ("self.strs.slice(0, 2) == ['a']", 26),
    ("self.strs.distinct().size() == self.strs.size()", 818),
    ("self.strs.sort() == self.strs", 857),
    ("self.ints.sort() == [1,2]", 4947796033562),
    ("self.strs.reverse() == self.strs", 37),
    ("[self.strs].flatten() == ['a']", 35),
    ("lists.range(5).all(x, x > 1)", 42),
    ("self.strs.first().orValue('') == 'abcdef'", 5),
    ("semver(self.e).major() == 1", 5),
    ("semver(self.e) == semver('1.0.0')", 5),
    ("isSemver(self.o.p)", 8),
    ("self.e + self.e + 'abc' == 'abcdefghijklmnopqrstuvwxyzabcdef'", 10),
    ("self.strs + self.strs == ['a']", 16),
    ("(self.strs + ['abcdefg']).all(x, x == 'abcdefghijkl')", 98),
    ("(self.b ? self.strs : ['a'])[0] == 'abcdefghijkl'", 13),
    ("(self.b ? self.e : 'abcdefghijklmnopqrst') == 'abcdefghijklmnopqrstuvwxyz'", 6),
    ("self.t.getHours() == 1", 4),
    ("self.s.charAt(0) == 'a'", 4),
    ("self.s.lastIndexOf('a') == 2", 314576),
    ("self.e > 'abc'", 3),
    ("self.by < b'abcdefghijklmnopqrst'", 4),
    ("strings.quote(self.e) == 'abcdefghijklmnop'", 5),
    ("self.strs.exists(x, x in self.mm)", 163),
    ("matches(self.e, 'abcdefghij')", 5),
    ("self.a + 1 == 2 * self.a - 3", 8),
    ("-self.a < 3 && !self.b", 7),
    ("self.strs.map(x, [x])[0][0] == 'abcdefghijk'", 477),
    ("self.strs.map(x, {'a': x})[0].a == 'abcdefghijkl'", 875),
    ("self.strs.all(x, ['a','b'].exists(y, y == x))", 523),
    ("self.o.p.split('.').all(x, x.matches('^[a-z]+$'))", 302),
    ("self.o.p.split('.').map(x, x.size()).sum() > 2", 745),
]


@pytest.mark.parametrize(("rule", "cost"), COSTS)
def test_a_rule_costs_what_it_costs_a_real_server(rule, cost):
    assert checker.rule(rule, declared.of(SCHEMA), optional=False).cost == cost


@pytest.mark.parametrize(
    ("schema", "count"),
    [
        ({"type": "object", "properties": {}}, 3),
        ({"type": "array", "maxItems": 5}, 15),
        ({"type": "array"}, None),
        ({"type": "object", "additionalProperties": TEXT, "maxProperties": 4}, 12),
        ({"type": "object", "additionalProperties": TEXT}, None),
        ({"type": "string"}, 3),
    ],
)
def test_what_is_inside_can_be_there_as_often_as_the_schema_says(schema, count):
    assert limits.below(schema, 3) == count


def test_what_has_no_bound_is_bounded_by_the_largest_request():
    assert limits.repeated(7, None, smallest=3) == 7 * (3 * 1024 * 1024 // 4)


@pytest.mark.parametrize(
    ("cost", "factor"),
    [(12_345_678, "1.234568x"), (25_000_000, "2.5x"), (999_999_999, "100.0x"), (1_000_000_001, "more than 100x")],
)
def test_a_cost_is_told_by_how_far_it_is_beyond_the_limit(cost, factor):
    assert limits.exceeded("estimated rule cost", cost, limits.ONE_EXPRESSION).startswith(
        f"estimated rule cost exceeds budget by factor of {factor} ("
    )


def test_all_rules_together_have_a_limit_and_the_costliest_four_are_named():
    budget = Budget()
    for cost in (30_000_000, 10_000_000, 40_000_000, 20_000_000, 5_000_000, 999_999):
        budget.spend(cost, f"field{cost}")
    named = [cause.field for cause in budget.overdrawn("schema")]
    assert named == ["field40000000", "field30000000", "field20000000", "field10000000", "schema"]


def test_rules_within_the_limit_are_not_minded():
    budget = Budget()
    budget.spend(limits.ALL_EXPRESSIONS, "field")
    assert list(budget.overdrawn("schema")) == []
