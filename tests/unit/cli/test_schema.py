"""``kbevents schema``."""

import json
from pathlib import Path

import pytest_kbevents
from pytest_kbevents.cli import main
from pytest_kbevents.cli.schema import written

SHIPPED = Path(pytest_kbevents.__file__).parent / "scenario" / "kbevents-v1.schema.json"
COMMAND = "kbevents schema > pytest_kbevents/scenario/kbevents-v1.schema.json"


def test_the_shipped_schema_is_up_to_date():
    assert SHIPPED.read_text(encoding="utf-8") == written(), f"run {COMMAND}"


def test_it_is_printed_as_json(capsys):
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"] == "http://json-schema.org/draft-07/schema#"
