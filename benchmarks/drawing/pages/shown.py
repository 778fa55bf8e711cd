"""Kinds of content that a person sees although no plain text says it: drawn, unnamed, misnamed, moved, in pieces."""

from __future__ import annotations

from pathlib import Path

from pikepdf import Array, Name, Object
from PIL import Image, ImageDraw, ImageFont

from benchmarks.drawing.pages.content import SIZE, centred, coded, encoded
from benchmarks.drawing.pages.fonts import VERA, Naming, blank, misnamed, named, rectangles, unnamed, width_of
from benchmarks.drawing.pages.hidden import checkbox, path_of, shading, text_annotation, text_at, text_field
from benchmarks.drawing.pages.spots import Spot, kind

RAISED = "²"
HEBREW = "לוח שנה"
HEBREW_FONTS = (
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    Path("/usr/share/fonts/TTF/DejaVuSans.ttf"),
)
SCALE = 4  # pixels a point, of texts that are pictures


@kind("shows", texts=False)
def stroked_tick(spot: Spot) -> None:
    """A tick or cross of strokes."""
    points = spot.tick()
    if spot.chance.random() < 0.3:
        (x, y), _, (x1, y1) = points
        spot.over.stroke(((x, y1), (x1, y - 3)), 0.8)
        points = [(x, y - 3), (x1, y1)]
    spot.over.stroke(points, spot.chance.choice((0.7, 1.2)), spot.chance.choice(("0 G", "0 0 0.6 RG")))


@kind("shows", texts=False)
def filled_tick(spot: Spot) -> None:
    """A tick that is a filled outline."""
    spot.over.op(f"q 0 g {_outline(spot)} f Q")


@kind("shows", texts=False)
def filled_circle(spot: Spot) -> None:
    """A dot of curves."""
    x, y = ((a + b) / 2 for a, b in ((spot.box[0], spot.box[2]), (spot.box[1], spot.box[3])))
    r, k = 2.5, 1.38
    spot.over.op(
        f"q 0 g {x + r:.2f} {y:.2f} m {x + r:.2f} {y + k:.2f} {x + k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x + k:.2f} {y - r:.2f} {x + r:.2f} {y - k:.2f} {x + r:.2f} {y:.2f} c f Q"
    )


@kind("shows", texts=False)
def dingbat_tick(spot: Spot) -> None:
    """The tick of ZapfDingbats, whose code is that of a figure 4."""
    font = spot.over.name("/Font", spot.over.fonts.standard("ZapfDingbats"))
    x, y = centred(spot.box, "v", 9)
    spot.over.op(f"BT {font} 9 Tf 1 0 0 1 {x:.2f} {y:.2f} Tm (4) Tj ET")


@kind("shows", texts=False)
def stencil_tick(spot: Spot) -> None:
    """A tick that is an inline picture of one bit a dot."""
    x, y = spot.tick()[0]
    rows = "01 02 04 88 50 20"
    spot.over.op(
        f"q 0 g 7 0 0 6 {x:.2f} {y - 3:.2f} cm BI /W 8 /H 6 /IM true /D [1 0] /F /AHx ID {rows}> EI Q"
    )


@kind("shows", texts=False)
def form_tick(spot: Spot) -> None:
    """A tick of strokes in a form XObject in another one."""
    inner = spot.over.form(f"0 G 1 w {path_of(spot.tick())} S", spot.box)
    outer = spot.over.form(f"q {spot.over.name('/XObject', inner)} Do Q", spot.box)
    spot.over.draw(outer)


@kind("shows", texts=False)
def shading_tick(spot: Spot) -> None:
    """A shading seen through a clip path of the shape of a tick."""
    name = spot.over.name("/Shading", shading(spot.over, (0, 0, 0.4), spot.box))
    spot.over.op(f"q {_outline(spot)} W n {name} sh Q")


@kind("shows", texts=False)
def pattern_tick(spot: Spot) -> None:
    """A tick filled with a tiling pattern of dense dots."""
    dots = spot.over.tiled("0 g 0 0 0.8 1 re f", (0, 0, 1, 1), 1)
    spot.over.op(f"q {dots} {_outline(spot)} f Q")


@kind("shows", texts=False)
def checkbox_on(spot: Spot) -> None:
    """A box to tick that is ticked."""
    checkbox(spot, on=True)


@kind("shows", texts=False)
def ink_annotation(spot: Spot) -> None:
    """A tick drawn by hand as a comment."""
    points = Array([part for point in spot.tick() for part in point])
    spot.over.annotate(
        "Ink", spot.inner(), f"0 0 0.7 RG 1 w {path_of(spot.tick())} S", InkList=Array([points])
    )


@kind("shows")
def picture(spot: Spot) -> None:
    """The word or sign as a picture, with or without a soft mask."""
    x0, y0, x1, y1 = box = spot.around(spot.text)
    size = (round((x1 - x0) * SCALE), round((y1 - y0) * SCALE))
    image = Image.new("L", size, 255)
    font = ImageFont.truetype(str(VERA), SIZE * SCALE)
    x, y = spot.place(spot.text)
    ImageDraw.Draw(image).text(
        ((x - x0) * SCALE, (y1 - y) * SCALE), spot.text, font=font, fill=0, anchor="ls"
    )
    rows = [image.tobytes()[at : at + size[0]] for at in range(0, size[0] * size[1], size[0])]
    if spot.chance.random() < 0.5:
        spot.over.put_picture(spot.over.picture(rows, size[0]), box)
        return
    turned = [bytes(255 - part for part in row) for row in rows]
    mask = spot.over.picture(turned, size[0])
    spot.over.put_picture(spot.over.picture([bytes(size[0])] * size[1], size[0], mask=mask), box)


@kind("shows")
def outlined(spot: Spot) -> None:
    """Text turned into paths."""
    x, y = spot.place(spot.text)
    runs = " ".join(
        f"{a + x:.3f} {b + y:.3f} {w:.3f} {h:.3f} re" for a, b, w, h in rectangles(spot.text, SIZE)
    )
    spot.over.op(f"q 0 g {runs} f Q")


@kind("shows")
def unnamed_glyphs(spot: Spot) -> None:
    """A font without names of its glyphs."""
    spot.write(naming=unnamed)


@kind("shows")
def misnamed_glyphs(spot: Spot) -> None:
    """A font whose text layer says other letters than are drawn."""
    spot.write(naming=misnamed)


@kind("shows")
def blank_named_glyphs(spot: Spot) -> None:
    """A font whose text layer says that each glyph is a space."""
    spot.write(naming=blank)


@kind("shows")
def unnamed_subset(spot: Spot) -> None:
    """A simple subset font whose codes count from 1, without names."""
    _simple(spot, unnamed)


@kind("shows")
def misnamed_subset(spot: Spot) -> None:
    """A simple subset font with wrong names."""
    _simple(spot, misnamed)


@kind("shows")
def unnamed_drawn_font(spot: Spot) -> None:
    """A Type3 font without names."""
    letters = "".join(sorted(set(spot.text)))
    _codes(spot, spot.over.fonts.drawn(letters, unnamed), letters)


@kind("shows")
def misnamed_drawn_font(spot: Spot) -> None:
    """A Type3 font whose encoding names other letters than its glyphs draw."""
    letters = "".join(sorted(set(spot.text)))
    wrong = "".join(misnamed(letter) or "-" for letter in letters)
    _codes(spot, spot.over.fonts.drawn(letters, unnamed, wrong), letters)


@kind("shows")
def actual_text(spot: Spot) -> None:
    """Marked content whose ActualText says something else than is drawn."""
    said = (spot.extra or "v").encode("utf-16-be").hex()
    spot.over.op(f"/Span <</ActualText <FEFF{said}>>> BDC")
    spot.write()
    spot.over.op("EMC")


@kind("shows")
def form_text(spot: Spot) -> None:
    """Text in a form XObject with a matrix of its own."""
    x, y = spot.place(spot.text)
    content = text_at(spot.over, (x - 100) / 2, y / 2, spot.text).replace("1 0 0 1", "0.5 0 0 0.5")
    x0, y0, x1, y1 = spot.box
    box = ((x0 - 100) / 2, y0 / 2, (x1 - 100) / 2, y1 / 2)
    spot.over.draw(spot.over.form(content, box, Matrix=Array([2, 0, 0, 2, 100, 0])))


@kind("shows")
def pattern_text(spot: Spot) -> None:
    """Text in the cell of a tiling pattern that fills a box."""
    x0, y0, x1, y1 = spot.box
    text = text_at(spot.over, *spot.place(spot.text), spot.text)
    tiled = spot.over.tiled(text, spot.box, 1000, spot.over.page.obj.Resources)
    spot.over.op(f"q {tiled} {x0 + 1:.2f} {y0 + 1:.2f} {x1 - x0 - 2:.2f} {y1 - y0 - 2:.2f} re f Q")


@kind("shows")
def free_text(spot: Spot) -> None:
    """A free text annotation or a stamp that is shown."""
    text_annotation(spot, spot.text)


@kind("shows")
def field_text(spot: Spot) -> None:
    """A text field with its appearance."""
    text_field(spot, spot.text, text_at(spot.over, *spot.place(spot.text), spot.text))


@kind("shows", marks=False)
def field_without_appearance(spot: Spot) -> None:
    """A text field that the viewer has to draw."""
    text_field(spot, spot.text, None)
    spot.over.pdf.Root.AcroForm.NeedAppearances = True


@kind("shows")
def blended(spot: Spot) -> None:
    """A blend mode that leaves the ink as it is."""
    spot.write(spot.over.state(BM=spot.chance.choice((Name.Multiply, Name.Darken, Name.ColorBurn))))


@kind("shows")
def masked(spot: Spot) -> None:
    """A soft mask that lets all through."""
    spot.write(spot.over.masked(1, spot.box))


@kind("shows")
def stroked_letters(spot: Spot) -> None:
    """Text mode 1 or 2: the outline of letters in ink, the fill in white or none."""
    spot.write(spot.chance.choice(("1 Tr 0 G 0.3 w", "2 Tr 1 g 0 G 0.3 w")))


@kind("shows")
def clipping_letters(spot: Spot) -> None:
    """Letters as a clip path through which ink is seen."""
    x, y = spot.place(spot.text)
    x0, y0, x1, y1 = spot.inner()
    content = text_at(spot.over, x, y, spot.text).replace("BT", "BT 7 Tr")
    spot.over.op(f"q {content} 0 g {x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f Q")


@kind("shows")
def double_print(spot: Spot) -> None:
    """Printed twice for boldness."""
    x, y = spot.place(spot.text)
    for shift in (0.0, *spot.chance.choice(((0.25,), (0.15, 0.3), (0.0,)))):
        spot.over.text(x + shift, y, spot.text)


@kind("shows")
def double_flip(spot: Spot) -> None:
    """A negative size under a matrix that turns it back."""
    spot.over.text(*spot.place(spot.text), spot.text, size=-SIZE, matrix="-1 0 0 -1")


@kind("shows", marks=False, only_doubt=True)
def mirrored(spot: Spot) -> None:
    """Mirror writing."""
    x, y = spot.place(spot.text)
    spot.over.text(x + width_of(spot.text, SIZE), y, spot.text, matrix="-1 0 0 1")


@kind("shows", marks=False)
def shuffled_glyphs(spot: Spot) -> None:
    """Glyphs one by one in another order."""
    x, y = spot.place(spot.text)
    places = [(x + width_of(spot.text[:n], SIZE), letter) for n, letter in enumerate(spot.text)]
    spot.chance.shuffle(places)
    for at, letter in places:
        spot.over.text(at, y, letter)


@kind("shows", marks=False)
def spread_letters(spot: Spot) -> None:
    """Letters set apart, words further."""
    spot.over.text(*spot.place(spot.text), spot.text, before="2 Tc", size=5.5)


@kind("shows", marks=False)
def gap_without_space(spot: Spot) -> None:
    """Words set apart without a character between them."""
    x, y = spot.place(spot.text)
    for n, word in enumerate(words := spot.text.split(" ")):
        spot.over.text(x + width_of(" ".join([*words[:n], ""]), SIZE), y, word)


@kind("shows", marks=False)
def space_without_gap(spot: Spot) -> None:
    """Spaces inside of words that a kerning takes back."""
    x, y = spot.place(spot.text)
    font = spot.over.name("/Font", spot.over.fonts.composite())
    back = width_of(" ", 1000)
    pieces = "".join(
        f"<{encoded(letter)}>" + (f" <{encoded(' ')}> {back:.1f} " if n % 3 == 1 else "")
        for n, letter in enumerate(spot.text)
    )
    spot.over.op(f"BT {font} {SIZE} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm [{pieces}] TJ ET")


@kind("shows")
def nested_matrices(spot: Spot) -> None:
    """A size of 1 or 100 under matrices that make up for it."""
    x, y = spot.place(spot.text)
    size, scale = spot.chance.choice(((1, SIZE), (100, SIZE / 100), (SIZE * 20, 0.05)))
    a, b = 4.0, -3.0
    spot.over.op(
        f"q {scale:.5f} 0 0 {scale:.5f} {x + a:.3f} {y + b:.3f} cm 1 0 0 1 {-a / scale:.5f} {-b / scale:.5f} cm"
    )
    spot.over.text(0, 0, spot.text, size=size)
    spot.over.op("Q")


@kind("shows")
def rise_and_scale(spot: Spot) -> None:
    """Text rise against the line, and a horizontal scale."""
    x, y = spot.place(spot.text)
    spot.over.text(x, y - 20, spot.text, before=f"20 Ts {spot.chance.choice((85, 95, 105))} Tz")


@kind("shows")
def white_below(spot: Spot) -> None:
    """A white box or picture below the text."""
    if spot.chance.random() < 0.5:
        spot.over.rectangle(spot.inner(), "1 g")
    else:
        spot.over.put_picture(spot.over.picture([b"\xff"], 1), spot.inner())
    spot.write()


@kind("shows")
def clear_over(spot: Spot) -> None:
    """Something invisible on top: a box without opacity or on a layer that is off, a picture masked away."""
    spot.write()
    content, which = spot.over, spot.chance.randrange(3)
    if which == 0:
        content.rectangle(spot.inner(), f"1 g {content.state(ca=0)}")
    elif which == 1:
        with content.inside(content.layer(shown=False)):
            content.rectangle(spot.inner(), "1 g")
    else:
        mask = content.picture([b"\x00"], 1)
        content.put_picture(content.picture([b"\xff"], 1, mask=mask), spot.inner())


@kind("shows")
def layer_on(spot: Spot) -> None:
    """An optional-content group that is on."""
    with spot.over.inside(spot.over.layer(shown=True)):
        spot.write()


@kind("shows")
def moved(spot: Spot) -> None:
    """Text whose own matrix places it in the next cell, moved here by a matrix around it."""
    x, y = spot.place(spot.text)
    right, down = (spot.step, 0.0) if spot.is_mark else (0.0, spot.box[3] - spot.box[1])
    spot.over.op(f"q 1 0 0 1 {-right:.3f} {down:.3f} cm")
    spot.over.text(x + right, y - down, spot.text)
    spot.over.op("Q")


@kind("shows", marks=False, accepts=lambda spot: _with_figure(spot.text))
def raised_figure(spot: Spot) -> None:
    """A small raised figure of a footnote behind the text."""
    spot.write()
    x, y = spot.place(spot.text)
    x += width_of(spot.text, SIZE) + 0.2
    if spot.chance.random() < 0.5:
        spot.over.text(x, y + 2.8, "2", size=4.5)
    else:
        spot.over.text(x, y, "2", size=4.5, before="2.8 Ts")


@kind("shows", marks=False, accepts=lambda _: (HEBREW,))
def right_to_left(spot: Spot) -> None:
    """A line of Hebrew, drawn from the left as programs do."""
    font = next((path for path in HEBREW_FONTS if path.exists()), None)
    if font is None:
        spot.write()
        return
    letters = "".join(sorted(set(HEBREW)))
    drawn = spot.over.fonts.simple(letters, named, font)
    spot.over.codes(drawn, *spot.place(spot.text), coded(HEBREW[::-1], letters))


@kind("shows")
def highlighted(spot: Spot) -> None:
    """A highlighter over the text."""
    spot.write()
    x0, y0, x1, y1 = box = spot.around(spot.text)
    multiply = spot.over.state(BM=Name.Multiply)
    quads = Array([x0, y1, x1, y1, x0, y0, x1, y0])
    content = f"{multiply} 1 1 0 rg {x0} {y0} {x1 - x0} {y1 - y0} re f"
    spot.over.annotate("Highlight", box, content, QuadPoints=quads, C=Array([1, 1, 0]))


def _with_figure(text: str) -> tuple[str, ...]:
    return text, f"{text} 2", text + RAISED


def _simple(spot: Spot, naming: Naming) -> None:
    letters = "".join(sorted(set(spot.text)))
    _codes(spot, spot.over.fonts.simple(letters, naming), letters)


def _codes(spot: Spot, font: Object, letters: str) -> None:
    spot.over.codes(font, *spot.place(spot.text), coded(spot.text, letters))


def _outline(spot: Spot) -> str:
    """Return the outline of a tick."""
    (x0, y0), (x1, y1), (x2, y2) = spot.tick()
    around = ((x0, y0), (x1, y1), (x2, y2), (x2 - 1, y2 + 0.8), (x1, y1 + 2.2), (x0 + 0.8, y0 + 0.9))
    return path_of(around) + " h"
