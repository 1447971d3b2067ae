"""What builds the real servers, with a Go that only notes what it was asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[3] / "tools" / "assets.py"
GO = """#!/bin/sh
if [ "$1" = env ]; then printf '%s\\n' "$GO_VERSION" linux amd64; exit; fi
echo "$*" >> "$GO_LOG"
while [ "$1" != -o ]; do shift; done
echo program > "$2"
"""


@pytest.fixture
def environment(tmp_path):
    """Where that Go is, and where it notes."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "go").write_text(GO)
    (tmp_path / "bin" / "go").chmod(0o755)
    path = f"{tmp_path / 'bin'}:/usr/bin:/bin"
    return {"PATH": path, "GO_LOG": str(tmp_path / "log"), "GO_VERSION": "go1", "HOME": str(tmp_path)}


@pytest.fixture
def assets(environment):
    """Runs it."""

    def assets(**changed):
        told = {**environment, **changed}
        return subprocess.run([sys.executable, str(PROGRAM)], env=told, capture_output=True, text=True, check=False)

    return assets


@pytest.fixture
def builds(environment):
    """How many programs were built."""
    log = Path(environment["GO_LOG"])
    return lambda: len(log.read_text().splitlines()) if log.exists() else 0


def test_it_prints_the_folder_with_the_programs(assets):
    folder = Path(assets().stdout.strip())
    assert {"etcd", "kube-apiserver", "kubectl", "informer"} <= {file.name for file in folder.iterdir()}


def test_the_folder_can_be_named(assets, tmp_path):
    assert assets(KUBEBUILDER_ASSETS=str(tmp_path / "mine")).stdout == f"{tmp_path / 'mine'}\n"


def test_what_is_built_is_not_built_again(assets, builds):
    assets()
    once = builds()
    assets()
    assert builds() == once


def test_another_compiler_builds_anew(assets, builds):
    assets()
    once = builds()
    assets(GO_VERSION="go2")
    assert builds() == 2 * once


def test_the_servers_know_their_version(assets, environment):
    assets()
    assert "version.gitVersion=v1.37.2" in Path(environment["GO_LOG"]).read_text()


def test_programs_of_others_are_not_written_over(assets, tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "etcd").write_text("theirs")
    refused = assets(KUBEBUILDER_ASSETS=str(tmp_path / "theirs"))
    assert (refused.returncode, "name another folder" in refused.stderr) == (1, True)


def test_a_machine_without_go_is_told_where_to_get_it(assets, tmp_path):
    refused = assets(PATH=str(tmp_path / "nothing"))
    assert (refused.returncode, refused.stderr) == (
        1,
        "assets: Go is not on PATH; install it from https://go.dev/dl, 1.26 or newer\n",
    )


def test_a_build_that_fails_is_told(assets, environment):
    Path(environment["PATH"].split(":")[0], "go").write_text("#!/bin/sh\necho no luck >&2\nexit 1\n")
    assert "no luck" in assets().stderr
