"""Names, versions, conversions, and what is shown beside objects."""

import pytest

from pytest_kbevents.apiserver.custom.defining import doubts, naming, spec

SETS = "is not supported by server-side apply or CEL validation rules"
FORMATS = "byte,date,date-time,double,float,int32,int64,password"
ONLY_HTTPS = "'https' is the only allowed URL scheme; desired format: https://host[/path]"
UNREADABLE = "must only contain printable UTF-8 characters; non-printable character found at index 1"
LABEL = "a DNS-1035 label must consist of lower case alphanumeric characters or '-'"
SCHEMA = {"openAPIV3Schema": {"type": "object"}}
NAMES = {"plural": "widgets", "singular": "widget", "kind": "Widget", "listKind": "WidgetList"}


def version(name="v1", **fields):
    return {"name": name, "served": True, "storage": True, "schema": SCHEMA, **fields}


def starts(told, *texts):
    return len(told) == len(texts) and all(one.startswith(text) for one, text in zip(told, texts, strict=True))


def test_a_sound_definition_is_not_minded(told):
    assert told() == []


@pytest.mark.parametrize(
    ("group", "text"),
    [
        ("", "spec.group: Required value"),
        ("a", 'spec.group: Invalid value: "a": should be a domain with at least one dot'),
        ("A.b", 'spec.group: Invalid value: "A.b": a lowercase RFC 1123 subdomain'),
    ],
)
def test_a_group_is_a_domain(told, group, text):
    assert starts(told(group=group), text)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ({"kind": ""}, "spec.names.kind: Required value"),
        ({"singular": "Widget"}, f'spec.names.singular: Invalid value: "Widget": {LABEL}'),
        (
            {"kind": "a_b"},
            f'spec.names.kind: Invalid value: "a_b": may have mixed case, but should otherwise match: {LABEL}',
        ),
        ({"listKind": "Widget"}, 'spec.names.listKind: Invalid value: "Widget": kind and listKind may not be the same'),
        ({"shortNames": ["w", "W"]}, f'spec.names.shortNames[1]: Invalid value: "W": {LABEL}'),
        ({"categories": ["a b"]}, f'spec.names.categories[0]: Invalid value: "a b": {LABEL}'),
    ],
)
def test_names_are_labels(told, names, text):
    assert starts(told(names={**NAMES, **names}), text)


@pytest.mark.parametrize(("scope", "text"), [(None, "Required value"), ("Nowhere", 'Unsupported value: "Nowhere"')])
def test_a_scope_is_one_of_two(told, scope, text):
    assert starts(told(scope=scope), f"spec.scope: {text}")


def test_a_version_is_a_label_and_told_of_twice(told):
    assert starts(
        told(versions=[version("V1")]),
        f'spec.versions[0].name: Invalid value: "V1": {LABEL}',
        f'spec.version: Invalid value: "V1": {LABEL}',
    )


@pytest.mark.parametrize(
    ("versions", "rule"),
    [
        ([version(storage=False)], "must have exactly one version marked as storage version"),
        ([version(), version("v2")], "must have exactly one version marked as storage version"),
        ([version(), version(storage=False)], "must contain unique version names"),
        ([], "must have exactly one version marked as storage version"),
    ],
)
def test_versions_have_different_names_and_one_is_stored(told, versions, rule):
    (text,) = told(versions=versions)
    assert text.partition("[")[0] + text.rpartition("]")[2] == f"spec.versions: Invalid value: : {rule}"


def test_each_version_has_a_schema(told):
    bare = {"name": "v2", "served": True, "storage": False}
    assert told(versions=[version(), bare]) == ["spec.versions[1].schema.openAPIV3Schema: Required value"]


def test_what_all_versions_have_stands_above_them(told):
    columns = [{"name": "a", "type": "string", "jsonPath": "nope"}]
    versions = [
        version(additionalPrinterColumns=columns),
        version("v2", storage=False, additionalPrinterColumns=columns),
    ]
    rule = 'Invalid value: "nope": must be a simple json path starting with .'
    assert told(versions=versions) == [f"spec.additionalPrinterColumns[0].JSONPath: {rule}"]


def test_what_versions_differ_in_stands_in_each(told):
    columns = [{"name": "a", "type": "string", "jsonPath": "nope"}]
    versions = [version(), version("v2", storage=False, additionalPrinterColumns=columns)]
    rule = 'Invalid value: "nope": must be a simple json path starting with .'
    assert told(versions=versions) == [f"spec.versions[1].additionalPrinterColumns[0].JSONPath: {rule}"]


def test_versions_are_shown_with_what_is_their_own(told):
    versions = [version(), version("v2", subresources={"status": {}})]
    (text,) = told(versions=versions)
    assert '"Schema":null,"Subresources":{"Status":{},"Scale":null}' in text


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ({"name": ""}, "name: Required value"),
        ({"type": ""}, "type: Required value: must be one of boolean,date,integer,number,string"),
        ({"type": "x"}, 'type: Invalid value: "x": must be one of boolean,date,integer,number,string'),
        (
            {"format": "x"},
            'format: Invalid value: "x": must be one of ' + FORMATS,
        ),
        ({"jsonPath": ""}, "JSONPath: Required value"),
    ],
)
def test_a_column_has_a_name_a_type_and_a_path(told, column, text):
    columns = [{"name": "a", "type": "string", "jsonPath": ".a", **column}]
    assert told(versions=[version(additionalPrinterColumns=columns)]) == [f"spec.additionalPrinterColumns[0].{text}"]


@pytest.mark.parametrize(
    ("paths", "text"),
    [
        ({"specReplicasPath": ""}, "specReplicasPath: Required value"),
        (
            {"specReplicasPath": ".replicas"},
            'specReplicasPath: Invalid value: ".replicas": should be a json path under .spec',
        ),
        (
            {"statusReplicasPath": "x"},
            'statusReplicasPath: Invalid value: "x": must be a simple json path starting with .',
        ),
        (
            {"labelSelectorPath": ".metadata.x"},
            'labelSelectorPath: Invalid value: ".metadata.x": should be a json path under either .spec or .status',
        ),
    ],
)
def test_a_scale_reads_the_spec_and_the_status(told, paths, text):
    scale = {"specReplicasPath": ".spec.n", "statusReplicasPath": ".status.n", **paths}
    assert told(versions=[version(subresources={"scale": scale})]) == [f"spec.subresources.scale.{text}"]


FIELDS = {f"a{number}": {"type": "string"} for number in range(9)} | {"o": {"type": "object"}}
WITH_FIELDS = {"openAPIV3Schema": {"type": "object", "properties": {"spec": {"type": "object", "properties": FIELDS}}}}
KINDS = (
    "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed."
)


@pytest.mark.parametrize(
    ("paths", "texts"),
    [
        ([".spec.a1"], []),
        ([""], ["[0].jsonPath: Required value"]),
        (
            [".spec.no"],
            ['[0].jsonPath: Invalid value: ".spec.no": is an invalid path: does not refer to a valid field'],
        ),
        ([".spec.o"], [f'[0].jsonPath: Invalid value: ".spec.o": {KINDS}']),
        ([".spec.a1", ".spec.a1"], ['[1].jsonPath: Duplicate value: ".spec.a1"']),
        ([f".spec.a{number}" for number in range(9)], [": Too many: 9: must have at most 8 items"]),
    ],
)
def test_fields_to_select_by_are_scalars_of_the_schema(told, paths, texts):
    one = version(schema=WITH_FIELDS, selectableFields=[{"jsonPath": path} for path in paths])
    assert told(versions=[one]) == [f"spec.selectableFields{text}" for text in texts]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"deprecationWarning": "x"}, 'Invalid value: "x": can only be set for deprecated versions'),
        ({"deprecated": True, "deprecationWarning": ""}, 'Invalid value: "": must not be an empty string'),
        (
            {"deprecated": True, "deprecationWarning": "a\tb"},
            f'Invalid value: "a\\tb": {UNREADABLE}',
        ),
    ],
)
def test_a_warning_of_deprecation_can_be_read(told, fields, text):
    assert told(versions=[version(**fields)]) == [f"spec.versions[0].deprecationWarning: {text}"]


def webhook(**fields):
    return {"strategy": "Webhook", "webhook": {"conversionReviewVersions": ["v1"], **fields}}


REVIEWS = "spec.conversion.conversionReviewVersions"
CLIENT = "spec.conversion.webhookClientConfig"


@pytest.mark.parametrize(
    ("conversion", "texts"),
    [
        ({"strategy": "None"}, []),
        (webhook(clientConfig={"url": "https://a.example/b"}), []),
        ({"strategy": "x"}, ['spec.conversion.strategy: Unsupported value: "x": supported values: "None", "Webhook"']),
        (webhook(), [f"{CLIENT}: Required value: required when strategy is set to Webhook"]),
        (webhook(clientConfig={}), [f"{CLIENT}: Required value: exactly one of url or service is required"]),
        (
            webhook(clientConfig={"url": "http://a"}),
            [f'{CLIENT}.url: Invalid value: "http": {ONLY_HTTPS}'],
        ),
        (
            webhook(clientConfig={"service": {"name": "a", "namespace": "b", "port": 0}}),
            [f"{CLIENT}.service.port: Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive"],
        ),
        (
            webhook(clientConfig={"service": {"name": "a", "namespace": "b", "path": "x"}}),
            [
                f"{CLIENT}.service.path: Invalid value: \"x\": must start with a '/'",
                f"{CLIENT}.service.path: Invalid value",
            ],
        ),
        (
            webhook(clientConfig={"url": "https://a"}, conversionReviewVersions=["v2", "v2"]),
            [
                f'{REVIEWS}[1]: Invalid value: "v2": duplicate version',
                f'{REVIEWS}: Invalid value: ["v2","v2"]: must include at least one of v1, v1beta1',
            ],
        ),
        (
            {"strategy": "None", "webhook": {"conversionReviewVersions": ["v1"]}},
            [f"{REVIEWS}: Forbidden: should not be set when strategy is not set to Webhook"],
        ),
    ],
)
def test_a_conversion_says_how(told, conversion, texts):
    assert starts(told(conversion=conversion), *texts)


@pytest.mark.parametrize(("established", "count"), [(False, 0), (True, 1)])
def test_a_certificate_is_looked_at_once_the_definition_is_established(told, established, count):
    conversion = webhook(clientConfig={"url": "https://a", "caBundle": "eA=="})
    assert len(told(conversion=conversion, established=established)) == count


@pytest.mark.parametrize(
    ("stored", "names", "text"),
    [
        ([], ["v1"], "status.storedVersions: Invalid value: null: must have at least one stored version"),
        (["v1"], ["v1"], ""),
        (["v2"], ["v1"], 'status.storedVersions: Invalid value: ["v2"]: must have the storage version v1'),
        (
            ["v1", "v0"],
            ["v1"],
            'status.storedVersions[1]: Invalid value: "v0": missing from spec.versions; v0 was previously',
        ),
    ],
)
def test_a_version_that_is_stored_stays(stored, names, text):
    causes = spec.stored(stored, {"versions": [version(name) for name in names]})
    assert (next((f"{cause.field}: {cause.message}" for cause in causes), "")).startswith(text)


@pytest.mark.parametrize(
    ("annotation", "count"),
    [("", 1), ("nonsense", 1), ("//a/b", 1), ("unapproved, a test", 0), ("https://a.example/1", 0)],
)
@pytest.mark.parametrize("group", ["k8s.io", "a.k8s.io", "a.kubernetes.io"])
def test_groups_of_kubernetes_need_its_consent(annotation, count, group):
    obj = {"metadata": {"annotations": {naming.APPROVAL: annotation}}, "spec": {"group": group}}
    assert len(list(naming.approval(obj))) == count


def test_a_consent_that_was_missing_before_is_not_minded():
    obj = {"metadata": {}, "spec": {"group": "a.k8s.io"}}
    assert list(naming.approval(obj, obj)) == []


def test_preserving_what_is_unknown_is_of_the_past():
    assert len(list(spec.preserving({"preserveUnknownFields": True}))) == 1


@pytest.mark.parametrize(
    ("schema", "warnings"),
    [
        ({"type": "string", "format": "date"}, []),
        ({"type": "string", "format": "nope"}, ['unrecognized format "nope"']),
        ({"type": "object", "format": "date"}, ['unrecognized format "date"']),
        ({"type": "integer", "format": "int8"}, ['unrecognized format "int8"']),
        (
            {"type": "array", "items": {"type": "array"}, "x-kubernetes-list-type": "set"},
            [f'x-kubernetes-list-type: set for items of type "array" {SETS}'],
        ),
    ],
)
def test_what_a_definition_should_not_say_is_warned_of(schema, warnings):
    root = {"type": "object", "properties": {"a": schema}}
    assert list(doubts.of({"versions": [version(schema={"openAPIV3Schema": root})]})) == warnings
