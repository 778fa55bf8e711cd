"""Turns what a page paints into how much work that is, in bytes of operators: each form as often as it is painted.

Nothing is taken for a text, a comment or pixels here: what looks like a name behind which an operator stands counts,
wherever it is. So no reader can be made to paint more than was counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from pikepdf import Array, Dictionary, Name, Object, Stream

from extract.settings import LIMITS
from extract.survey.filters import BrokenError, TooLargeError
from extract.survey.operators import name_of
from extract.survey.page_tree import inherited
from extract.survey.streams import decoded, items

APART = rb"(?<![^\s\0\])>}])%b(?![^\s\0/<>\[\](){}%%])"
PAINT, STATE = re.compile(APART % b"Do"), re.compile(APART % b"gs")
FILL = re.compile(APART % b"(?:scn|SCN)")
MARKED = re.compile(rb"\((?:[^\\()]++|\\[\s\S])*+\)|%[^\r\n]*+|\b(BDC|BMC|EMC)\b")
NEAR = 256  # bytes before an operator among which its name is
BEFORE = re.compile(rb"/([^\s\0/<>\[\](){}%]*)(?:[\s\0]|%[^\r\n]*[\r\n])*+\Z")
FAR = 1e12  # in the place of more
FALLBACK = (0.0, 0.0, 612.0, 792.0)  # points; where a page says no size
SHOWS = (b"Tj", b"TJ", b"'", b'"')  # what shows a piece of text
DEEPEST = 32  # expressions within each other, behind which PDFium looks no further
ANY = None  # in the place of a name that is further away


class Work(NamedTuple):
    """What some operators cost: bytes of operators, bytes of those that draw letters, pixels of pictures, pieces of text."""

    size: int = 0
    letters: int = 0
    pixels: int = 0
    texts: int = 0

    def times(self, count: int) -> Work:
        """Return what doing it so often costs."""
        return Work(*(part * count for part in self))

    def plus(self, other: Work) -> Work:
        """Return what both cost; raises `TooLargeError` where that is more than a page may."""
        total = Work(*(one + more for one, more in zip(self, other, strict=True)))
        if (
            total.size > LIMITS.page_bytes
            or total.letters > LIMITS.letter_bytes
            or total.pixels > LIMITS.painted_pixels
            or total.texts > LIMITS.texts
        ):
            raise TooLargeError
        return total


class _Around(NamedTuple):
    """The resources of some operators, and the number of the object that they are of."""

    resources: Dictionary | None
    owner: tuple[int, int]

    def table(self, category: str) -> Dictionary | None:
        found = self.resources.get(category) if self.resources is not None else None
        return found if isinstance(found, Dictionary) and not isinstance(found, Stream) else None


class Painting:
    """What the pages of one document cost; what has been counted is known. `check` looks at resources, once or more."""

    def __init__(self, check: Callable[[Dictionary], None]) -> None:
        self._check = check
        self._area = 0.0  # of the page, in square points
        self._known: dict[tuple[tuple[int, int], tuple[int, int]], Work] = {}

    def of_page(self, page: Object, data: bytes, resources: Object | None) -> Work:
        """Return what a page's operators and its notes cost. Raises `TooLargeError` for too much, or too deep."""
        around = _Around(None, page.objgen)
        self._area = _area_of(inherited(page, "/MediaBox"))
        if isinstance(resources, Dictionary):
            around = around._replace(resources=resources)
            self._check_all(resources)
        work = self._of_operators(data, around, 0)
        for look in _looks(page):
            work = work.plus(self._of_stream(look, around, 1))
        return work

    def _of_operators(self, data: bytes, around: _Around, depth: int) -> Work:
        if _marked_depth(data) > LIMITS.marks:
            raise TooLargeError
        work = Work().plus(Work(size=len(data), texts=sum(map(data.count, SHOWS))))
        for category, operator in (("/XObject", PAINT), ("/Pattern", FILL), ("/ExtGState", STATE)):
            table = around.table(category)
            painted = _painted(table, category) if table is not None else {}
            if painted:
                for name, count in _named_before(data, operator).items():
                    named = painted.values() if name is ANY else [painted[name]] if name in painted else ()
                    costs = [self._of_painted(value, around, depth + 1) for value in named]
                    most = Work(*(max(parts) for parts in zip(*costs, strict=True))) if costs else Work()
                    work = work.plus(most.times(count))
        glyph = self._of_glyphs(around, depth + 1)
        return work.plus(Work(letters=len(data) * (glyph.size + glyph.letters)))

    def _of_painted(self, value: Stream, around: _Around, depth: int) -> Work:
        check_visibility(value.get("/OC"))
        if value.get("/Subtype") == Name.Image:
            mask = value.get("/SMask")
            masks = pixels_of(mask) if isinstance(mask, Stream) else 0
            return Work(pixels=max(pixels_of(value), masks))
        work = self._of_stream(value, around, depth)
        if "/XStep" not in value:
            return work
        return work.plus(Work(letters=round(min(self._area / _step(value), FAR) * max(work.size, 1))))

    def _of_stream(self, form: Stream, around: _Around, depth: int) -> Work:
        """Return what a form, a pattern's cell or a glyph costs; one without resources takes those around it."""
        if depth > LIMITS.form_depth:
            raise TooLargeError
        inner = self._inside(form, around)
        key = (form.objgen, inner.owner)
        if key not in self._known:
            try:
                work = self._of_operators(decoded(form), inner, depth)
            except BrokenError:
                work = Work()
            self._known[key] = work
        return self._known[key]

    def _inside(self, painted: Object, around: _Around) -> _Around:
        own = painted.get("/Resources")
        if not isinstance(own, Dictionary):
            return around
        self._check_all(own)
        return _Around(own, painted.objgen)

    def _check_all(self, resources: Dictionary) -> None:
        self._check(resources)
        groups = resources.get("/Properties")
        for group in groups.values() if isinstance(groups, Dictionary) else ():
            check_visibility(group)

    def _of_glyphs(self, around: _Around, depth: int) -> Work:
        """Return what the dearest glyph of the fonts costs whose glyphs are drawn by operators."""
        fonts = around.table("/Font")
        glyph = Work()
        for font in fonts.values() if fonts is not None else ():
            if isinstance(font, Dictionary) and font.get("/Subtype") == Name.Type3:
                cost = self._of_font(font, around, depth)
                glyph = Work(*map(max, zip(glyph, cost, strict=True)))
        return glyph

    def _of_font(self, font: Dictionary, around: _Around, depth: int) -> Work:
        inner = self._inside(font, around)
        drawn = font.get("/CharProcs")
        glyphs = drawn.values() if isinstance(drawn, Dictionary) else ()
        costs = [self._of_stream(glyph, inner, depth) for glyph in glyphs if isinstance(glyph, Stream)]
        return Work(*map(max, zip(Work(), *costs, strict=True))) if costs else Work()


def check_visibility(group: Object | None) -> None:
    """Raise `TooLargeError` for a layer about which more is asked than a page has reason for, each time that it is painted."""
    if not isinstance(group, Dictionary):
        return
    groups = group.get("/OCGs")
    asked = len(groups) if isinstance(groups, Array) else 0
    ahead = [(group.get("/VE"), 0)]
    while ahead:
        expression, depth = ahead.pop()
        if isinstance(expression, Array) and depth <= DEEPEST:
            asked += len(expression)
            if asked <= LIMITS.visibility:
                ahead += [(part, depth + 1) for part in items(expression)]
        if asked > LIMITS.visibility:
            raise TooLargeError


def _marked_depth(data: bytes) -> int:
    """Return how many pieces of marked content are within each other, at most; texts and comments are passed over."""
    if data.count(b"BDC") + data.count(b"BMC") <= LIMITS.marks:
        return 0
    depth = deepest = 0
    for found in MARKED.finditer(data):
        if found[1] is not None:
            depth = depth + 1 if found[1] != b"EMC" else max(depth - 1, 0)
            deepest = max(deepest, depth)
    return deepest


def _area_of(box: Object | None) -> float:
    x0, y0, x1, y1 = _numbers(box, FALLBACK)
    return max(abs(x1 - x0) * abs(y1 - y0), 1.0)


def _step(pattern: Stream) -> float:
    """Return how much of a page one cell of a pattern takes, in square points, as far as its own matrix says."""
    a, b, c, d, *_ = _numbers(pattern.get("/Matrix"), (1.0, 0.0, 0.0, 1.0))
    across, down = _numbers(Array([pattern.get("/XStep"), pattern.get("/YStep")]), (0.0, 0.0))
    return max(abs(across * down * (a * d - b * c)), 1 / FAR)


def _numbers(array: Object | None, fallback: tuple[float, ...]) -> tuple[float, ...]:
    """Return the numbers of an array, others in their place where it has too few or anything else."""
    found: list[object] = list(items(array)) if isinstance(array, Array) else []
    numbers = tuple(float(each) for each in found if isinstance(each, int | Decimal))
    return numbers[: len(fallback)] if len(numbers) >= len(fallback) else fallback


def pixels_of(picture: Stream) -> int:
    """Return how many pixels a picture says it has, 0 where it does not say so; raises `TooLargeError` for too many."""
    sides: list[object] = [
        picture.get("/Width", picture.get("/W")),
        picture.get("/Height", picture.get("/H")),
    ]
    across, down = sides
    if not (isinstance(across, int) and isinstance(down, int)):
        return 0
    pixels = max(across, 0) * max(down, 0)
    if pixels > LIMITS.picture_pixels:
        raise TooLargeError
    return pixels


def _painted(table: Dictionary, category: str) -> Mapping[str, Stream]:
    """Return what is painted by the names of a table: forms and pictures, patterns, the groups of masks."""
    found: dict[str, Stream] = {}
    for name, value in table.items():
        painted: object = value
        if category == "/ExtGState":
            mask = value.get("/SMask") if isinstance(value, Dictionary) else None
            painted = mask.get("/G") if isinstance(mask, Dictionary) else None
        if isinstance(painted, Stream):
            found[name] = painted
    return found


def _named_before(data: bytes, operator: re.Pattern[bytes]) -> Counter[str | None]:
    """Count the names behind which an operator stands."""
    names: Counter[str | None] = Counter()
    for found in operator.finditer(data):
        before = data[max(0, found.start() - NEAR) : found.start()]
        slash = before.rfind(b"/")
        name = (BEFORE.match(before, slash) or BEFORE.search(before)) if slash >= 0 else None
        if name is not None:
            names[name_of(name[1]) or ANY] += 1
        elif operator is PAINT or len(before) == NEAR:
            names[ANY] += 1
    return names


def _looks(page: Object) -> Iterator[Stream]:
    """Yield all looks of a page's notes, in every state."""
    notes = page.get("/Annots")
    every = items(notes) if isinstance(notes, Array) else []
    if len(every) > LIMITS.notes:
        raise TooLargeError
    for note in every:
        check_visibility(note.get("/OC") if isinstance(note, Dictionary) else None)
        look = note.get("/AP") if isinstance(note, Dictionary) else None
        look = look.get("/N") if isinstance(look, Dictionary) else None
        if isinstance(look, Stream):
            yield look
        elif isinstance(look, Dictionary):
            yield from (state for state in look.values() if isinstance(state, Stream))
