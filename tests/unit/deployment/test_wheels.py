"""Wheels for the interpreter of an image."""

import subprocess
from types import SimpleNamespace

import pytest

from pytest_kbevents.deployment import wheels
from pytest_kbevents.deployment.docker import Python
from pytest_kbevents.errors import ClusterFailed, InputError

PYTHON = Python("/usr/bin/python3", "3.11", "glibc 2.36")


@pytest.mark.parametrize(
    ("libc", "architecture", "found"),
    [
        ("glibc 2.17", "amd64", ["manylinux_2_17_x86_64", "manylinux2014_x86_64"]),
        ("glibc 2.28", "arm64", ["manylinux_2_28_aarch64", "manylinux_2_27_aarch64", "manylinux_2_26_aarch64"]),
        ("glibc 2.36", "ppc64le", ["manylinux_2_34_ppc64le", "manylinux_2_31_ppc64le"]),
        ("", "amd64", ["musllinux_1_2_x86_64", "musllinux_1_1_x86_64"]),
    ],
)
def test_the_wheels_that_fit_the_newest_first(libc, architecture, found):
    assert wheels.platforms(libc, architecture)[: len(found)] == found


@pytest.fixture
def pip(monkeypatch):
    """What pip does instead: ``stderr`` with exit code 1, or nothing with 0; ``command`` is what it was asked."""
    pip = SimpleNamespace(stderr="", command=None)

    def run(command, **_):
        pip.command = command
        return subprocess.CompletedProcess(command, bool(pip.stderr), "", pip.stderr)

    monkeypatch.setattr(subprocess, "run", run)
    return pip


def test_pip_is_asked_for_the_images_interpreter_and_for_nothing_that_must_be_built(pip, tmp_path):
    wheels.fetch(["a==1", "b==2"], PYTHON, "arm64", tmp_path)
    text = " ".join(pip.command)
    assert "--only-binary=:all:" in text
    assert "--no-deps" in text
    assert f"--target {tmp_path} --implementation cp --python-version 3.11 --platform manylinux_2_34_aarch64 " in text
    assert pip.command[-2:] == ["a==1", "b==2"]


def test_what_distributions_bring_for_people_to_run_is_left_out(pip, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "watchmedo").touch()
    wheels.fetch([], PYTHON, "amd64", tmp_path)
    assert (list(tmp_path.iterdir()), pip.stderr) == ([], "")


def test_a_failure_is_one_line_with_pips_reason(pip, tmp_path):
    pip.stderr = "WARNING: x\nERROR: Could not find a version\nERROR: No matching distribution found for a==1\n"
    told = r"for Python 3.11 on amd64 \(No matching distribution found for a==1\); see that an index can be reached"
    with pytest.raises(ClusterFailed, match=told) as failed:
        wheels.fetch(["a==1"], PYTHON, "amd64", tmp_path)
    assert "\n" not in str(failed.value)


def test_without_pip_it_is_told_how_to_get_it(pip, tmp_path):
    pip.stderr = "/usr/bin/python3: No module named pip\n"
    with pytest.raises(InputError, match=r"has no pip, .*: python -m ensurepip"):
        wheels.fetch(["a==1"], PYTHON, "amd64", tmp_path)
