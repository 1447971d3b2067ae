"""What builds actionlint, with a Go that only notes what it was asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[3] / "tools" / "actionlint.py"
GO = """#!/bin/sh
echo "$*" >> "$GO_LOG"
while [ "$1" != -o ]; do shift; done
echo program > "$2"
"""


@pytest.fixture
def log(tmp_path):
    return tmp_path / "log"


@pytest.fixture
def tool(tmp_path, log):
    """Runs it."""
    (tmp_path / "go").write_text(GO)
    (tmp_path / "go").chmod(0o755)
    told = {"PATH": f"{tmp_path}:/usr/bin:/bin", "GO_LOG": str(log), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def tool(*arguments, **changed):
        command = [sys.executable, str(PROGRAM), *arguments]
        return subprocess.run(command, env={**told, **changed}, capture_output=True, text=True, check=False)

    return tool


def test_it_prints_where_the_program_is(tool):
    assert Path(tool().stdout.strip()).read_text() == "program\n"


def test_it_is_built_from_its_own_module(tool, log):
    tool()
    assert log.read_text().startswith("build -C actionlint ")


def test_what_is_built_is_not_built_again(tool, log):
    assert tool().stdout == tool().stdout
    assert len(log.read_text().splitlines()) == 1


def test_where_nothing_may_be_built_it_must_be_there(tool, log):
    refused = tool("--installed")
    assert (refused.returncode, refused.stdout, log.exists()) == (1, "", False)
    assert refused.stderr == "actionlint: it is not there; run python tools/actionlint.py\n"


def test_what_was_built_is_found_without_go(tool, tmp_path):
    built = tool().stdout
    assert tool("--installed", PATH=str(tmp_path / "nothing")).stdout == built


def test_a_build_that_fails_is_told_and_leaves_nothing(tool, tmp_path):
    (tmp_path / "go").write_text("#!/bin/sh\necho no luck >&2\nexit 1\n")
    refused = tool()
    assert (refused.returncode, "no luck" in refused.stderr) == (1, True)
    assert tool("--installed").returncode == 1
