"""Bytes of a transcription turned into text and the name of their encoding."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from schema.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings in which Indonesian office software has written text with tick marks.
_LEGACY = ("cp1252", "mac_roman", "cp437", "cp850", "latin_1")
_TICKS = frozenset("√✓✔■●")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and the encoding it was read with.

    UTF-8 (with or without a byte-order mark) is tried first, then what a byte-order mark or the place of
    the zero bytes says, then the legacy encodings. Raises `InputError` for bytes that are no text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name), encoding
    if b"\0" in data:
        return _wide(data, name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _legacy(data, name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(name) from error


def _wide(data: bytes, name: str) -> tuple[str, str]:
    """Decode UTF-16 without a byte-order mark: its zero bytes stand at odd or at even places."""
    odd, even = data[1::2].count(0), data[0::2].count(0)
    if max(odd, even) < len(data) // 8 or min(odd, even) > max(odd, even) // 4:
        raise _no_text(name)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = _strict(data, encoding, name)
    if not _is_text(text):
        raise _no_text(name)
    return text, encoding


def _legacy(data: bytes, name: str) -> tuple[str, str]:
    """Choose the legacy encoding that gives tick marks, else the one that charset-normalizer prefers."""
    readable = [(encoding, text) for encoding in _LEGACY if (text := _readable(data, encoding)) is not None]
    if not readable:
        raise _no_text(name)
    ticked = [(encoding, text) for encoding, text in readable if _ticks(text) > 0]
    if ticked:
        encoding, text = max(ticked, key=lambda pair: _ticks(pair[1]))
        return text, encoding
    best = from_bytes(data, cp_isolation=[encoding for encoding, _ in readable]).best()
    if best is None:
        return readable[0][1], readable[0][0]
    return str(best), best.encoding


def _ticks(text: str) -> int:
    """Count ticks that stand alone in a cell: a letter of a word is no evidence of an encoding."""
    return sum(
        1 for cell in text.replace("|", "\t").replace("\n", "\t").split("\t") if cell.strip() in _TICKS
    )


def _readable(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if _is_text(text) else None


def _is_text(text: str) -> bool:
    """Tell whether hardly any control character is among the letters."""
    controls = sum(1 for character in text if ord(character) < 32 and character not in "\t\n\r\f")
    return controls * 100 <= len(text)


def _no_text(name: str) -> InputError:
    return InputError(
        id=f"{name}: isi berkas bukan teks yang dapat dibaca; berikan PDF, atau transkripsi sebagai teks UTF-8.",
        en=f"{name}: the file's content is no readable text; give a PDF, or the transcription as UTF-8 text.",
    )
