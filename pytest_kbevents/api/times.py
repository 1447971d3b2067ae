"""RFC 3339 as Kubernetes writes it: Time to the second, MicroTime to the microsecond, both in UTC."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

ZERO_MICROS = -62_135_596_800 * 1_000_000
"""Go's zero time, 0001-01-01T00:00:00Z: what an absent timestamp is read as."""

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:(Z)|([+-])(\d\d):(\d\d))", re.ASCII
)


def time(micros: int) -> str:
    """A Time: second precision, the fraction dropped."""
    return f"{_moment(micros).isoformat(timespec='seconds')}Z"


def micro_time(micros: int) -> str:
    """A MicroTime: always six decimals."""
    return f"{_moment(micros).isoformat(timespec='microseconds')}Z"


def nano_time(micros: int) -> str:
    """As Go writes a time into JSON: as many decimals as it takes."""
    whole, _, fraction = _moment(micros).isoformat().partition(".")
    return f"{whole}.{fraction.rstrip('0')}Z" if fraction else f"{whole}Z"


def _moment(micros: int) -> datetime:
    """In UTC, and without saying so."""
    return (_EPOCH + timedelta(microseconds=micros)).replace(tzinfo=None)


def parse(text: str) -> int:
    """Microseconds since the epoch (negative before 1970); nanoseconds are cut off.

    Raises:
        ValueError: the text is not RFC 3339 with an upper-case T and a zone.
    """
    match = _RFC3339.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not an RFC 3339 time such as 2026-01-01T00:00:00Z")
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    moment = datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)
    fraction = int((match[7] or "0").ljust(9, "0")[:6])
    offset = timedelta()
    if match[9]:
        offset = timedelta(hours=int(match[10]), minutes=int(match[11])) * (1 if match[9] == "+" else -1)
    since = moment - _EPOCH - offset
    return (since.days * 86_400 + since.seconds) * 1_000_000 + fraction


def parse_optional(text: str | None) -> int:
    """As ``parse``; an absent or null time is Go's zero time."""
    return parse(text) if text else ZERO_MICROS
