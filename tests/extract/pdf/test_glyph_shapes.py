from __future__ import annotations

import string
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from extract.grid.chars import Chars
from extract.pdf.pdfium import PdfiumReader

SENTENCE = "Menyusun surat keputusan tim kerja"
LATIN = ("Helvetica", "Helvetica-BoldOblique", "Times-Roman", "Times-Italic", "Courier", "Vera")
Draw = Callable[..., Path]


def shifted(letter: str) -> str:
    """The next letter or digit of the alphabet, any other sign as it is."""
    for row in (string.ascii_lowercase, string.ascii_uppercase, string.digits):
        if letter in row:
            return row[(row.index(letter) + 1) % len(row)]
    return letter


def to_unicode(
    pdf: pikepdf.Pdf, naming: Callable[[str], str], codes: range = range(0x20, 0x7F)
) -> pikepdf.Stream:
    """A map of one-byte codes to texts."""
    pairs = "\n".join(f"<{code:02x}> <{naming(chr(code)).encode('utf-16-be').hex()}>" for code in codes)
    return pdf.make_stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /N def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <ff> endcodespacerange\n"
        + f"{len(codes)} beginbfchar\n".encode()
        + pairs.encode()
        + b"\nendbfchar endcmap CMapName currentdict /CMap defineresource pop end end"
    )


def renamed(path: Path, font: str, naming: Callable[[str], str]) -> bytes:
    """The file with a font of it said to draw other letters."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for entry in page.Resources.Font.values():
                if entry.BaseFont == "/" + font:
                    entry.ToUnicode = to_unicode(pdf, naming)
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def characters(data: bytes, number: int = 1) -> Chars:
    with PdfiumReader(data) as reader:
        for earlier in range(1, number):
            reader.read(earlier)
        return reader.read(number).chars


def text_of(chars: Chars) -> str:
    return "".join(char.text for char in chars)


def two_fonts(sheet: Any) -> None:
    sheet.text(20, 40, SENTENCE, size=10)
    sheet.text(20, 80, "Laporan bulanan 2025", size=10, font="Times-Roman")


def test_letters_of_a_font_that_draws_others_than_it_says_are_unknown(draw: Draw) -> None:
    chars = characters(renamed(draw(two_fonts), "Helvetica", shifted))
    said = [char for char in chars if char.origin_y < 60 and not char.text.isspace()]
    assert {(char.text, char.known) for char in said} == {("\ufffd", False)}


def test_the_other_font_of_the_page_is_read(draw: Draw) -> None:
    chars = characters(renamed(draw(two_fonts), "Helvetica", shifted))
    assert text_of(tuple(char for char in chars if char.origin_y > 60)) == "Laporan bulanan 2025"


def test_digits_that_say_other_digits_are_unknown(draw: Draw) -> None:
    data = renamed(draw(lambda sheet: sheet.text(20, 40, "1.250 846", size=9)), "Helvetica", shifted)
    assert not any(char.known for char in characters(data) if char.text not in " .")


def test_a_font_whose_letters_are_all_said_to_be_punctuation_is_unknown(draw: Draw) -> None:
    """Codes that count from 33, as a subset without names has them."""
    letters = sorted(set(SENTENCE) - {" "})
    data = renamed(
        draw(lambda sheet: sheet.text(20, 40, SENTENCE, size=9)),
        "Helvetica",
        lambda letter: chr(33 + letters.index(letter)) if letter in letters else letter,
    )
    assert not any(char.known for char in characters(data) if not char.text.isspace())


@pytest.mark.parametrize("font", LATIN)
@pytest.mark.parametrize("size", [6.5, 9, 14])
def test_a_font_that_says_what_it_draws_is_read(draw: Draw, font: str, size: float) -> None:
    if font == "Vera":
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    path = draw(lambda sheet: sheet.text(20, 40, SENTENCE, size=size, font=font))
    assert text_of(characters(path.read_bytes())) == SENTENCE


def test_capitals_of_the_height_of_small_letters_are_read(draw: Draw) -> None:
    """Small capitals: the text says small letters, capitals are drawn."""

    def paint(sheet: Any) -> None:
        sheet.text(20, 40, SENTENCE.upper(), size=7)

    data = renamed(draw(paint), "Helvetica", str.lower)
    assert text_of(characters(data)) == SENTENCE.lower()


def test_text_printed_sideways_is_judged_upright(draw: Draw) -> None:
    path = draw(lambda sheet: sheet.turned(60, 280, "Menyusunsurat", 90))
    assert text_of(characters(path.read_bytes())) == "Menyusunsurat"
    assert not any(char.known for char in characters(renamed(path, "Helvetica", shifted)))


def test_what_a_page_shows_of_a_font_is_known_on_the_next(draw: Draw) -> None:
    def paint(sheet: Any) -> None:
        two_fonts(sheet)
        sheet.next_page()
        sheet.text(20, 40, "Ya", size=10)

    data = renamed(draw(paint), "Helvetica", shifted)
    assert [char.known for char in characters(data, 2)] == [False, False]


def test_text_under_a_watermark_is_read(draw: Draw) -> None:
    def paint(sheet: Any) -> None:
        sheet.canvas.setFillGray(0.75)
        sheet.turned(10, 280, "SALINAN", 36, size=90)
        sheet.canvas.setFillGray(0)
        for row in range(8):
            sheet.text(20, 60 + 25 * row, SENTENCE, size=9, font="Times-Roman")

    chars = characters(draw(paint).read_bytes())
    assert text_of(tuple(char for char in chars if not char.slanted)) == SENTENCE * 8


def test_a_tick_that_is_said_to_be_a_hyphen_is_unknown(draw: Draw) -> None:
    """One glyph is enough where it looks like nothing of the kind."""
    pdfmetrics.registerFont(TTFont("DarkTick", "Vera.ttf"))
    path = draw(lambda sheet: sheet.text(20, 40, "√", size=9, font="DarkTick"))
    with pikepdf.open(path) as pdf:
        for entry in pdf.pages[0].Resources.Font.values():
            if "/ToUnicode" in entry:
                entry.ToUnicode = to_unicode(pdf, lambda _: "-")
                entry.ToUnicode.write(entry.ToUnicode.read_bytes().replace(b"<20> <002d>", b"<00> <002d>"))
        data = saved(pdf)
    assert [(char.text, char.known) for char in characters(data)] == [("\ufffd", False)]


def test_an_unnamed_glyph_is_unknown_beside_a_named_one_of_the_same_text() -> None:
    """Code 73 has no name, for which PDFium gives the code as a letter, I; code 66 is said to be I."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 100))
        bar = pdf.make_stream(b"600 0 0 0 600 700 d1 250 0 100 700 re f")
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type3,
            FontBBox=pikepdf.Array([0, 0, 600, 700]),
            FontMatrix=pikepdf.Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=pikepdf.Dictionary({"/g12": bar, "/I": bar}),
            Encoding=pikepdf.Dictionary(
                Type=pikepdf.Name.Encoding,
                Differences=pikepdf.Array([66, pikepdf.Name("/I"), 73, pikepdf.Name("/g12")]),
            ),
            FirstChar=66,
            LastChar=73,
            Widths=pikepdf.Array([600] * 8),
            ToUnicode=to_unicode(pdf, lambda _: "I", codes=range(66, 67)),
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(b"BT /F1 10 Tf 1 0 0 1 20 50 Tm (BIB) Tj ET")
        data = saved(pdf)
    assert text_of(characters(data)) == "I\ufffdI"
