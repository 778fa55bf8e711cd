"""PDFs whose locks, descriptions, trees of names and revisions are hostile."""

from __future__ import annotations

import io

import pikepdf

from benchmarks.hostile.book import FONT, PLAN, Book, plan_operators, stream
from benchmarks.hostile.kinds import pdf
from benchmarks.hostile.pdf_streams import zeros


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


@pdf("partly")
def layer_that_asks_itself(book: Book) -> None:
    """A layer that is seen where it is seen and where it is seen."""
    number = book.add(b"")
    book.objects[number] = b"[/And %d 0 R %d 0 R]" % (number, number)
    layer = book.add(b"<</Type/OCMD/VE %d 0 R>>" % number)
    book.page(b"/OC /P BDC " + plan_operators() + b" EMC", b"/Properties<</P %d 0 R>>" % layer)


@pdf("read")
def layers_as_they_should_be(book: Book) -> None:
    """A layer that depends on two others."""
    first, second = (book.add(b"<</Type/OCG/Name(x)>>") for _ in range(2))
    layer = book.add(
        b"<</Type/OCMD/OCGs[%d 0 R %d 0 R]/VE[/Or %d 0 R %d 0 R]>>" % (first, second, first, second)
    )
    book.catalog = b"/OCProperties<</OCGs[%d 0 R %d 0 R]/D<</BaseState/ON>>>>" % (first, second)
    book.page(
        b"/OC /P BDC BT /F0 9 Tf 50 700 Td (naskah) Tj ET EMC",
        b"/Font<</F0 4 0 R>>/Properties<</P %d 0 R>>" % layer,
    )
