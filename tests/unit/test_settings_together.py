"""Settings that do not go together."""

import pytest

from pytest_kbevents.errors import SettingError
from pytest_kbevents.settings import resolve


def given(**flags):
    return resolve(
        {name: value if isinstance(value, (bool, list)) else str(value) for name, value in flags.items()}, {}, {}
    )


def test_another_s_controller_needs_a_cluster_that_it_reaches():
    with pytest.raises(SettingError, match="no other process reaches --kb-cluster embedded"):
        given(controller="external", releases=["main"])


@pytest.mark.parametrize("controller", ["external", "exec:manager"])
def test_what_is_expected_of_another_s_controller_is_to_be_said(controller):
    with pytest.raises(SettingError, match="say whose rules it must keep, as --kb-release main"):
        given(controller=controller, cluster="local")


def test_it_may_be_said_in_the_environment():
    found = resolve({"controller": "external", "cluster": "local"}, {}, {"KB_RELEASE": "main"})
    assert found.releases == ("main",)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("manager", "is unknown"),
        ("exec:", "names no command"),
        ("exec: ", "names no command"),
        ("exec:'a", "no command line"),
    ],
)
def test_a_controller_that_cannot_be_run_is_refused(value, problem):
    with pytest.raises(SettingError, match=problem):
        given(controller=value, cluster="local", releases=["main"])


@pytest.mark.parametrize("flag", ["context", "namespace", "kubeconfig", "kind_name", "image"])
def test_a_flag_of_another_cluster_is_refused(flag):
    with pytest.raises(SettingError, match=r"is of --kb-cluster .*, and this is embedded"):
        given(**{flag: "x"})


def test_in_the_environment_it_waits_for_its_cluster():
    assert resolve({}, {}, {"KB_KIND_IMAGE": "node:1"}).kind_image == "node:1"


@pytest.mark.parametrize("name", ["Mine", "-a", "a_b", "a" * 41])
def test_a_cluster_s_name_is_one_that_kind_takes(name):
    with pytest.raises(SettingError, match="must be lower-case letters"):
        given(cluster="kind", kind_name=name)
