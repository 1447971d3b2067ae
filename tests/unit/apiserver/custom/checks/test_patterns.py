"""Go's regular expressions."""

import re

import pytest

from pytest_kbevents.apiserver.custom.checks import patterns, regexps


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"a$", "a\n", False),
        (r"[[:alpha:]_]+\z", "ab_", True),
        (r"^[[:^digit:]]$", "a", False),
        (r"\Qa.c\E", "abc", False),
        (r"^\x{41}$", "A", True),
        (r"^(?<n>a)$", "a", True),
        (r"^[^]a]$", "b", True),
        (r"^[]a]$", "]", True),
        (r"^[$]$", "$", True),
        (r"^\p{L}+$", "aé", True),
        (r"^\pN$", "x", False),
        (r"^\P{Lu}$", "a", True),
        (r"^[\p{Lu}\d]+$", "É1", True),
        (r"^\d$", "٣", False),
    ],
)
def test_a_pattern_finds_what_it_finds_in_go(pattern, text, found):
    assert (patterns.compiled(pattern).search(text) is not None) is found


def test_scripts_of_unicode_are_beyond_this_server():
    with pytest.raises(re.error, match="scripts of Unicode are not supported: Greek"):
        patterns.compiled(r"\p{Greek}")


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(", "missing closing ): `(`"),
        ("a)", "unexpected ): `a)`"),
        ("[a", "missing closing ]: `[a`"),
        ("*", "missing argument to repetition operator: `*`"),
        ("(*", "missing argument to repetition operator: `*`"),
        ("a**", "invalid nested repetition operator: `**`"),
        ("a++", "invalid nested repetition operator: `++`"),
        ("a{1,2}{3}", "invalid nested repetition operator: `{1,2}{3}`"),
        ("a{1001}", "invalid repeat count: `{1001}`"),
        ("a{2,1}", "invalid repeat count: `{2,1}`"),
        ("[z-a]", "invalid character class range: `z-a`"),
        ("[a-\\d]", "invalid escape sequence: `\\d`"),
        ("[[:nope:]]", "invalid character class range: `[:nope:]`"),
        ("\\8", "invalid escape sequence: `\\8`"),
        ("\\1", "invalid escape sequence: `\\1`"),
        ("\\Z", "invalid escape sequence: `\\Z`"),
        ("\\x4", "invalid escape sequence: `\\x4`"),
        ("\\", "trailing backslash at end of expression: ``"),
        ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
        ("(?!a)", "invalid or unsupported Perl syntax: `(?!`"),
        ("(?P<>a)", "invalid named capture: `(?P<>`"),
    ],
)
def test_a_pattern_that_go_would_not_compile_is_told(pattern, told):
    assert regexps.problem(pattern) == f"error parsing regexp: {told}"


@pytest.mark.parametrize(
    "pattern",
    ["", "a|", "()", "a{", "a{,2}", "a{x}", "]", "}", "a*?", "(?i)a", "(?m:a)", "\\_", "[\\d-z]", "\\p{Greek}", "\\07"],
)
def test_a_pattern_that_go_compiles_is_no_problem(pattern):
    assert regexps.problem(pattern) == ""


def test_a_pattern_that_only_go_can_read_is_refused_for_what_it_is():
    (cause,) = regexps.check({"pattern": "\\p{Greek}"}, "schema")
    assert "is beyond this server" in cause.message
