"""kubectl against ``kbevents serve``."""

import pytest

pytestmark = pytest.mark.kubectl


def test_a_config_map_is_got(kubectl, config_map):
    assert kubectl("get", "cm", config_map, "-o", "jsonpath={.data.key}").stdout == "old"


def test_a_config_map_is_listed_by_name(kubectl, config_map):
    assert f"configmap/{config_map}" in kubectl("get", "cm", "-o", "name").stdout.splitlines()


def test_a_config_map_is_deleted(kubectl, config_map):
    assert kubectl("delete", "cm", config_map).stdout.startswith(f'configmap "{config_map}" deleted')


def test_a_missing_config_map_is_an_error(kubectl):
    assert kubectl("get", "cm", "nonexistent").returncode == 1


def test_a_missing_config_map_is_told_in_kubernetes_words(kubectl):
    said = kubectl("get", "cm", "nonexistent").stderr
    assert said == 'Error from server (NotFound): configmaps "nonexistent" not found\n'


def test_kubeblocks_kinds_are_known_by_their_short_names(kubectl):
    assert kubectl("get", "its").stderr == "No resources found in default namespace.\n"


def test_a_watch_sees_a_change(watching, config_map, change):
    read_until = watching("get", "cm", config_map, "-o", "yaml", "--watch", "-v=6")
    # kubectl drops the first item of its watch: a change must not come before the watch has begun
    assert read_until("watch=true", "200 OK")
    change()
    assert read_until("key: new")
