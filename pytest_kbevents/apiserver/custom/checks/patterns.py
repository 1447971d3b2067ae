"""Go's regular expressions, as Python's: what differs is rewritten, what Python lacks is an error."""

from __future__ import annotations

import re
from functools import lru_cache

_CLASSES = {
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
_TOKEN = re.compile(r"\\Q(?P<quoted>.*?)(?:\\E|$)|\\z|\\pL|\\p\{\w+\}|\\.|\[:(?P<kind>\w+):\]|\[|\]|\$|.", re.DOTALL)


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, ready to search. Raises re.error, also for classes of Unicode, which Python's ``re`` has not."""
    return re.compile(_rewritten(pattern), re.ASCII)


def _rewritten(pattern: str) -> str:
    found: list[str] = []
    inside = False
    for token in _TOKEN.finditer(pattern):
        text = token[0]
        if text.startswith("\\p"):
            raise re.error(f"classes of Unicode are not supported: {text}", pattern, token.start())
        if token["quoted"] is not None:
            text = re.escape(token["quoted"])
        elif token["kind"] in _CLASSES and inside:
            text = _CLASSES[token["kind"]]
        elif text == "\\z" or (text == "$" and not inside):
            text = "\\Z"
        elif text == "[":
            text, inside = ("\\[" if inside else "["), True
        elif text == "]" and found[-1:] != ["["]:
            inside = False
        found.append(text)
    return "".join(found)
