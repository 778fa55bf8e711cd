"""PDFs whose operators ask for endless work: forms in forms, patterns, glyphs, states, dashes, numbers."""

from __future__ import annotations

from benchmarks.hostile.book import Book, packed, stream
from benchmarks.hostile.kinds import pdf

FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
DEEP = 30


def _doubled(book: Book, painted: bytes, levels: int = DEEP, *, own: bool = True) -> int:
    """Add forms that paint the next one as operators say, `own` with resources of their own; return the first."""
    last = book.add(packed(b"0 0 9 9 re f " * 20, FORM))
    for _ in range(levels):
        resources = b"/Resources<</XObject<</Fm %d 0 R>>>>" % last
        last = book.add(packed(painted, FORM + (resources if own else b"")))
    return last


def _with_form(book: Book, form: int, operators: bytes = b"/Fm Do", resources: bytes = b"") -> None:
    book.page(operators, b"/XObject<</Fm %d 0 R>>%b" % (form, resources))


@pdf("partly")
def forms_double(book: Book) -> None:
    """Thirty forms that paint the next one twice."""
    _with_form(book, _doubled(book, b"/Fm Do /Fm Do", 27))


@pdf("partly")
def forms_double_by_an_escaped_name(book: Book) -> None:
    """The same with a name that hides a letter."""
    _with_form(book, _doubled(book, b"/F#6d Do /F#6D Do", 27), b"/F#6d Do")


@pdf("partly")
def forms_double_behind_comments(book: Book) -> None:
    """The same with comments between a name and its operator, one of them like a text's beginning."""
    _with_form(book, _doubled(book, b"%(\n/Fm Do %)\n/Fm%x\nDo /Fm\0Do", 27))


@pdf("partly")
def forms_double_behind_texts(book: Book) -> None:
    """The same between texts that do not end as they seem to."""
    _with_form(book, _doubled(book, b"<(> Tj /Fm Do /Fm Do (((((())))) Tj", 27))


@pdf("partly")
def forms_double_behind_a_picture(book: Book) -> None:
    """The same in what seems to be a picture's pixels."""
    _with_form(book, _doubled(book, b"BI/W 1/H 1/BPC 8/CS/G ID x EI\0 /Fm Do /Fm Do \1 EI Q q", 27))


@pdf("partly")
def forms_double_with_the_resources_around(book: Book) -> None:
    """Forms without resources of their own take those around them."""
    names = [book.add(b"") for _ in range(27)]
    for n, number in enumerate(names):
        painted = b"/X%d Do /X%d Do" % (n + 1, n + 1) if n < 26 else b"0 0 9 9 re f"
        book.objects[number] = packed(painted, FORM)
    entries = b"".join(b"/X%d %d 0 R" % pair for pair in enumerate(names))
    book.page(b"/X0 Do", b"/XObject<<%b>>" % entries)


@pdf("partly")
def forms_tenfold(book: Book) -> None:
    """Eight forms that paint the next one ten times."""
    _with_form(book, _doubled(book, b"/Fm Do " * 10, 8))


@pdf("partly", "read")
def form_paints_itself(book: Book) -> None:
    """A form that paints itself, twice."""
    number = book.add(b"")
    resources = b"/Resources<</XObject<</Fm %d 0 R>>>>" % number
    book.objects[number] = packed(b"/Fm Do /Fm Do", FORM + resources)
    _with_form(book, number)


@pdf("partly", "read")
def forms_paint_each_other(book: Book) -> None:
    """Two forms that paint each other, thrice."""
    one, other = book.add(b""), book.add(b"")
    for number, painted in ((one, other), (other, one)):
        resources = b"/Resources<</XObject<</Fm %d 0 R>>>>" % painted
        book.objects[number] = packed(b"/Fm Do " * 3, FORM + resources)
    _with_form(book, one)


@pdf("partly", "read")
def forms_are_deep(book: Book) -> None:
    """A thousand forms in one another."""
    _with_form(book, _doubled(book, b"/Fm Do", 1000))


@pdf("partly", "read")
def forms_double_in_a_note(book: Book) -> None:
    """Doubled forms as the look of a stamp."""
    form = _doubled(book, b"/Fm Do /Fm Do", 27)
    book.page(b"", more=b"/Annots[<</Subtype/Stamp/Rect[0 0 99 99]/F 4/AP<</N %d 0 R>>>>]" % form)


@pdf("partly", "read")
def forms_double_in_a_hidden_note(book: Book) -> None:
    """Doubled forms as the look of a note that is hidden, and of one in a state that it has not."""
    form = _doubled(book, b"/Fm Do /Fm Do", 27)
    looks = b"<</N<</On %d 0 R/Off %d 0 R>>/D %d 0 R/R %d 0 R>>" % ((form,) * 4)
    note = b"<</Subtype/%b/Rect[0 0 99 99]/F %d/AP%b>>"
    kinds = ((b"Stamp", 2), (b"Widget", 0), (b"Link", 4), (b"Popup", 0), (b"Text", 32))
    book.page(b"", more=b"/Annots[" + b"".join(note % (*kind, looks) for kind in kinds) + b"]")


@pdf("partly", "read")
def forms_double_in_a_pattern(book: Book) -> None:
    """Doubled forms in the cell of a pattern."""
    form = _doubled(book, b"/Fm Do /Fm Do", 27)
    entries = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9"
    pattern = book.add(packed(b"/Fm Do", entries + b"/Resources<</XObject<</Fm %d 0 R>>>>" % form))
    book.page(b"/Pattern cs /P scn 0 0 99 99 re f", b"/Pattern<</P %d 0 R>>" % pattern)


@pdf("partly", "read")
def forms_double_in_a_glyph(book: Book) -> None:
    """Doubled forms in the glyph of a font."""
    form = _doubled(book, b"/Fm Do /Fm Do", 27)
    _type_3(book, b"9 0 d0 /Fm Do", b"/Resources<</XObject<</Fm %d 0 R>>>>" % form)


def _type_3(book: Book, glyph: bytes, more: bytes = b"", text: bytes = b"(aaa) Tj") -> int:
    drawn = book.add(packed(glyph))
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<</a %d 0 R>>"
        % drawn
    )
    font += b"/Encoding<</Type/Encoding/Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]%b>>" % more
    number = book.add(font)
    book.page(b"BT /F1 9 Tf 50 500 Td %b ET" % text, b"/Font<</F1 %d 0 R>>" % number)
    return number


@pdf("partly", "read")
def glyph_shows_itself(book: Book) -> None:
    """A glyph that is drawn with its own font."""
    number = len(book.objects) + 10
    drawn = book.add(packed(b"9 0 d0 BT /F1 9 Tf (aa) Tj ET"))
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<</a %d 0 R>>"
        % drawn
    )
    font += b"/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]/Resources<</Font<</F1 %d 0 R>>>>>>"
    book.objects[number] = font % number
    book.page(b"BT /F1 9 Tf (aaa) Tj ET", b"/Font<</F1 %d 0 R>>" % number)


@pdf("partly", "read")
def glyphs_double(book: Book) -> None:
    """Thirty fonts whose glyph is drawn with two of the next."""
    below = b""
    for _ in range(DEEP):
        drawn = book.add(packed(b"9 0 d0 BT /F1 9 Tf (aa) Tj ET" if below else b"9 0 d0 0 0 9 9 re f"))
        font = (
            b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<</a %d 0 R>>"
            % drawn
        )
        font += (
            b"/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]/Resources<<%b>>>>" % below
        )
        below = b"/Font<</F1 %d 0 R>>" % book.add(font)
    book.page(b"BT /F1 9 Tf 50 500 Td (aaa) Tj ET", below)


@pdf("partly", "read")
def large_glyph_again_and_again(book: Book) -> None:
    """A glyph of 100,000 boxes, 100,000 times."""
    _type_3(book, b"9 0 d0 " + b"0 0 9 9 re f " * 100_000, text=b"(%b) Tj" % (b"a" * 100_000))


@pdf("partly", "read")
def masks_in_masks(book: Book) -> None:
    """Thirty soft masks, each painted twice through the next one."""
    state = b"<<>>"
    for _ in range(DEEP):
        group = FORM + b"/Group<</S/Transparency/CS/DeviceGray>>/Resources<</ExtGState<</G %b>>>>" % state
        form = book.add(packed(b"/G gs 0 0 500 500 re f /G gs 0 0 400 400 re f", group))
        state = b"<</SMask<</S/Luminosity/G %d 0 R>>>>" % form
    book.page(b"/G gs 0 0 500 500 re f", b"/ExtGState<</G %b>>" % state)


@pdf("partly", "read")
def patterns_in_patterns(book: Book) -> None:
    """Thirty patterns, each filled with the next one."""
    below = b""
    entries = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 90 90]/XStep 10/YStep 10"
    for _ in range(DEEP):
        painted = b"/Pattern cs /P scn 0 0 90 90 re f /P scn 0 0 80 80 re f" if below else b"0 0 9 9 re f"
        below = b"/Pattern<</P %d 0 R>>" % book.add(packed(painted, entries + b"/Resources<<%b>>" % below))
    book.page(b"/Pattern cs /P scn 0 0 595 842 re f", below)


@pdf("partly", "read")
def pattern_of_tiny_steps(book: Book) -> None:
    """A pattern whose cells are a millionth of a point apart."""
    entries = (
        b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 0.000001/YStep 0.000001/Resources<<>>"
    )
    pattern = book.add(packed(b"0 0 9 9 re f", entries))
    book.page(b"/Pattern cs /P scn 0 0 595 842 re f", b"/Pattern<</P %d 0 R>>" % pattern)


@pdf("partly", "read")
def pattern_of_small_steps(book: Book) -> None:
    """A pattern of twenty thousand boxes whose cells are a tenth of a point apart."""
    entries = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 0.1/YStep 0.1/Resources<<>>"
    pattern = book.add(packed(b"0 0 9 9 re f " * 20_000, entries))
    book.page(b"/Pattern cs /P scn 0 0 595 842 re f", b"/Pattern<</P %d 0 R>>" % pattern)


@pdf("partly", "read")
def a_million_saved_states(book: Book) -> None:
    """A state saved a million times and never restored."""
    book.page(b"q " * 1_000_000)


@pdf("partly", "read")
def a_million_restored_states(book: Book) -> None:
    """A state restored a million times and never saved."""
    book.page(b"Q " * 1_000_000)


@pdf("partly", "read")
def texts_in_texts(book: Book) -> None:
    """Half a million texts that begin, and none that ends."""
    book.page(b"BT " * 500_000)


@pdf("partly", "read")
def marked_content_is_deep(book: Book) -> None:
    """A hundred thousand marks in one another."""
    book.page(b"/P <</MCID 0>> BDC " * 100_000 + b"EMC " * 100_000)


@pdf("partly", "read")
def operands_without_operator(book: Book) -> None:
    """Two million numbers."""
    book.page(b"1 " * 2_000_000)


@pdf("partly", "read")
def brackets_without_end(book: Book) -> None:
    """A million lists and dictionaries that begin."""
    book.page(b"[<<" * 300_000)


@pdf("partly", "read")
def strings_without_end(book: Book) -> None:
    """A million texts that begin, one within the other."""
    book.page(b"(" * 1_000_000)


@pdf("partly", "read")
def strings_that_nearly_end(book: Book) -> None:
    """Brackets in brackets, again and again, with the last one missing."""
    book.page(b"((((a)b)c)" * 100_000 + b"(((((")


@pdf("partly", "read")
def pictures_without_end(book: Book) -> None:
    """A hundred thousand inline pictures that begin and never end."""
    book.page(b"BI /W 1 /H 1 ID x " * 100_000)


@pdf("partly", "read")
def numbers_of_a_megabyte(book: Book) -> None:
    """A coordinate of a million figures."""
    book.page(b"9" * 1_000_000 + b" 0 m 1 1 l S")


@pdf("partly", "read")
def coordinates_beyond_all_numbers(book: Book) -> None:
    """Coordinates that are no numbers, or too large for one."""
    huge = b"9" * 60
    book.page(
        b"1e999 0 m nan inf l S %b -%b %b %b re f %b 0 0 %b 0 0 cm 0 0 m 9 9 l S .-.5 --5 +-+3 m 1 1 l S"
        % ((huge,) * 6)
    )


@pdf("partly", "read")
def text_of_every_size(book: Book) -> None:
    """Text of no size, of a huge one, of a negative one, with a matrix of zeros."""
    sizes = (b"0", b"999999999", b"-7", b"0.0000001", b"1" + b"0" * 38)
    shown = b"".join(b"BT /F0 %b Tf 50 50 Td (naskah) Tj ET " % size for size in sizes)
    shown += b"BT 0 0 0 0 0 0 Tm /F0 9 Tf (naskah) Tj ET BT 0 Tz /F0 9 Tf (naskah) Tj ET"
    book.page(shown + b" BT 9999999999 Tc 99999999999 Tw /F0 9 Tf (naskah) Tj ET")


@pdf("partly", "read")
def dashes_of_nothing(book: Book) -> None:
    """A long line of dashes that are a thousand-millionth of a point."""
    book.page(b"[0.000000001 0.000000001] 0 d 0 0 m 595 842 l S [0 0] 0 d 0 0 m 9 9 l S")


@pdf("partly", "read")
def dashes_that_are_short(book: Book) -> None:
    """Two thousand lines of dashes of a hundredth of a point."""
    book.page(b"[0.01 0.01] 0 d " + b"0 0 m 595 842 l S " * 2000)


@pdf("partly", "read")
def dashes_without_end(book: Book) -> None:
    """A list of 500,000 dashes."""
    book.page(b"[" + b"1 " * 500_000 + b"] 0 d 0 0 m 9 9 l S")


@pdf("partly", "read")
def dashes_along_a_line_without_end(book: Book) -> None:
    """A dashed line that is longer than any page."""
    book.page(b"[1 1] 0 d 0 100 m 2000000000 100 l S")


@pdf("partly", "read")
def a_path_of_many_lines(book: Book) -> None:
    """A path of 300,000 lines that cross each other."""
    book.page(b"0 0 m " + b"595 842 l 0 3 l " * 150_000 + b"f*")


@pdf("partly", "read")
def a_path_of_many_curves(book: Book) -> None:
    """Curves whose control points are far beyond the page."""
    book.page(b"0 0 m " + b"1000000 -1000000 -1000000 1000000 9 9 c " * 60_000 + b"S")


@pdf("partly", "read")
def clips_in_clips(book: Book) -> None:
    """Fifty thousand clips within each other."""
    book.page(b"0 0 500 500 re W n 9 9 m 400 20 l 30 600 l h W* n " * 50_000)


@pdf("partly", "read")
def a_line_as_wide_as_the_world(book: Book) -> None:
    """A line a thousand million points wide."""
    book.page(b"1000000000 w 1 J 1 j 0 0 m 500 500 l S")


@pdf("partly", "read")
def rulings_without_end(book: Book) -> None:
    """Twenty thousand rulings each way."""
    lines = b"".join(
        b"%d.%02d 0 m %d.%02d 842 l S " % (n // 34, n % 34 * 2, n // 34, n % 34 * 2) for n in range(20_000)
    )
    book.page(b"0.01 w " + lines + lines.replace(b" 0 m", b" 5 m"))


@pdf("partly", "read")
def a_grid_of_a_million_boxes(book: Book) -> None:
    """A thousand rulings each way, ruled finely."""
    across = b"".join(b"%.3f 0 m %.3f 842 l S " % (n * 0.595, n * 0.595) for n in range(1000))
    down = b"".join(b"0 %.3f m 595 %.3f l S " % (n * 0.842, n * 0.842) for n in range(1000))
    book.page(b"0.05 w " + across + down)


@pdf("partly", "read")
def a_grid_of_many_cells(book: Book) -> None:
    """Forty rulings each way, with a letter in each cell."""
    drawn = [b"%.2f 10 m %.2f 830 l S" % (10 + n * 14, 10 + n * 14) for n in range(41)]
    drawn += [b"10 %.2f m 580 %.2f l S" % (10 + n * 20, 10 + n * 20) for n in range(41)]
    drawn += [
        b"BT /F0 4 Tf %.2f %.2f Td (x) Tj ET" % (12 + n % 40 * 14, 12 + n // 40 * 20) for n in range(1600)
    ]
    book.page(b"0.2 w " + b"\n".join(drawn))


@pdf("partly", "read")
def letters_in_one_place(book: Book) -> None:
    """Three hundred thousand letters, one over the other."""
    book.page(b"BT /F0 9 Tf 50 500 Td " + b"(a) Tj -5 0 Td " * 150_000 + b" ET")


@pdf("partly", "read")
def letters_in_one_text(book: Book) -> None:
    """A text of two million letters."""
    book.page(b"BT /F0 1 Tf 50 500 Td (" + b"abc " * 500_000 + b") Tj ET")


@pdf("partly", "read")
def letters_beside_the_page(book: Book) -> None:
    """A million letters that are not on the page."""
    book.page(b"BT /F0 9 Tf 5000 5000 Td (" + b"abcd" * 250_000 + b") Tj ET")


@pdf("partly", "read")
def objects_without_end(book: Book) -> None:
    """A page of 300,000 boxes."""
    book.page(b"0 0 9 9 re f " * 300_000)


@pdf("partly", "read")
def pages_of_many_objects(book: Book) -> None:
    """Twenty pages of 50,000 boxes and letters."""
    content = book.add(packed(b"0 0 9 9 re f BT /F0 9 Tf 9 9 Td (a) Tj ET " * 25_000))
    for _ in range(20):
        book.page_of(content)


@pdf("partly", "read")
def fonts_changed_without_end(book: Book) -> None:
    """Two hundred thousand fonts of the same name."""
    book.page(b"BT " + b"/F0 9 Tf " * 200_000 + b" ET")


@pdf("partly", "read")
def operators_that_are_not(book: Book) -> None:
    """Half a million operators that there are not."""
    book.page(b"BX " + b"zz " * 500_000 + b"EX")


@pdf("partly", "read")
def zeros_for_operators(book: Book) -> None:
    """A page of zero bytes."""
    book.page_of(book.add(stream(b"\0" * 500_000)))
