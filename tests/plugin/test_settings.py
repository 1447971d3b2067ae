"""Where a setting comes from."""

import pytest

from pytest_kbevents import settings
from pytest_kbevents.errors import SettingError


def seed(flag=None, ini="", env=""):
    return settings.resolve({"seed": flag}, {"kb_seed": ini}, {"KB_SEED": env}).seed


def test_a_flag_beats_the_environment():
    assert seed(flag="1", env="2", ini="3") == 1


def test_the_environment_beats_ini():
    assert seed(env="2", ini="3") == 2


def test_ini_beats_the_default():
    assert seed(ini="3") == 3


def test_the_default_is_what_is_promised():
    assert settings.resolve({}, {}, {}) == settings.Settings(
        scenarios=(),
        lists=False,
        cluster="embedded",
        controller="reference",
        releases=("fixed",),
        level="MAY",
        record="",
        report="",
        keep="failed",
        kubeconfig="",
        context="",
        namespace="",
        production=False,
        image="",
        image_base="python:3.11-slim",
        kind_name="kbevents",
        kind_image="",
        kind_config="",
        tools="",
        commands=False,
        seed=0,
        time_scale=1.0,
    )


def test_words_of_a_repeatable_setting_are_separated_by_white_space():
    assert settings.resolve({}, {"kb_release": "main fixed"}, {}).releases == ("main", "fixed")


def test_a_value_given_twice_counts_once():
    assert settings.resolve({"releases": ["main", "main"]}, {}, {}).releases == ("main",)


def test_an_error_names_the_place():
    with pytest.raises(SettingError, match=r"^KB_SEED: 'x' must be a whole number"):
        seed(env="x")
