"""Matching, for whatever comes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_kbevents.scenario.matching.match import ExpectationError, checked, compare
from pytest_kbevents.scenario.matching.operators import OPERATORS

QUIET = settings(max_examples=200, deadline=None, derandomize=True)

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.integers(),
    st.floats(),
    st.text(max_size=4),
    st.sampled_from(["5", "1e3", "[1]", '{"a": 1}', "2026-01-01T00:00:00Z", "a[0]", "length(@)", "(", "keys(@)"]),
)
KEYS = st.sampled_from(["a", "b", "c"])
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


def operated(inner):
    """Operators with fitting operands, and with any."""
    fitting = {
        "$regex": st.sampled_from(["a", "^$", "[0-9]+"]),
        "$absent": st.booleans(),
        "$length": st.integers(0, 3),
        "$in": st.lists(inner, min_size=1, max_size=3),
        "$unordered": st.lists(inner, max_size=4),
        "$jmespath": st.sampled_from(["a", "@", "length(@)", "[?a].b", "to_number(@)", "max(@)"]),
    }
    ranked = st.integers() | st.sampled_from(["5", "2026-01-01T00:00:00Z"])
    fitting |= dict.fromkeys(["$gt", "$ge", "$lt", "$le"], ranked)
    alone = [
        st.dictionaries(st.just(name), fitting.get(name, inner) | inner, min_size=1, max_size=1) for name in OPERATORS
    ]
    asked = st.fixed_dictionaries({"$jmespath": fitting["$jmespath"], "$is": inner})
    several = st.dictionaries(st.sampled_from([*OPERATORS, "$gtt", "a"]), inner, max_size=3)
    return st.one_of(*alone, asked, several)


EXPECTATIONS = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3), operated(inner), operated(inner)
    ),
    max_leaves=8,
)


def makes_sense(expectation):
    try:
        checked(expectation)
    except ExpectationError:
        return False
    return True


SENSIBLE = EXPECTATIONS.filter(makes_sense)


def numbers(value):
    """Whether nothing in it is unequal to itself."""
    if isinstance(value, dict):
        return all(map(numbers, value.values()))
    return all(map(numbers, value)) if isinstance(value, list) else value == value


@st.composite
def thinned(draw, value):
    """The value with some keys dropped."""
    if isinstance(value, dict):
        return {key: draw(thinned(item)) for key, item in value.items() if draw(st.booleans())}
    if isinstance(value, list):
        return [draw(thinned(item)) for item in value]
    return value


@QUIET
@given(DATA.filter(numbers).flatmap(lambda value: st.tuples(thinned(value), st.just(value))))
def test_what_is_left_of_a_value_matches_it(pair):
    expectation, value = pair
    found = compare(expectation, value)
    assert (found.holds, found.seen) == (True, expectation)


@QUIET
@given(SENSIBLE, DATA)
def test_it_holds_when_nothing_is_missed(expectation, value):
    found = compare(expectation, value)
    assert found.holds == (found.misses == 0)


@QUIET
@given(SENSIBLE, DATA)
def test_not_of_not_is_itself(expectation, value):
    held = compare(expectation, value).holds
    assert compare({"$not": expectation}, value).holds == (not held)
    assert compare({"$not": {"$not": expectation}}, value).holds == held


@QUIET
@given(st.lists(st.integers(0, 4), max_size=6).flatmap(lambda items: st.tuples(st.just(items), st.permutations(items))))
def test_order_does_not_matter_where_it_need_not(pair):
    items, shuffled = pair
    assert compare({"$unordered": items}, list(shuffled)).holds


@QUIET
@given(st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=3), min_size=1, max_size=5), st.permutations(range(5)))
def test_in_any_order_holds_where_some_order_would(choices, order):
    """Tried against all orders."""
    from itertools import permutations

    items = list(order)[: len(choices)]
    expected = any(all(item in choice for item, choice in zip(p, choices, strict=True)) for p in permutations(items))
    assert compare({"$unordered": [{"$in": choice} for choice in choices]}, items).holds == expected
