"""What is put into the image: enough, and nothing else."""

import zipfile
from importlib.metadata import distribution, packages_distributions

import grimp
import pytest

from pytest_kbevents.deployment import layout, requirements, sources
from pytest_kbevents.deployment.requirements import LINUX, markers, pins
from pytest_kbevents.errors import InputError

PROGRAMS = [f"pytest_kbevents.cli.{name}" for name in layout.COMMANDS]
BY_KUBECONFIG = {"kubernetes"}
"""Loaded where somebody logs in by a kubeconfig, which nobody does in a Pod."""


@pytest.fixture(scope="module")
def reached():
    """Every module that the image's commands may ever load: ours, and the names of others'."""
    graph = grimp.build_graph("pytest_kbevents", include_external_packages=True, cache_dir=None)
    return {module for program in PROGRAMS for module in graph.find_upstream_modules(program)}


def test_no_room_is_entered_that_is_left_out(reached):
    ours = {module for module in reached if module.startswith("pytest_kbevents.")}
    assert {module for module in ours if module.split(".")[1] in layout.LEFT_OUT} == set()


def test_whatever_is_loaded_is_there(reached):
    others = {module for module in reached if not module.startswith("pytest_kbevents")}
    known = packages_distributions()
    needed = {pin.partition("==")[0] for pin in pins()}
    missing = {name for name in others if name in known and not {requirements._normal(n) for n in known[name]} & needed}
    assert missing == BY_KUBECONFIG


def test_whatever_is_needed_is_loaded(reached):
    modules = {"jinja2", "urllib3", "watchdog", "pydantic", "cheroot", "prometheus_client"}
    assert (modules <= reached, len(modules)) == (True, len(requirements.NEEDED))


def test_every_version_is_the_one_that_is_installed():
    assert f"urllib3=={distribution('urllib3').version}" in pins()


def test_what_is_needed_in_turn_is_there_too_and_in_order():
    names = [pin.partition("==")[0] for pin in pins()]
    assert {"pydantic-core", "markupsafe", "jaraco-functools"} <= set(names)
    assert names == sorted(set(names))


def test_markers_are_those_of_the_image(monkeypatch):
    asked = []
    monkeypatch.setattr(requirements, "_requirements", lambda _, environment: asked.append(environment) or ())
    pins(markers("3.13"))
    assert asked[0] == {**LINUX, "python_version": "3.13", "python_full_version": "3.13.0"}


def test_what_is_not_installed_is_told_with_the_remedy(monkeypatch):
    monkeypatch.setattr(requirements, "NEEDED", ("no-such-thing",))
    with pytest.raises(
        InputError, match=r"needs no-such-thing, .*: pip install 'pytest-kbevents\[controller\]' has it"
    ):
        pins()


def test_the_installed_package_is_taken_as_it_stands():
    found = sources.files(None)
    assert "pytest_kbevents/agent/standin/database.py" in found
    assert found["pytest_kbevents/__init__.py"].startswith(b'"""pytest-kbevents')
    assert [path for path in found if "__pycache__" in path or path.split("/")[1] in layout.LEFT_OUT] == []


@pytest.fixture
def wheel(tmp_path):
    """Writes a wheel with these files."""

    def wheel(**files):
        file = tmp_path / "x-1-py3-none-any.whl"
        with zipfile.ZipFile(file, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return file

    return wheel


def test_of_a_wheel_the_package_is_taken(wheel):
    names = ["__init__.py", "cli/__init__.py", "scenario/x.py", "catalog/a.yaml"]
    file = wheel(**{f"pytest_kbevents/{name}": name for name in names}, **{"pytest_kbevents-1.dist-info/METADATA": ""})
    assert sources.files(file) == {f"pytest_kbevents/{name}": name.encode() for name in names[:2]}


def test_a_wheel_of_something_else_is_refused(wheel):
    with pytest.raises(InputError, match="this is no wheel of pytest-kbevents"):
        sources.files(wheel(**{"requests/__init__.py": ""}))


def test_a_file_that_is_no_wheel_is_refused(tmp_path):
    (tmp_path / "x.whl").write_text("no zip")
    with pytest.raises(InputError, match=r"x\.whl cannot be read: .*; `python -m build --wheel` makes one"):
        sources.files(tmp_path / "x.whl")


def test_a_wheel_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match=r"x\.whl cannot be read: No such file or directory"):
        sources.files(tmp_path / "x.whl")


def test_the_programs_are_python():
    for text in (layout.command("/usr/bin/python3"), layout.standin("/usr/bin/python3", "x = 1\n")):
        compile(text, "program", "exec")
        assert text.startswith("#!/usr/bin/python3 -S")


def test_the_image_runs_as_nobody_and_fetches_nothing():
    text = layout.package("kbevents:needs-1")
    assert "USER 65532:65532\n" in text
    assert 'ENTRYPOINT ["kbevents"]\n' in text
    assert "pip" not in text + layout.needs("base")
