"""Draws a tick in a cell in the ways that programs and people do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pikepdf import Array, Dictionary, Name

from benchmarks.drawing.pages.content import Content
from benchmarks.drawing.pages.fonts import unnamed
from benchmarks.drawing.pages.frame import Box, Frame
from benchmarks.drawing.pages.tables import TICK

Draw = Callable[[Content, Frame, Box], str]
ANNOTATIONS = frozenset({"ink-annotation", "checkbox", "stamp"})  # placed on the sheet as it is stored
Point = tuple[float, float]


def corners(box: Box) -> tuple[Point, Point, Point]:
    """Return the corners of a tick in the middle of a cell."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return (x - 2.5, y), (x - 1, y - 2.5), (x + 2.5, y + 3)


def _path(frame: Frame, box: Box) -> str:
    start, *rest = corners(box)
    return f"{frame.at(*start)} m " + " ".join(f"{frame.at(*point)} l" for point in rest)


def _strokes(_: Content, frame: Frame, box: Box) -> str:
    return f"q {frame.long(1)} w {_path(frame, box)} S Q"


def _outline(_: Content, frame: Frame, box: Box) -> str:
    (x0, y0), (x1, y1), (x2, y2) = corners(box)
    back = ((x2 - 0.9, y2 + 0.7), (x1, y1 + 2), (x0 + 0.7, y0 + 0.8))
    return f"q 0 g {_path(frame, box)} {' '.join(f'{frame.at(*point)} l' for point in back)} h f Q"


def _stencil(_: Content, frame: Frame, box: Box) -> str:
    """A picture with one bit per dot; its rows run downward on the page whatever the matrix."""
    (x, y), *_rest = corners(box)
    high = frame.long(-5.5 if frame.down else 5.5)
    return f"q 0 g {frame.long(6)} 0 0 {high} {frame.at(x, y - 2.5)} cm BI /W 8 /H 6 /IM true /D [1 0] /F /AHx ID 010204885020> EI Q"


def _dingbat(content: Content, frame: Frame, box: Box) -> str:
    font = content.name("/Font", content.fonts.standard("ZapfDingbats"))
    (x, y), *_ = corners(box)
    return f"BT {font} {frame.long(8)} Tf {frame.text_matrix} {frame.at(x, y - 2.5)} Tm (4) Tj ET"


def _form(content: Content, frame: Frame, box: Box) -> str:
    """A form XObject in the page's own coordinates, drawn under a matrix that takes the frame's back."""
    around = (box[0], box[1], box[2], box[3])
    made = content.form(_strokes(content, Frame(), box), around)
    unit = frame.scale
    down = -unit if frame.down else unit
    return f"q {unit:.6f} 0 0 {down:.6f} {frame.at(0, 0)} cm {content.name('/XObject', made)} Do Q"


def _drawn_font(content: Content, frame: Frame, box: Box) -> str:
    """A Type3 font whose only glyph has a name that says nothing."""
    font = content.name("/Font", content.fonts.drawn(TICK, unnamed))
    (x, y), *_ = corners(box)
    return f"BT {font} {frame.long(7.5)} Tf {frame.text_matrix} {frame.at(x, y - 2.5)} Tm <01> Tj ET"


def _ink(content: Content, _: Frame, box: Box) -> str:
    points = Array([part for point in corners(box) for part in point])
    path = _strokes(content, Frame(), box)
    content.annotate("Ink", _inner(box), path, InkList=Array([points]))
    return ""


def _stamp(content: Content, _: Frame, box: Box) -> str:
    content.annotate("Stamp", _inner(box), _outline(content, Frame(), box))
    return ""


def _checkbox(content: Content, _: Frame, box: Box) -> str:
    inner = _inner(box)
    number = len(content.page.obj.get("/Annots", ()))
    field = content.field(inner, None, FT=Name.Btn, T=f"kotak {number}".encode(), V=Name.Yes, AS=Name.Yes)
    tick = content.form(_strokes(content, Frame(), box), inner)
    field.AP = Dictionary(N=Dictionary(Yes=tick, Off=content.form("", inner)))
    return ""


def _inner(box: Box) -> Box:
    return box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1


MARKS: Mapping[str, Draw] = {
    "strokes": _strokes,
    "outline": _outline,
    "stencil": _stencil,
    "dingbat": _dingbat,
    "form": _form,
    "drawn-font": _drawn_font,
    "ink-annotation": _ink,
    "checkbox": _checkbox,
    "stamp": _stamp,
}
