"""Turns a file into a survey of it: what it is, its fingerprint, its pages, and what is wrong with it."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field

from extract.survey.damage import PageStructure
from extract.survey.losses import SAID
from extract.survey.opening import Structure, structure_of, turned
from extract.survey.page_kinds import PageLook, look_at_pages
from extract.types import Page
from schema.base import Frozen
from schema.catalogue import make_finding
from schema.errors import InputError
from schema.findings import Finding, Message, RuleName
from schema.provenance import Source, SourceRef

log = logging.getLogger(__name__)

RULE: RuleName = "survey-file"
PDF, TEXT, HTML, JSON = "application/pdf", "text/plain", "text/html", "application/json"
JPEG, PNG, TIFF = "image/jpeg", "image/png", "image/tiff"
IMAGES = {JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP, OLE, RTF = "application/zip", "application/x-ole-storage", "application/rtf"
OFFICE = {ZIP, OLE, RTF}
UNKNOWN = "application/octet-stream"

MAX_BYTES = 256 * 1024 * 1024  # a larger file is refused
HEAD = 1024  # bytes in which a PDF's mark must begin
MAGIC = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"PK\x03\x04", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", RTF),
)
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
JSON_START = re.compile(
    r'\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*\{\s*")'
)  # also of JSON lines, and of JSON that is cut off
HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<?xml")


class PageFacts(Frozen):
    """A page and what keeps it from being read.

    `visible_text` is false where the only text is an invisible layer under a scan; `too_large` where its
    operators are more than 4 MiB, `damaged` where it does not open. `loss` says what of it is damaged or not in
    the file, see `extract.survey.damage`. `glyphs` counts the printed characters that the survey saw on it.
    """

    page: Page
    visible_text: bool = False
    too_large: bool = False
    damaged: bool = False
    loss: Message | None = None
    glyphs: int = 0


class Survey(Frozen):
    """A file looked at once; everything after works on `data` and never on the file again.

    `data` are the bytes to read on: the file's own, or those of the PDF repaired, decrypted or with pages
    turned upright in memory. A page whose text would lie sideways or upside down is read under the /Rotate
    that sets it upright, whether its content or its /Rotate is what turns it; `Page.rotation` is that one,
    and all coordinates are of the page as it is seen then.
    `source.sha256` and `source.size` are always those of the file. `pages` is empty for what is no PDF.
    """

    source: Source
    pages: tuple[PageFacts, ...] = ()
    findings: tuple[Finding, ...] = ()
    data: bytes = Field(repr=False, exclude=True)


def survey(path: Path) -> Survey:
    """Look at a file: its kind by its content, and for a PDF its structure and pages.

    Raises `InputError`, one sentence a language, for a missing or unreadable file, a directory, an empty
    file or one above 256 MiB, a picture, office or JSON file, a name that says PDF over other content, and a PDF
    that needs a password, has no page, more than 3,000 pages, or is damaged beyond use. What of a PDF's pages is
    lost is told page by page, never taken for empty. A page with more
    than 4 MiB of operators, forms counted as often as they are painted, is marked, not read, and so are
    the pages after the first 64 MiB of a document.
    """
    data, kind = content_of(path)
    if kind == PDF:
        return _survey_pdf(path, data)
    return Survey(source=_source(path, data, kind), data=data)


def content_of(path: Path) -> tuple[bytes, str]:
    """Return a file's bytes and its media type by its content; raises `InputError` as `survey` does for any file."""
    data = _read(path)
    kind = media_type(data)
    _check_kind(path, kind)
    return data, kind


def media_type(data: bytes) -> str:
    """Return the media type of some content, judged by its bytes alone."""
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return XLSX if kind == ZIP and _is_workbook(data) else kind
    if b"%PDF-" in data[:HEAD]:
        return PDF
    if not _is_text(data):
        return UNKNOWN
    if _is_json(data):
        return JSON
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:HEAD].lower()
    is_html = start.startswith(HTML_STARTS) and (not start.startswith(b"<?xml") or b"<html" in start)
    return HTML if is_html else TEXT


def _is_workbook(data: bytes) -> bool:
    """Tell whether an archive is an XLSX workbook, by the name of the part that every one has."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _is_json(data: bytes) -> bool:
    """Tell whether a text is JSON: no transcription, whatever it holds."""
    start = data[:HEAD].decode(json.detect_encoding(data), "replace").lstrip("\ufeff")
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
    sample = data[: 64 * HEAD]
    controls = sum(sample.count(code) for code in range(32) if code not in b"\t\n\v\f\r\x1b")
    return controls * 100 <= len(sample)


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InputError(
                id=f'"{path}" adalah folder, bukan berkas; sebutkan berkas di dalamnya.',
                en=f'"{path}" is a directory, not a file; name a file in it.',
            )
        if size > MAX_BYTES:
            raise InputError(
                id=f'"{path}" lebih besar dari 256 MiB; pisahkan keputusannya atau kecilkan gambarnya.',
                en=f'"{path}" is larger than 256 MiB; cut out the decree or shrink its pictures.',
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(
            id=f'"{path}" tidak ditemukan; periksa nama dan foldernya.',
            en=f'"{path}" was not found; check its name and folder.',
        ) from error
    except (OSError, ValueError) as error:
        raise InputError(
            id=f'"{path}" tidak dapat dibuka; periksa izin bacanya.',
            en=f'"{path}" cannot be opened; check that you may read it.',
        ) from error
    if not data.strip(b"\x00\t\n\v\f\r "):
        raise InputError(
            id=f'"{path}" kosong; salin atau unduh ulang berkasnya.',
            en=f'"{path}" is empty; copy or download the file again.',
        )
    return data


def _check_kind(path: Path, kind: str) -> None:
    named_pdf = path.suffix.lower() == ".pdf"
    if kind in IMAGES and named_pdf:
        name = IMAGES[kind]
        raise InputError(
            id=f'"{path}" adalah gambar {name}, bukan PDF; berikan PDF aslinya.',
            en=f'"{path}" is a {name} image, not a PDF; give the PDF itself.',
        )
    if kind in OFFICE:
        raise InputError(
            id=f'"{path}" adalah dokumen perkantoran atau arsip; simpan sebagai PDF (lembar kerja sebagai XLSX atau CSV) lalu coba lagi.',
            en=f'"{path}" is an office document or an archive; save it as a PDF (a spreadsheet as XLSX or CSV) and try again.',
        )
    if kind == JSON:
        raise InputError(
            id=f'"{path}" berisi JSON, data untuk program; berikan PDF keputusannya atau transkripsinya.',
            en=f'"{path}" holds JSON, data for programs; give the decree\'s PDF or its transcription.',
        )
    if kind == UNKNOWN or (named_pdf and kind in {TEXT, HTML, XLSX}):
        raise InputError(
            id=f'Isi "{path}" bukan PDF atau teks yang dikenali; berikan PDF atau transkripsinya.',
            en=f'"{path}" holds neither a PDF nor a text that is known; give the PDF or its transcription.',
        )


def _source(path: Path, data: bytes, kind: str) -> Source:
    return Source(name=path.name, sha256=hashlib.sha256(data).hexdigest(), media_type=kind, size=len(data))


def _survey_pdf(path: Path, data: bytes) -> Survey:
    structure = structure_of(path, data)
    source = _source(path, data, PDF).model_copy(
        update={
            "page_count": len(structure.pages),
            "signature_count": structure.signature_count,
            "producer": structure.producer,
        }
    )
    looks = _looks(structure.data, [state.size is not None for state in structure.pages])
    pages = tuple(
        _facts(number, look, state)
        for number, (look, state) in enumerate(zip(looks, structure.pages, strict=True), start=1)
    )
    rotations = _rotations(looks)
    findings = (
        *_of_the_file(source, structure),
        *(_turned(source, index + 1, looks[index], rotation) for index, rotation in rotations.items()),
    )
    data = turned(structure.data, rotations) if rotations else structure.data
    return Survey(source=source, pages=pages, findings=findings, data=data)


def _rotations(looks: Sequence[PageLook | None]) -> dict[int, int]:
    """Return the /Rotate to set, by index from 0, of each page that is not read as the file turns it."""
    return {
        index: look.rotation
        for index, look in enumerate(looks)
        if look is not None and look.rotation != look.stored_rotation
    }


def _turned(source: Source, number: int, look: PageLook | None, rotation: int) -> Finding:
    turn = (rotation - (look.stored_rotation if look else 0)) % 360
    return make_finding(
        "page-turned",
        rule=RULE,
        ref=SourceRef(sha256=source.sha256, page=number, reader="pdf-text"),
        raw=str(number),
        value=str(turn),
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
    loss = SAID[state.loss] if state.loss is not None else None
    if look is None:
        page = Page(number=number, width=0.0, height=0.0, kind="empty")
        return PageFacts(page=page, too_large=too_large, damaged=not too_large, loss=loss)
    page = Page(number=number, width=look.width, height=look.height, rotation=look.rotation, kind=look.kind)
    return PageFacts(page=page, visible_text=look.visible_text, loss=loss, glyphs=look.glyphs)


def _of_the_file(source: Source, structure: Structure) -> Iterator[Finding]:
    """Yield what is wrong with the file as a whole."""
    ref = SourceRef(sha256=source.sha256, reader="pdf-text")
    if structure.salvaged:
        yield make_finding("file-salvaged", rule=RULE, ref=ref)
    elif structure.repaired:
        yield make_finding("file-repaired", rule=RULE, ref=ref)
    if structure.missing:
        found = len(structure.pages)
        stated = str(found + structure.missing)
        yield make_finding("pages-missing", rule=RULE, ref=ref, raw=stated, value=str(found))
