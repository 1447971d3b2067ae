"""Before a Pod is reconfigured its files must be as the call says."""

import hashlib

import pytest

from pytest_kbevents.agent.actions.action import Call
from pytest_kbevents.agent.actions.reconfigure import unmet

HELLO = hashlib.sha256(b"hello").hexdigest()
CREATED, REMOVED, UPDATED = "KB_CONFIG_FILES_CREATED", "KB_CONFIG_FILES_REMOVED", "KB_CONFIG_FILES_UPDATED"


@pytest.fixture
def there(tmp_path):
    path = tmp_path / "there"
    path.write_bytes(b"hello")
    return str(path)


@pytest.fixture
def missing(tmp_path):
    return str(tmp_path / "missing")


def failed(action="reconfigure", **parameters):
    """Type and text of what does not hold; None when all holds."""
    found = unmet(Call(action, parameters))
    return found and (found.failure.type, found.failure.text)


def test_without_parameters_there_are_no_conditions():
    assert failed() is None


def test_an_empty_parameter_is_no_condition():
    assert failed(**{CREATED: "", REMOVED: "", UPDATED: ""}) is None


def test_all_conditions_may_hold(there, missing):
    assert failed(**{CREATED: there, REMOVED: missing, UPDATED: f"{there}:{HELLO}"}) is None


@pytest.mark.parametrize("action", ["reconfigure", "udf-reconfigure", "udf-reconfigure-mysql"])
def test_a_created_file_must_exist(action, missing):
    text = f"reconfigure - created file is not exist: {missing}: preconditionFailed"
    assert failed(action, **{CREATED: missing}) == ("preconditionFailed", text)


@pytest.mark.parametrize("action", ["switchover", "reconfigure-mysql", "my-udf-reconfigure"])
def test_other_actions_have_no_conditions(action, missing):
    assert failed(action, **{CREATED: missing}) is None


def test_each_created_file_must_exist(there, missing):
    assert failed(**{CREATED: f"{there},{missing}"})[1].endswith(f"{missing}: preconditionFailed")


def test_a_file_without_a_name_does_not_exist(there):
    text = "reconfigure - created file is not exist: : preconditionFailed"
    assert failed(**{CREATED: f"{there},"}) == ("preconditionFailed", text)


def test_a_removed_file_must_not_exist(there):
    text = f"reconfigure - removed file is still exist: {there}: preconditionFailed"
    assert failed(**{REMOVED: there}) == ("preconditionFailed", text)


def test_no_removed_file_may_exist(there, missing):
    assert failed(**{REMOVED: f"{missing},{there}"})[1].endswith(f"{there}: preconditionFailed")


def test_an_updated_file_must_have_its_checksum(there):
    text = f"reconfigure - updated file is not up-to-date {there}: expected {'0' * 64}, got {HELLO}: preconditionFailed"
    assert failed(**{UPDATED: f"{there}:{'0' * 64}"}) == ("preconditionFailed", text)


def test_each_updated_file_must_have_its_checksum(there):
    assert failed(**{UPDATED: f"{there}:{HELLO},{there}:0"})[0] == "preconditionFailed"


@pytest.mark.parametrize("entry", ["/file", "/file:0:0", ""], ids=["no-checksum", "two-checksums", "nothing"])
def test_an_updated_file_is_a_path_and_a_checksum(there, entry):
    value = f"{there}:{HELLO},{entry}"
    assert failed(**{UPDATED: value}) == (
        "badRequest",
        f"reconfigure - updated files format error: {value}: badRequest",
    )


def test_an_updated_file_that_is_not_there_is_told_in_gos_words(missing):
    assert failed(**{UPDATED: f"{missing}:0"}) == ("unknown", f"open {missing}: no such file or directory")


def test_an_updated_file_that_is_a_folder_is_told_in_gos_words(tmp_path):
    assert failed(**{UPDATED: f"{tmp_path}:0"}) == ("unknown", f"read {tmp_path}: is a directory")


def test_an_updated_file_of_an_impossible_name_is_told_in_gos_words():
    assert failed(**{UPDATED: "/a\0b:0"}) == ("unknown", "open /a\0b: invalid argument")


def test_created_files_are_looked_at_first_and_updated_ones_last(there, missing):
    told = failed(**{CREATED: missing, REMOVED: there, UPDATED: "nonsense"})
    assert told[1].startswith("reconfigure - created")
