"""Turns a stream of a PDF into its bytes, or into the word that they are damaged or too many."""

from __future__ import annotations

import zlib
from base64 import a85decode

import numpy as np
import pikepdf
from pikepdf import Array, Object, Stream

from extract.settings import LIMITS
from extract.survey.settings import OBJECTS

ZLIB_HEAD = 2  # bytes before the deflated data itself
BLANKS = b" \t\n\r\v"  # what is passed over between figures to the base of 85
A85_BASE = 85
A85_WEIGHTS = A85_BASE ** np.arange(4, -1, -1)  # of the figures of four bytes
LARGEST_WORD = 0xFFFFFFFF
FLATE, A85, HEX, JPEG = "/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/DCTDecode"
FLUSHED = b"\0\0\xff\xff"  # what some writers end deflated data with instead of a last block
JPEG_END = b"\xff\xd9"


class TooLargeError(Exception):
    """A stream is more than is read."""


class BrokenError(Exception):
    """A stream does not unpack."""


def decoded(stream: Stream) -> bytes:
    """Return a stream's bytes, inflated no further than those of a page may be: a small file may hold a huge one.

    Raises `TooLargeError` and `BrokenError`; no bytes at all are an empty stream, whatever its packing.
    """
    try:
        names = filter_names(stream)
        raw = stream.read_raw_bytes()
        if not raw:
            return raw
        packed = len(names)
        while names[:1] in ([A85], [HEX]):
            raw, names = _from_a85(raw) if names[0] == A85 else _from_hex(raw), names[1:]
        if names == [FLATE]:
            data = _inflated(raw)
        elif not names:
            data = raw
        elif packed > 1 or len(raw) > LIMITS.page_bytes:
            raise TooLargeError
        else:
            data = stream.read_bytes()
    except (pikepdf.PdfError, zlib.error, ValueError) as error:
        raise BrokenError from error
    if len(data) > LIMITS.page_bytes:
        raise TooLargeError
    return data


def is_whole(stream: Stream) -> bool:
    """Tell whether a font or picture unpacks, a JPEG has its end mark, and other packings of pictures are not empty."""
    try:
        names = filter_names(stream)
        raw = stream.read_raw_bytes()
        if names[:1] == [A85]:
            raw, names = _from_a85(raw), names[1:]
        if names[:1] == [FLATE]:
            return _inflates(raw)
    except (pikepdf.PdfError, zlib.error, ValueError):
        return False
    if names[:1] == [JPEG]:
        return JPEG_END in raw[-OBJECTS.jpeg_tail :]
    return bool(raw)


def filter_names(stream: Stream) -> list[str]:
    """Return the names of a stream's filters, the outermost first."""
    value = stream.get("/Filter")
    if isinstance(value, Array):
        return [str(name) for name in items(value)]
    return [str(value)] if value is not None else []


def items(array: Object) -> list[Object]:
    """Return the items of an array."""
    return [array[index] for index in range(len(array))]


def _from_hex(raw: bytes) -> bytes:
    """Return what hexadecimal figures say, white space left out; a last lone figure is followed by a zero."""
    figures = b"".join(raw.partition(b">")[0].split())
    return bytes.fromhex((figures + b"0" * (len(figures) % 2)).decode("ascii"))


def _from_a85(raw: bytes) -> bytes:
    """Return what figures to the base of 85 say, five for four bytes: all whole groups at once, as Python does them singly."""
    packed = raw.strip().removeprefix(b"<~").removesuffix(b"~>")
    figures = packed.translate(None, BLANKS)
    whole = len(figures) - len(figures) % len(A85_WEIGHTS)
    digits = np.frombuffer(figures, dtype=np.uint8, count=whole).astype(np.int64) - ord("!")
    words = digits.reshape(-1, len(A85_WEIGHTS)) @ A85_WEIGHTS
    if ((digits < 0) | (digits >= A85_BASE)).any() or (words > LARGEST_WORD).any():
        return a85decode(packed)  # with short forms, or broken
    return words.astype(">u4").tobytes() + a85decode(figures[whole:])


def _inflated(raw: bytes) -> bytes:
    """Unpack deflated bytes; a check sum that is missing at the end is not damage, one that is wrong is."""
    packed = zlib.decompressobj()
    data = packed.decompress(raw, LIMITS.page_bytes + 1)
    if packed.eof or len(data) > LIMITS.page_bytes or _is_flushed(raw):
        return data
    bare = zlib.decompressobj(-zlib.MAX_WBITS)
    bare.decompress(raw[ZLIB_HEAD:], LIMITS.page_bytes + 1)
    if not bare.eof:
        raise BrokenError
    return data


def _inflates(raw: bytes) -> bool:
    """Tell whether deflated bytes unpack to their end, as far as they are looked at; a missing check sum is not damage."""
    if _reaches_end(zlib.decompressobj(), raw) or _is_flushed(raw):
        return True
    return _reaches_end(zlib.decompressobj(-zlib.MAX_WBITS), raw[ZLIB_HEAD:])


def _is_flushed(raw: bytes) -> bool:
    return raw.rstrip(b"\r\n").endswith(FLUSHED)


def _reaches_end(unpacker: zlib._Decompress, raw: bytes) -> bool:
    for _ in range(LIMITS.checked_bytes // OBJECTS.step):
        given = unpacker.decompress(raw, OBJECTS.step)
        if unpacker.eof:
            return True
        raw = unpacker.unconsumed_tail
        if not given and not raw:
            return False
    return True
