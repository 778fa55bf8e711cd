"""Objects of a PDF as bytes -> the file, with a table of objects that is right or as wrong as is asked for."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

CATALOG, PAGES, PLAN, FONT = 1, 2, 3, 4
HEAD = ("No", "Rencana Aksi", "Indikator", "Output", "Penanggung Jawab", "Target Waktu")
ROWS = (
    (
        "1",
        "Menyusun rencana kerja tim",
        "Tersusunnya rencana kerja",
        "Dokumen rencana kerja",
        "Tim I",
        "Januari",
    ),
    ("2", "Melaksanakan sosialisasi", "Terlaksananya sosialisasi", "Notula dan foto", "Tim I", "Maret"),
    ("3", "Melakukan monitoring", "Terlaksananya monitoring", "Laporan monitoring", "Tim II", "Juni"),
)
EDGES = (40, 65, 195, 310, 410, 480, 550)
TOP, STEP = 780, 24


@dataclass
class Book:
    """A PDF in pieces: bodies of objects by number, the numbers of its pages, further entries of catalogue and trailer."""

    objects: dict[int, bytes] = field(default_factory=dict)
    kids: list[int] = field(default_factory=list)
    catalog: bytes = b""
    trailer: bytes = b""

    @classmethod
    def with_plan(cls) -> Book:
        """Return one with a page that holds a small plan."""
        book = cls()
        book.objects[FONT] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
        content = book.add(stream(plan_operators()))
        book.objects[PLAN] = _page(content, b"/Font<</F0 %d 0 R>>" % FONT)
        book.kids.append(PLAN)
        return book

    def add(self, body: bytes) -> int:
        """Give an object the next number and return it."""
        number = max([FONT, *self.objects]) + 1
        self.objects[number] = body
        return number

    def page(self, operators: bytes, resources: bytes = b"", more: bytes = b"") -> int:
        """Add a page; `resources` are entries besides the font F0."""
        return self.page_of(self.add(stream(operators)), resources, more)

    def page_of(self, contents: int, resources: bytes = b"", more: bytes = b"") -> int:
        """Add a page whose contents are an object."""
        fonts = b"" if b"/Font" in resources else b"/Font<</F0 %d 0 R>>" % FONT
        number = self.add(_page(contents, fonts + resources, more))
        self.kids.append(number)
        return number

    def body(self) -> tuple[bytes, dict[int, int]]:
        """Return all objects, and where each begins."""
        kids = b" ".join(b"%d 0 R" % kid for kid in self.kids)
        every = {
            CATALOG: b"<</Type/Catalog/Pages %d 0 R%b>>" % (PAGES, self.catalog),
            PAGES: b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, len(self.kids)),
            **self.objects,
        }
        parts, places, place = [b"%PDF-1.7\n"], dict[int, int](), 9
        for number, content in sorted(every.items()):
            parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, content))
            places[number] = place
            place += len(parts[-1])
        return b"".join(parts), places

    def written(self, trailer: bytes | None = None) -> bytes:
        """Return the file with a table of its objects; `trailer` are all entries of its trailer but /Size."""
        body, places = self.body()
        last = b"/Root %d 0 R%b" % (CATALOG, self.trailer) if trailer is None else trailer
        return body + table(places, len(body), last)


def table(places: dict[int, int], at: int, trailer: bytes) -> bytes:
    """Return a classic table of objects that stands at a place of the file."""
    most = max(places) + 1
    lines = [
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(most)
    ]
    return b"xref\n0 %d\n%btrailer\n<</Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (
        most,
        b"".join(lines),
        most,
        trailer,
        at,
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream as it stands, with further entries of its dictionary."""
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), entries, data)


def packed(data: bytes, entries: bytes = b"", name: bytes = b"/FlateDecode") -> bytes:
    """Return a stream that is deflated."""
    return stream(zlib.compress(data, 9), b"/Filter%b%b" % (name, entries))


def bomb(times: int, part: bytes = b"q Q\n" * 4096) -> bytes:
    """Deflate a part again and again; nothing of it is ever held unpacked."""
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(part) for _ in range(times)), packer.flush()])


def _page(contents: int, resources: bytes, more: bytes = b"") -> bytes:
    media = b"" if b"/MediaBox" in more else b"/MediaBox[0 0 595 842]"
    return b"<</Type/Page/Parent %d 0 R%b/Contents %d 0 R/Resources<<%b>>%b>>" % (
        PAGES,
        media,
        contents,
        resources,
        more,
    )


def plan_operators(rows: Sequence[Iterable[str]] = ROWS) -> bytes:
    """Return operators that draw a plan: rulings, a header, its rows."""
    lines = [HEAD, *rows]
    low = TOP - STEP * len(lines)
    drawn = [b"0.5 w"]
    drawn += [b"%d %d m %d %d l S" % (x, low, x, TOP) for x in EDGES]
    levels = range(TOP, low - 1, -STEP)
    drawn += [b"%d %d m %d %d l S" % (EDGES[0], y, EDGES[-1], y) for y in levels]
    for n, texts in enumerate(lines):
        for x, text in zip(EDGES, texts, strict=False):
            drawn.append(b"BT /F0 8 Tf %d %d Td (%b) Tj ET" % (x + 3, TOP - STEP * n - 14, text.encode()))
    return b"\n".join(drawn)
