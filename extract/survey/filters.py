"""Turns packed bytes into what they hold, filter by filter, and never into more than is asked for."""

from __future__ import annotations

import zlib
from base64 import a85decode
from collections.abc import Callable, Mapping

import numpy as np

from extract.survey.settings import OBJECTS

ZLIB_HEAD = 2  # bytes before the deflated data itself
BLANKS = b" \t\n\r\v"  # what is passed over between figures to the base of 85
A85_BASE = 85
A85_WEIGHTS = A85_BASE ** np.arange(4, -1, -1)  # of the figures of four bytes
LARGEST_WORD = 0xFFFFFFFF
FLATE, A85, HEX, LZW, RUNS = (
    "/FlateDecode",
    "/ASCII85Decode",
    "/ASCIIHexDecode",
    "/LZWDecode",
    "/RunLengthDecode",
)
JPEG, JPEG_2000, JBIG2, FAX = "/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"
# The names of inline pictures, which all readers take for streams as well.
LONG_NAMES = {
    "/Fl": FLATE,
    "/A85": A85,
    "/AHx": HEX,
    "/LZW": LZW,
    "/RL": RUNS,
    "/DCT": JPEG,
    "/CCF": FAX,
}
FLUSHED = b"\0\0\xff\xff"  # what some writers end deflated data with instead of a last block
LITERALS, CLEAR, END, FIRST = 256, 256, 257, 258  # codes of LZW
SHORTEST, LONGEST = 9, 12  # bits of one
RUN, NO_MORE = 257, 128  # a length byte from 129 on repeats the next one 257 minus it times


class TooLargeError(Exception):
    """A stream is more than is read."""


class BrokenError(Exception):
    """A stream does not unpack."""


def unpacked(raw: bytes, names: list[str], most: int, *, early: int = 1) -> bytes:
    """Unpack bytes by filters, the outermost first, each to at most `most` bytes; `early` is LZW's early change.

    Raises `TooLargeError` beyond that and `BrokenError` for what does not unpack, and for a filter of pictures.
    """
    try:
        for name in names:
            if name == LZW:
                raw = _from_lzw(raw, most, early)
            elif name in DECODERS:
                raw = DECODERS[name](raw, most)
            else:
                raise BrokenError
            if len(raw) > most:
                raise TooLargeError
    except (zlib.error, ValueError) as error:
        raise BrokenError from error
    return raw


def inflated(raw: bytes, most: int) -> bytes:
    """Unpack deflated bytes to one byte more than `most`; a check sum that is missing is not damage, one that is wrong is."""
    packed = zlib.decompressobj()
    data = packed.decompress(raw, most + 1)
    if packed.eof or len(data) > most or is_flushed(raw):
        return data
    bare = zlib.decompressobj(-zlib.MAX_WBITS)
    bare.decompress(raw[ZLIB_HEAD:], most + 1)
    if not bare.eof:
        raise BrokenError
    return data


def is_flushed(raw: bytes) -> bool:
    """Tell whether deflated data ends as some writers leave it."""
    return raw.rstrip(b"\r\n").endswith(FLUSHED)


def from_hex(raw: bytes, _: int = 0) -> bytes:
    """Return what hexadecimal figures say, white space left out; a last lone figure is followed by a zero."""
    figures = b"".join(raw.partition(b">")[0].split())
    return bytes.fromhex((figures + b"0" * (len(figures) % 2)).decode("ascii"))


def from_a85(raw: bytes, most: int) -> bytes:
    """Return what figures to the base of 85 say, five for four bytes: all whole groups at once, as Python does them singly."""
    packed = raw.strip().removeprefix(b"<~").removesuffix(b"~>")
    if packed.count(b"z") * 4 > most:  # the short form of four zero bytes
        raise TooLargeError
    figures = packed.translate(None, BLANKS)
    whole = len(figures) - len(figures) % len(A85_WEIGHTS)
    digits = np.frombuffer(figures, dtype=np.uint8, count=whole).astype(np.int64) - ord("!")
    words = digits.reshape(-1, len(A85_WEIGHTS)) @ A85_WEIGHTS
    if ((digits < 0) | (digits >= A85_BASE)).any() or (words > LARGEST_WORD).any():
        return a85decode(packed)  # with short forms, or broken
    return words.astype(">u4").tobytes() + a85decode(figures[whole:])


def _from_runs(raw: bytes, most: int) -> bytes:
    """Unpack lengths and bytes: up to 127 the next bytes as they are, from 129 on one of them repeated."""
    parts, place, size = [], 0, 0
    while place < len(raw) and raw[place] != NO_MORE and size <= most:
        length = raw[place]
        if length < NO_MORE:
            parts.append(raw[place + 1 : place + 2 + length])
            place += 2 + length
        else:
            parts.append(raw[place + 1 : place + 2] * (RUN - length))
            place += 2
        size += len(parts[-1])
    return b"".join(parts)


def _from_lzw(raw: bytes, most: int, early: int) -> bytes:
    """Unpack LZW, as far as there are whole codes or to the end mark; a code that was not made yet is damage."""
    base = [bytes([n]) for n in range(LITERALS)] + [b"", b""]
    known, width = list(base), SHORTEST
    parts: list[bytes] = []
    last = b""
    held = bits = size = 0
    for byte in raw:
        held, bits = (held << 8 | byte) & 0xFFFFFF, bits + 8
        if bits < width:
            continue
        bits -= width
        code = held >> bits & ((1 << width) - 1)
        if code == END:
            break
        if code == CLEAR:
            known, width, last = list(base), SHORTEST, b""
            continue
        if code < len(known):
            text = known[code]
        elif code == len(known) and last:
            text = last + last[:1]
        else:
            raise BrokenError
        if last and len(known) < 1 << LONGEST:
            known.append(last + text[:1])
        last = text
        parts.append(text)
        size += len(text)
        if size > most:
            raise TooLargeError
        while width < LONGEST and len(known) + early >= 1 << width:
            width += 1
    return b"".join(parts)


DECODERS: Mapping[str, Callable[[bytes, int], bytes]] = {
    FLATE: inflated,
    A85: from_a85,
    HEX: from_hex,
    RUNS: _from_runs,
}


def inflates(raw: bytes, most: int) -> bool | None:
    """Tell whether deflated bytes unpack to their end, `None` for more than `most`; a missing check sum is not damage."""
    ends = _reaches_end(zlib.decompressobj(), raw, most)
    if ends is None or ends:
        return ends
    if is_flushed(raw):
        return True
    return _reaches_end(zlib.decompressobj(-zlib.MAX_WBITS), raw[ZLIB_HEAD:], most)


def _reaches_end(unpacker: zlib._Decompress, raw: bytes, most: int) -> bool | None:
    for _ in range(most // OBJECTS.step):
        given = unpacker.decompress(raw, OBJECTS.step)
        if unpacker.eof:
            return True
        raw = unpacker.unconsumed_tail
        if not given and not raw:
            return False
    return None
