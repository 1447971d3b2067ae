"""URLs: ``url("https://example.com/a").getHost()``."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from pytest_kbevents.apiserver.custom.cel.functions.reading import reads

KIND = "url"
"""The one field of a URL's value in CEL."""


def url(text: str) -> dict[str, str]:
    """The URL that a text is, absolute or a path. Raises ValueError."""
    _parsed(text)
    return {KIND: text}


def is_url(text: str) -> bool:
    """Whether a text is a URL."""
    return reads(_parsed, text)


def scheme(value: Any) -> str:
    """``https``; ``""`` of a path."""
    return _parsed(value[KIND]).scheme


def host(value: Any) -> str:
    """``example.com:80``."""
    return _parsed(value[KIND]).netloc.rpartition("@")[2]


def hostname(value: Any) -> str:
    """``example.com``."""
    return re.sub(r":\d*$", "", host(value)).strip("[]")


def port(value: Any) -> str:
    """``80``; ``""`` for none."""
    found = re.search(r":(\d*)$", host(value))
    return found[1] if found else ""


def path(value: Any) -> str:
    """The path, escaped."""
    return quote(_parsed(value[KIND]).path, safe="/%:@!$&'()*+,;=-._~")


def query(value: Any) -> dict[str, list[str]]:
    """The values of the query by their names."""
    return parse_qs(_parsed(value[KIND]).query, keep_blank_values=True)


def _parsed(text: str) -> SplitResult:
    if re.search(r"[\x00-\x20\x7f]|%(?![0-9a-fA-F]{2})", text) or not re.match(r"/|[a-zA-Z][a-zA-Z0-9+.-]*:", text):
        problem = "invalid URI for request" if text else "empty url"
        raise ValueError(f'URL parse error during conversion from string: parse "{text}": {problem}')
    return urlsplit(text)
