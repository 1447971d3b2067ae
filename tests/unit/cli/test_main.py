"""``kbevents``: a command loads what it needs, and no more."""

import subprocess
import sys

import pytest

from pytest_kbevents import __version__
from pytest_kbevents.cli import COMMANDS, main

HEAVY = (
    "kubernetes",
    "requests",
    "yaml",
    "pydantic",
    "jinja2",
    "pytest_kbevents.scenario",
    "pytest_kbevents.apiserver",
)
IN_AGENTS = {"pydantic"}
"""What a database is told is checked by it."""


def loaded(*arguments):
    code = (
        "import sys\n"
        "from pytest_kbevents.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        f"print(*[name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stderr.split())


@pytest.mark.parametrize(("command", "heavy"), [("controller", set()), ("agent", IN_AGENTS), ("manifests", set())])
def test_a_command_loads_nothing_heavy_that_it_does_not_need(command, heavy):
    assert loaded(command, "--help") == heavy


def test_every_command_is_in_the_help_in_order(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    told = capsys.readouterr().out
    places = [
        told.index(f"    {name} ") if f"    {name} " in told else told.index(f"    {name}\n") for name in COMMANDS
    ]
    assert (ended.value.code, places) == (0, sorted(places))


def test_commands_that_are_left_out_are_not_there(capsys):
    with pytest.raises(SystemExit):
        main(["--help"], commands=("agent",))
    assert "controller" not in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(["controller"], commands=("agent",))
    assert (ended.value.code, "invalid choice: 'controller'" in capsys.readouterr().err) == (2, True)


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"kbevents {__version__}\n"


def test_without_a_command_it_is_told_that_one_is_needed(capsys):
    with pytest.raises(SystemExit) as ended:
        main([])
    assert (ended.value.code, "COMMAND" in capsys.readouterr().err) == (2, True)
