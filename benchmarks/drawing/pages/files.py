"""Writes a drawn document as a file, in the different ways that PDF allows for the same objects and pages."""

from __future__ import annotations

import base64
import io
import random
import re
from collections.abc import Callable, Mapping
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name

from benchmarks.drawing.pages.bases import saved
from benchmarks.drawing.pages.tables import PAPER

Store = Callable[[pikepdf.Pdf], bytes]
WIDTH, HEIGHT = PAPER


def laid(page: pikepdf.Page, sheet: str, body: str) -> str:
    """Place a page's content on its sheet in one of several ways that look the same; return the content."""
    entries, matrix = _SHEETS[sheet]
    for key, value in entries.items():
        page.obj[key] = Array(list(value)) if isinstance(value, tuple) else value
    return f"q {matrix} cm {body} Q" if matrix else body


_SHEETS: Mapping[str, tuple[Mapping[str, object], str]] = {
    "plain": ({}, ""),
    "turned-90": ({"/MediaBox": (0, 0, HEIGHT, WIDTH), "/Rotate": 90}, f"0 1 -1 0 {HEIGHT} 0"),
    "turned-180": ({"/Rotate": 180}, f"-1 0 0 -1 {WIDTH} {HEIGHT}"),
    "turned-270": ({"/MediaBox": (0, 0, HEIGHT, WIDTH), "/Rotate": 270}, f"0 -1 1 0 0 {WIDTH}"),
    "crop": (
        {"/MediaBox": (0, 0, WIDTH + 200, HEIGHT + 100), "/CropBox": (120, 40, WIDTH + 120, HEIGHT + 40)},
        "1 0 0 1 120 40",
    ),
    "offset": ({"/MediaBox": (300, 500, WIDTH + 300, HEIGHT + 500)}, "1 0 0 1 300 500"),
    "negative": ({"/MediaBox": (-400, -300, WIDTH - 400, HEIGHT - 300)}, "1 0 0 1 -400 -300"),
    "user-unit": ({"/MediaBox": (0, 0, WIDTH / 2, HEIGHT / 2), "/UserUnit": 2.0}, "0.5 0 0 0.5 0 0"),
}


def _plain(pdf: pikepdf.Pdf) -> bytes:
    return saved(pdf)


def _split(pdf: pikepdf.Pdf) -> bytes:
    """The content in pieces that end between any two tokens."""
    chance = random.Random(1)
    for page in pdf.pages:
        tokens = page.obj.Contents.read_bytes().split()
        ends = sorted(chance.sample(range(1, len(tokens)), min(9, len(tokens) - 1)))
        parts = [tokens[a:b] for a, b in zip([0, *ends], [*ends, len(tokens)], strict=True)]
        page.obj.Contents = Array([pdf.make_stream(b" ".join(part)) for part in parts])
    return saved(pdf)


def _with_empty_stream(pdf: pikepdf.Pdf) -> bytes:
    for page in pdf.pages:
        page.obj.Contents = Array([pdf.make_stream(b""), page.obj.Contents, pdf.make_stream(b" ")])
    return saved(pdf)


def _inherited(pdf: pikepdf.Pdf) -> bytes:
    """Resources and the size of the sheet held by the tree of pages."""
    whole = Dictionary()
    for page in pdf.pages:
        for category, entries in page.obj.Resources.items():
            if category not in whole:
                whole[category] = Dictionary()
            for key, value in entries.items():
                whole[category][key] = value
    shared = len(pdf.pages) > 1 and _agree(pdf)
    if shared:
        pdf.Root.Pages.Resources = whole
        for page in pdf.pages:
            del page.obj.Resources
    pdf.Root.Pages.MediaBox = pdf.pages[0].obj.MediaBox
    del pdf.pages[0].obj.MediaBox
    return saved(pdf)


def _agree(pdf: pikepdf.Pdf) -> bool:
    """Tell whether no two pages give one name to different things."""
    known: dict[tuple[str, str], object] = {}
    for page in pdf.pages:
        for category, entries in page.obj.Resources.items():
            for key, value in entries.items():
                if known.setdefault((category, key), value.objgen) != value.objgen:
                    return False
    return True


def _indirect(pdf: pikepdf.Pdf) -> bytes:
    """Every entry of a page as an object of its own."""
    for page in pdf.pages:
        for key in ("/MediaBox", "/CropBox", "/Rotate"):
            if key in page.obj:
                page.obj[key] = pdf.make_indirect(page.obj[key])
        for category in [*page.obj.Resources.keys()]:
            page.obj.Resources[category] = pdf.make_indirect(page.obj.Resources[category])
        page.obj.Contents = pdf.make_indirect(Array([page.obj.Contents]))
    return saved(pdf)


def _filters(pdf: pikepdf.Pdf) -> bytes:
    """The content behind two filters."""
    for page in pdf.pages:
        data = page.obj.Contents.read_bytes()
        packed = base64.a85encode(data) + b"~>"
        page.obj.Contents = pdf.make_stream(
            packed.hex().encode() + b">", Filter=Array([Name.ASCIIHexDecode, Name.ASCII85Decode])
        )
    return saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def _unpacked(pdf: pikepdf.Pdf) -> bytes:
    return saved(pdf, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def _object_streams(pdf: pikepdf.Pdf) -> bytes:
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _linear(pdf: pikepdf.Pdf) -> bytes:
    return saved(pdf, linearize=True)


def _encrypted(revision: Literal[3, 6]) -> Store:
    def store(pdf: pikepdf.Pdf) -> bytes:
        kept = pikepdf.Encryption(
            owner="pemilik", user="", R=revision, aes=revision > 3, metadata=revision > 3
        )
        buffer = io.BytesIO()
        pdf.save(buffer, encryption=kept)
        return buffer.getvalue()

    return store


def _updated(pdf: pikepdf.Pdf) -> bytes:
    """An older version with other content, and an update that replaces it."""
    new = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    number, begin, end = _last_content(new)
    old = (
        new[:begin]
        + new[begin:end].replace(b" Tj", b" pp").replace(b"re f", b"re n").replace(b" pp", b" Tj")
        + new[end:]
    )
    start = int(re.findall(rb"startxref\s+(\d+)", new)[-1])
    root = re.findall(rb"/Root (\d+ \d+ R)", new)[-1]
    size = re.findall(rb"/Size (\d+)", new)[-1]
    at = len(old) + 1
    body = f"{number} 0 obj\n".encode() + new[begin:end] + b"\nendobj\n"
    table = f"xref\n{number} 1\n{at:010d} 00000 n \ntrailer\n".encode()
    trailer = (
        b"<< /Size "
        + size
        + b" /Root "
        + root
        + f" /Prev {start} >>\nstartxref\n{at + len(body)}\n%%EOF\n".encode()
    )
    return _blanked(old, begin, end) + b"\n" + body + table + trailer


def _last_content(data: bytes) -> tuple[int, int, int]:
    """Return the number of the last page's content, and where its object begins and ends in a file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number = pdf.pages[-1].obj.Contents.objgen[0]
    found = re.search(rb"(?:^|\n)%d 0 obj\n" % number, data)
    if found is None:
        raise ValueError(f"object {number} is not in the file")
    return number, found.end(), data.index(b"\nendobj", found.end())


def _blanked(data: bytes, begin: int, end: int) -> bytes:
    """Return a file whose object has another figure in each string: the older version said something else."""
    old = re.sub(rb"<(00[0-9a-f]{2})", rb"<0024", data[begin:end])
    return data[:begin] + old + data[end:]


FILES: Mapping[str, Store] = {
    "plain": _plain,
    "split-content": _split,
    "empty-streams": _with_empty_stream,
    "inherited": _inherited,
    "indirect": _indirect,
    "filters": _filters,
    "unpacked": _unpacked,
    "object-streams": _object_streams,
    "linear": _linear,
    "encrypted-rc4": _encrypted(3),
    "encrypted-aes": _encrypted(6),
    "updated": _updated,
}
