"""PDFs whose fonts are hostile: ranges of codes, widths, names, programs."""

from __future__ import annotations

from benchmarks.hostile.book import Book, packed, stream
from benchmarks.hostile.kinds import pdf

SHOWN = b"BT /F1 9 Tf 50 500 Td (naskah) Tj ET"
CMAP = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n%b\nendcmap end end"
SPACE = b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"


def _font(book: Book, entries: bytes, shown: bytes = SHOWN) -> None:
    font = book.add(b"<</Type/Font%b>>" % entries)
    book.page(shown, b"/Font<</F1 %d 0 R>>" % font)


def _letters(book: Book, text: bytes, more: bytes = b"") -> None:
    """Add a page whose font is told its letters by a text."""
    table = book.add(packed(CMAP % text, more))
    _font(book, b"/Subtype/Type1/BaseFont/Helvetica/ToUnicode %d 0 R" % table)
    below = book.add(b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Ordering(Identity)>>>>")
    entries = b"/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R"
    _font(book, entries % (below, table))


def _codes(book: Book, text: bytes, more: bytes = b"") -> None:
    """Add a page whose font is told its codes by a text."""
    table = book.add(packed(CMAP % text, b"/Type/CMap/CMapName/X" + more))
    below = book.add(b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Ordering(Identity)>>>>")
    _font(book, b"/Subtype/Type0/BaseFont/X/Encoding %d 0 R/DescendantFonts[%d 0 R]" % (table, below))


@pdf("partly")
def letters_in_a_wide_range(book: Book) -> None:
    """A range of four thousand million codes, in two kilobytes."""
    _letters(book, SPACE + b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange")


@pdf("partly")
def letters_in_many_ranges(book: Book) -> None:
    """Five thousand ranges of all codes."""
    _letters(book, SPACE + b"9 beginbfrange " + b"<0000> <FFFF> <0041>\n" * 5000 + b"endbfrange")


@pdf("partly", "read")
def letters_in_a_range_with_long_names(book: Book) -> None:
    """All codes, each with a name of 100,000 letters."""
    _letters(book, SPACE + b"1 beginbfrange <0000> <FFFF> <" + b"0041" * 100_000 + b"> endbfrange")


@pdf("partly", "read")
def letters_in_a_range_behind_a_comment(book: Book) -> None:
    """A wide range in a section that seems to be another one."""
    _letters(book, b"1 beginbfrange %begincodespacerange\n<00000000> <FFFFFFFF> <0041> endbfrange")


@pdf("partly", "read")
def letters_one_by_one_with_long_names(book: Book) -> None:
    """Two thousand codes with a name of 10,000 letters each."""
    chars = b"".join(b"<%04X> <%b>\n" % (n, b"0041" * 10_000) for n in range(2000))
    _letters(book, SPACE + b"9 beginbfchar " + chars + b"endbfchar")


@pdf("partly", "read")
def letters_in_brackets_without_end(book: Book) -> None:
    """A list of letters that begins 100,000 times."""
    _letters(book, SPACE + b"1 beginbfrange <0000> <FFFF> " + b"[" * 100_000 + b" endbfrange")


@pdf("partly", "read")
def letters_by_another_table_in_a_circle(book: Book) -> None:
    """A table of letters that goes by itself."""
    number = len(book.objects) + 1
    number = max(book.objects) + 1
    _letters(book, b"/X usecmap", b"/UseCMap %d 0 R" % number)


@pdf("partly", "read")
def letters_of_a_name(book: Book) -> None:
    """A table of letters that is a path of the machine."""
    _font(book, b"/Subtype/Type1/BaseFont/Helvetica/ToUnicode/..#2f..#2f..#2f..#2fetc#2fpasswd")


@pdf("partly")
def codes_in_a_wide_range(book: Book) -> None:
    """A range of four thousand million codes of glyphs."""
    space = b"1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange\n"
    _codes(book, space + b"1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange")


@pdf("partly", "read")
def codes_in_a_circle(book: Book) -> None:
    """A table of codes that goes by itself."""
    number = max(book.objects) + 1
    _codes(book, b"/X usecmap", b"/UseCMap %d 0 R" % number)


@pdf("partly", "read")
def codes_of_a_path(book: Book) -> None:
    """Tables of codes whose names lead out of every folder, for readers that keep them as files."""
    below = book.add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(..)/Ordering(../../x)>>>>"
    )
    for name in (b"/..#2f..#2f..#2ftmp#2fevil", b"/#2fetc#2fpasswd", b"/" + b"A" * 5000):
        _font(book, b"/Subtype/Type0/BaseFont/X/Encoding%b/DescendantFonts[%d 0 R]" % (name, below))


@pdf("partly", "read")
def widths_in_a_wide_range(book: Book) -> None:
    """A width for two thousand million glyphs."""
    entries = b"/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Ordering(Identity)>>/W[0 2147483647 500]/W2[0 2147483647 1 2 3]"
    below = book.add(b"<</Type/Font%b/DW 99999999999999/DW2[nan inf]>>" % entries)
    _font(book, b"/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[%d 0 R]" % below)


@pdf("partly", "read")
def widths_in_many_ranges(book: Book) -> None:
    """Twenty thousand widths for all glyphs."""
    entries = (
        b"/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Ordering(Identity)>>/W["
        + b"0 65535 500 " * 20_000
        + b"]"
    )
    below = book.add(b"<</Type/Font%b>>" % entries)
    _font(book, b"/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[%d 0 R]" % below)


@pdf("partly", "read")
def widths_without_end(book: Book) -> None:
    """A million widths of 256 letters."""
    _font(
        book,
        b"/Subtype/Type1/BaseFont/Helvetica/FirstChar 0/LastChar 999999/Widths[" + b"500 " * 1_000_000 + b"]",
    )


@pdf("partly", "read")
def first_letter_beyond_all_numbers(book: Book) -> None:
    """Letters from minus to plus two thousand million."""
    _font(book, b"/Subtype/Type1/BaseFont/Helvetica/FirstChar -2147483648/LastChar 2147483647/Widths[500]")


@pdf("partly", "read")
def letters_by_numbers_beyond(book: Book) -> None:
    """Names for letters of numbers that no letter has."""
    encoding = b"/Encoding<</Differences[2147483647/a -5/b 99999999999999999/c/../x (y) 1.5]>>"
    _font(book, b"/Subtype/Type1/BaseFont/Helvetica%b" % encoding)


@pdf("partly", "read")
def letters_of_long_names(book: Book) -> None:
    """Letters named by a million letters, and by codes that are none."""
    names = b"/" + b"N" * 1_000_000 + b"/uniFFFFFFFFFF/u999999999/uniD800/g99999999999/.notdef#00"
    _font(book, b"/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[97%b]>>" % names)


@pdf("partly", "read")
def font_of_fonts_in_a_circle(book: Book) -> None:
    """A font that is below itself."""
    number = max(book.objects) + 1
    _font(book, b"/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[%d 0 R]" % number)


@pdf("partly", "read")
def font_without_fonts(book: Book) -> None:
    """A font with nothing below it, and one with ten thousand."""
    _font(book, b"/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[]")
    _font(book, b"/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[" + b"<<>>" * 10_000 + b"]")


@pdf("partly", "read")
def font_of_a_long_name(book: Book) -> None:
    """A font named by a million letters, and one by a path."""
    _font(book, b"/Subtype/Type1/BaseFont/" + b"N" * 1_000_000)
    _font(book, b"/Subtype/TrueType/BaseFont/..#2f..#2fetc#2fpasswd")


def _program(book: Book, key: bytes, data: bytes, kind: bytes, more: bytes = b"") -> None:
    file = book.add(packed(data, more))
    entries = (
        b"/Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 1 1]/Ascent 1/Descent 0/ItalicAngle 0/StemV 1"
    )
    look = book.add(b"<<%b%b %d 0 R>>" % (entries, key, file))
    _font(
        book,
        b"/Subtype/%b/BaseFont/X/FirstChar 97/LastChar 97/Widths[500]/FontDescriptor %d 0 R" % (kind, look),
    )


@pdf("partly", "read")
def font_programs_of_rubbish(book: Book) -> None:
    """Fonts whose programs are none."""
    for key, kind in ((b"/FontFile", b"Type1"), (b"/FontFile2", b"TrueType"), (b"/FontFile3", b"Type1")):
        _program(
            book, key, bytes(range(256)) * 200, kind, b"/Subtype/Type1C/Length1 99999999/Length2 -1/Length3 0"
        )


def _true_type(glyph: bytes, glyphs: int = 2) -> bytes:
    """Return a small TrueType font whose glyphs are all the same."""
    tables = {
        b"head": b"\0\1\0\0"
        + b"\0" * 8
        + b"\x5f\x0f\x3c\xf5"
        + b"\0\0\4\0"
        + b"\0" * 16
        + b"\0\0\0\0\4\0\4\0\0\0\0\10\0\2\0\1\0\0",
        b"maxp": b"\0\1\0\0" + glyphs.to_bytes(2, "big") + b"\xff\xff" * 13,
        b"loca": b"".join((len(glyph) * n).to_bytes(4, "big") for n in range(glyphs + 1)),
        b"glyf": glyph * glyphs,
        b"hhea": b"\0\1\0\0" + b"\0" * 30 + b"\0\1",
        b"hmtx": b"\4\0\0\0" * glyphs,
        b"cmap": b"\0\0\0\1\0\1\0\0\0\0\0\x0c" + b"\0\0\1\6\0\0" + b"\1" * 256,
    }
    head = b"\0\1\0\0" + len(tables).to_bytes(2, "big") + b"\0\x80\0\3\0\x30"
    place, rows, parts = 12 + 16 * len(tables), [], []
    for name, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        rows.append(name + b"\0" * 4 + place.to_bytes(4, "big") + len(data).to_bytes(4, "big"))
        parts.append(padded)
        place += len(padded)
    return head + b"".join(rows) + b"".join(parts)


@pdf("partly", "read")
def glyph_of_glyphs_in_a_circle(book: Book) -> None:
    """A glyph that is made of itself, four times."""
    part = b"\0\x23\0\1\0\0\0\0"
    glyph = b"\xff\xff\0\0\0\0\4\0\4\0" + part * 3 + b"\0\3\0\1\0\0\0\0"
    _program(book, b"/FontFile2", _true_type(glyph + b"\0" * (-len(glyph) % 4)), b"TrueType")


@pdf("partly", "read")
def glyph_of_a_program_without_end(book: Book) -> None:
    """A glyph whose instructions jump back for ever."""
    code = b"\xb8\xff\xfd\x1c" * 50  # push -3, jump
    glyph = b"\0\1\0\0\0\0\4\0\4\0" + b"\0\0" + len(code).to_bytes(2, "big") + code + b"\1\0\0\0\0\0"
    _program(book, b"/FontFile2", _true_type(glyph + b"\0" * (-len(glyph) % 4)), b"TrueType")


@pdf("partly", "read")
def glyph_of_many_points(book: Book) -> None:
    """A glyph that says it has 65,535 outlines of 65,535 points."""
    glyph = b"\x7f\xff\0\0\0\0\4\0\4\0" + b"\xff\xff" * 2000
    _program(book, b"/FontFile2", _true_type(glyph), b"TrueType")


@pdf("partly", "read")
def font_program_in_clear_text(book: Book) -> None:
    """A PostScript font that loops for ever, if it is run."""
    text = (
        b"%!PS-AdobeFont-1.0: X\n{ } loop /FontMatrix ["
        + b"0 " * 100_000
        + b"] def currentfile eexec\n"
        + b"0" * 9999
    )
    _program(book, b"/FontFile", text, b"Type1", b"/Length1 40/Length2 99999/Length3 0")


@pdf("partly", "read")
def a_thousand_fonts(book: Book) -> None:
    """A page that uses a thousand fonts."""
    one = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    fonts = b"".join(b"/G%d %d 0 R" % (n, book.add(one)) for n in range(1000))
    shown = b"".join(b"/G%d 5 Tf (a) Tj " % n for n in range(1000))
    book.page(b"BT 9 500 Td " + shown + b" ET", b"/Font<<%b>>" % fonts)


@pdf("partly", "read")
def glyph_matrix_of_zeros(book: Book) -> None:
    """A drawn font whose letters have no size, and one whose letters are larger than the world."""
    for matrix in (b"0 0 0 0 0 0", b"9999999 0 0 9999999 0 0", b"nan 0 0 1 0 0"):
        glyph = book.add(stream(b"9 0 d0 0 0 9 9 re f"))
        _font(
            book,
            b"/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[%b]/CharProcs<</a %d 0 R>>/Encoding<</Differences[97/a]>>"
            b"/FirstChar 97/LastChar 97/Widths[9]" % (matrix, glyph),
        )


@pdf("read", "partly")
def letters_that_are_halves(book: Book) -> None:
    """A font that calls its letters halves of a pair, and what Unicode keeps free."""
    book.page(
        SHOWN,
        b"/Font<</F1 %d 0 R>>"
        % book.add(
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode %d 0 R>>"
            % book.add(
                packed(
                    CMAP
                    % b"1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <6E> <D800> <61> <FFFE> endbfchar"
                )
            )
        ),
    )
