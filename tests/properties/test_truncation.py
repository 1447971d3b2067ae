"""A message of at most 1024 bytes (event-pipeline.md section 1, KB-K04), whatever a database writes.

The rule is written down a second time here, over bytes, and with Go's JSON of its own.
"""

import base64
import json

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from pytest_kbevents.agent.sending.message import encode
from pytest_kbevents.api.messages import ProbeMessage

LIMIT = 1024
MARKER = b"...(truncated)"
REPLACEMENT = "\ufffd"
SHORT = {"\b": r"\b", "\f": r"\f", "\n": r"\n", "\r": r"\r", "\t": r"\t", '"': r"\"", "\\": r"\\"}
LONG = {char: f"\\u{ord(char):04x}" for char in [*map(chr, range(32)), *"<>&\u2028\u2029"]}
QUIET = settings(max_examples=100, deadline=None, derandomize=True)


def characters(raw):
    """Each character of UTF-8 with its width; a byte that belongs to none is U+FFFD."""
    at = 0
    while at < len(raw):
        for width in range(1, 5):
            try:
                yield raw[at : at + width].decode(), width
            except UnicodeDecodeError:
                continue
            break
        else:
            width = 1
            yield REPLACEMENT, width
        at += width


def read(raw):
    return "".join(char for char, _ in characters(raw))


def quoted(raw):
    """Go's encoder: what it cannot read is escaped, and a U+FFFD that was written is not."""
    parts = []
    at = 0
    for char, width in characters(raw):
        unreadable = char == REPLACEMENT and raw[at : at + width] != REPLACEMENT.encode()
        parts.append(r"\ufffd" if unreadable else SHORT.get(char) or LONG.get(char) or char)
        at += width
    return f'"{"".join(parts)}"'


def written(instance, code, output, message):
    parts = [f'"instance":{quoted(instance.encode())}', '"probe":"roleProbe"', f'"code":{code}']
    parts += [f'"output":"{base64.b64encode(output).decode()}"'] if output else []
    parts += [f'"message":{quoted(message)}'] if message else []
    return f"{{{','.join(parts)}}}"


def expected(instance, code, output, message):
    """With so many bytes too many: the message loses them and room for the marker, or else the output loses them."""
    while (over := len((text := written(instance, code, output, message)).encode()) - LIMIT) > 0:
        if len(message) > len(MARKER):
            message = message[: max(len(message) - (over + len(MARKER)), 0)] + MARKER
        elif output:
            output = output[: max(len(output) - over, 0)]
        else:
            break
    return text


def sent(instance, code, output, message, limit=LIMIT):
    return encode(ProbeMessage(instance, "roleProbe", code, output, message.decode("utf-8", "surrogateescape")), limit)


def repeated(units, most):
    """Long, and yet made of few parts: each of them so many times."""
    parts = st.lists(st.tuples(units, st.integers(1, most)), max_size=4)
    return parts.map(lambda found: b"".join(unit * times for unit, times in found))


units = st.one_of(
    st.binary(min_size=1, max_size=5),
    st.text(min_size=1, max_size=3).map(str.encode),
    st.sampled_from(["\u20ac", "\U0001f600", "\u00e9", "<", "\u2028", "\n", "\x00", REPLACEMENT, "x"]).map(str.encode),
)
texts = st.one_of(st.binary(max_size=40), repeated(units, 500))
instances = st.one_of(st.just("c1-mysql"), st.text(max_size=20), st.integers(900, 1100).map("i".__mul__))
codes = st.sampled_from([0, -1])
anything = given(instance=instances, code=codes, output=texts, message=texts)
HALF = example("c1-mysql", -1, b"", b"x" * 3 + "\u20ac".encode() * 400)
HIDDEN = example("c1-mysql", -1, b"y" * 700, b"exit code: 1, stderr: boom: failed")
NO_ROOM = example("i" * 1100, -1, b"y" * 100, b"z" * 100)
BARELY = example("c1-mysql", -1, b"", b"x" * 970)


@QUIET
@anything
@HALF
@HIDDEN
@NO_ROOM
@BARELY
def test_a_message_is_cut_as_the_rule_says(instance, code, output, message):
    assert sent(instance, code, output, message) == expected(instance, code, output, message)


@QUIET
@anything
@NO_ROOM
def test_a_message_is_at_most_1024_bytes_unless_nothing_is_left_to_be_cut(instance, code, output, message):
    text = sent(instance, code, output, message)
    document = json.loads(text)
    bare = "output" not in document and len(document.get("message", "")) <= len(MARKER)
    assert len(text.encode()) <= LIMIT or bare


@QUIET
@anything
@HALF
def test_a_message_is_always_a_document_of_these_keys(instance, code, output, message):
    document = json.loads(sent(instance, code, output, message).encode().decode())
    keys = ["instance", "probe", "code", "output", "message"]
    assert list(document) == [key for key in keys if key in document]
    assert (document["instance"], document["probe"], document["code"]) == (instance, "roleProbe", code)


@QUIET
@anything
@BARELY
def test_a_message_that_is_short_enough_is_untouched(instance, code, output, message):
    whole = sent(instance, code, output, message, None)
    assume(len(whole.encode()) <= LIMIT)
    assert sent(instance, code, output, message) == whole


@QUIET
@anything
@HIDDEN
def test_a_cut_output_is_the_beginning_of_the_whole_one(instance, code, output, message):
    cut = base64.b64decode(json.loads(sent(instance, code, output, message)).get("output", ""), validate=True)
    assert output.startswith(cut)


@QUIET
@anything
@HIDDEN
def test_an_output_is_cut_only_when_the_message_is_the_marker_or_was_no_longer(instance, code, output, message):
    document = json.loads(sent(instance, code, output, message))
    assume(base64.b64decode(document.get("output", "")) != output)
    alone = [read(message)] if len(message) <= len(MARKER) else [MARKER.decode()]
    assert [document.get("message", "")] == alone


def beginning(raw, text):
    """How many bytes of ``raw`` the text is the reading of; None when it is not the reading of its beginning.

    Its last characters may be what is left of one that was cut: a U+FFFD for each byte.
    """
    at = 0
    for char in text:
        found, width = next(characters(raw[at:]), ("", 0))
        at += width if char == found else 1
    return at if read(raw[:at]) == text else None


@QUIET
@anything
@HALF
@HIDDEN
def test_a_cut_message_is_the_beginning_of_the_whole_one_and_the_marker(instance, code, output, message):
    left = json.loads(sent(instance, code, output, message)).get("message", "")
    assume(left != read(message))
    assert left.endswith(MARKER.decode())
    assert beginning(message, left.removesuffix(MARKER.decode())) is not None


@QUIET
@given(instance=st.just("c1-mysql"), code=codes, output=texts, message=texts)
def test_what_is_behind_the_cut_does_not_matter(instance, code, output, message):
    """So outcomes that differ there are one Event."""
    tail = b"x" * 2000
    assert sent(instance, code, output, message + tail) == sent(instance, code, output, message + tail[:-1] + b"y")
