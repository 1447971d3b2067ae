"""Each operator: where it holds, where it does not, and what it cannot be given."""

import pytest

from pytest_kbevents.scenario.matching.match import ExpectationError, checked, compare
from pytest_kbevents.scenario.matching.operators import OPERATORS

MAPPING = {"a": 1, "b": {"c": 2}}
ITEMS = [{"n": "x", "v": 1}, {"n": "y", "v": 2}]
NOON = "2026-01-01T12:00:00Z"

HOLDS = [
    ({"$eq": MAPPING}, {"a": 1, "b": {"c": 2}}),
    ({"$eq": None}, None),
    ({"$ne": {"a": 1}}, MAPPING),
    ({"$ne": 1}, True),
    ({"$ne": 1}, None),
    ({"$contains": "lead"}, "the leader"),
    ({"$contains": ""}, "the leader"),
    ({"$contains": {"n": "y"}}, ITEMS),
    ({"$contains": {"v": {"$gt": 1}}}, ITEMS),
    ({"$contains": "b"}, MAPPING),
    ({"$contains": None}, [1, None]),
    ({"$regex": "^c1-.*-[0-9]$"}, "c1-mysql-0"),
    ({"$regex": "mysql"}, "c1-mysql-0"),
    ({"$absent": True}, None),
    ({"$absent": False}, False),
    ({"$gt": 5}, 6),
    ({"$gt": 5}, "6"),
    ({"$gt": "5"}, 5.5),
    ({"$gt": 10**40}, str(10**40 + 1)),
    ({"$gt": "9007199254740992"}, "9007199254740993"),
    ({"$gt": NOON}, "2026-01-01T12:00:00.000001Z"),
    ({"$gt": NOON}, "2026-01-01T12:30:00-01:00"),
    ({"$ge": 5}, "5.0"),
    ({"$ge": 0.1}, "0.1"),
    ({"$ge": NOON}, "2026-01-01T13:00:00+01:00"),
    ({"$lt": "1e3"}, 999),
    ({"$lt": 1}, "-.5"),
    ({"$le": 5}, 5),
    ({"$le": "2026-01-01T12:00:00.5Z"}, NOON),
    ({"$in": [1, "a", None]}, "a"),
    ({"$in": [1, "a", None]}, None),
    ({"$in": [{"$lt": 0}, {"$gt": 9}]}, 10),
    ({"$in": [{"a": 2}, {"a": 1}]}, MAPPING),
    ({"$not": {"a": 2}}, MAPPING),
    ({"$not": {"$regex": "x"}}, "abc"),
    ({"$length": 2}, ITEMS),
    ({"$length": {"$ge": 1, "$lt": 3}}, MAPPING),
    ({"$length": 0}, []),
    ({"$length": "2"}, ITEMS),
    ({"$all": {"v": {"$ge": 1}}}, ITEMS),
    ({"$unordered": [{"n": "y"}, {"v": 1}]}, ITEMS),
    ({"$unordered": []}, []),
    ({"$unordered": [{"$gt": 0}, 1]}, [1, 2]),
    ({"$jmespath": "[?n=='y'].v | [0]", "$is": 2}, ITEMS),
    ({"$jmespath": "length(@)", "$is": {"$gt": 1}}, ITEMS),
    ({"$jmespath": "c.d", "$is": None}, MAPPING),
    ({"$jmespath": "b.c"}, MAPPING),
    ({"$jmespath": "`0`"}, None),
    ({"$json": {"a": 1}}, '{"a": 1, "b": 2}'),
    ({"$json": [1, {"$gt": 1}]}, "[1, 2]"),
    ({"$json": None}, "null"),
]

FAILS = [
    ({"$eq": {"a": 1}}, MAPPING, MAPPING),
    ({"$eq": 1}, 1.0, 1.0),
    ({"$ne": 1}, 1, 1),
    ({"$contains": "led"}, "the leader", "the leader"),
    ({"$contains": {"n": "z"}}, ITEMS, [{"n": "x"}, {"n": "y"}]),
    ({"$contains": 1}, [], []),
    ({"$contains": "c"}, MAPPING, ["a", "b"]),
    ({"$contains": "1"}, 12, "12 (has nothing in it)"),
    ({"$contains": 1}, "12", "'12' (cannot contain 1)"),
    ({"$contains": {"n": 1}}, {"n": 1}, "a mapping (cannot contain a mapping)"),
    ({"$contains": "a"}, None, None),
    ({"$regex": "^mysql"}, "c1-mysql-0", "c1-mysql-0"),
    ({"$regex": "1"}, 1, "1 (is no text)"),
    ({"$absent": True}, False, False),
    ({"$absent": False}, None, None),
    ({"$gt": 5}, 5, 5),
    ({"$gt": 5}, "abc", "'abc' (cannot be compared with 5)"),
    ({"$gt": 5}, True, "true (cannot be compared with 5)"),
    ({"$gt": 5}, [6], "a list (cannot be compared with 5)"),
    ({"$gt": 5}, {}, "a mapping (cannot be compared with 5)"),
    ({"$gt": 5}, float("inf"), "inf (cannot be compared with 5)"),
    ({"$gt": 5}, NOON, f"'{NOON}' (cannot be compared with 5)"),
    ({"$gt": 5}, "1e99999999999999999999", "'1e99999999999999999999' (cannot be compared with 5)"),
    ({"$gt": NOON}, "2026-13-01T12:00:00Z", f"'2026-13-01T12:00:00Z' (cannot be compared with '{NOON}')"),
    ({"$gt": 5}, "x" * 1000, f"'{'x' * 76}... (cannot be compared with 5)"),
    ({"$gt": 5}, None, None),
    ({"$ge": "9007199254740993"}, "9007199254740992", "9007199254740992"),
    ({"$lt": 5}, "5", "5"),
    ({"$le": NOON}, "2026-01-01T12:00:00.000001Z", "2026-01-01T12:00:00.000001Z"),
    ({"$in": [1, 2]}, True, True),
    ({"$not": {"a": 1}}, MAPPING, {"$not": {"a": 1}}),
    ({"$length": 1}, ITEMS, {"$length": 2}),
    ({"$length": {"$gt": 2}}, ITEMS, {"$length": 2}),
    ({"$length": 3}, "abc", {"$length": "'abc' (has no items)"}),
    ({"$length": 0}, None, {"$length": None}),
    ({"$all": {"v": 1}}, ITEMS, {"$all": [{"v": 2}]}),
    ({"$all": {}}, [], {"$all": []}),
    ({"$all": 1}, 1, {"$all": "1 (is no list)"}),
    ({"$unordered": [{"n": "y"}]}, ITEMS, {"$unordered": [{"n": "y"}, ITEMS[0]]}),
    ({"$unordered": [1, 2, 2]}, [2, 1], {"$unordered": [1, 2, None]}),
    ({"$unordered": [1, 1]}, [1, 2], {"$unordered": [1, 2]}),
    ({"$unordered": []}, "", {"$unordered": "'' (is no list)"}),
    ({"$jmespath": "b.c", "$is": 3}, MAPPING, {"$jmespath": "b.c", "$is": 2}),
    ({"$jmespath": "c"}, MAPPING, {"$jmespath": None}),
    ({"$jmespath": "a > `1`"}, MAPPING, {"$jmespath": False}),
    ({"$json": {"a": 2}}, '{"a": 1, "b": 2}', {"$json": {"a": 1}}),
    ({"$json": {}}, "{", {"$json": "'{' (is no JSON)"}),
    ({"$json": {}}, "NaN", {"$json": "'NaN' (is no JSON)"}),
    ({"$json": {}}, 1, {"$json": "1 (is no text)"}),
    ({"$json": {}}, None, {"$json": None}),
]

BAD = [
    ({"$contains": {"$gtt": 1}}, ("$contains", "$gtt"), "unknown operator '$gtt'"),
    ({"$regex": 1}, ("$regex",), "$regex takes text, not 1: write it in quotes"),
    (
        {"$regex": "a("},
        ("$regex",),
        "this regular expression does not parse: missing ), unterminated subpattern at column 2; ",
    ),
    ({"$regex": "a{99999999999}"}, ("$regex",), "this regular expression is beyond measure"),
    ({"$regex": "(" * 5000}, ("$regex",), "this regular expression is beyond measure"),
    ({"$absent": "true"}, ("$absent",), "$absent takes true or false, not 'true'"),
    ({"$gt": "abc"}, ("$gt",), "$gt takes a number or a time such as 2026-01-01T00:00:00Z, not 'abc'"),
    ({"$ge": True}, ("$ge",), "$ge takes a number or a time"),
    ({"$lt": None}, ("$lt",), "$lt takes a number or a time"),
    ({"$le": float("nan")}, ("$le",), "$le takes a number or a time"),
    ({"$in": "abc"}, ("$in",), "$in takes a list, not 'abc': write ['abc']"),
    ({"$in": []}, ("$in",), "$in takes a list that is not empty, for nothing can be in this one"),
    ({"$in": [1, {"$x": 1}]}, ("$in", 1, "$x"), "unknown operator '$x'"),
    ({"$not": {"$x": 1}}, ("$not", "$x"), "unknown operator '$x'"),
    ({"$length": "two"}, ("$length",), "$length takes a number of items, or operators such as {$ge: 1}, not 'two'"),
    ({"$length": True}, ("$length",), "$length takes a number of items"),
    ({"$length": -1}, ("$length",), "$length takes a number of items"),
    ({"$length": {"a": 1}}, ("$length",), "$length takes operators such as {$ge: 1}: a number has no keys"),
    ({"$length": {"$x": 1}}, ("$length", "$x"), "unknown operator '$x'"),
    ({"$all": {"$x": 1}}, ("$all", "$x"), "unknown operator '$x'"),
    ({"$unordered": {"a": 1}}, ("$unordered",), "$unordered takes a list, not a mapping"),
    ({"$jmespath": 1}, ("$jmespath",), "$jmespath takes text, not 1"),
    ({"$jmespath": "a b"}, ("$jmespath",), "this JMESPath does not parse: 'b' stands at column 3"),
    ({"$jmespath": "a", "$is": {"$x": 1}}, ("$is", "$x"), "unknown operator '$x'"),
    ({"$is": 1}, ("$is",), "$is stands beside $jmespath, and that is not here"),
    ({"$json": {"$x": 1}}, ("$json", "$x"), "unknown operator '$x'"),
]


@pytest.mark.parametrize(("expectation", "value"), HOLDS)
def test_it_holds(expectation, value):
    checked(expectation)
    found = compare(expectation, value)
    assert (found.holds, found.misses) == (True, 0)


@pytest.mark.parametrize(("expectation", "value", "seen"), FAILS)
def test_it_does_not_hold_and_shows_what_it_looked_at(expectation, value, seen):
    checked(expectation)
    found = compare(expectation, value)
    assert (found.holds, found.expected, found.seen) == (False, expectation, seen)
    assert found.misses > 0


@pytest.mark.parametrize(("expectation", "path", "problem"), BAD)
def test_an_operand_without_sense_is_refused_with_the_remedy(expectation, path, problem):
    with pytest.raises(ExpectationError) as raised:
        checked(expectation)
    assert raised.value.path == path
    assert str(raised.value).startswith(problem)


def test_every_operator_is_tried():
    assert {name for expectation, _ in HOLDS for name in expectation} == set(OPERATORS)
    assert {name for expectation, _, _ in FAILS for name in expectation} == set(OPERATORS)


def test_every_operator_says_what_it_asks():
    assert [name for name, operator in OPERATORS.items() if not operator.says.endswith(".")] == []


def test_a_query_that_cannot_be_asked_says_why():
    seen = compare({"$jmespath": "length(@)", "$is": 3}, 3).seen
    assert seen["$is"].startswith("cannot be asked: In function length(), invalid type for value: 3")


def test_json_that_is_too_deep_is_no_json():
    assert compare({"$json": []}, "[" * 100_000).seen == {"$json": f"'{'[' * 76}... (is no JSON)"}


def test_in_any_order_an_item_that_fits_two_is_left_to_the_one_that_needs_it():
    expectation = {"$unordered": [{"$gt": 0}, {"$gt": 1}, {"$gt": 2}, {"$in": [1, 2]}]}
    assert compare(expectation, [1, 3, 2, 4]).holds


def test_in_any_order_the_nearest_that_is_left_is_shown_for_what_is_missing():
    found = compare({"$unordered": [{"n": "x", "v": 9}, {"n": "y"}]}, [{"n": "z", "v": 0}, *ITEMS])
    assert found.seen == {"$unordered": [{"n": "x", "v": 1}, {"n": "y"}, {"n": "z", "v": 0}]}


def test_a_regular_expression_that_python_warns_of_is_let_pass():
    checked({"$regex": "[[a]"})
    assert compare({"$regex": "[[a]"}, "[").holds
