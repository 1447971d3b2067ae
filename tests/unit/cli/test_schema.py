"""``kbevents schema``."""

import json

import pytest

from pytest_kbevents.cli import main
from pytest_kbevents.cli.schema import written
from pytest_kbevents.scenario import catalog

SHIPPED = catalog.shipped() / "kbevents-v1.schema.json"
COMMAND = "kbevents schema > scenarios/kbevents-v1.schema.json"


def test_the_shipped_schema_is_up_to_date():
    assert SHIPPED.read_text(encoding="utf-8") == written(), f"run {COMMAND}"


def test_it_is_printed_as_json(capsys):
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("file", sorted(SHIPPED.parent.rglob("*.yaml")), ids=lambda file: file.stem)
def test_every_shipped_file_names_the_schema(file):
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (file.parent / named).resolve() == SHIPPED.resolve()
