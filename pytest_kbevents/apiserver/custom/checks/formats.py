"""The formats of texts that the real server checks (kube-openapi: strfmt); of others nothing is asked."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from datetime import date

_HEX = "[0-9a-f]"
GO_DURATION = re.compile(r"[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)")
_UNIT = r"(?:ns|nano\w*|us|µs|micro\w*|ms|milli\w*|s|sec\w*|m|min\w*|h|hr|hour\w*|d|day\w*|w|wk|week\w*)"
_WORDED = re.compile(rf"\d+\s*{_UNIT}(?![A-Za-zµ])", re.IGNORECASE)
_TIME = re.compile(r"(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:z|[+-]\d{2}:\d{2})")
_LABEL = r"[^\W_](?:-?[^\W_]{0,62})?"
_HOSTNAME = re.compile(rf"{_LABEL}|(?:[^\W_](?:(?:[^\W_]|-){{0,61}}[^\W_])?\.)+[^\W\d_]{{2,63}}")
_CARD = re.compile(
    r"4\d{12}(?:\d{3})?|5[1-5]\d{14}|6(?:011|5\d\d)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|(?:2131|1800|35\d{3})\d{11}"
)
_NAME = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"


def known(name: str) -> bool:
    """Whether a format is checked at all."""
    return _normal(name) in _FORMATS


def fits(name: str, text: str) -> bool:
    """Whether a text is of a format that is known."""
    return _FORMATS[_normal(name)](text)


def _normal(name: str) -> str:
    return name.replace("-", "")


def _matches(pattern: str, flags: int = 0) -> Callable[[str], bool]:
    compiled = re.compile(pattern, flags)
    return lambda text: compiled.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """``2006-01-02``."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_date_time(text: str) -> bool:
    """``2006-01-02T15:04:05Z``, the T and the Z in either case."""
    day, _, time = text.lower().partition("t")
    match = _TIME.search(time)
    return is_date(day) and match is not None and match[1] <= "23" and match[2] <= "59" and match[3] <= "59"


def _is_duration(text: str) -> bool:
    return GO_DURATION.fullmatch(text) is not None or _WORDED.search(text) is not None


def _is_address(version: int) -> Callable[[str], bool]:
    def fits(text: str) -> bool:
        try:
            return ipaddress.ip_address(text).version == version
        except ValueError:
            return False

    return fits


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return "/" in text


def _is_uri(text: str) -> bool:
    if re.search(r"[\x00-\x20\x7f]|%(?![0-9a-fA-F]{2})", text):
        return False
    return re.match(r"/|[a-zA-Z][a-zA-Z0-9+.-]*:", text) is not None


def _is_email(text: str) -> bool:
    address = re.fullmatch(r"\s*(?:[^<>@]*<([^<>]+)>|([^<>]+))\s*", text)
    return address is not None and re.fullmatch(r"[^\s@]+@[^\s@]+", (address[1] or address[2]).strip()) is not None


def _is_hostname(text: str) -> bool:
    short = len(text) <= 255 and all(len(part) <= 63 for part in text.split("."))
    return short and _HOSTNAME.fullmatch(text) is not None


def _is_isbn(length: int) -> Callable[[str], bool]:
    def fits(text: str) -> bool:
        digits = re.sub(r"[\s-]", "", text)
        if length == 10:
            if re.fullmatch(r"\d{9}[\dX]", digits) is None:
                return False
            numbers = [10 if digit == "X" else int(digit) for digit in digits]
            return sum((10 - place) * number for place, number in enumerate(numbers)) % 11 == 0
        if re.fullmatch(r"\d{13}", digits) is None:
            return False
        return sum((1, 3)[place % 2] * int(digit) for place, digit in enumerate(digits)) % 10 == 0

    return fits


def _is_card(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return _CARD.fullmatch(digits) is not None and sum(number - 9 * (number > 9) for number in doubled) % 10 == 0


def _either(*checks: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda text: any(check(text) for check in checks)


def _uuid(third: str = _HEX, fourth: str = _HEX) -> Callable[[str], bool]:
    pattern = rf"{_HEX}{{8}}-?{_HEX}{{4}}-?{third}{_HEX}{{3}}-?{fourth}{_HEX}{{3}}-?{_HEX}{{12}}"
    return _matches(pattern, re.IGNORECASE)


_FORMATS: Mapping[str, Callable[[str], bool]] = {
    "bsonobjectid": _matches(r"[0-9a-fA-F]{24}"),
    "uri": _is_uri,
    "email": _is_email,
    "hostname": _is_hostname,
    "ipv4": _is_address(4),
    "ipv6": _is_address(6),
    "cidr": _is_network,
    "mac": _matches(
        rf"{_HEX}{{2}}(?:([:-]){_HEX}{{2}})(?:\1{_HEX}{{2}}){{4}}|{_HEX}{{4}}(?:\.{_HEX}{{4}}){{2}}", re.IGNORECASE
    ),
    "uuid": _uuid(),
    "uuid3": _uuid("3"),
    "uuid4": _uuid("4", "[89ab]"),
    "uuid5": _uuid("5", "[89ab]"),
    "isbn": _either(_is_isbn(10), _is_isbn(13)),
    "isbn10": _is_isbn(10),
    "isbn13": _is_isbn(13),
    "creditcard": _is_card,
    "ssn": _matches(r"\d{3}[- ]?\d{2}[- ]?\d{4}", re.ASCII),
    "hexcolor": _matches(r"#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"),
    "rgbcolor": _matches(r"rgb\(\s*(?:(?:0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*(?:,\s*|(?=\)))){3}\)", re.ASCII),
    "byte": _matches(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})"),
    "password": lambda _: True,
    "date": is_date,
    "duration": _is_duration,
    "datetime": is_date_time,
    "k8sshortname": lambda text: len(text) <= 63 and re.fullmatch(_NAME, text) is not None,
    "k8slongname": lambda text: len(text) <= 253 and re.fullmatch(rf"{_NAME}(?:\.{_NAME})*", text) is not None,
}
