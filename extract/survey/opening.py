"""Turns the bytes of a PDF into what its structure says: its pages, what is lost of them, repairs, signatures."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from extract.errors import refused
from extract.settings import LIMITS
from extract.survey.damage import Inspection, Loss, PageStructure, faulty_entries
from extract.survey.filters import BrokenError, TooLargeError
from extract.survey.object_tables import has_modest_tables
from extract.survey.objects import Objects, bound_qpdf, objects_of, written
from extract.survey.page_tree import BLANK_PAGE, lay_out, page_tree
from extract.survey.settings import FILE
from extract.survey.streams import decoded, items
from schema.errors import InputError

log = logging.getLogger(__name__)

LETTER = (0, 0, 612, 792)  # points; the page that PDFium takes where a box is of no use


class Structure(NamedTuple):
    """What the structure of a PDF says.

    `data` is the file as it is read on: as it was, or decrypted or repaired in memory, with an empty page in
    the place of each that is lost. `missing` counts the pages that the file says it has and that have no place.
    `salvaged`: the structure was beyond repair, and only what PDFium makes of the file is read.
    """

    data: bytes
    pages: tuple[PageStructure, ...]
    missing: int
    repaired: bool
    salvaged: bool
    signature_count: int
    producer: str | None


class _NoPagesError(Exception):
    """The structure leads to no page."""


def structure_of(path: Path, data: bytes) -> Structure:
    """Look through a PDF's structure; raises `InputError` for one that is locked, beyond use, or has no or too many pages."""
    try:
        return _looked_through(path, data)
    except InputError:
        raise
    except pikepdf.PasswordError as error:
        raise refused("locked", path=path) from error
    except Exception as error:  # qpdf lets errors of several kinds through on broken files
        log.info("structure beyond repair: %s", str(error))
        salvaged = _salvaged(path, data)
        if salvaged is None:
            reason = "without-pages" if isinstance(error, _NoPagesError) else "beyond-use"
            raise refused(reason, path=path) from error
        return salvaged


def _salvaged(path: Path, data: bytes) -> Structure | None:
    """Return what PDFium makes of a file that is beyond repair, `None` where it sees no page either."""
    copy, lost = _copied_pages(data)
    if copy is None:
        return None
    try:
        structure = _looked_through(path, copy)
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - the same
        log.info("not salvaged: %s", str(error))
        return None
    pages = (PageStructure(0, Loss.PAGE) if n in lost else page for n, page in enumerate(structure.pages))
    return structure._replace(pages=tuple(pages), repaired=True, salvaged=True)


def _looked_through(path: Path, data: bytes) -> Structure:
    objects = objects_of(data)
    with objects.pdf as pdf:
        tree = page_tree(pdf, LIMITS.pages + 1)
        if len(tree.pages) > LIMITS.pages:
            raise refused("too-many-pages", path=path, count=len(tree.pages), most=LIMITS.pages)
        if not any(tree.pages):
            raise (_NoPagesError if not tree.pages and not objects.warned else ValueError)(
                "no page was found"
            )
        states = _states(tree.pages, objects)
        mended = _mended(data, objects, tree.pages)
        return Structure(
            data=data if mended is None else mended,
            pages=states,
            missing=tree.missing + objects.unplaced,
            repaired=objects.warned or any(page is None or faulty_entries(page) for page in tree.pages),
            salvaged=False,
            signature_count=_signatures(pdf),
            producer=_producer(pdf),
        )


def _states(pages: Sequence[Object | None], objects: Objects) -> tuple[PageStructure, ...]:
    """Look at each page; no size of the operators is given once the limit of the whole is spent."""
    inspection = Inspection(objects.guessed)
    states: list[PageStructure] = []
    total = 0
    for page in pages:
        if total > LIMITS.document_bytes:
            states.append(PageStructure(None, None if page is not None else Loss.PAGE))
            continue
        state = PageStructure(0, Loss.PAGE) if page is None else inspection.of_page(page)
        total += state.size or 0
        states.append(state if total <= LIMITS.document_bytes else state._replace(size=None))
    return tuple(states)


def _mended(data: bytes, objects: Objects, pages: Sequence[Object | None]) -> bytes | None:
    """Return the document so that all readers see the same pages, `None` where they do as it is."""
    faulty = {page.objgen: keys for page in pages if page is not None and (keys := faulty_entries(page))}
    # PDFium is given no table of objects that qpdf found fault with, and nothing that is packed under a lock.
    sound = not (objects.warned or objects.pdf.is_encrypted)
    large = _too_large(objects.pdf)
    same = sound and not large and _page_count(data) == len(pages)
    if same and not faulty and all(pages):
        return None
    with pikepdf.open(BytesIO(data), suppress_warnings=True, inherit_page_attributes=False) as pdf:
        for place, keys in faulty.items():
            for key in keys:
                pdf.get_object(place)[key] = 0 if key == "/Rotate" else Array(LETTER)
        for key in large:
            del pdf.Root[key]
        mended = written(pdf) if all(pages) and (same or large or not sound) else None
        if mended is None or _page_count(mended) != len(pages):
            lay_out(pdf, [page.objgen if page is not None else None for page in pages])
            mended = written(pdf)
    if _page_count(mended) != len(pages):
        raise ValueError("PDFium sees other pages")
    return mended


def _page_count(data: bytes) -> int | None:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        return len(document)
    finally:
        document.close()


def _copied_pages(data: bytes) -> tuple[bytes | None, set[int]]:
    """Return a new document of the pages that PDFium sees, and which of them it cannot open, by index."""
    count = (_page_count(data) or 0) if has_modest_tables(data) else 0
    lost: set[int] = set()
    if not 0 < count <= LIMITS.pages:
        return None, lost
    source, copy = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    buffer = BytesIO()
    try:
        for index in range(count):
            try:
                copy.import_pages(source, [index])
            except pypdfium2.PdfiumError:
                lost.add(index)
                copy.new_page(*BLANK_PAGE[2:])
        copy.save(buffer)
    except pypdfium2.PdfiumError:
        return None, lost
    finally:
        source.close()
        copy.close()
    return (buffer.getvalue() if len(lost) < count else None), lost


def rewritten(data: bytes) -> bytes:
    """Return the document as qpdf writes it: decrypted, with a fresh table of its objects."""
    return turned(data, {})


def turned(data: bytes, rotations: Mapping[int, int]) -> bytes:
    """Return the document with the /Rotate of some pages set: index from 0 to clockwise degrees."""
    with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
        for index, rotation in rotations.items():
            pdf.pages[index].rotate(rotation, relative=False)
        return written(pdf)


def opened(path: Path, data: bytes) -> Pdf:
    """Open a PDF without a password; raises `InputError` if it needs one or is damaged beyond use."""
    bound_qpdf()
    try:
        return pikepdf.open(BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise refused("locked", path=path) from error
    except Exception as error:  # a page tree that does not hold gives another kind than PdfError
        raise refused("beyond-use", path=path) from error


def _producer(pdf: Pdf) -> str | None:
    try:
        return str(pdf.docinfo.get("/Producer", ""))[: FILE.producer] or None
    except (pikepdf.PdfError, UnicodeError, TypeError, ValueError):
        return None


def _signatures(pdf: Pdf) -> int:
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, Dictionary) else None
    return sum(
        field.get("/FT") == Name.Sig and isinstance(field.get("/V"), Dictionary) for field in _fields(fields)
    )


def _fields(roots: Object | None) -> Iterator[Dictionary]:
    queue, seen, count = _dictionaries(roots), set[tuple[int, int]](), 0
    while queue and count < LIMITS.form_fields:
        field = queue.pop()
        count += 1
        if field.objgen != (0, 0) and field.objgen in seen:
            continue
        seen.add(field.objgen)
        yield field
        queue += _dictionaries(field.get("/Kids"))


def _too_large(pdf: Pdf) -> list[str]:
    """Return the entries of the catalogue that PDFium would work through on opening, and that are more than it may."""
    found = [] if has_modest_form(pdf) else ["/AcroForm"]
    described = pdf.Root.get("/Metadata")
    try:
        if isinstance(described, Stream):
            decoded(described)
    except TooLargeError:
        found.append("/Metadata")
    except BrokenError as error:
        log.info("description does not unpack: %s", str(error))
    return found


def has_modest_form(pdf: Pdf) -> bool:
    """Tell whether a form has no more fields than readers may walk through, each as often as another one holds it."""
    form = pdf.Root.get("/AcroForm")
    waiting = _dictionaries(form.get("/Fields")) if isinstance(form, Dictionary) else []
    count = 0
    while waiting and count <= LIMITS.form_walk:
        count += 1
        waiting += _dictionaries(waiting.pop().get("/Kids"))
    return not waiting


def _dictionaries(array: Object | None) -> list[Dictionary]:
    every = items(array) if isinstance(array, Array) else []
    return [item for item in every if isinstance(item, Dictionary)]
