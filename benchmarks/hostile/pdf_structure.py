"""PDFs whose structure is hostile: tables of objects, trees, references, encryption, revisions."""

from __future__ import annotations

import io
import zlib

import pikepdf

from benchmarks.hostile.book import CATALOG, FONT, PAGES, PLAN, Book, packed, plan_operators, stream, table
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


def _locked(book: Book, **how: str) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(book.written())) as opened:
        opened.save(target, encryption=pikepdf.Encryption(**how))  # type: ignore[arg-type]
    return target.getvalue()


@pdf("refused")
def locked(book: Book) -> bytes:
    """A file with a password."""
    return _locked(book, user="rahasia", owner="pemilik")


@pdf("read")
def locked_for_changes(book: Book) -> bytes:
    """A file with a password for changes alone."""
    return _locked(book, user="", owner="pemilik")


@pdf("refused", "read")
def lock_unknown(book: Book) -> None:
    """A kind of encryption that there is not."""
    book.trailer = b"/Encrypt<</Filter/Standard/V 99/R 99/O(x)/U(x)/P -1>>/ID[(a)(b)]"


@pdf("refused", "read")
def lock_by_another_handler(book: Book) -> None:
    """Encryption by a handler with a name of its own."""
    book.trailer = b"/Encrypt<</Filter/Evil.Handler/V 4/Length 128>>/ID[(a)(b)]"


@pdf("refused", "partly")
def lock_loops(book: Book) -> None:
    """Encryption that is described by itself."""
    number = book.add(b"")
    book.objects[number] = b"%d 0 R" % number
    book.trailer = b"/Encrypt %d 0 R/ID[(a)(b)]" % number


@pdf("refused", "read")
def lock_with_a_huge_key(book: Book) -> None:
    """A key of two thousand million bits."""
    book.trailer = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 2147483640/O(%b)/U(%b)/P -4>>/ID[(a)(b)]" % (
        b"o" * 32,
        b"u" * 32,
    )


@pdf("read")
def linear_lies(book: Book) -> None:
    """A file that says it is laid out for the web, wrongly."""
    book.objects[60] = b"<</Linearized 1/L 99999999/H[0 0]/O 999999/E 2147483647/N 2147483647/T -1>>"


@pdf("read", "partly")
def producer_of_five_megabytes(book: Book) -> None:
    """A maker's name of five million letters."""
    book.trailer = b"/Info<</Producer(%b)>>" % (b"P" * 5_000_000)


@pdf("read", "partly")
def producer_with_controls(book: Book) -> None:
    """A maker's name that turns the direction of writing, and moves a terminal's cursor."""
    said = "\u202e\x1b[2J\x07<script>alert(1)</script>=cmd|' /C calc'!A0".encode("utf-16-be")
    book.trailer = b"/Info<</Producer<feff%b>>>" % said.hex().encode()


@pdf("read", "partly")
def info_is_a_page(book: Book) -> None:
    """What a file says of itself is its page."""
    book.trailer = b"/Info %d 0 R" % PLAN


@pdf("read", "partly")
def info_loops(book: Book) -> None:
    """What a file says of itself refers to itself."""
    number = book.add(b"")
    book.objects[number] = b"<</Producer %d 0 R/Creator %d 0 R>>" % (number, number)
    book.trailer = b"/Info %d 0 R" % number


@pdf("read")
def outlines_loop(book: Book) -> None:
    """A table of contents whose entries follow each other in a circle."""
    number = book.add(b"")
    book.objects[number] = b"<</First %d 0 R/Last %d 0 R/Next %d 0 R/Count 99999999/Title(x)>>" % (
        (number,) * 3
    )
    book.catalog = b"/Outlines %d 0 R" % number


@pdf("read")
def name_trees_loop(book: Book) -> None:
    """Trees of names and of the structure that hold themselves."""
    number = book.add(b"")
    book.objects[number] = b"<</Kids[%d 0 R %d 0 R]/K[%d 0 R]/Nums[0 %d 0 R]>>" % ((number,) * 4)
    ref = b"%d 0 R" % number
    book.catalog = b"/Names<</Dests %b/EmbeddedFiles %b/JavaScript %b>>" % (ref, ref, ref)
    book.catalog += b"/StructTreeRoot %b/PageLabels %b/Dests %b/OCProperties<</OCGs[%b]/D %b>>" % ((ref,) * 5)


@pdf("read")
def layers_in_layers(book: Book) -> None:
    """Conditions of layers, in one another and in themselves."""
    number = book.add(b"")
    book.objects[number] = b"<</Type/OCMD/OCGs %d 0 R/VE[/And %d 0 R]>>" % (number, number)
    book.page(
        b"/OC /L BDC 0 0 100 100 re f EMC",
        b"/Properties<</L %d 0 R>>" % number,
    )


@pdf("read")
def actions_on_opening(book: Book) -> None:
    """Scripts, programs and addresses that are to be opened with the file."""
    book.catalog = (
        b"/OpenAction<</S/JavaScript/JS(app.alert(1);while(1){})/Next<</S/Launch/F(/bin/sh)>>>>"
        b"/AA<</WC<</S/URI/URI(http://127.0.0.1:9/x)>>/DS<</S/SubmitForm/F(http://127.0.0.1:9/)>>>>"
    )


@pdf("read")
def metadata_as_xml_bomb(book: Book) -> None:
    """A description whose entities double thirty times, and that names a file of the machine."""
    levels = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 31))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "lol">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text += '<x:xmpmeta xmlns:x="adobe:ns:meta/">&e30;&f;</x:xmpmeta>'
    number = book.add(stream(text.encode(), b"/Type/Metadata/Subtype/XML"))
    book.catalog = b"/Metadata %d 0 R" % number


@pdf("read")
def metadata_as_a_bomb(book: Book) -> None:
    """A description that unpacks to 512 MiB."""
    number = book.add(stream(zeros(512), b"/Type/Metadata/Subtype/XML/Filter/FlateDecode"))
    book.catalog = b"/Metadata %d 0 R" % number


@pdf("read")
def attachments(book: Book) -> None:
    """A file in the file, whose name leads out of every folder."""
    number = book.add(stream(b"MZ", b"/Type/EmbeddedFile"))
    name = b"(../../../../tmp/x)"
    book.catalog = b"/Names<</EmbeddedFiles<</Names[%b<</F%b/EF<</F %d 0 R>>>>]>>>>" % (name, name, number)


@pdf("read", "partly")
def plan_replaced_later(book: Book) -> bytes:
    """A revision that puts another page in the place of the plan's: the last one counts."""
    data = book.written()
    page = b"4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Courier>>\nendobj\n"
    before = data.rfind(b"xref\n0")
    end = b"xref\n4 1\n%010d 00000 n \ntrailer\n<</Size 9/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return data + page + end % (len(data), before, len(data) + len(page))


@pdf("read", "partly")
def font_is_the_catalog(book: Book) -> None:
    """Objects that are not what they are used as."""
    book.objects[FONT] = b"1 0 R"


@pdf("refused", "partly")
def cut_off(book: Book) -> bytes:
    """A file that ends within the plan's page."""
    return book.written()[: -len(plan_operators()) // 3]


@pdf("refused", "read", "partly")
def two_files_in_one(book: Book) -> bytes:
    """A workbook's mark before a PDF: whatever it is, it is told once."""
    return b"PK\3\4" + b"\0" * 500 + book.written()
