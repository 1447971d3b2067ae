"""Lines like zap's."""

import json
import logging
import re

import pytest

from pytest_kbevents.agent import logs


def record(message="it happened", *args, level=logging.INFO, error=None, **fields):
    info = None if error is None else (type(error), error, error.__traceback__)
    made = logging.LogRecord("pytest_kbevents.agent", level, "file", 1, message, args, info)
    made.created = 1767225600.25
    if fields:
        made.fields = fields
    return made


def raised():
    with pytest.raises(KeyError) as caught:
        {}["a mistake"]
    return caught.value


def test_a_line_is_one_json_object():
    line = logs.Json().format(record(pod="c1-mysql-0", count=2))
    assert line == ('{"level":"info","ts":"2026-01-01T00:00:00.250Z","msg":"it happened","pod":"c1-mysql-0","count":2}')


def test_arguments_are_part_of_the_message():
    assert json.loads(logs.Json().format(record("%s of %d", "one", 2)))["msg"] == "one of 2"


def test_a_text_of_several_lines_is_one_line():
    assert "\n" not in logs.Json().format(record("a\nb", output="c\nd"))


def test_what_json_does_not_know_is_told_as_text():
    assert json.loads(logs.Json().format(record(error=None, where=ValueError("x"))))["where"] == "x"


@pytest.mark.parametrize(
    ("level", "name"),
    [
        (logging.DEBUG, "debug"),
        (logging.INFO, "info"),
        (logging.WARNING, "warn"),
        (logging.ERROR, "error"),
        (logging.CRITICAL, "panic"),
    ],
)
def test_levels_have_zaps_names(level, name):
    assert json.loads(logs.Json().format(record(level=level)))["level"] == name


def test_an_exception_is_told_with_its_traceback():
    found = json.loads(logs.Json().format(record(error=raised())))
    assert (found["error"], "in raised" in found["stacktrace"]) == ("KeyError('a mistake')", True)


def test_columns_are_for_people():
    line = logs.Console().format(record(pod="c1-mysql-0"))
    assert line == '2026-01-01T00:00:00.250Z\tINFO\tit happened\t{"pod":"c1-mysql-0"}'


def test_without_fields_there_is_no_column_for_them():
    assert logs.Console().format(record()).count("\t") == 2


def test_in_columns_a_message_is_one_line_and_a_traceback_follows():
    lines = logs.Console().format(record("a\nb", error=raised())).splitlines()
    assert (lines[0].endswith("\ta\\nb"), lines[-1]) == (True, "KeyError: 'a mistake'")


def test_fields_are_given_beside_the_message(caplog):
    logging.getLogger("test").warning("it happened", extra=logs.fields(pod="c1-mysql-0"))
    assert json.loads(logs.Json().format(caplog.records[0]))["pod"] == "c1-mysql-0"


@pytest.mark.parametrize(
    ("text", "level"),
    [("debug", 10), ("info", 20), ("INFO", 20), ("error", 40), ("panic", 50), ("1", 10), ("4", 10)],
)
def test_levels_are_given_by_name_or_by_verbosity(text, level):
    assert logs.level(text) == level


@pytest.mark.parametrize("text", ["", "0", "-1", "warn", "loud", "1.5"])
def test_other_levels_are_refused(text):
    with pytest.raises(ValueError, match=re.escape("must be one of debug, info, error, panic, or a number above 0")):
        logs.level(text)


@pytest.fixture
def quiet():
    """The root logger as it was before, at the end."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    root.handlers.clear()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(("encoder", "first"), [("json", "{"), ("console", "2")])
def test_what_is_logged_goes_to_stderr(capsys, encoder, first):
    logs.to_stderr(encoder, logging.INFO)
    logging.getLogger("test").info("it happened")
    logging.getLogger("test").debug("nobody hears that")
    (line,) = capsys.readouterr().err.splitlines()
    assert (line[0], "it happened" in line) == (first, True)
