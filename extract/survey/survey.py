"""Turns a file into a survey of it: what it is, its fingerprint, its pages, and what is wrong with it."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import Field

from extract.errors import reason_of, refused
from extract.held_file import held
from extract.settings import LIMITS
from extract.survey.damage import PageStructure
from extract.survey.opening import Structure, structure_of, turned
from extract.survey.page_kinds import PageLook, look_at_pages
from extract.survey.settings import FILE
from extract.types import Page
from schema.base import Frozen
from schema.catalogue import make_finding
from schema.findings import Finding, Message
from schema.provenance import Source, SourceRef

log = logging.getLogger(__name__)

PDF, TEXT, HTML, JSON = "application/pdf", "text/plain", "text/html", "application/json"
JPEG, PNG, TIFF = "image/jpeg", "image/png", "image/tiff"
IMAGES = {JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP, OLE, RTF = "application/zip", "application/x-ole-storage", "application/rtf"
OFFICE = {ZIP, OLE, RTF}
UNKNOWN = "application/octet-stream"

MAGIC = {
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
    b"PK\x03\x04": ZIP,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLE,
    b"{\\rtf": RTF,
}
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
JSON_START = re.compile(
    r'\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*\{\s*")'
)  # also of JSON lines, and of JSON that is cut off
HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<?xml")


class PageFacts(Frozen):
    """A page and what keeps it from being read.

    `too_large`: it has too many operators; `damaged`: it does not open. `loss` says what of it is damaged or not in the
    file, see `extract.survey.damage`. `glyphs` counts the printed characters that the survey saw on it.
    """

    page: Page
    too_large: bool = False
    damaged: bool = False
    loss: Message | None = None
    glyphs: int = 0


class Survey(Frozen):
    """A file looked at once; everything after works on `data` and never on the file again.

    `data` are the file's bytes, or those of the PDF repaired, decrypted or with pages turned in memory: a page
    whose text would be sideways or upside down is read under the /Rotate that turns it upright (`Page.rotation`),
    and all coordinates are of the page as it is seen then. `source.sha256` and `source.size` are always those of
    the file.
    """

    source: Source
    pages: tuple[PageFacts, ...] = ()
    findings: tuple[Finding, ...] = ()
    data: bytes = Field(repr=False, exclude=True)


def survey(path: Path) -> Survey:
    """Look at a file: its kind by its content, and for a PDF its structure and pages.

    Raises `InputError` for a missing or unreadable file, a directory, an empty or too large file, a picture, office
    or JSON file, a name that says PDF over other content, and a PDF that is locked, beyond use, or has no or too
    many pages. What of a PDF's pages is lost is reported page by page, never taken for empty. A page with too many
    operators, each form counted as often as it is painted, is marked, not read; see `[limits]` in the settings.
    """
    data, kind = content_of(path)
    if kind == PDF:
        return _survey_pdf(path, data)
    return Survey(source=_source(path, data, kind), data=data)


def content_of(path: Path) -> tuple[bytes, str]:
    """Return a file's bytes and its media type by its content; raises `InputError` as `survey` does for any file."""
    data = held(path).read_bytes()
    kind = media_type(data)
    is_named_pdf = path.suffix.lower() == ".pdf"
    if kind in IMAGES and is_named_pdf:
        raise refused("image-named-pdf", path=path, name=IMAGES[kind])
    if kind in OFFICE:
        raise refused("office", path=path)
    if kind == JSON:
        raise refused("json", path=path)
    if kind == UNKNOWN or (is_named_pdf and kind != PDF):
        raise refused("unknown", path=path)
    return data, kind


def printable(name: str) -> str:
    """Return a file's name as text: bytes in it that are no letters are shown as such."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def media_type(data: bytes) -> str:
    """Return the media type of some content, judged by its bytes alone."""
    for magic, kind in MAGIC.items():
        if data.startswith(magic):
            return XLSX if kind == ZIP and _is_workbook(data) else kind
    if b"%PDF-" in data[: FILE.head]:
        return PDF
    if not _is_text(data):
        return UNKNOWN
    if _is_json(data):
        return JSON
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[: FILE.head].lower()
    is_html = start.startswith(HTML_STARTS) and (not start.startswith(b"<?xml") or b"<html" in start)
    return HTML if is_html else TEXT


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except Exception:  # noqa: BLE001 - a damaged archive fails anywhere
        return False


def _is_json(data: bytes) -> bool:
    start = data[: FILE.head].decode(json.detect_encoding(data), "replace").lstrip("\ufeff")
    if JSON_START.match(start):
        return True
    if not start.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _is_text(data: bytes) -> bool:
    if data.startswith(BYTE_ORDER_MARKS):
        return True
    sample = data[: FILE.sample]
    controls = sum(sample.count(code) for code in range(ord(" ")) if code not in b"\t\n\v\f\r\x1b")
    return controls <= FILE.most_controls * len(sample)


def _source(path: Path, data: bytes, kind: str) -> Source:
    return Source(
        name=printable(path.name), sha256=hashlib.sha256(data).hexdigest(), media_type=kind, size=len(data)
    )


def _survey_pdf(path: Path, data: bytes) -> Survey:
    structure = structure_of(path, data)
    facts = {
        "page_count": len(structure.pages),
        "signature_count": structure.signature_count,
        "producer": structure.producer,
    }
    source = _source(path, data, PDF).replace(**facts)
    looks = _looks(structure.data, [state.size is not None for state in structure.pages])
    # The /Rotate to set, by index, of each page that is not read as the file turns it.
    rotations = {index: look.rotation for index, look in enumerate(looks) if look and look.turn}
    return Survey(
        source=source,
        pages=tuple(_affordable(map(_facts, range(1, len(looks) + 1), looks, structure.pages))),
        findings=tuple(_findings(source, structure, looks)),
        data=turned(structure.data, rotations) if rotations else structure.data,
    )


def _looks(data: bytes, readable: Sequence[bool]) -> tuple[PageLook | None, ...]:
    """Look at each page; one that PDFium fails on in whatever way costs that page alone."""
    try:
        return tuple(look_at_pages(data, tuple(readable)))
    except Exception as error:  # noqa: BLE001 - a damaged page may fail anywhere in the look
        log.warning("a page could not be looked at: %r", error)
    return tuple(_lone_look(data, index, wanted=wanted) for index, wanted in enumerate(readable))


def _lone_look(data: bytes, index: int, *, wanted: bool) -> PageLook | None:
    try:
        *_, look = look_at_pages(data, (*(False,) * index, wanted))
    except Exception:  # noqa: BLE001 - the same
        return None
    return look


def _facts(number: int, look: PageLook | None, state: PageStructure) -> PageFacts:
    too_large = state.size is None
    loss = reason_of(f"lost-{state.loss.name.lower()}") if state.loss is not None else None
    if look is None:
        page = Page(number=number, width=0.0, height=0.0, kind="empty")
        return PageFacts(page=page, too_large=too_large, damaged=not too_large, loss=loss)
    page = Page(number=number, width=look.width, height=look.height, rotation=look.rotation, kind=look.kind)
    return PageFacts(page=page, loss=loss, glyphs=look.glyphs)


def _affordable(pages: Iterable[PageFacts]) -> Iterator[PageFacts]:
    """Yield the pages; those after the ones that are as large together as is drawn are too large."""
    area = 0.0
    for facts in pages:
        area += min(facts.page.width * facts.page.height, LIMITS.drawn_pixels)
        yield facts if area <= LIMITS.document_area else facts.replace(too_large=True)


def _findings(source: Source, structure: Structure, looks: Sequence[PageLook | None]) -> Iterator[Finding]:
    """Yield what is wrong with the file as a whole, and how its pages were turned."""
    ref = SourceRef(sha256=source.sha256, reader="pdf-text")
    if structure.salvaged or structure.repaired:
        code = "file-salvaged" if structure.salvaged else "file-repaired"
        yield make_finding(code, rule="survey-file", ref=ref)
    if structure.missing:
        found = len(structure.pages)
        stated = str(found + structure.missing)
        yield make_finding("pages-missing", rule="survey-file", ref=ref, raw=stated, value=str(found))
    for number, look in enumerate(looks, start=1):
        if look and look.turn:
            ref = SourceRef(sha256=source.sha256, page=number, reader="pdf-text")
            value = str(look.turn)
            yield make_finding("page-turned", rule="survey-file", ref=ref, raw=str(number), value=value)
