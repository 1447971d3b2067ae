"""CEL rules of definitions."""

import json

import pytest

RULES = "x-kubernetes-validations"
TOTAL = "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema"
BLANK = {"Rule": "", "Message": "", "MessageExpression": "", "Reason": None, "FieldPath": "", "OptionalOldSelf": None}


def shown(**fields):
    return json.dumps({**BLANK, **fields}, separators=(",", ":"))


def of(*rules, **schema):
    return {
        "type": "object",
        "properties": {"a": {"type": "integer"}, "s": {"type": "string"}},
        **schema,
        RULES: [*rules],
    }


@pytest.mark.parametrize(
    ("rule", "cause"),
    [
        ({"rule": " "}, "rule: Required value: rule is not specified"),
        ({"message": " "}, 'message: Invalid value: " ": must be non-empty if specified'),
        ({"message": "a\nb"}, 'message: Invalid value: "a\\nb": must not contain line breaks'),
        (
            {"rule": "true ||\ntrue"},
            "message: Required value: message must be specified if rule contains line breaks",
        ),
        (
            {"messageExpression": " "},
            "messageExpression: Required value: messageExpression must be non-empty if specified",
        ),
        ({"fieldPath": ".nope"}, 'fieldPath: Invalid value: ".nope": must be a valid path'),
        (
            {"optionalOldSelf": True},
            "optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule",
        ),
    ],
)
def test_what_is_written_beside_a_rule_makes_sense(schema_told, rule, cause):
    assert schema_told(of({"rule": "true", **rule})) == [f"{RULES}[0].{cause}"]


def test_a_reason_is_one_of_four(schema_told):
    (told,) = schema_told(of({"rule": "true", "reason": "Nope"}))
    assert told.startswith(f'{RULES}[0].reason: Unsupported value: "Nope": supported values: "FieldValueDuplicate", ')


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("self.nope", "compilation failed: ERROR: <input>:1:5: undefined field 'nope'\n | self.nope\n | ....^"),
        ("self.a", "cel expression must evaluate to a bool"),
        ("int('x') == 1", "program instantiation failed: type conversion error from 'string' to 'int'"),
        ("self.s.find('(') == ''", "program instantiation failed: error parsing regexp: missing closing ): `(`"),
    ],
)
def test_a_rule_that_does_not_compile_is_told(schema_told, rule, why):
    assert schema_told(of({"rule": rule})) == [f"{RULES}[0].rule: Invalid value: {shown(Rule=rule)}: {why}"]


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("self.a", "messageExpression must evaluate to a string"),
        ("bool('x') ? '' : ''", "messageExpression instantiation"),
    ],
)
def test_a_message_that_does_not_compile_is_told(schema_told, expression, why):
    (told,) = schema_told(of({"rule": "true", "messageExpression": expression}))
    place = f"{RULES}[0].messageExpression: Invalid value: {shown(Rule='true', MessageExpression=expression)}"
    assert told.startswith(f"{place}: {why}")


def test_signs_of_html_are_escaped_as_go_escapes_them(schema_told):
    (told,) = schema_told(of({"rule": "self.nope < 1"}))
    assert '{"Rule":"self.nope \\u003c 1"' in told


@pytest.mark.parametrize(
    ("schema", "allowed"),
    [
        ({"type": "array", "maxItems": 2}, False),
        ({"type": "array", "maxItems": 2, "x-kubernetes-list-type": "set"}, False),
    ],
)
def test_items_without_keys_have_no_past(schema_told, schema, allowed):
    items = {"type": "integer", RULES: [{"rule": "self == oldSelf"}]}
    (told,) = schema_told({**schema, "items": items})
    uncorrelated = "oldSelf cannot be used on the uncorrelatable portion of the schema within "
    assert (uncorrelated not in told) is allowed


def test_a_schema_that_is_not_sound_is_not_asked_for_its_rules(schema_told):
    told = schema_told(of({"rule": "nope"}, uniqueItems=True))
    assert [text.partition(":")[0] for text in told] == ["uniqueItems"]


def test_rules_of_anything_have_no_type(schema_told):
    (told,) = schema_told({"x-kubernetes-preserve-unknown-fields": True, RULES: [{"rule": "true"}]})
    assert told.endswith("rules: unable to convert structural schema to CEL declarations")


def test_a_rule_that_costs_too_much_is_told_three_times(schema_told):
    texts = {"type": "array", "items": {"type": "string"}, RULES: [{"rule": "self.all(x, self.all(y, x == y))"}]}
    assert [text.partition(" exceeds")[0].partition(" exceeding")[0] for text in schema_told(texts)] == [
        f"{RULES}[0].rule: Forbidden: estimated rule cost",
        f"{RULES}[0].rule: Forbidden: contributed to estimated rule cost total",
        f"spec.validation.openAPIV3Schema: Forbidden: {TOTAL}",
    ]


def test_a_message_may_cost_too_much_as_well(schema_told):
    told = schema_told(of({"rule": "true", "messageExpression": "'a is ' + string(self.a)"}))
    assert told[0].startswith(f"{RULES}[0].messageExpression: Forbidden: estimated messageExpression cost exceeds")
