"""Bytes of a transcription turned into text and the name of their encoding."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from extract.errors import refused
from extract.transcript.settings import TEXTS

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_TICKS = frozenset(TEXTS.ticks)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and the encoding it was read with.

    UTF-8 (with or without a byte-order mark) is tried first, then what a byte-order mark or the place of
    the zero bytes says, then the legacy encodings. Raises `InputError` for bytes that are not text.
    """
    marked = next((encoding for bom, encoding in _BOMS.items() if data.startswith(bom)), None)
    if marked is None and b"\0" not in data:
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            return _legacy(data, name)
    encoding = marked or _wide(data, name)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refused("no-text", path=name) from error
    if not (marked or _is_text(text)):
        raise refused("no-text", path=name)
    return text, encoding


def _wide(data: bytes, name: str) -> str:
    """Return the kind of UTF-16 without a byte-order mark: its zero bytes are at odd or at even places."""
    odd, even = data[1::2].count(0), data[0::2].count(0)
    most, other = max(odd, even), min(odd, even)
    if most < int(TEXTS.fewest_zeros * len(data)) or other > int(TEXTS.most_other_zeros * most):
        raise refused("no-text", path=name)
    return "utf-16-le" if odd > even else "utf-16-be"


def _legacy(data: bytes, name: str) -> tuple[str, str]:
    """Choose the legacy encoding that gives tick marks, else the one that charset-normalizer prefers."""
    texts = {encoding: _readable(data, encoding) for encoding in TEXTS.legacy}
    readable = {encoding: text for encoding, text in texts.items() if text is not None}
    if not readable:
        raise refused("no-text", path=name)
    encoding = max(readable, key=lambda each: _ticks(readable[each]))
    if not _ticks(readable[encoding]):
        best = from_bytes(data, cp_isolation=list(readable)).best()
        if best is not None:
            return str(best), best.encoding
    return readable[encoding], encoding


def _ticks(text: str) -> int:
    """Count ticks that are alone in a cell: a letter of a word is no evidence of an encoding."""
    cells = text.replace("|", "\t").replace("\n", "\t").split("\t")
    return sum(cell.strip() in _TICKS for cell in cells)


def _readable(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if _is_text(text) else None


def _is_text(text: str) -> bool:
    controls = sum(character < " " and character not in "\t\n\r\f" for character in text)
    return controls <= TEXTS.most_controls * len(text)
