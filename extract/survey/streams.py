"""Turns a stream of a PDF into its bytes, or into the word that they are damaged or too many."""

from __future__ import annotations

import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from extract.settings import LIMITS
from extract.survey.filters import (
    A85,
    FLATE,
    HEX,
    JPEG,
    LONG_NAMES,
    LZW,
    BrokenError,
    TooLargeError,
    inflates,
    unpacked,
)
from extract.survey.settings import OBJECTS

__all__ = ["FLATE", "BrokenError", "TooLargeError", "decoded", "filter_names", "is_whole", "items"]

JPEG_END = b"\xff\xd9"
AT_ONCE = ([LZW], [A85], [HEX])  # a last filter that readers of pictures unpack at once
PLAIN = 1  # the predictor that predicts nothing


def decoded(stream: Stream, most: int = LIMITS.page_bytes) -> bytes:
    """Return a stream's bytes, unpacked no further than those of a page may be: a small file may hold a huge one.

    Raises `TooLargeError` and `BrokenError`; no bytes at all are an empty stream, whatever its packing.
    """
    try:
        names = filter_names(stream)
        raw = stream.read_raw_bytes()
        if not raw:
            return raw
        parms = _parameters(stream) if names else []
        data = unpacked(raw, names, most, early=_number(parms, "/EarlyChange", 1))
        if any(_number([each], "/Predictor", PLAIN) != PLAIN for each in parms):
            data = stream.read_bytes()  # it unpacks to no more
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise BrokenError from error
    if len(data) > most:
        raise TooLargeError
    return data


def is_whole(stream: Stream) -> bool:
    """Tell whether a font or picture unpacks, a JPEG has its end mark, and other packings of pictures are not empty.

    Raises `TooLargeError` where it unpacks to more than any reader may be given: of a picture's last filter readers
    take a row at a time, so that its size says how much that is.
    """
    is_picture = stream.get("/Subtype") == Name.Image
    most = LIMITS.checked_bytes
    try:
        names = filter_names(stream)
        raw = stream.read_raw_bytes()
        if names == [FLATE]:
            return _is_inflated(raw, most, is_picture=is_picture)
        if len(names) > 1 or names[-1:] in AT_ONCE:
            raw = _but_last(raw, names, most)
        if names[-1:] == [FLATE] and names[:-1]:
            return _is_inflated(raw, most, is_picture=is_picture)
    except (pikepdf.PdfError, zlib.error, ValueError, BrokenError):
        return False
    if names[-1:] == [JPEG]:
        return JPEG_END in raw[-OBJECTS.jpeg_tail :]
    return bool(raw)


def _is_inflated(raw: bytes, most: int, *, is_picture: bool) -> bool:
    ends = inflates(raw, most)
    if ends is None and not is_picture:
        raise TooLargeError
    return ends is not False


def _but_last(raw: bytes, names: list[str], most: int) -> bytes:
    """Unpack all but the last filter, and that too where readers unpack it at once."""
    for name in names[:-1] if [names[-1]] not in AT_ONCE else names:
        raw = unpacked(raw, [name], most)
    return raw


def filter_names(stream: Stream) -> list[str]:
    """Return the full names of a stream's filters, the outermost first; raises `TooLargeError` for very many."""
    value = stream.get("/Filter")
    if isinstance(value, Array):
        if len(value) > LIMITS.filters:
            raise TooLargeError
        names = [str(name) for name in items(value)]
    else:
        names = [str(value)] if value is not None else []
    return [LONG_NAMES.get(name, name) for name in names]


def _parameters(stream: Stream) -> list[Dictionary]:
    """Return the parameters of a stream's filters, those that are any."""
    value = stream.get("/DecodeParms", stream.get("/DP"))
    every = items(value) if isinstance(value, Array) and len(value) <= LIMITS.filters else [value]
    return [each for each in every if isinstance(each, Dictionary)]


def _number(parms: list[Dictionary], key: str, default: int) -> int:
    values: list[object] = [each.get(key) for each in parms if key in each]
    return values[0] if values and isinstance(values[0], int) else default


def items(array: Object) -> list[Object]:
    """Return the items of an array."""
    return [array[index] for index in range(len(array))]
