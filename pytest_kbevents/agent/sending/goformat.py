"""A text that Go mistakes for a format: what becomes of its percent signs (event-pipeline.md section 1)."""

from __future__ import annotations

FLAGS, DIGITS = "#0+- ", "0123456789"
NO_VERB, NO_WIDTH, NO_PRECISION = "%!(NOVERB)", "%!(BADWIDTH)", "%!(BADPREC)"
LARGEST_PREFIX = 1_000_000
"""A number that goes on behind a larger one is too large for Go."""


def formatted(text: str) -> str:
    """The text as ``fmt.Errorf`` tells it when it is given as the format and nothing is there to be formatted.

    Whatever stands behind a ``%`` has no value: ``%d`` becomes ``%!d(MISSING)``; ``%%`` is ``%``. A byte that is not
    UTF-8, half a surrogate pair here, stays as it is, but as a verb it becomes U+FFFD.
    """
    told, at = [], 0
    while (percent := text.find("%", at)) >= 0:
        told.append(text[at:percent])
        directive, at = _directive(text, percent + 1)
        told.append(directive)
    return "".join(told) + text[at:]


def _directive(text: str, at: int) -> tuple[str, int]:
    """What is told instead of the one that begins behind a ``%``, and where the text goes on."""
    begin = at = _past(FLAGS, text, at)
    at, indexed = _index(text, at)
    told, at, indexed = _number(text, at, indexed, NO_WIDTH)
    if text.startswith(".", at) and at + 1 < len(text):  # the last character is the verb
        at, indexed = _index(text, at + 1)
        more, at, indexed = _number(text, at, indexed, NO_PRECISION)
        told += more
    if not indexed:
        at, _ = _index(text, at)
    if at >= len(text):
        return told + NO_VERB, at
    if text[at] == "%":
        return told + "%", at + 1
    verb = "\ufffd" if "\ud800" <= text[at] <= "\udfff" else text[at]
    problem = "BADINDEX" if "[" in text[begin:at] else "MISSING"
    return f"{told}%!{verb}({problem})", at + 1


def _index(text: str, at: int) -> tuple[int, bool]:
    """Past an ``[n]``, and whether it is one. One without an end is passed by its bracket only, as is ``[]`` there."""
    if not text.startswith("[", at):
        return at, False
    end = text.find("]", at)
    if end < 0 or len(text) - at < len("[n]"):
        return at + 1, False
    number = text[at + 1 : end]
    return end + 1, number != "" and not number.strip(DIGITS) and not _too_large(number)


def _number(text: str, at: int, indexed: bool, complaint: str) -> tuple[str, int, bool]:
    """Past a width or a precision: a ``*`` is complained about and uses up the index before it."""
    if text.startswith("*", at):
        return complaint, at + 1, False
    end = _past(DIGITS, text, at)
    return "", len(text) if _too_large(text[at:end]) else end, indexed


def _too_large(number: str) -> bool:
    prefix = number[:-1].lstrip("0")
    return len(prefix) > len(str(LARGEST_PREFIX)) or int(prefix or 0) > LARGEST_PREFIX


def _past(characters: str, text: str, at: int) -> int:
    while at < len(text) and text[at] in characters:
        at += 1
    return at
