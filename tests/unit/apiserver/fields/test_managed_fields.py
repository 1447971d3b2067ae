from dataclasses import replace

import pytest

from pytest_kbevents.apiserver.fields import fieldset, managed

LEAF = {}
SIZE = {"f:spec": {"f:size": LEAF}}
NEW_SIZE = {"f:spec": {".": LEAF, "f:size": LEAF}}


@pytest.fixture
def write(target, writer):
    """A write at the target, or at its status."""

    def write(before, after, manager="m", at=0, *, status=False):
        where = replace(target, subresource="status", reset=fieldset.of_paths(("f:spec",))) if status else target
        return managed.update(before, after, where, writer(manager, at))

    return write


@pytest.fixture
def stored(write, body):
    """A Thing of size 1 that ``creator`` created at second 1."""
    created = write({}, body({"size": 1}), "creator", 1)
    return {**created, "metadata": {**created["metadata"], "uid": "u"}}


@pytest.fixture
def resized(stored):
    """``stored`` with other fields in its spec."""
    return lambda **spec: {**stored, "spec": {**stored["spec"], **spec}}


def test_who_creates_owns_all_but_what_the_server_keeps(write, body):
    created = write({}, body({"size": 1}, uid="u", labels={"a": "b"}), "creator", 1)
    assert created["metadata"]["managedFields"] == [
        {
            "manager": "creator",
            "operation": "Update",
            "apiVersion": "example.com/v1",
            "time": "2026-01-01T00:00:01Z",
            "fieldsType": "FieldsV1",
            "fieldsV1": {"f:metadata": {"f:labels": {".": LEAF, "f:a": LEAF}}, **NEW_SIZE},
        }
    ]


def test_who_has_no_name_is_unknown(write, body):
    assert write({}, body({"size": 1}), "")["metadata"]["managedFields"][0]["manager"] == "unknown"


def test_who_changes_a_field_takes_it(write, stored, resized, owners):
    assert owners(write(stored, resized(size=2), "other", 2)) == {
        ("creator", "Update"): {"f:spec": LEAF},
        ("other", "Update"): SIZE,
    }


def test_who_removes_a_field_takes_it_from_all_and_owns_nothing(write, stored, owners):
    assert owners(write(stored, {**stored, "spec": {}}, "other", 2)) == {("creator", "Update"): {"f:spec": LEAF}}


def test_who_owns_nothing_any_more_has_no_entry(write, stored, body):
    assert "managedFields" not in write(stored, body(uid="u"), "other")["metadata"]


def test_a_later_write_adds_to_the_entry_and_sets_its_time(write, stored, resized):
    entry = write(stored, resized(flag=True), "creator", 9)["metadata"]["managedFields"][0]
    assert (entry["fieldsV1"]["f:spec"], entry["time"]) == (
        {".": LEAF, "f:flag": LEAF, "f:size": LEAF},
        "2026-01-01T00:00:09Z",
    )


def test_a_write_that_changes_nothing_leaves_the_entries_as_they_are(write, stored):
    assert write(stored, dict(stored), "other", 9) == stored


def test_losing_a_field_does_not_change_the_time(write, stored, resized):
    entries = write(stored, resized(size=2), "other", 2)["metadata"]["managedFields"]
    assert [entry["time"][-3:-1] for entry in entries] == ["01", "02"]


def test_a_write_through_a_subresource_has_an_entry_of_its_own(write, stored):
    entries = write(stored, {**stored, "status": {"phase": "Up"}}, "creator", 1, status=True)["metadata"][
        "managedFields"
    ]
    assert [entry.get("subresource") for entry in entries] == [None, "status"]


def test_nobody_owns_what_a_write_cannot_change(write, stored, owners):
    assert owners(write(stored, {**stored, "status": {"phase": "Up"}}, "other")) == owners(stored)


@pytest.mark.parametrize("sent", [[], [{}]])
def test_a_client_can_clear_the_entries(write, stored, sent):
    cleared = {**stored, "metadata": {**stored["metadata"], "managedFields": sent}}
    assert "managedFields" not in write(stored, cleared)["metadata"]


def test_an_object_without_entries_gets_none_by_an_update(write, body):
    assert "managedFields" not in write(body({"size": 1}, uid="u"), body({"size": 2}, uid="u"))["metadata"]


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(None, id="none"),
        pytest.param([{"manager": "x", "operation": "Guess", "apiVersion": "v1"}], id="with an unknown operation"),
        pytest.param([{"operation": "Apply", "fieldsType": "FieldsV1"}], id="without a version"),
        pytest.param([{"operation": "Apply", "apiVersion": "v1", "fieldsType": "FieldsV2"}], id="of a type to come"),
        pytest.param([{"operation": "Apply", "apiVersion": "v1"}], id="without a type"),
    ],
)
def test_unsound_entries_of_a_client_are_passed_over(write, stored, owners, sent):
    given = {**stored, "metadata": {**stored["metadata"], "managedFields": sent}}
    assert owners(write(stored, given)) == owners(stored)


def test_sound_entries_of_a_client_count(write, stored, owners):
    entry = {"manager": "x", "operation": "Apply", "apiVersion": "example.com/v1", "fieldsType": "FieldsV1"}
    given = {**stored, "metadata": {**stored["metadata"], "managedFields": [{**entry, "fieldsV1": SIZE}]}}
    assert owners(write(stored, given)) == {("x", "Apply"): SIZE}


def test_the_oldest_of_more_than_ten_updaters_are_joined(write, stored):
    obj = stored
    for number in range(11):
        labels = {**obj["metadata"].get("labels", {}), f"l{number}": "x"}
        obj = write(obj, {**obj, "metadata": {**obj["metadata"], "labels": labels}}, f"m{number:02}", 10 + number)
    assert [entry["manager"] for entry in obj["metadata"]["managedFields"]] == [
        "ancient-changes",
        *(f"m{number:02}" for number in range(2, 11)),
    ]


def test_entries_of_versions_that_are_gone_are_dropped(target, writer, stored, resized, owners):
    old = {**stored["metadata"]["managedFields"][0], "apiVersion": "example.com/v0"}
    before = {**stored, "metadata": {**stored["metadata"], "managedFields": [old]}}
    after = {**resized(size=2), "metadata": before["metadata"]}
    written = managed.update(before, after, replace(target, convert=lambda *_: None), writer("other"))
    assert owners(written) == {("other", "Update"): SIZE}


def test_a_write_that_changes_times_of_entries_alone_is_none(stored):
    entry = {**stored["metadata"]["managedFields"][0], "time": "2026-01-01T00:00:59Z"}
    later = {**stored, "metadata": {**stored["metadata"], "managedFields": [entry]}}
    assert managed.keep_times(stored, later) is stored


def test_a_write_that_changes_more_keeps_the_new_times(stored, resized):
    entry = {**stored["metadata"]["managedFields"][0], "time": "2026-01-01T00:00:59Z"}
    later = {**resized(size=2), "metadata": {**stored["metadata"], "managedFields": [entry]}}
    assert managed.keep_times(stored, later) is later
