"""PDFs whose pages, notes, forms and signatures are hostile: sizes, rotations, circles."""

from __future__ import annotations

from benchmarks.hostile.book import Book, plan_operators, stream
from benchmarks.hostile.kinds import pdf

SHOWN = b"BT /F0 9 Tf 20 20 Td (naskah keputusan) Tj ET 10 10 m 90 90 l S"


def _sized(book: Book, *boxes: bytes) -> None:
    for box in boxes:
        book.page(SHOWN, more=b"/MediaBox[%b]" % box)


@pdf("partly", "read")
def page_as_large_as_a_town(book: Book) -> None:
    """A page of a thousand million points each way."""
    _sized(book, b"0 0 1000000000 1000000000")


@pdf("partly", "read")
def page_as_long_as_a_road(book: Book) -> None:
    """Pages of 14,400 points each way, and of a hundred million by ten."""
    _sized(book, b"0 0 14400 14400", b"0 0 100000000 10", b"0 0 10 100000000")


@pdf("partly", "read")
def page_as_small_as_dust(book: Book) -> None:
    """Pages of a thousand-millionth of a point, and of none."""
    _sized(book, b"0 0 0.000000001 0.000000001", b"0 0 0 0", b"5 5 5 700")


@pdf("partly", "read")
def page_turned_inside_out(book: Book) -> None:
    """Boxes that begin at their end, or are far away."""
    _sized(
        book, b"595 842 0 0", b"-99999 -99999 -99000 -99000", b"2147483000 2147483000 2147483600 2147483600"
    )


@pdf("partly", "read")
def page_of_no_number(book: Book) -> None:
    """Boxes of texts, of names, of too few numbers and of too large ones."""
    _sized(book, b"0 0 nan inf", b"(a)(b)(c)(d)", b"1 2", b"0 0 " + b"9" * 400 + b" 9", b"0 0 -0 1e5")


@pdf("partly", "read")
def crop_beside_the_page(book: Book) -> None:
    """Crops that are outside of the page, or larger than it."""
    for box in (b"9000 9000 9999 9999", b"-99999999 -99999999 99999999 99999999", b"5 5 5 5"):
        book.page(SHOWN, more=b"/CropBox[%b]" % box)


@pdf("partly", "read")
def page_turned_oddly(book: Book) -> None:
    """Pages that are turned by 45, by a huge number, by a text."""
    for turn in (b"45", b"-90", b"99999999999999999990", b"(x)", b"1.5", b"450"):
        book.page(SHOWN, more=b"/Rotate %b" % turn)


@pdf("partly", "read")
def user_units(book: Book) -> None:
    """Units of 75,000 points, of none, of less, and of more than a number."""
    for unit in (b"75000", b"0", b"-1", b"9" * 40, b"0.00000001"):
        book.page(SHOWN, more=b"/UserUnit %b" % unit)


@pdf("partly", "read")
def many_small_pages(book: Book) -> None:
    """Two hundred pages of a word each."""
    content = book.add(stream(SHOWN))
    for _ in range(200):
        book.page_of(content, more=b"/MediaBox[0 0 200 200]")


@pdf("partly", "read")
def pages_of_the_largest_size(book: Book) -> None:
    """Four pages as large as a wall."""
    content = book.add(stream(SHOWN))
    for _ in range(4):
        book.page_of(content, more=b"/MediaBox[0 0 14400 14400]")


@pdf("partly", "read")
def plan_as_large_as_a_wall(book: Book) -> None:
    """The plan itself drawn on a page of 14,400 points, twenty-four times as large."""
    book.page(b"20 0 0 20 0 0 cm " + plan_operators(), more=b"/MediaBox[0 0 14400 16800]")


@pdf("partly", "read")
def plan_too_small_to_see(book: Book) -> None:
    """The plan itself drawn a thousand times smaller."""
    book.page(b"0.001 0 0 0.001 0 0 cm " + plan_operators())


@pdf("partly", "read")
def plan_of_many_rows(book: Book) -> None:
    """A plan of four hundred rows on a page as long as it needs."""
    rows = [(str(n), f"Kegiatan {n}", f"Indikator {n}", f"Dokumen {n}", "Tim I", "Maret") for n in range(400)]
    book.page(b"1 0 0 1 0 9000 cm " + plan_operators(rows), more=b"/MediaBox[0 0 595 10000]")


@pdf("partly", "read")
def twenty_thousand_notes(book: Book) -> None:
    """A page of 20,000 notes."""
    look = book.add(stream(b"0 0 9 9 re f", b"/Subtype/Form/BBox[0 0 9 9]"))
    note = book.add(b"<</Subtype/Stamp/Rect[0 0 9 9]/AP<</N %d 0 R>>>>" % look)
    book.page(b"", more=b"/Annots[" + b"%d 0 R " % note * 20_000 + b"]")


@pdf("partly", "read")
def notes_in_a_circle(book: Book) -> None:
    """Notes that are their own parent, answer, look and state."""
    number = book.add(b"")
    ref = b"%d 0 R" % number
    note = b"<</Subtype/Widget/Rect[0 0 9 9]/Parent %b/IRT %b/Popup %b/AP<</N %b>>/AS/Off/Kids[%b]/P %b>>"
    book.objects[number] = note % ((ref,) * 6)
    book.page(b"", more=b"/Annots[%b %b]" % (ref, ref))
    book.catalog = b"/AcroForm<</Fields[%b]>>" % ref


@pdf("partly", "read")
def notes_are_anything(book: Book) -> None:
    """Notes that are numbers, names and lists, in places that are none."""
    book.page(b"", more=b"/Annots[5 /X (y) [] <<>> null 999 0 R <</Subtype 7/Rect[nan (x)]/AP[1 2]/F(z)>>]")


@pdf("partly", "read")
def fields_without_end(book: Book) -> None:
    """A form of a hundred thousand fields."""
    field = book.add(b"<</FT/Tx/T(x)/V(y)>>")
    book.catalog = b"/AcroForm<</Fields[" + b"%d 0 R " % field * 100_000 + b"]/NeedAppearances true>>"


@pdf("partly", "read")
def fields_are_deep(book: Book) -> None:
    """A form of ten thousand fields in one another."""
    below = book.add(b"<</FT/Sig/T(x)>>")
    for _ in range(10_000):
        below = book.add(b"<</T(x)/Kids[%d 0 R]>>" % below)
    book.catalog = b"/AcroForm<</Fields[%d 0 R]>>" % below


@pdf("partly", "read")
def fields_double(book: Book) -> None:
    """Forty fields that hold the next one twice."""
    below = book.add(b"<</FT/Sig/T(x)/V<</Type/Sig>>>>")
    for _ in range(40):
        below = book.add(b"<</T(x)/Kids[%d 0 R %d 0 R]>>" % (below, below))
    book.catalog = b"/AcroForm<</Fields[%d 0 R]>>" % below


@pdf("partly", "read")
def form_as_xml_bomb(book: Book) -> None:
    """A form in XML whose entities double."""
    levels = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 31))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "lol">{levels}]><xdp>&e30;</xdp>'
    number = book.add(stream(text.encode()))
    book.catalog = b"/AcroForm<</Fields[]/XFA[(a) %d 0 R]>>/NeedsRendering true" % number


def _signed(book: Book, entries: bytes, many: int = 1) -> None:
    signature = book.add(b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached%b>>" % entries)
    fields = [
        book.add(b"<</FT/Sig/T(s%d)/V %d 0 R/Subtype/Widget/Rect[0 0 9 9]>>" % (n, signature))
        for n in range(many)
    ]
    book.catalog = b"/AcroForm<</SigFlags 3/Fields[%b]>>" % b" ".join(b"%d 0 R" % field for field in fields)


@pdf("partly", "read")
def signature_of_negative_ranges(book: Book) -> None:
    """A signature over bytes before the file."""
    _signed(book, b"/ByteRange[-5 10 -100 99999999999999999999]/Contents<00>")


@pdf("partly", "read")
def signature_of_ranges_beyond(book: Book) -> None:
    """A signature over bytes behind the file."""
    _signed(book, b"/ByteRange[0 99999999 2147483647 2147483647]/Contents<3080>")


@pdf("partly", "read")
def signature_of_no_range(book: Book) -> None:
    """A signature over a text."""
    _signed(book, b"/ByteRange(x)/Contents 5")


@pdf("partly", "read")
def signature_of_many_ranges(book: Book) -> None:
    """A signature over a hundred thousand ranges."""
    _signed(book, b"/ByteRange[" + b"0 10 " * 100_000 + b"]/Contents<00>")


@pdf("partly", "read")
def signature_of_five_megabytes(book: Book) -> None:
    """A signature of zeros, and one of lengths in lengths."""
    _signed(book, b"/ByteRange[0 10 20 10]/Contents<" + b"3080" * 1_000_000 + b">")


@pdf("partly", "read")
def signature_in_a_circle(book: Book) -> None:
    """A signature that refers to itself everywhere."""
    number = max(book.objects) + 1
    ref = b"%d 0 R" % number
    _signed(book, b"/ByteRange %b/Contents %b/Reference[%b]/Cert %b/M %b" % ((ref,) * 5))


@pdf("partly", "read")
def a_thousand_signatures(book: Book) -> None:
    """A thousand fields of one signature."""
    _signed(book, b"/ByteRange[0 10 20 10]/Contents<308000000000>", 1000)
