import stat

import pytest
import yaml

from pytest_kbevents.client import kubeconfig


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config"


def write(path, **fields):
    kubeconfig.write(path, **{"server": "http://127.0.0.1:1/t", "token": "t"} | fields)
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_only_its_owner_can_read_it(path):
    write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_others_could_read_is_closed_to_them(path):
    path.touch(0o644)
    write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_names_the_server(path):
    assert write(path)["clusters"] == [{"name": "kbevents", "cluster": {"server": "http://127.0.0.1:1/t"}}]


def test_it_has_the_token(path):
    assert write(path)["users"] == [{"name": "kbevents", "user": {"token": "t"}}]


def test_its_one_context_is_the_current_one(path):
    config = write(path)
    assert config["contexts"] == [{"name": "kbevents", "context": {"cluster": "kbevents", "user": "kbevents"}}]
    assert config["current-context"] == "kbevents"


def test_it_says_what_it_is(path):
    config = write(path)
    assert (config["apiVersion"], config["kind"]) == ("v1", "Config")


def test_its_folder_is_made(tmp_path):
    assert write(tmp_path / "a" / "b" / "config")


def test_it_replaces_the_file_that_was_there(path):
    write(path, server="http://127.0.0.1:1/old")
    assert write(path)["clusters"][0]["cluster"]["server"] == "http://127.0.0.1:1/t"


def test_nothing_else_is_left_behind(tmp_path, path):
    write(path)
    assert list(tmp_path.iterdir()) == [path]
