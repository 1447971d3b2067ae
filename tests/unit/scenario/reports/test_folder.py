"""The files of a run."""

import json

import pytest

from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.errors import SettingError
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read
from pytest_kbevents.scenario.reports.document import summary
from pytest_kbevents.scenario.reports.folder import Folder


def names(path):
    return sorted(file.name for file in path.iterdir())


@pytest.mark.parametrize(
    ("keep", "verdict", "page"),
    [
        ("never", "failed", False),
        ("failed", "failed", True),
        ("failed", "passed", False),
        ("always", "passed", True),
    ],
)
def test_there_is_a_page_of_the_runs_that_are_kept(request, tmp_path, origin, keep, verdict, page):
    Folder(tmp_path / "out", keep, 0).write(request.getfixturevalue(verdict), origin)
    rest = ["mine.fixed.history.jsonl", "mine.fixed.scenario.yaml", "mine.fixed.verdict.json"]
    assert names(tmp_path / "out") == (["mine.fixed.history.jsonl", "mine.fixed.html", *rest[1:]] if page else rest)


def test_the_verdict_is_its_summary(tmp_path, failed, origin):
    Folder(tmp_path, "never", 0).write(failed, origin)
    assert json.loads((tmp_path / "mine.fixed.verdict.json").read_text()) == summary(failed, origin)


def test_the_history_has_a_line_a_revision(tmp_path, failed, origin):
    Folder(tmp_path, "never", 0).write(failed, origin)
    lines = (tmp_path / "mine.fixed.history.jsonl").read_text().splitlines()
    assert [json.loads(line)["object"] for line in lines] == [each.object for each in failed.history.revisions]


@pytest.mark.parametrize("verdict", ["passed", "failed"])
def test_the_scenario_as_it_was_played_can_be_read_and_played_again(request, tmp_path, origin, verdict):
    first = request.getfixturevalue(verdict)
    Folder(tmp_path, "never", 0).write(first, origin)
    again = read((tmp_path / "mine.fixed.scenario.yaml").read_text(), "again.yaml", tmp_path)
    second = runner.run(again, make("embedded"), Cast("reference", "fixed", 0))
    assert second.passed == first.passed
    assert second.history.dump() == first.history.dump()


def test_what_is_not_ascii_stands_as_it_is(tmp_path, perform, origin):
    Folder(tmp_path, "never", 0).write(perform("expect: {pod: c1-mysql-0, role: größer, within: 1s}"), origin)
    assert "größer" in (tmp_path / "mine.fixed.verdict.json").read_text(encoding="utf-8")
    assert "größer" in (tmp_path / "mine.fixed.scenario.yaml").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_told(tmp_path, failed, origin):
    (tmp_path / "out").write_text("")
    with pytest.raises(SettingError, match=r"--kb-report: .*mine\.fixed\.verdict\.json cannot be written: "):
        Folder(tmp_path / "out", "never", 0).write(failed, origin)
