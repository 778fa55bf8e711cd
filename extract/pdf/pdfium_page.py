"""One page opened with PDFium: its objects, its characters with their places, and its views."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium

from extract.pdf import pdfium_calls as calls
from extract.pdf.glyphs import UNKNOWN, printed_text
from extract.pdf.seam import Char, Ink, PageNotReadableError
from extract.pdf.view import PageView, Pixels

MAX_OBJECTS = 400_000  # objects of one page
MAX_DEPTH = 30  # forms in forms
LARGEST = 6.0  # pixels a point: print of 2 points is drawn 12 pixels high
MAX_PIXELS = 40_000_000  # a larger page is drawn more coarsely
SCALE = 2.0  # pixels a point: the shorter stroke of a comma in 8-point print is a pixel wide
FINE_PRINT = 6.0  # points; where most print is smaller the page is drawn larger in proportion
ABOVE, BELOW = 0.79, 0.21  # of the size: a glyph's box above and below its baseline
LEVEL = 5.0  # degrees; text that leaves the level and the upright by more is slanted
BOLD_NAMES = ("bold", "black", "heavy")
REPLACEMENT = "ActualText"  # the key of a mark that says another text than its glyphs show
HYPHENS = {0x02, 0xFFFE}  # what PDFium gives for a hyphen at a line's end
NO_CHARACTER = {0x00, 0xFFFD, 0xFFFF}

Affine = tuple[float, float, float, float, float, float]
IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class TextChar(NamedTuple):
    """A character and the address of the text object that draws it."""

    char: Char
    source: int


class _Style(NamedTuple):
    """What the characters of a text object have in common; `origin` is a place on its baseline."""

    font: str
    bold: bool
    size: float
    turn: int
    slanted: bool
    origin: tuple[float, float]


class PdfiumPage:
    """A page with its comments and form fields made part of its content, as they are drawn on a screen.

    Points have their origin at the top left of the page as a reader sees it. Raises `PageNotReadableError` where
    PDFium does not load the page or it holds more than 400,000 objects. Use it in a `with` statement.
    """

    def __init__(self, document: pypdfium2.PdfDocument, number: int) -> None:
        self._document, self._number = document, number
        self._page = _flattened(document, number)
        self._address = calls.address(self._page.raw)
        self._left, self._bottom, self._right, self._top = map(float, self._page.get_bbox())
        self._rotation = int(self._page.get_rotation())
        self.width, self.height = map(float, self._page.get_size())
        self._fonts: dict[int, tuple[str, bool]] = {}
        self.fonts: dict[int, int] = {}  # of each text object that has characters: the address of its font
        self._texts: list[int] = []
        self._scale = SCALE
        self.pictures: list[Ink] = []
        try:
            self._survey()
        except PageNotReadableError:
            self._page.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self._page.close()

    def _survey(self) -> None:
        for count, (kind, item, matrix) in enumerate(_objects(self._address)):
            if count > MAX_OBJECTS:
                raise PageNotReadableError(
                    reason_id="isi halaman terlalu padat", reason_en="it holds too many objects"
                )
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._texts.append(item)
                _drop_replacement(item)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.pictures.append(Ink(*self._placed_box(_bounds(item, matrix))))

    # ------------------------------------------------------------------------------- characters

    def chars(self) -> list[TextChar]:
        """Return the page's characters in the order in which they are drawn, seen or not."""
        text = self._page.get_textpage()
        try:
            return self._read_chars(calls.address(text.raw), text.count_chars())
        finally:
            text.close()

    def _read_chars(self, text: int, count: int) -> list[TextChar]:
        buffer = (ctypes.c_float * 4 * count)()
        start = ctypes.addressof(buffer)
        sources, codes = [0] * count, [0] * count
        for index in range(count):
            source = calls.char_object(text, index)
            if source:  # what PDFium adds by itself, spaces and line ends, belongs to no object
                sources[index] = source
                codes[index] = calls.char_code(text, index)
                calls.char_box(text, index, start + 16 * index)
        boxes = self._placed_boxes(
            _parted_ligatures(np.array(buffer, dtype=np.float64).reshape(-1, 4), sources)
        )
        styles: dict[int, _Style] = {}
        found: list[TextChar] = []
        for index, (source, code, box) in enumerate(zip(sources, codes, boxes.tolist(), strict=True)):
            if not source:
                continue
            style = styles.get(source)
            if style is None:
                style = styles[source] = self._style(text, index, source)
            printed = self._printed(text, index, code, style.font)
            if printed is not None:
                found.append(TextChar(self._char(printed, box, style), source))
        return [item for item in found if self._is_on_page(item.char)]

    def _printed(self, text: int, index: int, code: int, font: str) -> tuple[str, bool] | None:
        unmapped = (
            calls.char_unmapped(text, index) == 1
        )  # asked of each: a font may know one of two like glyphs
        if code in HYPHENS and not unmapped:
            return "-", True
        if code in NO_CHARACTER:
            return UNKNOWN, False
        if code < ord(" ") and not unmapped:
            return (" ", True) if code == ord("\t") else None
        shown, known = printed_text(chr(code), font)
        return (UNKNOWN, False) if unmapped and shown == chr(code) else (shown, known)

    def _char(self, printed: tuple[str, bool], box: tuple[float, float, float, float], style: _Style) -> Char:
        x0, top, x1, bottom = box
        x, y = style.origin
        above, below = ABOVE * style.size, BELOW * style.size
        if style.slanted:
            x, y = x0, bottom
        elif style.turn == 0:
            x, top, bottom = x0, y - above, y + below
        elif style.turn == 180:
            x, top, bottom = x1, y - below, y + above
        elif style.turn == 90:
            y, x0, x1 = bottom, x - above, x + below
        else:
            y, x0, x1 = top, x - below, x + above
        return Char(
            printed[0],
            x0,
            top,
            x1,
            bottom,
            x,
            y,
            style.size,
            style.turn,
            style.bold,
            printed[1],
            style.slanted,
        )

    def _style(self, text: int, index: int, source: int) -> _Style:
        matrix, x, y = (ctypes.c_float * 6)(), ctypes.c_double(), ctypes.c_double()
        calls.char_matrix(text, index, ctypes.addressof(matrix))
        calls.char_origin(text, index, ctypes.addressof(x), ctypes.addressof(y))
        size = float(calls.char_size(text, index))
        a, b, c, d = (float(part) for part in matrix[:4])
        across = math.hypot(c, d) or 1.0
        address = self.fonts[source] = calls.text_font(source)
        font, bold = self._font(address)
        degrees = math.degrees(math.atan2(b * size, a * size)) - self._rotation
        turn = round(degrees / 90) * 90
        return _Style(
            font,
            bold,
            abs(size) * across,
            turn % 360,
            abs(degrees - turn) > LEVEL,
            self._placed(x.value, y.value),
        )

    def _font(self, font: int) -> tuple[str, bool]:
        known = self._fonts.get(font)
        if known is None:
            name = _font_name(font)
            known = self._fonts[font] = name, any(part in name.lower() for part in BOLD_NAMES)
        return known

    def _is_on_page(self, char: Char) -> bool:
        x, y = char.x0 + char.x1, char.top + char.bottom
        return 0 <= x <= 2 * self.width and 0 <= y <= 2 * self.height

    # ------------------------------------------------------------------------------------ places

    def _placed(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the page's own space on the page as a reader sees it."""
        if self._rotation == 90:
            return y - self._bottom, x - self._left
        if self._rotation == 180:
            return self._right - x, y - self._bottom
        if self._rotation == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def _placed_box(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        (x0, y0), (x1, y1) = self._placed(box[0], box[1]), self._placed(box[2], box[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _placed_boxes(self, boxes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return N boxes (left, top, right, bottom of the page's own space) as x0, top, x1, bottom."""
        xs, ys = boxes[:, [0, 2]], boxes[:, [1, 3]]
        placed = {
            0: (xs - self._left, self._top - ys),
            90: (ys - self._bottom, xs - self._left),
            180: (self._right - xs, ys - self._bottom),
            270: (self._top - ys, self._right - xs),
        }
        x, y = placed[self._rotation]
        return np.stack([x.min(1), y.min(1), x.max(1), y.max(1)], axis=1)

    # ------------------------------------------------------------------------------------- views

    def view(self, print_size: float) -> PageView:
        """Draw the page whole and without its text; `print_size` is that of its smaller print in points."""
        scale = SCALE * max(1.0, FINE_PRINT / max(print_size, 0.5))
        scale = min(scale, LARGEST, (MAX_PIXELS / max(self.width * self.height, 1.0)) ** 0.5)
        self._scale = scale
        whole = self._drawn(scale)
        with self._without(self._texts):
            drawing = self._drawn(scale) if self._texts else whole
        return PageView(whole, drawing, (self.width, self.height), self._reopened_colours)

    def view_of(self, source: int, view: PageView) -> PageView:
        """Return a view of the page in which the ink of one text object alone counts as text."""
        return self.view_of_all([source], view)

    def view_of_all(self, sources: Iterable[int], view: PageView) -> PageView:
        """Return a view of the page in which the ink of some text objects alone counts as text."""
        with self._without(sources):
            bare = self._drawn(self._scale)
        return PageView(view.whole, bare, (self.width, self.height), self._reopened_colours)

    def _reopened_colours(self, scale: float) -> Pixels:
        """Return the page without its text in colour (H x W x 3: red, green, blue), this object closed or not."""
        with PdfiumPage(self._document, self._number) as page, page._without(page._texts):
            return page._drawn(scale, grey=False)

    @contextmanager
    def _without(self, items: Iterable[int]) -> Iterator[None]:
        chosen = list(items)
        for item in chosen:
            calls.set_active(item, 0)
        try:
            yield
        finally:
            for item in chosen:
                calls.set_active(item, 1)

    def _drawn(self, scale: float, *, grey: bool = True) -> Pixels:
        bitmap = self._page.render(
            scale=scale, grayscale=grey, rev_byteorder=not grey, draw_annots=False, may_draw_forms=False
        )
        pixels = np.array(bitmap.to_numpy(), dtype=np.uint8)
        return pixels.reshape(pixels.shape[:2]) if grey else pixels


def _flattened(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """Open a page; what its annotations draw on a screen becomes part of its content, in memory only."""
    try:
        page = document[number - 1]
        count = pdfium.FPDFPage_GetAnnotCount(page.raw)
        if count:
            _remove_hidden(page, count)
            pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise PageNotReadableError(
            reason_id="halaman tidak dapat dibuka", reason_en="it does not open"
        ) from error
    return page


def _remove_hidden(page: pypdfium2.PdfPage, count: int) -> None:
    """Take away the annotations that no screen shows, some of which flattening would draw, and those of signatures.

    What a signature's field draws is the stamp of whoever signed; `lampiran.authenticity` reads the signature itself.
    """
    unseen = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
    for index in reversed(range(count)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        flags, is_signature = pdfium.FPDFAnnot_GetFlags(annotation), _is_signature(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if flags & unseen or is_signature:
            pdfium.FPDFPage_RemoveAnnot(page.raw, index)


def _is_signature(annotation: pdfium.FPDF_ANNOTATION) -> bool:
    buffer = (ctypes.c_ushort * 8)()
    pdfium.FPDFAnnot_GetStringValue(annotation, b"FT", buffer, ctypes.sizeof(buffer))
    return bytes(buffer).decode("utf-16-le").rstrip("\0") == "Sig"


def _objects(page: int) -> Iterator[tuple[int, int, Affine]]:
    """Yield kind, address and the matrix of the form it lies in, of each object that is no form, in drawing order."""
    stack: list[Iterator[tuple[int, Affine, int]]] = [
        ((calls.page_object(page, index), IDENTITY, 0) for index in range(calls.count_objects(page)))
    ]
    while stack:
        following = next(stack[-1], None)
        if following is None:
            stack.pop()
            continue
        item, matrix, depth = following
        kind = calls.object_type(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < MAX_DEPTH:
                stack.append(_form_objects(item, _times(_matrix(item), matrix), depth + 1))
        else:
            yield kind, item, matrix


def _form_objects(form: int, matrix: Affine, depth: int) -> Iterator[tuple[int, Affine, int]]:
    return (
        (calls.form_object(form, index), matrix, depth)
        for index in range(max(calls.count_form_objects(form), 0))
    )


def _parted_ligatures(boxes: npt.NDArray[np.float64], sources: Sequence[int]) -> npt.NDArray[np.float64]:
    """Give each letter of a ligature its part of the glyph's box; PDFium gives all of them the whole box."""
    same = (boxes[1:] == boxes[:-1]).all(axis=1) & (np.diff(np.array(sources, dtype=np.int64)) == 0)
    same &= boxes[1:, 2] != boxes[1:, 0]
    for index in np.flatnonzero(same & ~np.concatenate([[False], same[:-1]])):
        last = int(index) + 1
        while last < len(same) and same[last]:
            last += 1
        box = boxes[index].copy()
        count = last - int(index) + 1
        for part in range(count):
            boxes[index + part, 0] = box[0] + (box[2] - box[0]) * part / count
            boxes[index + part, 2] = box[0] + (box[2] - box[0]) * (part + 1) / count
    return boxes


def _matrix(item: int) -> Affine:
    values = (ctypes.c_float * 6)()
    if not calls.object_matrix(item, ctypes.addressof(values)):
        return IDENTITY
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def _times(inner: Affine, outer: Affine) -> Affine:
    """Return the matrix that does `inner` first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _bounds(item: int, matrix: Affine) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of an object in the page's own space."""
    edges = [ctypes.c_float() for _ in range(4)]
    if not calls.object_bounds(item, *(ctypes.addressof(edge) for edge in edges)):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (float(edge.value) for edge in edges)
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _drop_replacement(item: int) -> None:
    """Take away the marks by which a text object says another text than its glyphs show."""
    for index in reversed(range(max(calls.count_marks(item), 0))):
        mark = calls.object_mark(item, index)
        if any(_key(mark, place) == REPLACEMENT for place in range(max(calls.count_mark_values(mark), 0))):
            calls.remove_mark(item, mark)


def _key(mark: int, place: int) -> str:
    buffer, length = ctypes.create_string_buffer(64), ctypes.c_ulong()
    calls.mark_key(mark, place, ctypes.addressof(buffer), 64, ctypes.addressof(length))
    return buffer.raw[: length.value].decode("utf-16-le", "ignore").rstrip("\0")


def _font_name(font: int) -> str:
    size = calls.font_name(font, None, 0) if font else 0
    if size <= 1:
        return ""
    buffer = ctypes.create_string_buffer(size)
    calls.font_name(font, ctypes.addressof(buffer), size)
    return buffer.value.decode("latin-1")
