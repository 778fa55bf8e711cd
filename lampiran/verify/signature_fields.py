"""The bytes of a PDF -> its signature fields, filled and empty, as pyHanko reads them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

log = logging.getLogger(__name__)

RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
MAX_REVISIONS = 200  # revisions looked through for signatures that were taken out


@dataclass(frozen=True)
class Filled:
    """A signature field that holds something; `embedded` is `None` where that cannot be read as a signature.

    `values` is the signature dictionary, or what stands in its place; `problem` says why it cannot be read.
    """

    name: str
    values: Any
    embedded: EmbeddedPdfSignature | None = None
    problem: str | None = None


@dataclass(frozen=True)
class Fields:
    """The signature fields of the last revision, and what is `removed`.

    That are the names of fields that a later revision emptied or gave another signature, and `byte N` for a signature that
    stands there in the file and that no form leads to.
    """

    filled: tuple[Filled, ...]
    empty: tuple[str, ...]
    removed: tuple[str, ...]


def open_reader(data: bytes) -> PdfFileReader:
    """Open a PDF for checking, an encrypted one without a password. Raises whatever pyHanko raises."""
    reader = PdfFileReader(BytesIO(data), strict=False)
    if reader.encrypted:
        reader.decrypt("")
    return reader


def fields_of(reader: PdfFileReader, data: bytes) -> Fields:
    """List the signature fields in the order in which they were signed."""
    filled: list[Filled] = []
    empty: list[str] = []
    for name, value, field in enumerate_sig_fields(reader):
        if value is None:
            empty.append(name)
        else:
            filled.append(_filled(reader, name, value, field))
    filled.sort(key=lambda each: each.embedded.signed_revision if each.embedded else -1)
    removed = dict(_removed(reader))
    known = {*removed.values(), *(place for _, place in _places(reader))}
    strays = [f"byte {start}" for start in _strays(data, known)]
    return Fields(tuple(filled), tuple(empty), (*removed, *strays))


def _filled(reader: PdfFileReader, name: str, value: Any, field: Any) -> Filled:  # noqa: ANN401 - PDF objects
    values = value.get_object()
    try:
        embedded = EmbeddedPdfSignature(reader, field, name)
        embedded.signer_info["signature"].native  # noqa: B018 - parsed lazily, so that a broken one shows here
    except Exception as error:  # noqa: BLE001 - a broken blob raises errors of many kinds
        return Filled(name, values, problem=one_line(error))
    return Filled(name, values, embedded)


def _strays(data: bytes, known: set[tuple[int, ...]]) -> Iterator[int]:
    """Yield where signatures stand that no revision's form leads to: somebody may have hidden them.

    A range counts whose gap is a string of hexadecimal digits, as that of a signature of this very file is.
    """
    for match in RANGE.finditer(data):
        first, start, second, length = map(int, match.groups())
        gap = data[start:second]
        if (first, start, second, length) not in known and gap[:1] == b"<" and gap[-1:] == b">":
            known.add((first, start, second, length))
            yield match.start()


def _removed(reader: PdfFileReader) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the fields whose signature in an earlier revision is no longer theirs, and the range it covers."""
    last = dict(_places(reader))
    told: set[str] = set()
    for revision in range(max(0, reader.total_revisions - MAX_REVISIONS), reader.total_revisions - 1):
        try:
            held = dict(_places(reader.get_historical_resolver(revision)))
        except Exception as error:
            log.debug("a revision cannot be looked through", exc_info=error)
            continue
        for name, place in held.items():
            if last.get(name) != place and name not in told:
                told.add(name)
                yield name, place


def _places(handler: Any) -> Iterator[tuple[str, tuple[int, ...]]]:  # noqa: ANN401 - a reader or one of its revisions
    """Yield each filled field with the byte range that its signature covers."""
    for name, value, _ in enumerate_sig_fields(handler, filled_status=True):
        values = value.get_object()
        try:
            yield name, tuple(int(number) for number in values["/ByteRange"])
        except (KeyError, TypeError, ValueError):
            yield name, ()


def one_line(error: BaseException) -> str:
    """Return what an error says as one line, shortened."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 300 else f"{text[:299]}…"
