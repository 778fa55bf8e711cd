"""Kinds of content that cannot be seen: hidden, clipped, switched off, covered, outside."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

from pikepdf import Array, Dictionary, Name, Object

from benchmarks.drawing.pages.content import SIZE, Box, Content, coded, encoded
from benchmarks.drawing.pages.spots import Spot, kind
from benchmarks.drawing.pages.tables import PAPER


@kind("hides")
def white_text(spot: Spot) -> None:
    """White on white."""
    spot.hide(spot.chance.choice(("1 g", "1 1 1 rg", "0 0 0 0 k", "/DeviceRGB cs 1 1 1 sc")))


@kind("hides")
def near_white_text(spot: Spot) -> None:
    """A grey too light to be seen."""
    spot.hide(spot.chance.choice(("0.99 g", "1 1 0.99 rg")))


@kind("hides")
def transparent_text(spot: Spot) -> None:
    """Opacity 0."""
    spot.hide(spot.over.state(ca=0, CA=0))


@kind("hides")
def invisible_mode(spot: Spot) -> None:
    """Text mode 3, as below scans."""
    spot.hide("3 Tr")


@kind("hides")
def clip_mode(spot: Spot) -> None:
    """Text mode 7: it only clips."""
    spot.hide("7 Tr")


@kind("hides")
def clipped_away(spot: Spot) -> None:
    """A clip path that leaves nothing of it."""
    x0, y0, x1, _ = spot.box
    away = (f"{x1 + 1:.2f} {y0:.2f} 4 4 re W n", f"{x0:.2f} {y0:.2f} 0 0 re W n", "10 10 5 5 re W* n")
    spot.hide(spot.chance.choice(away))


@kind("hides")
def clipped_by_form(spot: Spot) -> None:
    """A form XObject whose box ends before it."""
    x0, y0, x1, _ = spot.box
    spot.over.draw(spot.over.form(_text(spot, spot.extra, spot.row), (x0, y0, x1, y0 + 1)))


@kind("hides")
def outside_page(spot: Spot) -> None:
    """Beyond the sheet's edge."""
    x, y = spot.place(spot.extra, spot.row)
    spot.over.text(x, y - PAPER[1] if spot.chance.random() < 0.5 else y + PAPER[1], spot.extra)


@kind("hides", alters=True)
def outside_crop(spot: Spot) -> None:
    """A further row of the table below the edge of the crop box."""
    content = spot.over
    bottom = spot.bottom
    content.page.obj.CropBox = Array([20, bottom - 6, PAPER[0] - 5, PAPER[1]])
    x0, _, x1, _ = spot.box
    content.text(x0 + 1, bottom - 26, spot.extra)
    content.stroke(((x0, bottom), (x0, bottom - 34), (x1, bottom - 34), (x1, bottom)), 0.5)


@kind("hides", rows=(1,))
def tiny_text(spot: Spot) -> None:
    """A size too small to read."""
    spot.hide(size=spot.chance.choice((0.4, 1.0)))


@kind("hides", marks=False, alters=True)
def ground_colour_text(spot: Spot) -> None:
    """Text in the colour of the fill below it."""
    colour = spot.chance.choice(("1 0.95 0.6", "0.8 0.9 1", "0.85 0.85 0.85"))
    spot.under.rectangle(spot.inner(), f"{colour} rg")
    spot.hide(f"{colour} rg")


@kind("hides")
def layer_off(spot: Spot) -> None:
    """An optional-content group that is off."""
    _marked(spot, spot.over.layer(shown=False))


@kind("hides")
def membership_off(spot: Spot) -> None:
    """A membership dictionary whose groups are off, or whose expression is false."""
    shown, hidden = spot.over.layer(shown=True), spot.over.layer(shown=False)
    rules = (
        Dictionary(Type=Name.OCMD, OCGs=Array([hidden]), P=Name.AnyOn),
        Dictionary(Type=Name.OCMD, OCGs=Array([shown, hidden]), P=Name.AllOn),
        Dictionary(Type=Name.OCMD, OCGs=Array([shown]), P=Name.AllOff),
        Dictionary(Type=Name.OCMD, VE=Array([Name.Not, shown])),
    )
    _marked(spot, spot.over.pdf.make_indirect(spot.chance.choice(rules)))


@kind("hides")
def nested_layer_off(spot: Spot) -> None:
    """A group that is on inside one that is off, or the other way round."""
    groups = [spot.over.layer(shown=False), spot.over.layer(shown=True)]
    spot.chance.shuffle(groups)
    with spot.over.inside(groups[0]), spot.over.inside(groups[1]):
        spot.hide()


@kind("hides")
def form_of_layer_off(spot: Spot) -> None:
    """A form XObject that belongs to a group that is off."""
    group = spot.over.layer(shown=False)
    spot.over.draw(spot.over.form(_text(spot, spot.extra, spot.row), spot.box, OC=group))


@kind("hides")
def layer_off_in_view(spot: Spot) -> None:
    """A group that is only printed, never viewed."""
    group = spot.over.layer(shown=False)
    group.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF), Print=Dictionary(PrintState=Name.ON))
    _marked(spot, group)


@kind("hides")
def masked_away(spot: Spot) -> None:
    """A soft mask that lets nothing through."""
    spot.hide(spot.over.masked(0, spot.box))


@kind("hides")
def blended_away(spot: Spot) -> None:
    """A blend mode that leaves the white below as it is."""
    spot.under.rectangle(spot.inner(), "1 g")
    spot.hide(spot.over.state(BM=spot.chance.choice((Name.Screen, Name.Lighten, Name.ColorDodge))))


@kind("hides")
def hidden_annotation(spot: Spot) -> None:
    """A free text or stamp whose flags hide it."""
    flags = spot.chance.choice((2, 32))
    text_annotation(spot, spot.extra, spot.row, F=flags)


@kind("hides")
def hidden_field(spot: Spot) -> None:
    """A text field whose flags hide it."""
    text_field(spot, spot.extra, _text(spot, spot.extra, spot.row), F=2)


@kind("hides", texts=False)
def checkbox_off(spot: Spot) -> None:
    """A box to tick that is not ticked."""
    checkbox(spot, on=False)


@kind("hides")
def note_annotation(spot: Spot) -> None:
    """The contents of a closed note."""
    x0, _, _, y1 = spot.inner()
    spot.over.annotate("Text", (x0, y1 - 3, x0 + 3, y1), None, Contents=spot.extra, F=2)


@kind("hides")
def empty_glyphs(spot: Spot) -> None:
    """Glyphs that say letters and draw nothing."""
    letters = "".join(sorted(set(spot.extra)))
    font = spot.over.fonts.drawn(letters, inked=False)
    spot.over.codes(font, *spot.place(spot.extra, spot.row), coded(spot.extra, letters))


@kind("hides", marks=False, rows=(1,), alters=True)
def struck_out(spot: Spot) -> None:
    """Text with a line or a thin box through it."""
    spot.hide()
    x0, y0, x1, y1 = spot.around(spot.extra, spot.row)
    y = y0 + 0.42 * (y1 - y0)
    if spot.chance.random() < 0.5:
        spot.over.stroke(((x0, y), (x1, y)), 0.6)
    else:
        spot.over.rectangle((x0, y - 0.3, x1, y + 0.3))


@kind("hides")
def hidden_rulings(spot: Spot) -> None:
    """Invisible rulings through the cell: white, transparent, clipped away, on a layer that is off."""
    x0, y0, x1, y1 = spot.box
    x, y = x0 + 0.7 * (x1 - x0), (y0 + y1) / 2 - 8
    content, which = spot.over, spot.chance.randrange(4)
    before = ("1 G", f"0 G {content.state(CA=0, ca=0)}", "0 G 10 10 2 2 re W n", "0 G")[which]
    with content.inside(content.layer(shown=False)) if which == 3 else nullcontext():
        content.stroke(((x, y0 + 0.5), (x, y1 - 0.5)), 0.5, before)
        content.stroke(((x0 + 0.5, y), (x1 - 0.5, y)), 0.5, before)


@kind("hides", marks=False, alters=True)
def watermark(spot: Spot) -> None:
    """A large grey word behind or over the table, slanted or horizontal."""
    x0, y0, x1, y1 = spot.box
    content = spot.chance.choice((spot.over, spot.under))
    size = spot.chance.choice((40.0, 70.0))
    matrix = spot.chance.choice(("1 0 0 1", "0.866 0.5 -0.5 0.866", "0.707 0.707 -0.707 0.707"))
    before = "0.88 g" if content is spot.under else f"0.5 g {content.state(ca=0.2)}"
    content.text(
        (x0 + x1) / 2 - size, (y0 + y1) / 2 - size / 3, "SALINAN", size=size, before=before, matrix=matrix
    )


@kind("covers")
def white_box_over(spot: Spot) -> None:
    """A white box on top."""
    spot.over.rectangle(_cover(spot), spot.chance.choice(("1 g", "1 1 1 rg")))


@kind("covers", marks=False, alters=True)
def coloured_box_over(spot: Spot) -> None:
    """A coloured box on top."""
    spot.over.rectangle(spot.inner(), spot.chance.choice(("0.8 0.9 1 rg", "0.9 g", "1 0.9 0.7 rg")))


@kind("covers")
def picture_over(spot: Spot) -> None:
    """A picture of white paper on top."""
    spot.over.put_picture(spot.over.picture([b"\xff\xff"] * 2, 2), _cover(spot))


@kind("covers")
def inline_picture_over(spot: Spot) -> None:
    """An inline picture of white paper on top."""
    x0, y0, x1, y1 = _cover(spot)
    spot.over.op(
        f"q {x1 - x0:.2f} 0 0 {y1 - y0:.2f} {x0:.2f} {y0:.2f} cm BI /W 1 /H 1 /BPC 8 /CS /G /F /AHx ID FF> EI Q"
    )


@kind("covers")
def form_over(spot: Spot) -> None:
    """A form XObject with a white box on top."""
    x0, y0, x1, y1 = box = _cover(spot)
    spot.over.draw(spot.over.form(f"1 g {x0} {y0} {x1 - x0} {y1 - y0} re f", box))


@kind("covers")
def shading_over(spot: Spot) -> None:
    """A shading from white to white on top."""
    x0, y0, x1, y1 = _cover(spot)
    shade = spot.over.name("/Shading", shading(spot.over, (1, 1, 1), (x0, y0, x1, y1)))
    spot.over.op(f"q {x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re W n {shade} sh Q")


@kind("covers")
def thick_line_over(spot: Spot) -> None:
    """A white line as thick as the letters on top."""
    x0, y0, x1, y1 = _cover(spot)
    spot.over.stroke(((x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)), y1 - y0, "1 G")


@kind("covers")
def annotation_over(spot: Spot) -> None:
    """A white square annotation on top; it covers all content, so nothing that is seen is put below it."""
    if not spot.is_mark and spot.row == 0:
        spot.over.rectangle(_cover(spot), "1 g")
        return
    x0, y0, x1, y1 = box = _cover(spot)
    spot.over.annotate("Square", box, f"1 g {x0} {y0} {x1 - x0} {y1 - y0} re f", IC=Array([1, 1, 1]))


def _cover(spot: Spot) -> Box:
    """Return a box over the extra text, or the cell without its rulings."""
    return spot.inner() if spot.is_mark else spot.around(spot.extra, spot.row)


def _marked(spot: Spot, group: Object) -> None:
    with spot.over.inside(group):
        spot.hide()


DEFAULT_APPEARANCE = b"/Helv 7 Tf 0 g"


def text_annotation(spot: Spot, line: str, row: int = 0, **entries: Any) -> None:
    """Add a free text or a stamp with a line."""
    which = spot.chance.choice(("FreeText", "Stamp"))
    spot.over.annotate(
        which, spot.inner(), _text(spot, line, row), Contents=line, DA=DEFAULT_APPEARANCE, **entries
    )


def text_field(spot: Spot, line: str, appearance: str | None, **entries: Any) -> None:
    """Add a text field that holds a line."""
    held = {"FT": Name.Tx, "T": b"isian", "V": line, "DA": DEFAULT_APPEARANCE}
    spot.over.field(spot.inner(), appearance, **held, **entries)


def _text(spot: Spot, line: str, row: int = 0) -> str:
    return text_at(spot.over, *spot.place(line, row), line)


def path_of(points: Iterable[tuple[float, float]]) -> str:
    """Return the operators of a path through points."""
    return " ".join(f"{x:.2f} {y:.2f} {'lm'[n == 0]}" for n, (x, y) in enumerate(points))


def text_at(content: Content, x: float, y: float, line: str) -> str:
    """Return the operators of a line, for a stream of its own."""
    font = content.name("/Font", content.fonts.composite())
    return f"BT {font} {SIZE} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm <{encoded(line)}> Tj ET"


def shading(content: Content, colour: tuple[float, float, float], box: Box) -> Dictionary:
    """Return an axial shading of one colour."""
    ends: dict[str, Any] = {end: Array(list(colour)) for end in ("C0", "C1")}
    shade = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Extend=Array([True, True]))
    shade.Coords = Array([box[0], box[1], box[2], box[1]])
    shade.Function = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, **ends)
    return content.pdf.make_indirect(shade)


def checkbox(spot: Spot, *, on: bool) -> None:
    """Add a box to tick, with both appearances, in one of its states."""
    content = spot.over
    drawn = content.form(f"0 G 1 w {path_of(spot.tick())} S", spot.inner())
    state = Name.Yes if on else Name.Off
    field = content.field(spot.inner(), None, FT=Name.Btn, T=b"kotak", V=state, AS=state)
    field.AP = Dictionary(N=Dictionary(Yes=drawn, Off=content.form("", spot.inner())))
