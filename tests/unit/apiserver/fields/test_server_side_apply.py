import json

import pytest

from pytest_kbevents.apiserver.fields.apply import apply
from pytest_kbevents.apiserver.fields.managed import update
from pytest_kbevents.errors import BadRequest, Conflict, UnknownError

LEAF = {}
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


@pytest.fixture
def applied(target, writer, body):
    """An object to which a spec has been applied."""

    def applied(spec, manager="a", *, to=None, at=0, force=False):
        return apply(to or {}, body(spec), target, writer(manager, at, force=force))

    return applied


@pytest.fixture
def stored(target, writer, body):
    """A Thing that ``updater`` created."""

    def stored(spec, **metadata):
        created = update({}, body(spec, **metadata), target, writer("updater"))
        return {**created, "metadata": {**created["metadata"], "uid": "u"}}

    return stored


@pytest.fixture
def refused(applied, stored):
    """Why a spec cannot be applied to an object of another one."""

    def refused(spec, live):
        with pytest.raises(Conflict) as error:
            applied(spec, to=stored(live))
        return error.value

    return refused


def test_an_apply_creates_what_is_not_there(applied, owners):
    created = applied({"size": 1})
    assert (created["spec"], owners(created)) == ({"size": 1}, {("a", "Apply"): {"f:spec": {"f:size": LEAF}}})


@pytest.mark.parametrize(
    ("live", "config", "merged"),
    [
        pytest.param({"size": 1}, {"flag": True}, {"size": 1, "flag": True}, id="fields are added"),
        pytest.param(
            {"labels": {"a": "1"}}, {"labels": {"b": "2"}}, {"labels": {"a": "1", "b": "2"}}, id="entries too"
        ),
        pytest.param({"labels": {"a": "1"}}, {"labels": {}}, {"labels": {"a": "1"}}, id="an empty map takes nothing"),
        pytest.param({"labels": {"a": "1"}}, {"labels": None}, {"labels": {"a": "1"}}, id="nor does null"),
        pytest.param({"tags": ["a", "b"]}, {"tags": ["c", "b"]}, {"tags": ["a", "c", "b"]}, id="values join a set"),
        pytest.param({"tags": ["a", "b", "c"]}, {"tags": ["c", "a"]}, {"tags": ["b", "c", "a"]}, id="in the new order"),
        pytest.param(
            {"parts": [{"name": "x", "size": 1}, {"name": "y"}]},
            {"parts": [{"name": "z"}, {"name": "x", "sub": {"x": 1}}]},
            {"parts": [{"name": "z"}, {"name": "x", "size": 1, "sub": {"x": 1}}, {"name": "y"}]},
            id="items are merged by their keys",
        ),
        pytest.param(
            {"free": {"a": {"b": 1}}}, {"free": {"a": {"c": 2}}}, {"free": {"a": {"b": 1, "c": 2}}}, id="free"
        ),
    ],
)
def test_an_apply_merges(applied, stored, live, config, merged):
    assert applied(config, to=stored(live))["spec"] == merged


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        pytest.param({"size": 1, "flag": True}, {"flag": True}, {"flag": True}, id="a field"),
        pytest.param({"tags": ["a", "b"]}, {"tags": ["b"]}, {"tags": ["b"]}, id="a value of a set"),
        pytest.param({"labels": {"a": "1", "b": "1"}}, {"labels": {"b": "1"}}, {"labels": {"b": "1"}}, id="an entry"),
        pytest.param(
            {"parts": [{"name": "x", "sub": {"x": 1}}, {"name": "y"}]},
            {"parts": [{"name": "x"}]},
            {"parts": [{"name": "x"}]},
            id="an item and fields of another",
        ),
        pytest.param({"steps": ["a"], "size": 1}, {"size": 1}, {"size": 1}, id="an atomic list"),
    ],
)
def test_what_is_not_applied_any_more_goes(applied, first, second, left):
    assert applied(second, to=applied(first))["spec"] == left


def test_what_others_apply_too_stays(applied):
    shared = applied({"size": 1}, "b", to=applied({"size": 1, "flag": True}))
    assert applied({}, to=shared)["spec"] == {"size": 1}


def test_an_item_goes_with_what_others_put_into_it(applied, target, writer):
    live = applied({"size": 1, "parts": [{"name": "x"}]})
    grown = update(live, {**live, "spec": {"size": 1, "parts": [{"name": "x", "size": 1}]}}, target, writer("u"))
    assert applied({"size": 1}, to=grown)["spec"] == {"size": 1, "parts": None}


def test_what_is_applied_twice_changes_nothing(applied):
    once = applied({"size": 1, "tags": ["b", "a"]}, at=1)
    assert applied({"size": 1, "tags": ["b", "a"]}, to=once, at=2) == once


def test_what_has_the_same_value_is_owned_by_both(applied, owners):
    assert owners(applied({"size": 1}, "b", to=applied({"size": 1}))).keys() == {("a", "Apply"), ("b", "Apply")}


def test_one_who_only_joins_the_owners_has_no_time(applied):
    entries = applied({"size": 1}, "b", to=applied({"size": 1}), at=2)["metadata"]["managedFields"]
    assert ["time" in entry for entry in entries] == [False, True]


def test_the_fields_of_an_object_without_owners_belong_to_before_first_apply(applied, body, owners):
    live = body({"size": 1}, uid="u")
    assert ("before-first-apply", "Update") in owners(applied({"flag": True}, to=live))


def test_a_field_of_another_is_a_conflict(refused):
    error = refused({"size": 2}, {"size": 1})
    assert error.message == 'Apply failed with 1 conflict: conflict with "updater" using example.com/v1: .spec.size'


def test_a_conflict_has_a_cause_for_each_field(refused):
    assert refused({"size": 2}, {"size": 1}).details == {
        "causes": [
            {
                "reason": "FieldManagerConflict",
                "message": 'conflict with "updater" using example.com/v1',
                "field": ".spec.size",
            }
        ]
    }


def test_several_conflicts_are_listed_by_owner(refused):
    assert refused({"size": 2, "flag": False}, {"size": 1, "flag": True}).message == (
        'Apply failed with 2 conflicts: conflicts with "updater" using example.com/v1:\n- .spec.flag\n- .spec.size'
    )


def test_a_conflict_with_another_applier_tells_no_version(applied):
    with pytest.raises(Conflict, match=r'conflict with "a": \.spec\.size'):
        applied({"size": 2}, "b", to=applied({"size": 1}))


def test_force_takes_what_others_own(applied, stored, owners):
    forced = applied({"size": 2}, to=stored({"size": 1}), force=True)
    assert (forced["spec"]["size"], owners(forced)[("updater", "Update")]) == (2, {"f:spec": LEAF})


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        ({"size": "x"}, ".spec.size: expected numeric (int or float), got string"),
        ({"labels": {"a": 1}}, ".spec.labels.a: expected string, got &value.valueUnstructured{Value:1}"),
        ({"labels": ["a"]}, ".spec.labels: expected map, got &{[a]}"),
        ({"tags": {"a": "b"}}, ".spec.tags: expected list, got &{map[a:b]}"),
        ({"flag": 1}, ".spec.flag: expected boolean, got &{1}"),
        ({"nope": 1}, ".spec.nope: field not declared in schema"),
        ({"tags": ["a", "a"]}, '.spec.tags: duplicate entries for key [="a"]'),
        (
            {"parts": [{"name": "x"}, {"name": "x", "zone": "a"}]},
            '.spec.parts: duplicate entries for key [name="x",zone="a"]',
        ),
        (
            {"parts": ["x"]},
            ".spec.parts: element 0: associative list with keys may not have non-map elements",
        ),
        ({"steps": [1]}, ".spec.steps[0]: expected string, got &value.valueUnstructured{Value:1}"),
        ({"nope": 1, "flag": 1}, ".spec.nope: field not declared in schema"),
        ({"tags": [[1]]}, ".spec.tags: element 0: not supported: associative list with lists as elements"),
    ],
)
def test_a_value_that_does_not_fit_is_told(applied, spec, problem):
    with pytest.raises(UnknownError) as error:
        applied(spec)
    assert error.value.message == f"failed to create typed patch object (/one; example.com/v1, Kind=Thing): {problem}"


def test_all_that_does_not_fit_is_told(applied):
    with pytest.raises(UnknownError, match=r"errors:\n  \.spec\.size: expected .+\n  \.spec\.flag: expected .+$"):
        applied({"size": "x", "flag": "y"})


def test_managed_fields_cannot_be_applied(target, writer, body):
    with pytest.raises(BadRequest, match=r"^metadata.managedFields must be nil$"):
        apply({}, body({}, managedFields=[]), target, writer())


def test_another_kind_cannot_be_applied(target, writer, body):
    with pytest.raises(BadRequest, match=r"^invalid object type: /v1, Kind=Thing$"):
        apply({}, {**body({}), "apiVersion": "v1"}, target, writer())


def test_kubectl_takes_over_what_it_applied_from_the_client(applied, stored, body):
    live = stored({"size": 1}, annotations={LAST_APPLIED: json.dumps(body({"size": 1}))})
    assert applied({"size": 2}, "kubectl", to=live)["spec"]["size"] == 2


def test_kubectl_keeps_the_clients_annotation_up_to_date(applied, stored, body):
    live = stored({"size": 1}, annotations={LAST_APPLIED: json.dumps(body({"size": 1}))})
    annotations = applied({"size": 2}, "kubectl", to=live)["metadata"]["annotations"]
    assert json.loads(annotations[LAST_APPLIED]) == body({"size": 2})


def test_kubectl_does_not_take_what_changed_since(applied, stored, body):
    live = stored({"size": 3}, annotations={LAST_APPLIED: json.dumps(body({"size": 1}))})
    with pytest.raises(Conflict, match=r"\.spec\.size"):
        applied({"size": 2}, "kubectl", to=live)
