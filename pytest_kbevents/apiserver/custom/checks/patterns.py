"""Go's regular expressions, as Python's: what differs is rewritten, what Python lacks is an error."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache, lru_cache

CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": "\\x00-\\x7F",
    "blank": "\\t ",
    "cntrl": "\\x00-\\x1F\\x7F",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\t\\n\\v\\f\\r ",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
_PARTS = {"C": "cfos", "L": "lmotu", "M": "cen", "N": "dlo", "P": "cdefios", "S": "ckmo", "Z": "lps"}
_KINDS = frozenset(("Any", *_PARTS, *(f"{kind}{part}" for kind, parts in _PARTS.items() for part in parts)))
"""The general categories of Unicode."""
_TOKEN = re.compile(
    r"""\\Q(?P<quoted>.*?)(?:\\E|$)
    |\\(?P<unicode>[pP])(?:(?P<letter>[A-Z])|\{(?P<not>\^?)(?P<name>\w+)\})
    |\\x\{(?P<number>[0-9A-Fa-f]+)\}
    |\[:(?P<kind>\w+):\]
    |(?P<group>\(\?<)(?![=!])
    |\\.|\[\^?|.""",
    re.DOTALL | re.VERBOSE,
)


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, ready to search. Raises re.error, also for scripts of Unicode and flags amid a pattern."""
    return re.compile(_rewritten(pattern), re.ASCII)


def _rewritten(pattern: str) -> str:
    found: list[str] = []
    inside = False
    for token in _TOKEN.finditer(pattern):
        text = _meant(token, inside=inside)
        if token[0] in ("[", "[^") and not inside:
            inside = True
        elif token[0] == "]" and found[-1:] not in (["["], ["[^"]):
            inside = False
        found.append(text)
    return "".join(found)


def _meant(token: re.Match[str], *, inside: bool) -> str:
    """One part of a pattern, as Python writes it."""
    text = token[0]
    if token["quoted"] is not None:
        return re.escape(token["quoted"])
    if token["unicode"]:
        ranges = _ranges(token["letter"] or token["name"], others=(token["unicode"] == "P") != bool(token["not"]))
        return ranges if inside else f"[{ranges}]"
    if token["number"]:
        return f"\\U{int(token['number'], 16):08x}"
    if token["kind"] in CLASSES and inside:
        return CLASSES[token["kind"]]
    if token["group"]:
        return "(?P<"
    if text == "\\z" or (text == "$" and not inside):
        return "\\Z"
    return text.replace("[", "\\[") if inside else text


@cache
def _ranges(name: str, *, others: bool) -> str:
    """The characters of a category, or all others, as a class has them."""
    if name not in _KINDS:
        raise re.error(f"scripts of Unicode are not supported: {name}")
    found: list[list[int]] = []
    for code in range(sys.maxunicode + 1):
        if (name == "Any" or unicodedata.category(chr(code)).startswith(name)) != others:
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in found)
