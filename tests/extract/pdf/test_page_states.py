"""The page ledger: each page ends as read, empty or not read, and nothing that is lost passes for nothing."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from benchmarks.faults.damage import put_null, unpacked
from extract.pdf.document import read_pdf
from extract.pdf.page_content import PageContent
from extract.pdf.plumber import PlumberReader
from extract.reading import read_document
from extract.survey import opening
from extract.survey import survey as surveying
from extract.types import Extraction

Find = Callable[[Pdf], Object]
Change = Callable[[Pdf], None]


def paint(sheet: Any) -> None:
    """Three pages: text in an embedded font with a form and a picture, nothing, text in a font of the reader's."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    sheet.canvas.beginForm("bagian")
    sheet.canvas.drawString(50, 100, "di dalam bagian")
    sheet.canvas.endForm()
    sheet.text(50, 50, "halaman pertama", font="Vera")
    sheet.canvas.doForm("bagian")
    sheet.canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), "grey")), 300, 20, 20, 20)
    sheet.next_page()
    sheet.next_page()
    sheet.text(50, 50, "halaman ketiga")


@pytest.fixture(scope="module")
def drawn(draw: Any) -> bytes:
    path: Path = draw(paint)
    return path.read_bytes()


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[[bytes], Extraction]:
    def run(data: bytes) -> Extraction:
        path = tmp_path / "keputusan.pdf"
        path.write_bytes(data)
        return read_document(path)

    return run


def with_change(data: bytes, change: Change) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data), inherit_page_attributes=False) as pdf:
        change(pdf)
        pdf.save(buffer)
    return buffer.getvalue()


def without(data: bytes, find: Find) -> bytes:
    """Put null in the place of an object."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number, _ = find(pdf).objgen
    assert number
    return put_null(data, number)


def states(extraction: Extraction) -> list[str]:
    return [page.state for page in extraction.pages]


def errors(extraction: Extraction) -> list[tuple[str, str | None]]:
    return [(found.code, found.raw) for found in extraction.findings if found.severity == "error"]


def texts(extraction: Extraction) -> list[tuple[int | None, str]]:
    return [(line.page, line.text) for line in extraction.lines]


def named(pdf: Pdf, kind: str) -> Object:
    objects = pdf.pages[0].Resources.XObject
    return next(objects[name] for name in objects if objects[name].Subtype == kind)


def embedded(pdf: Pdf) -> Object:
    fonts = pdf.pages[0].Resources.Font
    return next(fonts[name] for name in fonts if "/FontDescriptor" in fonts[name])


LOST: dict[str, Find] = {
    "content": lambda pdf: pdf.pages[0].Contents,
    "form": lambda pdf: named(pdf, "/Form"),
    "picture": lambda pdf: named(pdf, "/Image"),
    "font": embedded,
    "letters of a font": lambda pdf: embedded(pdf).ToUnicode,
    "descriptor of a font": lambda pdf: embedded(pdf).FontDescriptor,
    "file of a font": lambda pdf: embedded(pdf).FontDescriptor.FontFile2,
    "page": lambda pdf: pdf.pages[0].obj,
}


def test_pages_are_read_or_empty(drawn: bytes, read_bytes: Callable[[bytes], Extraction]) -> None:
    extraction = read_bytes(drawn)
    assert states(extraction) == ["read", "empty", "read"]
    assert errors(extraction) == []
    assert [(entry.number, entry.state) for entry in extraction.ledger()][1] == (2, "empty")


@pytest.mark.parametrize("case", LOST)
def test_what_is_lost_is_an_error_on_the_pages_that_use_it(
    drawn: bytes, read_bytes: Callable[[bytes], Extraction], case: str
) -> None:
    extraction = read_bytes(without(drawn, LOST[case]))
    assert states(extraction) == ["not_read", "empty", "read"]
    assert errors(extraction) == [("page-not-read", "1")]
    assert (3, "halaman ketiga") in texts(extraction)


def test_a_descriptor_of_a_font_that_says_nothing_is_lost(
    drawn: bytes, read_bytes: Callable[[bytes], Extraction]
) -> None:
    def change(pdf: Pdf) -> None:
        embedded(pdf).FontDescriptor = pdf.make_indirect(Dictionary())

    extraction = read_bytes(with_change(drawn, change))
    assert states(extraction) == ["not_read", "empty", "read"]
    assert errors(extraction) == [("page-not-read", "1")]


def cut_stream(find: Find) -> Change:
    def change(pdf: Pdf) -> None:
        stream = find(pdf)
        packed = zlib.compress(stream.read_bytes())
        stream.write(packed[: len(packed) // 2], filter=Name.FlateDecode)

    return change


@pytest.mark.parametrize("case", ["content", "form", "picture", "letters of a font", "file of a font"])
def test_what_does_not_unpack_to_its_end_is_told(
    drawn: bytes, read_bytes: Callable[[bytes], Extraction], case: str
) -> None:
    extraction = read_bytes(with_change(drawn, cut_stream(LOST[case])))
    assert states(extraction) == ["not_read", "empty", "read"]


def set_on_first(key: str, value: Any) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj[key] = value

    return change


BAD_VALUES: dict[str, tuple[Change, str]] = {
    "turn of 45": (set_on_first("/Rotate", 45), "read"),
    "turn of text": (set_on_first("/Rotate", pikepdf.String("abc")), "read"),
    "no box": (lambda pdf: pdf.pages[0].obj.__delitem__("/MediaBox"), "not_read"),
    "box of text": (set_on_first("/MediaBox", pikepdf.String("abc")), "not_read"),
    "box of two": (set_on_first("/MediaBox", Array([0, 0])), "not_read"),
    "box of names": (set_on_first("/MediaBox", Array([Name.A, Name.B, Name.C, Name.D])), "not_read"),
    "box of nothing": (set_on_first("/CropBox", Array([5, 5, 5, 5])), "not_read"),
    "resources of a number": (set_on_first("/Resources", 5), "not_read"),
    "fonts of a number": (set_on_first("/Resources", Dictionary(Font=5)), "not_read"),
    "content of a name": (set_on_first("/Contents", Name.Lost), "not_read"),
    "content of an empty dictionary": (set_on_first("/Contents", Dictionary()), "not_read"),
    "content of numbers": (set_on_first("/Contents", Array([7])), "not_read"),
}


@pytest.mark.parametrize("case", BAD_VALUES)
def test_a_bad_value_costs_one_page_at_most(
    drawn: bytes, read_bytes: Callable[[bytes], Extraction], case: str
) -> None:
    change, state = BAD_VALUES[case]
    extraction = read_bytes(with_change(drawn, change))
    assert states(extraction) == [state, "empty", "read"]
    assert (3, "halaman ketiga") in texts(extraction)


def unused(pdf: Pdf) -> None:
    pdf.pages[2].obj.Resources = Dictionary(
        Font=pdf.pages[2].Resources.Font, XObject=Dictionary(Lost=Array())
    )


def no_checksum(pdf: Pdf) -> None:
    content = pdf.pages[2].Contents
    content.write(zlib.compress(content.read_bytes())[:-4], filter=Name.FlateDecode)


def flushed(pdf: Pdf) -> None:
    content = pdf.pages[2].Contents
    packer = zlib.compressobj()
    packed = packer.compress(content.read_bytes()) + packer.flush(zlib.Z_SYNC_FLUSH)
    content.write(packed, filter=Name.FlateDecode)


def in_pieces(pdf: Pdf) -> None:
    text = pdf.pages[2].Contents.read_bytes()
    half = text.index(b"BT")
    pdf.pages[2].obj.Contents = Array(
        [pdf.make_stream(text[:half]), pdf.make_stream(b""), pdf.make_stream(text[half:])]
    )


def empty_look(pdf: Pdf) -> None:
    look = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([0, 0, 9, 9]), AP=Dictionary(N=look)
    )
    pdf.pages[2].obj.Annots = Array([link, field])


LEGAL: dict[str, Change] = {
    "unused part missing": unused,
    "check sum missing": no_checksum,
    "flushed, not ended": flushed,
    "content in pieces": in_pieces,
    "empty appearance": empty_look,
    "no piece of content": lambda pdf: pdf.pages[1].obj.__setitem__("/Contents", Array()),
    "no content": lambda pdf: pdf.pages[1].obj.__delitem__("/Contents"),
}


@pytest.mark.parametrize("case", LEGAL)
def test_what_may_be_missing_is_no_error(
    drawn: bytes, read_bytes: Callable[[bytes], Extraction], case: str
) -> None:
    extraction = read_bytes(with_change(drawn, LEGAL[case]))
    assert states(extraction) == ["read", "empty", "read"]
    assert errors(extraction) == []


def test_a_lost_unused_object_is_no_error(drawn: bytes, read_bytes: Callable[[bytes], Extraction]) -> None:
    def unpainted(pdf: Pdf) -> None:
        content = pdf.pages[0].Contents
        content.write(content.read_bytes().replace(b" Do", b" gs"))

    extraction = read_bytes(with_change(drawn, unpainted))
    assert errors(extraction) == []


def test_pages_that_the_file_only_names_are_missed(
    drawn: bytes, read_bytes: Callable[[bytes], Extraction]
) -> None:
    extraction = read_bytes(drawn.replace(b"/Count 3", b"/Count 5"))
    found = next(each for each in extraction.findings if each.code == "pages-missing")
    assert (found.raw, found.value, found.severity) == ("5", "3", "error")
    assert states(extraction) == ["read", "empty", "read"]


def test_a_page_without_a_place_among_the_objects_keeps_its_number(
    drawn: bytes, read_bytes: Callable[[bytes], Extraction]
) -> None:
    extraction = read_bytes(without(drawn, lambda pdf: pdf.pages[1].obj))
    assert states(extraction) == ["read", "not_read", "read"]
    assert (3, "halaman ketiga") in texts(extraction)


def test_zeroed_bytes_of_an_object_are_no_white_space(
    drawn: bytes, read_bytes: Callable[[bytes], Extraction]
) -> None:
    place = drawn.index(b"/Widths [") + 20
    extraction = read_bytes(drawn[:place] + bytes(64) + drawn[place + 64 :])
    assert states(extraction) == ["not_read", "empty", "read"]


def test_bytes_that_are_gone_from_content_that_is_not_packed_are_missed(
    drawn: bytes, read_bytes: Callable[[bytes], Extraction]
) -> None:
    data = unpacked(drawn)
    place = data.index(b"ketiga")
    extraction = read_bytes(data[:place] + data[place + 6 :])
    assert states(extraction) == ["read", "empty", "not_read"]


def test_a_page_that_cannot_be_parsed_is_missed(
    drawn: bytes, read_bytes: Callable[[bytes], Extraction]
) -> None:
    place = drawn.index(b"/MediaBox")
    extraction = read_bytes(drawn[:place] + b"]>>" + drawn[place + 40 :])
    assert {"pages-missing", "page-not-read"} & {code for code, _ in errors(extraction)}
    assert "halaman ketiga" in [text for _, text in texts(extraction)]


PAGE_FOR_TREE = b"""%PDF-1.7
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Page /MediaBox [0 0 200 200] /Contents 3 0 R
/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>
endobj
3 0 obj
<< /Length 36 >>
stream
BT /F 12 Tf 20 100 Td (selamat) Tj ET
endstream
endobj
trailer
<< /Size 4 /Root 1 0 R >>
%%EOF
"""


def test_what_pdfium_alone_opens_is_read_and_called_damaged(
    read_bytes: Callable[[bytes], Extraction],
) -> None:
    extraction = read_bytes(PAGE_FOR_TREE)
    assert [text for _, text in texts(extraction)] == ["selamat"]
    assert ("file-salvaged", None) in errors(extraction)


def test_what_pdfium_does_not_open_is_read_as_qpdf_writes_it(
    drawn: bytes, read_bytes: Callable[[bytes], Extraction], monkeypatch: pytest.MonkeyPatch
) -> None:
    count = opening._page_count
    monkeypatch.setattr(opening, "_page_count", lambda data: None if data == drawn else count(data))
    assert states(read_bytes(drawn)) == ["read", "empty", "read"]


def test_a_page_that_cannot_be_looked_at_costs_itself_alone(
    drawn: bytes, read_bytes: Callable[[bytes], Extraction], monkeypatch: pytest.MonkeyPatch
) -> None:
    look = surveying.look_at_pages

    def failing(data: bytes, readable: tuple[bool, ...]) -> Any:
        if readable[0]:
            raise RuntimeError("a page fails")
        return look(data, readable)

    monkeypatch.setattr(surveying, "look_at_pages", failing)
    assert states(read_bytes(drawn)) == ["not_read", "empty", "read"]


class FailingReader(PlumberReader):
    """A page reader that fails on page 1 in a way that it does not announce."""

    def read(self, number: int) -> PageContent:
        if number == 1:
            raise KeyError("page")
        return super().read(number)


class UnclosedReader(PlumberReader):
    """A page reader that fails to close."""

    def __exit__(self, *args: object) -> None:
        super().__exit__(*args)
        raise TypeError("boxes")


def test_a_reader_that_does_not_close_has_read(drawn: bytes, tmp_path: Path) -> None:
    path = tmp_path / "keputusan.pdf"
    path.write_bytes(drawn)
    extraction = read_pdf(path, surveying.survey(path), opener=UnclosedReader)
    assert states(extraction) == ["read", "empty", "read"]


def test_a_page_that_the_reader_fails_on_costs_itself_alone(drawn: bytes, tmp_path: Path) -> None:
    path = tmp_path / "keputusan.pdf"
    path.write_bytes(drawn)
    extraction = read_pdf(path, surveying.survey(path), opener=FailingReader)
    assert states(extraction) == ["not_read", "empty", "read"]
