"""``kbevents image build``."""

from pathlib import Path

import pytest

from pytest_kbevents.cli import image, main
from pytest_kbevents.errors import ClusterFailed, InputError
from pytest_kbevents.settings.knobs import IMAGE_BASE


@pytest.fixture(autouse=True)
def asked(monkeypatch):
    """What was to be built, which is then told and done."""
    asked = []

    def build(base, wheel, tell):
        asked.append((base, wheel))
        tell("building kbevents:abc")
        return "kbevents:abc"

    monkeypatch.setattr(image, "build", build)
    monkeypatch.delenv("KB_IMAGE_BASE", raising=False)
    return asked


def test_the_reference_alone_is_printed_and_what_takes_time_is_told(capsys):
    assert main(["image", "build"]) == 0
    assert tuple(capsys.readouterr()) == ("kbevents:abc\n", "kbevents: building kbevents:abc\n")


def test_the_base_is_the_flags_the_environments_or_the_usual_one(asked, monkeypatch):
    main(["image", "build"])
    monkeypatch.setenv("KB_IMAGE_BASE", "mine:1")
    main(["image", "build"])
    main(["image", "build", "--base", "mine:2"])
    assert [base for base, _ in asked] == [IMAGE_BASE, "mine:1", "mine:2"]


def test_a_wheel_may_be_given(asked):
    main(["image", "build", "--wheel", "dist/x.whl"])
    assert asked[0][1] == Path("dist/x.whl")


@pytest.mark.parametrize(("error", "code"), [(InputError("no docker"), 4), (ClusterFailed("no daemon"), 1)])
def test_what_fails_is_one_line(monkeypatch, capsys, error, code):
    def build(*_):
        raise error

    monkeypatch.setattr(image, "build", build)
    assert main(["image", "build"]) == code
    assert capsys.readouterr().err == f"kbevents: {error}\n"


def test_it_is_said_what_is_to_be_done_with_an_image(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["image"])
    assert (ended.value.code, "ACTION" in capsys.readouterr().err) == (2, True)
