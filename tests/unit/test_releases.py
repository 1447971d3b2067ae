"""The tables of releases, and the command that prints them."""

from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from pytest_kbevents import cli
from pytest_kbevents.cli import releases as command
from pytest_kbevents.releases import RELEASES, rows, since, table


@dataclass(frozen=True)
class Table:
    speed: int = since("How fast.", "KB-X01", v0_5_0=1, v1_0_2=2, main=3)


def test_a_value_holds_until_the_next_release_that_is_named():
    speeds = {release: row.speed for release, row in table(Table).items()}
    assert [speeds[release] for release in ("0.5.0", "1.0.1", "1.0.2", "1.1.0-beta.9", "main", "fixed")] == [
        1,
        1,
        2,
        2,
        3,
        3,
    ]


def test_a_table_has_a_column_for_every_release():
    assert tuple(table(Table)) == RELEASES


def test_a_row_has_its_text_entries_and_values():
    (row,) = rows(Table)
    assert (row.name, row.text, row.entries, row.values["1.0.0"]) == ("speed", "How fast.", ("KB-X01",), 1)


def test_a_release_that_is_none_is_a_mistake():
    with pytest.raises(KeyError, match="v9_9"):
        since("How fast.", v0_5_0=1, v9_9=2)


def test_a_value_for_the_first_release_is_needed():
    with pytest.raises(KeyError):
        since("How fast.", main=2)


@pytest.mark.parametrize("name", command.TABLES)
def test_every_behaviour_says_what_it_is_and_which_entries_it_belongs_to(name):
    for row in rows(command.TABLES[name]):
        assert row.text.endswith(".")
        assert row.entries or "event-pipeline.md" in row.text
        assert all(entry.startswith(("KB-", "O-")) for entry in row.entries)


def test_every_field_is_a_behaviour():
    for kind in command.TABLES.values():
        assert [row.name for row in rows(kind)] == [field.name for field in fields(kind)]


def test_nothing_but_the_tables_knows_a_release_by_name():
    package = Path(cli.__file__).parents[1]
    known = {"releases.py"}
    for file in package.rglob("*.py"):
        text = file.read_text()
        if file.name not in known:
            assert not [name for name in RELEASES[:-2] if f'"{name}"' in text], file


def test_all_of_it_is_printed(capsys):
    assert cli.main(["releases"]) == 0
    told = capsys.readouterr().out
    assert [row.name for kind in command.TABLES.values() for row in rows(kind) if f"  {row.name}  " not in told] == []
    assert "0.5.0 to 0.9.1: 1;  0.9.5: 8;  1.0.0-nov24 to 1.0.0: 1;  1.0.1 to fixed: 8" in told
    assert max(map(len, told.splitlines())) <= 100


def test_two_releases_are_compared(capsys):
    cli.main(["releases", "1.1.0-beta.9", "main"])
    told = capsys.readouterr().out
    assert "reports_failed_role_probe" in told
    assert "workers" not in told


def test_two_equal_releases_have_no_difference(capsys):
    cli.main(["releases", "main", "main"])
    assert capsys.readouterr().out.count("no difference") == 3


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["1.0.4"], "unknown release '1.0.4'; did you mean"),
        (["1.0.0", "1.0.2", "main"], "name one release, or two to compare"),
    ],
)
def test_what_cannot_be_shown_is_told_in_one_line(capsys, given, said):
    assert cli.main(["releases", *given]) == 4
    assert said in capsys.readouterr().err


def test_the_reference_is_what_the_tables_say():
    file = Path(__file__).parents[2] / "docs" / "reference" / "releases.md"
    assert file.read_text() == command.markdown()


def test_every_open_problem_is_explained_repaired_or_not():
    text = (Path(__file__).parents[2] / "docs" / "explanation" / "fixed.md").read_text()
    assert [f"O-{number:02}" for number in range(1, 34) if f"O-{number:02}" not in text] == []


def test_every_repair_of_fixed_is_explained():
    text = (Path(__file__).parents[2] / "docs" / "explanation" / "fixed.md").read_text()
    all_rows = [row for table in command.TABLES.values() for row in rows(table)]
    differing = [row.name for row in all_rows if row.values["fixed"] != row.values["main"]]
    assert [name for name in differing if f"`{name}`" not in text] == []
