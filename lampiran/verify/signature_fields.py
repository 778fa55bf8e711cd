"""The bytes of a PDF -> its signature fields, filled and empty, as pyHanko reads them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from extract.survey.object_tables import has_modest_tables
from lampiran.verify.foreign import PdfObject, one_line
from lampiran.verify.settings import LIMITS

log = logging.getLogger(__name__)

RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")


@dataclass(frozen=True)
class Filled:
    """A signature field that holds something; `embedded` is `None` where that cannot be read as a signature.

    `values` is the signature dictionary, or what is in its place; `problem` says why it cannot be read.
    """

    name: str
    values: PdfObject
    embedded: EmbeddedPdfSignature | None = None
    problem: str | None = None


@dataclass(frozen=True)
class Fields:
    """The signature fields of the last revision, and what is `removed`.

    Those are the names of fields that a later revision emptied or gave another signature, and `byte N` for a signature
    at that byte of the file that no form leads to.
    """

    filled: tuple[Filled, ...]
    empty: tuple[str, ...]
    removed: tuple[str, ...]


def open_reader(data: bytes) -> PdfFileReader:
    """Open a PDF for checking, an encrypted one without a password. Raises whatever pyHanko raises.

    `ValueError` is raised for tables of objects that are more than any reader may be given.
    """
    if not has_modest_tables(data):
        raise ValueError("its tables of objects are too large")
    reader = PdfFileReader(BytesIO(data), strict=False)
    if reader.encrypted:
        reader.decrypt("")
    return reader


def fields_of(reader: PdfFileReader, data: bytes) -> Fields:
    """List the signature fields in the order in which they were signed."""
    fields = list(enumerate_sig_fields(reader))
    empty = tuple(name for name, value, _ in fields if value is None)
    filled = [_filled(reader, name, value, field) for name, value, field in fields if value is not None]
    filled.sort(key=lambda each: each.embedded.signed_revision if each.embedded else -1)
    removed = _removed(reader)
    known = {*removed.values(), *(place for _, place in _places(reader))}
    strays = [f"byte {start}" for start in _strays(data, known)]
    return Fields(tuple(filled), empty, (*removed, *strays))


def _filled(reader: PdfFileReader, name: str, value: PdfObject, field: PdfObject) -> Filled:
    values = value.get_object()
    try:
        embedded = EmbeddedPdfSignature(reader, field, name)
        embedded.signer_info["signature"].native  # noqa: B018 - parsed lazily, so that a broken one shows here
    except Exception as error:  # noqa: BLE001 - a broken blob raises errors of many kinds
        return Filled(name, values, problem=one_line(error))
    return Filled(name, values, embedded)


def _strays(data: bytes, known: set[tuple[int, ...]]) -> Iterator[int]:
    """Yield the places of signatures that no revision's form leads to: somebody may have hidden them.

    A signature of this file leaves a gap for a string of hexadecimal digits; other ranges do not count.
    """
    for match in RANGE.finditer(data):
        place = tuple(map(int, match.groups()))
        _, start, end, _ = place
        gap = data[start:end]
        if place not in known and gap.startswith(b"<") and gap.endswith(b">"):
            known.add(place)
            yield match.start()


def _removed(reader: PdfFileReader) -> dict[str, tuple[int, ...]]:
    """Return the fields whose signature in an earlier revision is no longer theirs, and the range it covers."""
    last = dict(_places(reader))
    found: dict[str, tuple[int, ...]] = {}
    for revision in range(max(0, reader.total_revisions - LIMITS.revisions), reader.total_revisions - 1):
        try:
            held = dict(_places(reader.get_historical_resolver(revision)))
        except Exception as error:
            log.debug("a revision cannot be searched", exc_info=error)
            continue
        for name, place in held.items():
            if last.get(name) != place:
                found.setdefault(name, place)
    return found


def _places(handler: PdfObject) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield each filled field of a reader, or of one of its revisions, with the byte range of its signature."""
    for name, value, _ in enumerate_sig_fields(handler, filled_status=True):
        values = value.get_object()
        try:
            yield name, tuple(int(number) for number in values["/ByteRange"])
        except (KeyError, TypeError, ValueError):
            yield name, ()
