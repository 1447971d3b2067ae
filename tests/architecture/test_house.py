"""What the house promises about itself."""

import os
import re
import subprocess
import sys
from pathlib import Path

from pytest_kbevents import settings
from pytest_kbevents.agent import releases as agent_releases
from pytest_kbevents.cluster import backends
from pytest_kbevents.reconciler import releases as controller_releases
from pytest_kbevents.releases import RELEASES

ROOT = Path(__file__).parents[2]
HEAVY = ("pydantic", "jinja2", "yaml", "kubernetes", "cheroot", "urllib3", "tenacity", "pytest_kbevents.scenario")


def loaded_after(code):
    """Which heavy modules a fresh interpreter has loaded after running ``code``."""
    script = f"{code}\nimport sys\nprint(*[name for name in {HEAVY} if name in sys.modules])"
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # what other plugins load is not ours
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=env)
    return done.stdout.splitlines()[-1].split()


def test_every_release_has_a_row_in_both_tables():
    assert tuple(controller_releases.TABLE) == RELEASES
    assert tuple(agent_releases.TABLE) == RELEASES


def test_every_cluster_that_can_be_named_can_be_made():
    assert {type(backends.make(name)).__name__.lower() for name in settings.CLUSTERS} == set(settings.CLUSTERS)


def test_the_reference_of_settings_is_what_the_table_says():
    assert (ROOT / "docs" / "reference" / "settings.md").read_text() == settings.reference()


def test_no_file_is_longer_than_300_lines():
    sizes = {file.name: len(file.read_text().splitlines()) for file in (ROOT / "pytest_kbevents").rglob("*.py")}
    assert {name: size for name, size in sizes.items() if size > 300} == {}


def test_every_room_says_what_may_live_there():
    rooms = [folder / "__init__.py" for folder in (ROOT / "pytest_kbevents").iterdir() if folder.is_dir()]
    rooms = [room for room in rooms if room.exists()]
    assert len(rooms) == 16
    assert [room.parent.name for room in rooms if "May live here:" not in room.read_text()] == []


def test_loading_the_plugin_loads_nothing_heavy():
    assert loaded_after("import pytest_kbevents.plugin") == []


def test_a_simulated_run_never_loads_the_network():
    arguments = ["-q", "-p", "no:cacheprovider", "-p", "pytest_kbevents.plugin", "--kb-scenario", "failover"]
    run = f"import pytest; pytest.main({arguments})"
    assert not {"kubernetes", "cheroot", "urllib3"} & set(loaded_after(run))


def test_no_release_is_asked_for_by_name_outside_the_tables():
    sources = [file for file in (ROOT / "pytest_kbevents").rglob("*.py") if file.name != "releases.py"]
    named = [file.name for file in sources if re.search(r'"(1\.0\.0|main|fixed)"', file.read_text())]
    assert named == []
