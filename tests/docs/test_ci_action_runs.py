"""The shell snippets of the action for GitHub, run with values of ours in the place of its expressions."""

import itertools
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs.action import DEFAULTS, SCRIPTS

OWN = Path(sys.executable).parent
"""Where the Python is that has us."""


class Runner:
    """Runs a step of the action as GitHub would, with these inputs and a folder to work in."""

    def __init__(self, folder):
        self.folder = folder
        self.outputs = folder / "outputs"

    def run(self, name, path, **inputs):
        given = DEFAULTS | {key.replace("_", "-"): value for key, value in inputs.items()}
        step = SCRIPTS[name]
        told = {
            key: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: given[found[1]], value)
            for key, value in step["env"].items()
        }
        keep = {key: os.environ[key] for key in ("HOME", "LANG") if key in os.environ}
        paths = {"GITHUB_OUTPUT": str(self.outputs), "RUNNER_TEMP": str(self.folder / "temp")}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env={**keep, **paths, "PATH": f"{path}{os.pathsep}/usr/bin:/bin", **told},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def runner(tmp_path):
    return Runner(tmp_path)


@pytest.fixture
def noted(tmp_path):
    """Runs a step with programs that only note what they were asked for, and what that was."""
    folder = tmp_path / "programs"
    folder.mkdir()
    note = f'for each in "$(basename "$0")" "$@"; do printf "%s\\n" "$each"; done >> {tmp_path}/noted'

    def noted(name, ends_with=0, **inputs):
        for program in ("python", "go"):
            told = f'echo "addopts=$PYTEST_ADDOPTS bin=$GOBIN"\nexit {ends_with}'
            (folder / program).write_text(f"#!/bin/sh\n{note}\n{told}\n")
            (folder / program).chmod(0o755)
        done = Runner(tmp_path).run(name, folder, **inputs)
        return done, (tmp_path / "noted").read_text().splitlines()

    return noted


def test_a_run_that_fails_ends_with_pytest_s_code_and_leaves_its_report(runner):
    done = runner.run("Run the scenarios", OWN, scenarios="failover", releases="1.0.0")
    assert done.returncode == 1, done.stdout + done.stderr
    assert runner.outputs.read_text() == "exit-code=1\n"
    report = runner.folder / DEFAULTS["report"]
    assert json.loads((report / "conformance.json").read_text())["conforms"] is False
    assert {"junit.xml", "failover.1.0.0.html"} <= {file.name for file in report.iterdir()}


def test_a_run_that_passes_passes(runner):
    done = runner.run("Run the scenarios", OWN, scenarios="failover", arguments="-q -k 'a or e'")
    assert done.returncode == 0, done.stdout + done.stderr
    assert runner.outputs.read_text() == "exit-code=0\n"


def test_an_asterisk_is_no_file_of_the_folder(noted):
    _, said = noted("Run the scenarios")
    assert said[said.index("--kb-scenario") + 1] == "*"


def test_selectors_and_releases_are_divided_by_white_space(noted):
    _, said = noted("Run the scenarios", scenarios="area=role\n  failover\n", releases="main fixed")
    pairs = list(itertools.pairwise(said))
    assert [value for flag, value in pairs if flag == "--kb-scenario"] == ["area=role", "failover"]
    assert [value for flag, value in pairs if flag == "--kb-release"] == ["main", "fixed"]


def test_without_a_release_the_default_is_left_to_pytest(noted):
    _, said = noted("Run the scenarios")
    assert "--kb-release" not in said


def test_a_controller_s_command_is_one_argument(noted):
    _, said = noted("Run the scenarios", cluster="local", controller="exec:manager --kubeconfig {kubeconfig}")
    assert said[said.index("--kb-controller") + 1] == "exec:manager --kubeconfig {kubeconfig}"
    assert "--kb-tools" not in said


def test_more_arguments_are_left_to_pytest(noted):
    done, _ = noted("Run the scenarios", arguments="-k 'a b'")
    assert "addopts= -k 'a b'" in done.stdout


def test_on_kind_pytest_finds_the_kind_that_was_installed(noted):
    done, said = noted("Install kind", cluster="kind")
    assert said == ["go", "install", f"sigs.k8s.io/kind@{DEFAULTS['kind-version']}"]
    _, said = noted("Run the scenarios", cluster="kind")
    assert f"bin={said[said.index('--kb-tools') + 1]}" in done.stdout


def test_an_exit_code_is_kept(noted, tmp_path):
    done, _ = noted("Run the scenarios", ends_with=5)
    assert (done.returncode, (tmp_path / "outputs").read_text()) == (5, "exit-code=5\n")


def test_requirements_are_one_a_line(noted):
    _, said = noted("Install pytest-kbevents", install="pytest-kbevents >= 0.1\n\npytest-xdist\n")
    assert said == ["python", "-m", "pip", "install", "pytest-kbevents >= 0.1", "pytest-xdist"]


def test_what_a_cluster_needs_is_added_to_what_is_there(noted):
    _, said = noted("Install pytest-kbevents", cluster="kind", install=".")
    assert said == ["python", "-m", "pip", "install", ".", "python", "-m", "pip", "install", "pytest-kbevents[kind]"]
