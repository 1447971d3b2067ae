"""The bytes of a message as Go writes them, and how a long one is cut to 1024 of them."""

import base64
import json

import pytest

from pytest_kbevents.agent.sending.message import MARKER, encode
from pytest_kbevents.api.messages import ProbeMessage

LIMIT = 1024


def said(text):
    """The encoded text of a message, between its quotes."""
    return encode(ProbeMessage("i", "p", -1, b"", text)).removeprefix(
        '{"instance":"i","probe":"p","code":-1,"message":"'
    )[:-2]


def failed(text="", output=b""):
    return encode(ProbeMessage("c1-mysql", "roleProbe", -1, output, text), LIMIT)


def test_a_success_is_written_as_observed():
    expected = '{"instance":"c1-mysql","probe":"roleProbe","code":0,"output":"cHJpbWFyeQ=="}'
    assert encode(ProbeMessage("c1-mysql", "roleProbe", 0, b"primary")) == expected


def test_a_failure_is_written_in_this_order_without_spaces():
    expected = '{"instance":"i","probe":"p","code":-1,"output":"b2s=","message":"exit code: 3, stderr: a\\n: failed"}'
    assert encode(ProbeMessage("i", "p", -1, b"ok", "exit code: 3, stderr: a\n: failed")) == expected


def test_empty_output_and_message_are_left_out_and_nothing_else():
    assert encode(ProbeMessage()) == '{"instance":"","probe":"","code":0}'


def test_output_is_not_trimmed():
    assert json.loads(encode(ProbeMessage(output=b"primary\n")))["output"] == "cHJpbWFyeQo="


ESCAPES = {
    "quote": ('"', '\\"'),
    "backslash": ("\\", "\\\\"),
    "less-than": ("<", "\\u003c"),
    "greater-than": (">", "\\u003e"),
    "ampersand": ("&", "\\u0026"),
    "line-separator": ("\u2028", "\\u2028"),
    "paragraph-separator": ("\u2029", "\\u2029"),
    "backspace": ("\b", "\\b"),
    "form-feed": ("\f", "\\f"),
    "line-break": ("\n", "\\n"),
    "carriage-return": ("\r", "\\r"),
    "tab": ("\t", "\\t"),
    "zero": ("\x00", "\\u0000"),
    "vertical-tab": ("\v", "\\u000b"),
    "escape": ("\x1b", "\\u001b"),
    "unit-separator": ("\x1f", "\\u001f"),
    "delete-is-raw": ("\x7f", "\x7f"),
    "slash-is-raw": ("/", "/"),
    "apostrophe-is-raw": ("'", "'"),
    "next-line-is-raw": ("\x85", "\x85"),
    "accent-is-raw": ("\u00e9", "\u00e9"),
    "astral-is-raw": ("\U0001f600", "\U0001f600"),
    "byte-that-is-not-utf-8": (b"\xff".decode("utf-8", "surrogateescape"), "\\ufffd"),
    "two-such-bytes": (b"\xe2\x82".decode("utf-8", "surrogateescape"), "\\ufffd\\ufffd"),
}


@pytest.mark.parametrize(("text", "expected"), ESCAPES.values(), ids=ESCAPES)
def test_a_character_is_written_as_go_writes_it(text, expected):
    assert said(text) == expected


def test_what_fits_is_not_cut():
    fitting = "x" * (LIMIT - len(failed("")) - len(',"message":""'))
    assert (len(failed(fitting)), MARKER in failed(fitting)) == (LIMIT, False)


def test_one_byte_too_many_is_cut():
    fitting = "x" * (LIMIT - len(failed("")) - len(',"message":""'))
    assert json.loads(failed(fitting + "x"))["message"].endswith(MARKER)


def test_the_marker_is_fourteen_bytes():
    assert MARKER == "...(truncated)"


def test_a_message_loses_the_excess_and_the_markers_length_from_its_end():
    text = "".join(chr(ord("a") + number % 26) for number in range(3000))
    over = len(encode(ProbeMessage("c1-mysql", "roleProbe", -1, b"", text))) - LIMIT
    assert json.loads(failed(text))["message"] == text[: -(over + 14)] + MARKER


def test_a_cut_message_is_exactly_as_long_as_it_may_be():
    assert len(failed("x" * 3000)) == LIMIT


def test_a_message_of_which_all_is_too_much_is_the_marker_alone():
    assert json.loads(failed("x" * 100, b"y" * 705))["message"] == MARKER


def test_output_is_whole_while_the_message_can_be_cut():
    assert json.loads(failed("x" * 3000, b"primary"))["output"] == "cHJpbWFyeQ=="


def test_output_is_cut_once_the_message_is_the_marker():
    document = json.loads(failed("x" * 3000, b"y" * 2000))
    assert (document["message"], set(base64.b64decode(document["output"]))) == (MARKER, {ord("y")})


def test_output_loses_as_many_raw_bytes_as_the_text_is_too_long():
    output = bytes(number % 251 for number in range(2000))
    over = len(encode(ProbeMessage("c1-mysql", "roleProbe", 0, output))) - LIMIT
    cut = json.loads(encode(ProbeMessage("c1-mysql", "roleProbe", 0, output), LIMIT))
    assert base64.b64decode(cut["output"]) == output[: 2000 - over]


def test_output_of_which_all_is_too_much_is_left_out():
    assert "output" not in json.loads(encode(ProbeMessage("i", "p", 0, b"y" * 8000), LIMIT))


def test_a_message_no_longer_than_the_marker_is_not_cut():
    document = json.loads(failed("exit code: 137", b"y" * 2000))
    assert document["message"] == "exit code: 137"


def test_outputs_that_differ_behind_the_cut_are_one_message():
    assert failed("x", b"y" * 2000 + b"a") == failed("x", b"y" * 2000 + b"b")


def test_what_cannot_be_cut_is_sent_as_it_is():
    message = ProbeMessage("i" * 2000, "p", -1, b"", "failed")
    assert json.loads(encode(message, LIMIT))["instance"] == "i" * 2000


def test_half_a_character_becomes_the_replacement_character():
    text = json.loads(failed("\u20ac" * 1000))["message"]
    assert set(text.removesuffix(MARKER)) <= {"\u20ac", "\ufffd"}


@pytest.mark.parametrize("shift", range(4))
@pytest.mark.parametrize(
    "character", ["\u00e9", "\u20ac", "\U0001f600", "<", "\n", "\x00"], ids=["2", "3", "4", "lt", "lf", "nul"]
)
@pytest.mark.parametrize("length", [1000, 5000])
def test_a_cut_message_is_valid_json_within_the_limit(character, shift, length):
    text = failed("x" * shift + character * length, b"primary")
    assert len(text.encode()) <= LIMIT
    assert json.loads(text)["message"].endswith(MARKER)


@pytest.mark.parametrize("size", range(650, 1500, 37))
def test_a_message_with_a_long_output_is_valid_json_within_the_limit(size):
    text = failed("exit code: 1, stderr: boom: failed", b"\xff\x00y" * (size // 3))
    assert len(text.encode()) <= LIMIT
    assert json.loads(text)["code"] == -1


def test_without_a_limit_nothing_is_cut():
    assert json.loads(encode(ProbeMessage("i", "p", -1, b"", "x" * 5000)))["message"] == "x" * 5000


def test_the_output_may_be_cut_first():
    message = ProbeMessage("c1-mysql", "roleProbe", -1, b"x" * 900, "disk full: failed")
    told = json.loads(encode(message, 1024, output_first=True))
    assert (told["message"], 0 < len(told["output"]) < 1200) == ("disk full: failed", True)


def test_an_error_that_is_too_long_by_itself_is_cut_when_no_output_is_left():
    message = ProbeMessage("c1-mysql", "roleProbe", -1, b"x" * 900, "y" * 2000)
    text = encode(message, 1024, output_first=True)
    assert (len(text) <= 1024, "output" in text, json.loads(text)["message"].endswith("y...(truncated)")) == (
        True,
        False,
        True,
    )
