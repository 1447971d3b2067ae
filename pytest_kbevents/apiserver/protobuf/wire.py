"""The wire format of protobuf: numbered fields, each a number or some bytes."""

from __future__ import annotations

from collections.abc import Iterator

_BITS = 64


class Broken(ValueError):
    """Bytes that are no message."""


def fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a message, in the order they stand there. Raises Broken."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        number, form = tag >> 3, tag & 7
        if form == 0:
            value, at = _varint(data, at)
            yield number, value
            continue
        length, at = (_SIZES[form], at) if form in _SIZES else _length(data, at, form)
        if at + length > len(data):
            raise Broken("unexpected EOF")
        yield number, data[at : at + length]
        at += length


def signed(value: int) -> int:
    """A varint as the signed number that it is."""
    return value - (1 << _BITS) if value >> (_BITS - 1) else value


_SIZES = {1: 8, 5: 4}


def _length(data: bytes, at: int, form: int) -> tuple[int, int]:
    if form != 2:
        raise Broken(f"proto: illegal wireType {form}")
    return _varint(data, at)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < _BITS:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value & ((1 << _BITS) - 1), at
    raise Broken("proto: integer overflow" if shift >= _BITS else "unexpected EOF")
