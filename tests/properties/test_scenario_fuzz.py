"""Whatever a scenario file says, it is read, or refused in one line with a place in it; what is read can be run."""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import scenariofolder  # they are beside this file, and importlib mode knows no packages
import scenariofuzz
import scenariotrial

import pytest_kbevents.plugin.listing  # noqa: F401 - with all below it, so that an inner pytest does not import it anew

FILES = 2000
SEED = 7
PARTS = 4
RUN_EACH = 3
"""Of those that are read: ``tools/fuzz.py`` runs all."""
OUTCOMES = {"passed", "failed", "unended", "refused", "untrusted", "not opened"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """With what fuzzed files include."""
    return scenariofolder.furnished(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture
def devices(monkeypatch):
    """The devices and kernel files that were opened."""
    opened = []
    plain = Path.open

    def watched(self, *arguments, **more):
        if str(self.resolve()).startswith(("/dev", "/proc", "/sys")):
            opened.append(self)
        return plain(self, *arguments, **more)

    monkeypatch.setattr(Path, "open", watched)
    return opened


@pytest.mark.parametrize("part", range(PARTS))
def test_a_file_is_read_or_refused_at_a_place_in_it_and_what_is_read_comes_to_a_verdict(folder, devices, part):
    came = Counter()
    for index in range(part, FILES, PARTS):
        found = scenariotrial.read(scenariofuzz.content(SEED, index), folder)
        if not isinstance(found, tuple):
            came["refused"] += 1
            continue
        scenariotrial.names(found)
        came["read"] += 1
        if came["read"] % RUN_EACH == 1:
            came[scenariotrial.run(found[0])] += 1
    assert not devices
    assert came["read"] > FILES // PARTS // 20
    assert came["refused"] > FILES // PARTS // 2
    assert set(came) <= {"read", "refused"} | OUTCOMES


BATCH = 60


@pytest.fixture
def scenarios(pytester):
    """A folder of the project's own, with what fuzzed files include."""
    return scenariofolder.furnished(pytester.mkdir("scenarios"))


@pytest.fixture
def fill(scenarios):
    """Write a batch of files into it."""

    def fill(batch, count=BATCH):
        numbers = range(batch * BATCH, batch * BATCH + count)
        files = [scenarios / f"fuzz-{number}.yaml" for number in numbers]
        for number, file in zip(numbers, files, strict=True):
            file.write_bytes(_brief(scenariofuzz.content(SEED + 1, number)))
        return files

    return fill


def _brief(content):
    """Without what takes long even in virtual time."""
    return content.replace(b"h\n", b"s\n").replace(b"h}", b"s}").replace(b"m\n", b"s\n")


@pytest.fixture
def run(pytester, monkeypatch):
    """Run pytest inside; what it prints has no traceback of ours."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    imported = "ignore::pytest.PytestAssertRewriteWarning"
    plugin = ("-p", "pytest_kbevents.plugin", "-p", "no:cacheprovider", "-W", "error", "-W", imported)

    def run(*arguments):
        result = pytester.runpytest_inprocess(*plugin, *arguments)
        shown = [*result.outlines, *result.errlines]
        assert not [line for line in shown if "INTERNALERROR" in line or "Traceback (most" in line]
        return result.ret

    return run


@pytest.mark.parametrize("batch", range(3))
def test_pytest_tells_of_a_folder_of_such_files(run, fill, batch):
    fill(batch)
    assert run("--continue-on-collection-errors", "scenarios") == pytest.ExitCode.TESTS_FAILED


def test_without_being_told_to_go_on_pytest_stops_at_what_cannot_be_read(run, fill):
    fill(3)
    assert run("scenarios") == pytest.ExitCode.INTERRUPTED


def test_a_file_that_is_wanted_is_run_or_refused_as_a_usage_error(run, fill):
    decided = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
    came = Counter(run("--kb-scenario", f"scenarios/{file.name}") for file in fill(4, 30))
    assert came[pytest.ExitCode.USAGE_ERROR]
    assert set(came) <= decided | {pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED}
    assert any(code in came for code in decided)
