"""An open PDF and its bytes -> what it says of its own making, and its revisions."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pikepdf import Pdf
from pikepdf.models.metadata import decode_pdf_date

from lampiran.verify.revisions import Revisions, trailing_bytes
from lampiran.verify.settings import LIMITS
from schema.authenticity import DocumentFacts, Metadata

log = logging.getLogger(__name__)

# What is told of a file: its key in the information dictionary, and in the metadata stream.
KEYS = {
    "producer": ("/Producer", "pdf:Producer"),
    "creator": ("/Creator", "xmp:CreatorTool"),
    "created": ("/CreationDate", "xmp:CreateDate"),
    "modified": ("/ModDate", "xmp:ModifyDate"),
}
DATES = {"created", "modified"}


def document_facts(pdf: Pdf, data: bytes, revisions: Revisions) -> DocumentFacts:
    """Gather what an open PDF says of itself; an entry that cannot be read is left out."""
    docinfo = pdf.docinfo
    return DocumentFacts(
        page_count=len(pdf.pages),
        encrypted=pdf.is_encrypted,
        info=_metadata(lambda name: docinfo.get(KEYS[name][0])),
        xmp=_xmp(pdf),
        revision_ends=revisions.ends,
        trailing=trailing_bytes(data, revisions),
    )


def _xmp(pdf: Pdf) -> Metadata | None:
    try:
        if "/Metadata" not in pdf.Root:
            return None
        found = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        values = {name: found.get(key) for name, (_, key) in KEYS.items()}
    except Exception as error:
        log.debug("the metadata stream cannot be read", exc_info=error)
        return None
    return _metadata(values.get)


def _metadata(value_of: Callable[[str], Any]) -> Metadata:
    values: dict[str, str | None] = {}
    for name in KEYS:
        try:
            raw = value_of(name)
            text = " ".join(str(raw).replace("\x00", "").split())[: LIMITS.entry] if raw is not None else ""
        except Exception as error:
            log.debug("an entry of the information dictionary cannot be read", exc_info=error)
            text = ""
        values[name] = (iso_date(text) if name in DATES else text) or None
    return Metadata(**values)


def iso_date(text: str) -> str:
    """Return a PDF date (`D:20240730134619+07'00'`) as ISO 8601, any other text as it is."""
    if not text.removeprefix("D:")[:4].isdigit() or "-" in text[:7]:
        return text
    try:
        found: datetime = decode_pdf_date(text)
    except (ValueError, IndexError):
        return text
    return found.isoformat()
