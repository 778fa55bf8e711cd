"""Turns the bytes of a PDF into what its structure says: repairs, signatures, the size of each page's content."""

from __future__ import annotations

import logging
import re
import zlib
from base64 import a85decode
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from schema.errors import InputError

log = logging.getLogger(__name__)

MAX_PAGES = 3_000
MAX_CONTENT = 4 * 1024 * 1024  # bytes of a page's operators with every form it paints, each time it paints it
MAX_TOTAL = 64 * 1024 * 1024  # bytes of the operators of all pages
MAX_PACKED = MAX_CONTENT  # bytes of a stream that is not packed, or packed in another way than deflate
MAX_FIELDS = 10_000  # form fields looked at
MAX_FORM_DEPTH = 30
MAX_TREE_DEPTH = 50
ZLIB_HEAD = 2  # bytes before the deflated data itself
FLATE, A85 = "/FlateDecode", "/ASCII85Decode"
PAINTED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")


class Structure(NamedTuple):
    """What the structure of a PDF says.

    `data` is the file as it is read on: as it was, or decrypted or repaired in memory. `content_sizes`
    holds for each page the bytes of its operators, `None` where they are more than 4 MiB; `broken` tells
    whether some of them do not unpack.
    """

    data: bytes
    content_sizes: tuple[int | None, ...]
    broken: tuple[bool, ...]
    repaired: bool
    signature_count: int
    producer: str | None


def structure_of(path: Path, data: bytes) -> Structure:
    """Look through a PDF's structure without drawing it.

    Raises `InputError` for a file that needs a password, is truncated beyond use, has no page or more
    than 3,000.
    """
    with opened(path, data) as pdf:
        try:
            return _looked_through(path, pdf, data)
        except InputError:
            raise
        except Exception as error:  # qpdf lets errors of several kinds through on broken files
            raise _beyond_use(path) from error


def _looked_through(path: Path, pdf: Pdf, data: bytes) -> Structure:
    damaged = bool(pdf.get_warnings())
    _check_count(path, len(pdf.pages), damaged=damaged)
    sizes, broken = _content_sizes(pdf)
    repaired = damaged or bool(pdf.get_warnings())
    return Structure(
        data=_saved(pdf) if repaired or pdf.is_encrypted else data,
        content_sizes=sizes,
        broken=broken,
        repaired=repaired,
        signature_count=_signatures(pdf),
        producer=_producer(pdf),
    )


def rewritten(data: bytes) -> bytes:
    """Return the document as qpdf writes it: decrypted, with a fresh table of its objects."""
    with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
        return _saved(pdf)


def turned(data: bytes, rotations: Mapping[int, int]) -> bytes:
    """Return the document with the /Rotate of some pages set: index from 0 to clockwise degrees."""
    with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
        for index, rotation in rotations.items():
            pdf.pages[index].rotate(rotation, relative=False)
        return _saved(pdf)


def opened(path: Path, data: bytes) -> Pdf:
    """Open a PDF without a password; raises `InputError` if it needs one or is damaged beyond use."""
    try:
        return pikepdf.open(BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise InputError(
            id=f'"{path}" dilindungi kata sandi; simpan salinan tanpa kata sandi lalu coba lagi.',
            en=f'"{path}" is protected by a password; save a copy without one and try again.',
        ) from error
    except Exception as error:  # a page tree that does not hold gives another kind than PdfError
        raise _beyond_use(path) from error


def _beyond_use(path: Path) -> InputError:
    return InputError(
        id=f'"{path}" adalah PDF yang terpotong atau rusak berat; unduh ulang atau mintalah salinan yang utuh.',
        en=f'"{path}" is a truncated or badly damaged PDF; download it again or ask for an intact copy.',
    )


def _check_count(path: Path, count: int, *, damaged: bool) -> None:
    if count == 0 and damaged:
        raise _beyond_use(path)
    if count == 0:
        raise InputError(
            id=f'"{path}" adalah PDF tanpa halaman; mintalah berkas yang lengkap.',
            en=f'"{path}" is a PDF without pages; ask for the complete file.',
        )
    if count > MAX_PAGES:
        raise InputError(
            id=f'"{path}" memuat {count} halaman, paling banyak {MAX_PAGES} yang dibaca; pisahkan keputusannya.',
            en=f'"{path}" has {count} pages and at most {MAX_PAGES} are read; cut out the decree.',
        )


def _saved(pdf: Pdf) -> bytes:
    buffer = BytesIO()
    pdf.save(buffer, encryption=False, deterministic_id=True)
    return buffer.getvalue()


def _producer(pdf: Pdf) -> str | None:
    try:
        return str(pdf.docinfo.get("/Producer", "")) or None
    except (pikepdf.PdfError, UnicodeError, TypeError, ValueError):
        return None


def _signatures(pdf: Pdf) -> int:
    """Count the signature fields that hold a signature."""
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, Dictionary) else None
    return sum(1 for field in _fields(fields) if _is_signed(field)) if isinstance(fields, Array) else 0


def _fields(roots: Object) -> Iterator[Dictionary]:
    """Yield form fields and their kids, each once."""
    queue, seen, count = list(_dictionaries(roots)), set[tuple[int, int]](), 0
    while queue and count < MAX_FIELDS:
        field = queue.pop()
        count += 1
        if field.objgen != (0, 0) and field.objgen in seen:
            continue
        seen.add(field.objgen)
        yield field
        kids = field.get("/Kids")
        if isinstance(kids, Array):
            queue += _dictionaries(kids)


def _dictionaries(items: Object) -> Iterator[Dictionary]:
    return (item for item in _items(items) if isinstance(item, Dictionary))


def _items(array: Object) -> Iterator[Object]:
    return (array[index] for index in range(len(array)))


def _is_signed(field: Dictionary) -> bool:
    return field.get("/FT") == Name.Sig and isinstance(field.get("/V"), Dictionary)


class _TooLargeError(Exception):
    """The operators of a page are more than is read."""


class _BrokenError(Exception):
    """A stream does not unpack."""


def _content_sizes(pdf: Pdf) -> tuple[tuple[int | None, ...], tuple[bool, ...]]:
    """Return each page's operators in bytes, and whether some are lost.

    The size is `None` above the limit of a page or once the limit of the whole is spent.
    """
    sizes: list[int | None] = []
    broken: list[bool] = []
    total = 0
    for page in pdf.pages:
        expansion = _Expansion()
        size: int | None = None
        try:
            size = expansion.of_page(page.obj)
            total += size
        except _TooLargeError:
            log.debug("the operators of a page are more than is read")
        sizes.append(size if total <= MAX_TOTAL else None)
        broken.append(expansion.broken)
    return tuple(sizes), tuple(broken)


class _Expansion:
    """The size of a page's operators with all forms it paints; each form is looked at once.

    `broken` is true once a stream was met that does not unpack, or something else in its place.
    """

    def __init__(self) -> None:
        self.broken = False
        self._known: dict[tuple[int, int], int] = {}

    def of_page(self, page: Object) -> int:
        """Return the bytes of a page's operators, forms counted as often as they are painted."""
        contents = page.get("/Contents")
        streams = list(_items(contents)) if isinstance(contents, Array) else [contents]
        resources = _inherited(page, "/Resources")
        self.broken = any(stream is not None and not isinstance(stream, Stream) for stream in streams)
        size = sum(self._of(stream, resources, 0) for stream in streams if isinstance(stream, Stream))
        if size > MAX_CONTENT:
            raise _TooLargeError
        return size

    def _of(self, stream: Stream, resources: Object | None, depth: int) -> int:
        if depth > MAX_FORM_DEPTH:
            raise _TooLargeError
        key = stream.objgen
        if key not in self._known:
            self._known[key] = self._measured(stream, resources, depth)
        return self._known[key]

    def _measured(self, stream: Stream, resources: Object | None, depth: int) -> int:
        try:
            data = _decoded(stream)
        except _BrokenError:
            self.broken = True
            return 0
        size = len(data)
        own = stream.get("/Resources", resources)
        forms = own.get("/XObject") if isinstance(own, Dictionary) else None
        if not isinstance(forms, Dictionary):
            return size
        for name, times in Counter(match.group(1) for match in PAINTED.finditer(data)).items():
            form = forms.get("/" + name.decode("latin-1"))
            if isinstance(form, Stream) and form.get("/Subtype") == Name.Form:
                size += times * self._of(form, own, depth + 1)
            if size > MAX_CONTENT:
                raise _TooLargeError
        return size


def _inherited(page: Object, key: str) -> Object | None:
    """Return an entry of a page or of the nearest node of the page tree above it that has it."""
    node: Object | None = page
    for _ in range(MAX_TREE_DEPTH):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node.get(key)
        node = node.get("/Parent")
    return None


def _decoded(stream: Stream) -> bytes:
    """Return a stream's bytes, inflated no further than the limit: a small file may hold a huge one."""
    try:
        names = _filter_names(stream)
        raw = stream.read_raw_bytes()
        if names[:1] == [A85]:
            raw, names = a85decode(raw.strip().removeprefix(b"<~").removesuffix(b"~>")), names[1:]
        if names == [FLATE]:
            data = _inflated(raw)
        elif len(names) > 1 or len(raw) > MAX_PACKED:
            raise _TooLargeError
        else:
            data = stream.read_bytes()
    except (pikepdf.PdfError, zlib.error, ValueError) as error:
        raise _BrokenError from error
    if len(data) > MAX_CONTENT:
        raise _TooLargeError
    return data


def _inflated(raw: bytes) -> bytes:
    """Unpack deflated bytes; a check sum that is missing at the end is no damage, one that is wrong is."""
    packed = zlib.decompressobj()
    data = packed.decompress(raw, MAX_CONTENT + 1)
    if packed.eof or len(data) > MAX_CONTENT:
        return data
    bare = zlib.decompressobj(-zlib.MAX_WBITS)
    bare.decompress(raw[ZLIB_HEAD:], MAX_CONTENT + 1)
    if not bare.eof:
        raise _BrokenError
    return data


def _filter_names(stream: Stream) -> list[str]:
    value = stream.get("/Filter")
    if isinstance(value, Array):
        return [str(name) for name in _items(value)]
    return [str(value)] if value is not None else []
