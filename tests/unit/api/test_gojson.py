"""Messages as Go's decoder reads them: the points observed on the real controller."""

import pytest

from pytest_kbevents.api import gojson
from pytest_kbevents.api.messages import ProbeMessage
from pytest_kbevents.reconciler.probe_message import decode

PRIMARY = ProbeMessage(output=b"primary")

READ = {
    "all-fields": (
        '{"instance":"i","probe":"p","code":-1,"output":"cHJpbWFyeQ==","message":"m"}',
        ProbeMessage("i", "p", -1, b"primary", "m"),
    ),
    "no-fields": ("{}", ProbeMessage()),
    "null": ("null", ProbeMessage()),
    "null-for-each-field": (
        '{"instance":null,"probe":null,"code":null,"output":null,"message":null}',
        ProbeMessage(),
    ),
    "unknown-keys": ('{"x":1,"y":{"z":[1.5,null]},"code":2}', ProbeMessage(code=2)),
    "unknown-key-of-any-number": ('{"x":1e400,"code":2}', ProbeMessage(code=2)),
    "keys-in-upper-case": ('{"CODE":2,"Output":"cHJpbWFyeQ=="}', ProbeMessage(code=2, output=b"primary")),
    "key-with-a-long-s": ('{"in\u017ftance":"i"}', ProbeMessage(instance="i")),
    "key-with-an-escaped-long-s": ('{"in\\u017ftance":"i"}', ProbeMessage(instance="i")),
    "repeated-key": ('{"code":1,"code":2}', ProbeMessage(code=2)),
    "repeated-key-in-another-case": ('{"code":1,"CODE":2}', ProbeMessage(code=2)),
    "repeated-key-exact-first-folded-last": ('{"CODE":2,"code":1}', ProbeMessage(code=1)),
    "null-after-a-value-leaves-it": ('{"code":1,"code":null}', ProbeMessage(code=1)),
    "white-space-around": (' \t\r\n{"code":1}\n ', ProbeMessage(code=1)),
    "lone-high-surrogate": ('{"message":"a\\ud800b"}', ProbeMessage(message="a\ufffdb")),
    "lone-low-surrogate": ('{"message":"\\udc00"}', ProbeMessage(message="\ufffd")),
    "lone-surrogate-at-the-end": ('{"message":"a\\ud800"}', ProbeMessage(message="a\ufffd")),
    "surrogate-pair": ('{"message":"\\ud83d\\ude00"}', ProbeMessage(message="\U0001f600")),
    "escaped-text": ('{"message":"\\u003c\\n"}', ProbeMessage(message="<\n")),
    "code-minus-zero": ('{"code":-0}', ProbeMessage(code=0)),
    "code-largest": ('{"code":2147483647}', ProbeMessage(code=2**31 - 1)),
    "code-smallest": ('{"code":-2147483648}', ProbeMessage(code=-(2**31))),
    "output-empty": ('{"output":""}', ProbeMessage()),
    "output-with-line-breaks": ('{"output":"cHJp\\r\\nbWFy\\neQ==\\n"}', PRIMARY),
    "output-with-left-over-bits": ('{"output":"cHJpbWFyeR=="}', PRIMARY),
    "output-as-byte-numbers": ('{"output":[112,114,105,109,97,114,121]}', PRIMARY),
    "output-as-no-numbers": ('{"output":[]}', ProbeMessage()),
    "output-with-plus-and-slash": ('{"output":"+/+/"}', ProbeMessage(output=b"\xfb\xff\xbf")),
}

REFUSED = {
    "nothing": "",
    "white-space": "  ",
    "plain-text": "primary",
    "string": '""',
    "list": "[]",
    "number": "1",
    "true": "true",
    "trailing-brace": '{"code":0}}',
    "second-document": "{} {}",
    "trailing-text": '{"code":0}x',
    "byte-order-mark": '\ufeff{"code":0}',
    "trailing-comma": '{"code":0,}',
    "single-quotes": "{'code':0}",
    "unquoted-key": "{code:0}",
    "raw-line-break-in-a-string": '{"message":"a\nb"}',
    "raw-tab-in-a-string": '{"message":"a\tb"}',
    "other-white-space-around": '\u00a0{"code":0}',
    "nan": '{"code":NaN}',
    "nan-in-an-unknown-key": '{"x":NaN}',
    "infinity-in-an-unknown-key": '{"x":-Infinity}',
    "unknown-escape": '{"message":"\\x41"}',
    "code-as-a-float": '{"code":0.0}',
    "code-with-an-exponent": '{"code":0e0}',
    "code-as-a-string": '{"code":"0"}',
    "code-as-true": '{"code":true}',
    "code-with-a-leading-zero": '{"code":01}',
    "code-with-a-plus": '{"code":+1}',
    "code-too-large": '{"code":2147483648}',
    "code-too-small": '{"code":-2147483649}',
    "code-as-an-object": '{"code":{}}',
    "instance-as-a-number": '{"instance":1}',
    "instance-as-a-float": '{"instance":1.5}',
    "instance-as-a-list": '{"instance":["i"]}',
    "message-as-false": '{"message":false}',
    "wrong-type-before-a-right-one": '{"code":"0","code":0}',
    "output-with-a-space": '{"output":"cHJp bWFyeQ=="}',
    "output-without-padding": '{"output":"cHJpbWFyeQ"}',
    "output-with-half-its-padding": '{"output":"cHJpbWFyeQ="}',
    "output-in-the-url-alphabet": '{"output":"-_-_"}',
    "output-with-text-after-the-padding": '{"output":"cHJpbWFyeQ==cHJp"}',
    "output-of-one-character": '{"output":"c"}',
    "output-as-a-number": '{"output":1}',
    "output-as-an-object": '{"output":{}}',
    "output-with-a-byte-of-256": '{"output":[256]}',
    "output-with-a-negative-byte": '{"output":[-1]}',
    "output-with-a-byte-as-a-float": '{"output":[1.0]}',
    "output-with-a-byte-as-a-string": '{"output":["1"]}',
}


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ)
def test_a_message_is_read(text, expected):
    assert decode(text) == expected


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_message_is_refused(text):
    with pytest.raises(ValueError, match=r"\S"):
        decode(text)


def test_a_very_deep_document_is_refused():
    with pytest.raises(ValueError, match="depth"):
        decode('{"x":' + "[" * 200_000 + "]" * 200_000 + "}")


def test_a_field_of_a_nested_object_that_is_null_is_an_empty_one():
    shape = {"pairs": gojson.array(gojson.struct({"name": gojson.text}))}
    assert gojson.decode('{"pairs":[null,{"NAME":"a"}]}', shape) == {"pairs": [{}, {"name": "a"}]}


def test_a_list_does_not_take_an_object():
    with pytest.raises(ValueError, match="object"):
        gojson.decode('{"pairs":{"a":1}}', {"pairs": gojson.array(gojson.text)})


def test_an_unknown_number_of_thousands_of_digits_is_passed_over():
    assert gojson.decode('{"x":' + "9" * 5000 + ',"a":1}', {"a": gojson.int32}) == {"a": 1}


def test_a_null_among_the_bytes_is_zero():
    assert gojson.octets([112, None]) == b"p\x00"
