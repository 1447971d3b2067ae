import pytest

from pytest_kbevents.apiserver.custom.cel.rewriting import rewritten, tokens


@pytest.mark.parametrize(
    ("expression", "read"),
    [
        ("sets.contains(a, [1])", "sets__contains(a, [1])"),
        ("strings.quote('sets.contains(')", "strings__quote('sets.contains(')"),
        ("self.sets.contains('a')", "self.sets.contains('a')"),
        ("self.?a.?b.orValue('')", 'self.optional__select("a").optional__select("b").orValue(\'\')'),
        ("self.a[?b[0]].hasValue()", "self.a.optional__index(b[0]).hasValue()"),
        ("a in [?b]", "a in [?b]"),
        ("a.optMap(x, (x + 1) * 2).value()", "a.optional__items().map(x, (x + 1) * 2).optional__first().value()"),
        ("a.optFlatMap(x, x.?b)", 'a.optional__items().map(x, x.optional__select("b")).optional__flat()'),
        ("size(self.size) + self.a.size()", "own__size(self.size) + self.a.own__size()"),
        ("type(a) == string && string(a) == 'x'", "type(a) == string && own__string(a) == 'x'"),
        ("a ? b : c", "a ? b : c"),
    ],
)
def test_what_the_library_cannot_read_is_said_in_other_words(expression, read):
    assert rewritten(expression) == read


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("a>=1.5e-3 // more\n&& b", ["a", ">=", "1.5e-3", "&&", "b"]),
        ('r\'a\\d\' + b"""x"y"""', ["r'a\\d'", "+", 'b"""x"y"""']),
        ("'it\\'s'", ["'it\\'s'"]),
        ("0x1Fu!=2u", ["0x1Fu", "!=", "2u"]),
    ],
)
def test_an_expression_is_made_of_words(expression, words):
    assert [token.text for token in tokens(expression)] == words
