import pytest

from pytest_kbevents.api import times

MOMENT = 1_767_225_600_000_000  # 2026-01-01T00:00:00Z


def test_a_time_drops_the_fraction():
    assert times.time(MOMENT + 999_999) == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("micros", "text"),
    [
        (MOMENT, "2026-01-01T00:00:00.000000Z"),
        (MOMENT + 1, "2026-01-01T00:00:00.000001Z"),
        (MOMENT + 120_000, "2026-01-01T00:00:00.120000Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
    ],
)
def test_a_micro_time_always_has_six_decimals(micros, text):
    assert times.micro_time(micros) == text


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("2026-01-01T00:00:00Z", MOMENT),
        ("2026-01-01T00:00:00.5Z", MOMENT + 500_000),
        ("2026-01-01T00:00:00.000001Z", MOMENT + 1),
        ("2026-01-01T01:30:00+01:30", MOMENT),
        ("2025-12-31T23:00:00.25-01:00", MOMENT + 250_000),
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59.999999Z", -1),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000_000),
    ],
)
def test_a_time_is_read_to_the_microsecond(text, micros):
    assert times.parse(text) == micros


def test_nanoseconds_are_cut_off():
    assert times.parse("2026-01-01T00:00:00.000001999Z") == MOMENT + 1


@pytest.mark.parametrize("micros", [0, 1, MOMENT, MOMENT + 999_999, -1, -1_000_001])
def test_what_is_written_is_read_again(micros):
    assert times.parse(times.micro_time(micros)) == micros


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00:00Z",
        "2026-01-01t00:00:00Z",
        "2026-01-01T00:00:00z",
        "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00Z\n",
        "٢٠٢٦-01-01T00:00:00Z",
    ],
)
def test_a_text_that_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match=r"RFC 3339|must be in|out of range"):
        times.parse(text)


@pytest.mark.parametrize("text", [None, ""])
def test_an_absent_time_is_gos_zero_time(text):
    assert times.parse_optional(text) == times.parse("0001-01-01T00:00:00Z")
