import pytest

from pytest_kbevents.apiserver.views.cells import ages

SECOND = 1_000_000
MINUTE, HOUR, DAY = 60, 3600, 86_400


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-2, "<invalid>"),
        (-1, "0s"),
        (0, "0s"),
        (119, "119s"),
        (120, "2m"),
        (185, "3m5s"),
        (10 * MINUTE + 5, "10m"),
        (179 * MINUTE, "179m"),
        (3 * HOUR, "3h"),
        (7 * HOUR + 10 * MINUTE, "7h10m"),
        (8 * HOUR + 10 * MINUTE, "8h"),
        (47 * HOUR, "47h"),
        (2 * DAY, "2d"),
        (5 * DAY + 3 * HOUR, "5d3h"),
        (8 * DAY + 3 * HOUR, "8d"),
        (729 * DAY, "729d"),
        (730 * DAY, "2y"),
        (745 * DAY, "2y15d"),
        (9 * 365 * DAY + 40 * DAY, "9y"),
    ],
)
def test_a_duration_is_told_in_two_or_three_digits(seconds, text):
    assert ages.duration(seconds * SECOND) == text


def test_a_fraction_of_a_second_does_not_count():
    assert ages.duration(SECOND * 2 - 1) == "1s"


def test_what_has_no_time_has_no_age():
    assert ages.since(None, 0) == "<unknown>"
