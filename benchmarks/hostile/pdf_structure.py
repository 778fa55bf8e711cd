"""PDFs whose structure is hostile: tables of objects, trees, references, encryption, revisions."""

from __future__ import annotations

import zlib

from benchmarks.hostile.book import CATALOG, PAGES, PLAN, Book, packed, stream, table
from benchmarks.hostile.kinds import pdf
from benchmarks.hostile.pdf_streams import zeros

LARGEST = 2_147_483_647


def _behind(book: Book, more: bytes) -> bytes:
    """Return the file with something in the place of its table of objects."""
    body, _ = book.body()
    return body + more + b"\nstartxref\n%d\n%%%%EOF\n" % len(body)


@pdf("refused")
def header_alone(_: Book) -> bytes:
    """Nothing but the first line."""
    return b"%PDF-1.7\n"


@pdf("refused")
def header_and_rubbish(_: Book) -> bytes:
    """The first line before 100 kB of one byte."""
    return b"%PDF-1.7\n" + b"\xfe" * 100_000


@pdf("read")
def rubbish_before_the_header(book: Book) -> bytes:
    """The mark of a PDF at byte 900: all offsets are off."""
    return b"x" * 900 + book.written()


@pdf("refused")
def header_too_late(book: Book) -> bytes:
    """The mark of a PDF behind the bytes in which it must be."""
    return b"\xfe\xff" + b"\1" * 5000 + book.written()


@pdf("refused", "partly")
def table_missing(book: Book) -> bytes:
    """Objects without a table."""
    return book.body()[0]


@pdf("read")
def table_loops_to_itself(book: Book) -> bytes:
    """An older table that is the same one."""
    body, _ = book.body()
    return book.written(b"/Root %d 0 R/Prev %d" % (CATALOG, len(body)))


@pdf("read")
def tables_loop(book: Book) -> bytes:
    """Two tables that name each other as the older one."""
    body, places = book.body()
    first = table(places, len(body), b"/Root 1 0 R/Prev %d" % (len(body) + 2000))
    first += b" " * (2000 - len(first))
    return body + first + table(places, len(body) + 2000, b"/Root 1 0 R/Prev %d" % len(body))


@pdf("read")
def older_table_beyond(book: Book) -> bytes:
    """An older table at a place that is not in the file."""
    return book.written(b"/Root 1 0 R/Prev 99999999999")


@pdf("read")
def older_table_negative(book: Book) -> bytes:
    """An older table before the file."""
    return book.written(b"/Root 1 0 R/Prev -5")


@pdf("read")
def table_says_too_many(book: Book) -> bytes:
    """A table of a thousand million entries that has eight."""
    return book.written().replace(b"xref\n0 ", b"xref\n0 999999999", 1)


@pdf("read")
def size_beyond_numbers(book: Book) -> bytes:
    """A /Size that no number of an object reaches."""
    return book.written().replace(b"<</Size ", b"<</Size 99999999999999", 1)


@pdf("read", "partly")
def table_as_a_stream_that_loops(book: Book) -> bytes:
    """A packed table that is its own older one."""
    body, _ = book.body()
    entries = b"/Type/XRef/W[1 4 2]/Size 9/Root 1 0 R/Prev %d" % len(body)
    return _behind(book, b"90 0 obj\n" + packed(b"\0" * 63, entries) + b"\nendobj")


@pdf("read")
def table_as_a_stream_too_long(book: Book) -> bytes:
    """A packed table of two thousand million entries."""
    entries = b"/Type/XRef/W[1 4 2]/Index[0 2147483647]/Size 2147483647/Root 1 0 R"
    return _behind(book, b"90 0 obj\n" + packed(b"\0" * 63, entries) + b"\nendobj")


@pdf("read")
def table_as_a_stream_too_wide(book: Book) -> bytes:
    """A packed table whose entries are a hundred million bytes wide."""
    entries = b"/Type/XRef/W[1 99999999 1]/Size 9/Root 1 0 R"
    return _behind(book, b"90 0 obj\n" + packed(b"\0" * 63, entries) + b"\nendobj")


@pdf("read")
def table_as_a_stream_without_width(book: Book) -> bytes:
    """A packed table whose entries have no bytes."""
    entries = b"/Type/XRef/W[0 0 0]/Size 9999999/Root 1 0 R"
    return _behind(book, b"90 0 obj\n" + packed(b"", entries) + b"\nendobj")


@pdf("read")
def table_as_a_bomb(book: Book) -> bytes:
    """A packed table that unpacks to 256 MiB."""
    data = zeros(256)
    entries = b"/Type/XRef/W[1 4 2]/Size 9/Root 1 0 R/Filter/FlateDecode"
    return _behind(book, b"90 0 obj\n" + stream(data, entries) + b"\nendobj")


@pdf("read", "partly")
def start_beyond(book: Book) -> bytes:
    """A table that is said to be behind the file's end."""
    return book.body()[0] + b"trailer\n<</Root 1 0 R>>\nstartxref\n999999999999999999999\n%%EOF\n"


@pdf("read")
def start_negative(book: Book) -> bytes:
    """A table that is said to be before the file."""
    return book.body()[0] + b"trailer\n<</Root 1 0 R>>\nstartxref\n-77\n%%EOF\n"


@pdf("refused")
def catalog_not_named(book: Book) -> bytes:
    """A trailer without /Root."""
    return book.written(b"")


@pdf("read", "refused")
def catalog_is_a_page(book: Book) -> bytes:
    """A /Root that is a page."""
    return book.written(b"/Root %d 0 R" % PLAN)


@pdf("read", "refused")
def catalog_is_a_number(book: Book) -> None:
    """A /Root that is a number."""
    book.objects[CATALOG] = b"12"


@pdf("read", "refused", "partly")
def catalog_refers_to_itself(book: Book) -> None:
    """A /Root that is a reference to itself."""
    book.objects[CATALOG] = b"1 0 R"


@pdf("read", "partly")
def page_tree_loops(book: Book) -> None:
    """A node of the page tree that is its own kid."""
    book.objects[PAGES] = b"<</Type/Pages/Kids[%d 0 R 2 0 R]/Count 2>>" % PLAN


@pdf("partly", "read")
def page_tree_is_deep(book: Book) -> None:
    """Five thousand nodes, each the only kid of the one before."""
    first = 100
    for n in range(5000):
        kid = first + n + 1 if n < 4999 else PLAN
        book.objects[first + n] = b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (first + n - 1, kid)
    book.objects[PAGES] = b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 2>>" % (PLAN, first)


@pdf("refused", "partly", "read")
def page_tree_doubles(book: Book) -> None:
    """Forty nodes, each twice a kid of the one before: more pages than atoms."""
    first = 100
    for n in range(40):
        kid = first + n + 1 if n < 39 else PLAN
        book.objects[first + n] = b"<</Type/Pages/Parent 2 0 R/Kids[%d 0 R %d 0 R]/Count 2>>" % (kid, kid)
    book.objects[PAGES] = b"<</Type/Pages/Kids[%d 0 R]/Count 2>>" % first


@pdf("read", "partly", "refused")
def page_count_is_huge(book: Book) -> None:
    """A page tree that says it has two thousand million pages."""
    book.objects[PAGES] = b"<</Type/Pages/Kids[%d 0 R]/Count 2147483647>>" % PLAN


@pdf("read", "partly")
def page_count_is_negative(book: Book) -> None:
    """A page tree that says it has less than no page."""
    book.objects[PAGES] = b"<</Type/Pages/Kids[%d 0 R]/Count -99999999999999999999>>" % PLAN


@pdf("partly")
def kids_are_anything(book: Book) -> None:
    """Kids that are numbers, names, texts and references to nothing."""
    book.objects[PAGES] = b"<</Type/Pages/Kids[%d 0 R 5 (x) /Y 999 0 R null [] <<>>]/Count 2>>" % PLAN


@pdf("refused")
def one_page_too_often(book: Book) -> None:
    """The same page ten thousand times."""
    book.kids *= 10_000


@pdf("refused")
def too_many_pages(book: Book) -> None:
    """Three thousand and one pages of nothing."""
    content = book.add(stream(b""))
    for _ in range(3000):
        book.page_of(content)


@pdf("read")
def contents_missing(book: Book) -> None:
    """A page whose /Contents is not there."""
    book.kids.append(book.add(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"))


@pdf("partly")
def contents_again_and_again(book: Book) -> None:
    """A page of the same stream, a hundred thousand times."""
    content = book.add(stream(b"q 0 0 10 10 re f Q " * 50))
    many = book.add(b"[" + b"%d 0 R " % content * 100_000 + b"]")
    book.page_of(many)


@pdf("partly", "read")
def contents_in_contents(book: Book) -> None:
    """Contents that are an array with itself in it."""
    number = book.add(b"")
    book.objects[number] = b"[%d 0 R %d 0 R]" % (number, number)
    book.page_of(number)


@pdf("read", "partly")
def object_stream_extends_itself(book: Book) -> None:
    """An object stream that extends itself and holds itself."""
    number = book.add(b"")
    book.objects[number] = packed(
        b"%d 0 " % number + b"<<>>", b"/Type/ObjStm/N 1/First 6/Extends %d 0 R" % number
    )


@pdf("read", "partly")
def object_stream_of_too_many(book: Book) -> None:
    """An object stream that says it holds a thousand million objects."""
    book.add(packed(b"50 0 <<>>", b"/Type/ObjStm/N 999999999/First 5"))


@pdf("read", "partly")
def object_stream_first_beyond(book: Book) -> None:
    """An object stream whose first object is beyond its end."""
    book.add(packed(b"50 0 <<>>", b"/Type/ObjStm/N 1/First 2147483647"))


def _first_part() -> bytes:
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return packer.compress(b"91 0 <</A 1>>") + packer.flush(zlib.Z_FULL_FLUSH)


@pdf("read", "partly")
def objects_in_a_bomb(book: Book) -> bytes:
    """An object stream of 256 MiB, which a packed table says the plan is in."""
    body, places = book.body()
    data = b"\x78\xda" + _first_part() + zeros(256, b" ")[2:]
    places[90] = len(body)
    body += b"90 0 obj\n" + stream(data, b"/Type/ObjStm/N 1/First 5/Filter/FlateDecode") + b"\nendobj\n"
    rows = b"".join(
        b"\1%b\0\0" % places[n].to_bytes(4, "big") if n in places else b"\0" * 7 for n in range(91)
    )
    rows += b"\2" + (90).to_bytes(4, "big") + b"\0\0"
    at = len(body)
    body += (
        b"93 0 obj\n" + packed(rows, b"/Type/XRef/W[1 4 2]/Size 92/Root 1 0 R/Info 91 0 R") + b"\nendobj\n"
    )
    return body + b"startxref\n%d\n%%%%EOF\n" % at


@pdf("read", "partly")
def length_refers_to_its_stream(book: Book) -> None:
    """A stream whose length is the stream."""
    number = book.add(b"")
    book.objects[number] = b"<</Length %d 0 R>>stream\nq Q\nendstream" % number
    book.page_of(number)


@pdf("read", "partly")
def length_negative(book: Book) -> None:
    """A stream of less than no byte."""
    book.page_of(book.add(b"<</Length -100>>stream\nq Q\nendstream"))


@pdf("read", "partly")
def length_huge(book: Book) -> None:
    """A stream that is said to be longer than any file."""
    book.page_of(book.add(b"<</Length 99999999999999999999>>stream\nq Q\nendstream"))


@pdf("read", "partly")
def object_number_huge(book: Book) -> None:
    """An object whose number is the largest there is."""
    book.kids.append(LARGEST)


@pdf("read")
def object_numbers_far_apart(book: Book) -> bytes:
    """A classic table with an object at the number 8,000,000."""
    body, places = book.body()
    at = len(body)
    body += b"8000000 0 obj\n<<>>\nendobj\n"
    end = table(places, len(body), b"/Root 1 0 R")
    return body + end.replace(b"trailer", b"8000000 1\n%010d 00000 n \ntrailer" % at).replace(
        b"/Size 6", b"/Size 8000001"
    )


@pdf("read")
def a_hundred_thousand_objects(book: Book) -> None:
    """Objects of nothing."""
    for number in range(100, 100_100):
        book.objects[number] = b"<<>>"


@pdf("read")
def a_thousand_revisions(book: Book) -> bytes:
    """A file that was changed a thousand times."""
    data = book.written()
    before = data.rfind(b"xref\n0")
    parts = [data]
    place = len(data)
    for _ in range(1000):
        part = b"%d 0 obj\n<<>>\nendobj\n" % 50
        at = place + len(part)
        part += (
            b"xref\n50 1\n%010d 00000 n \ntrailer\n<</Size 51/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
            % (
                place,
                before,
                at,
            )
        )
        parts.append(part)
        before, place = at, place + len(part)
    return b"".join(parts)


@pdf("read", "partly", "refused")
def arrays_in_arrays(book: Book) -> None:
    """A hundred thousand brackets."""
    book.add(b"[" * 100_000 + b"]" * 100_000)


@pdf("read", "partly", "refused")
def dictionaries_in_a_page(book: Book) -> None:
    """A page with 50,000 dictionaries in one another."""
    book.page(b"q Q", more=b"/PieceInfo" + b"<</A" * 50_000 + b" 1" + b">>" * 50_000)


@pdf("read", "partly", "refused")
def resources_in_resources(book: Book) -> None:
    """Two hundred dictionaries in one another under a font."""
    book.page(
        b"BT /F1 9 Tf (a) Tj ET",
        b"/Font<</F1" + b"<</Type/Font/Subtype/Type1/A" * 200 + b" 1" + b">>" * 200 + b">>",
    )


@pdf("read", "partly", "refused")
def a_string_without_end(book: Book) -> None:
    """A million opening brackets."""
    book.add(b"(" * 1_000_000)


@pdf("read", "partly")
def a_name_of_a_megabyte(book: Book) -> None:
    """A key of a million letters."""
    book.page(b"q Q", more=b"/" + b"N" * 1_000_000 + b" 1")


@pdf("read", "partly")
def a_number_of_a_megabyte(book: Book) -> None:
    """A million figures, as a width."""
    book.page(b"q Q", more=b"/MediaBox[0 0 " + b"9" * 1_000_000 + b" 100]")


@pdf("read", "partly")
def a_comment_of_ten_megabytes(book: Book) -> None:
    """A comment, no more."""
    book.add(b"%" + b"-" * 10_000_000 + b"\n null")


@pdf("read")
def hexadecimal_oddities(book: Book) -> None:
    """Strings of odd, no and wrong figures."""
    book.add(b"[<1><><zz><" + b"0" * 100_001 + b">]")
