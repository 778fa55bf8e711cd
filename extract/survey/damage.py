"""Turns a page's objects into the size of its operators and what of it is lost, without drawing it.

One rule for all kinds of objects: whatever a page's operators name, and whatever that leads to, must be there, be
of its type and unpack. What no operator names may be missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple, TypeGuard

from pikepdf import Array, Dictionary, Name, Object, Stream

from extract.settings import LIMITS
from extract.survey.code_ranges import codes_of, widths_of
from extract.survey.filters import BrokenError, TooLargeError
from extract.survey.objects import NULS, is_lost
from extract.survey.operators import operators_of
from extract.survey.page_tree import inherited
from extract.survey.painting import Painting, pixels_of
from extract.survey.settings import OBJECTS
from extract.survey.streams import decoded, is_whole, items
from extract.types import QUARTER_TURN

CORNERS = 4
CODES = {"/ToUnicode", "/Encoding", "/UseCMap"}  # streams that say what codes are
WIDTHS = {"/W": 3, "/W2": 5}  # numbers of a range of glyphs with its widths
AT_HAND = ("/Font", "/XObject", "/Pattern", "/ExtGState", "/ColorSpace", "/Shading")
HIDDEN = 2  # the flag of an annotation that is not shown
UNPAINTED = {"/Link", "/Popup"}  # annotations without ink of their own


class Loss(IntEnum):
    """What of a page is lost, the gravest first; `lost-page`, ... in `errors.toml` say it in words."""

    PAGE, CONTENT, OPERATORS, FORM, FONT, PICTURE, NOTE, SIZE, LOOK = range(9)


# Of each operator: where its name is looked up, and what is lost with it.
CATEGORIES: Mapping[str, tuple[str, Loss]] = {
    "Do": ("/XObject", Loss.FORM),
    "Tf": ("/Font", Loss.FONT),
    "gs": ("/ExtGState", Loss.LOOK),
    **dict.fromkeys(("cs", "CS"), ("/ColorSpace", Loss.LOOK)),
    **dict.fromkeys(("scn", "SCN"), ("/Pattern", Loss.LOOK)),
    "sh": ("/Shading", Loss.LOOK),
}
# What these name must be there; all viewers pass over a state or colour without an entry.
NEEDED = {"Do", "Tf"}
FREELY_NAMED = {"/CharProcs", "/Colorants"}  # the names of their entries are any
TYPES: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode"), Stream),
    **dict.fromkeys(("/FontDescriptor", "/CharProcs"), Dictionary),
    **dict.fromkeys(("/DescendantFonts", "/Differences", "/Widths", "/W"), Array),
    "/Encoding": (Stream, Name, Dictionary),
}
REQUIRED = {"/FontDescriptor": "/FontName"}  # an entry that each dictionary of the kind has
STAND_INS = (Name("/Identity-H"), Name("/Identity-V"))  # names that some writers put in place of a stream


class PageStructure(NamedTuple):
    """The bytes of a page's operators (`None`: more than are read) and the gravest of what is lost of it."""

    size: int | None
    loss: Loss | None


class Inspection:
    """What is lost of the pages of one document; `guessed` are the numbers of objects that qpdf could not read as written."""

    def __init__(self, guessed: Iterable[int]) -> None:
        self._guessed = frozenset(guessed)
        self._forms: dict[tuple[int, int], frozenset[Loss]] = {}
        self._sound: dict[tuple[int, int], bool | None] = {}  # `None`: more than a reader may be given
        self._functions: dict[tuple[int, int], int] = {}
        self._checked: set[tuple[int, int]] = set()
        self._painting = Painting(self._check)

    def of_page(self, page: Object) -> PageStructure:
        """Look at a page; forms are counted as often as they are painted."""
        losses = {Loss.CONTENT} if self._is_guessed(page) else set()
        losses |= {Loss.SIZE} if {"/MediaBox", "/CropBox"} & set(faulty_entries(page)) else set()
        try:
            data = b"\n".join(self._streams(page, losses))
            resources = inherited(page, "/Resources")
            size = self._painting.of_page(page, data, resources).size
            losses |= self._lost(data, resources, 0)
            losses.update(self._of_annotations(page))
        except TooLargeError:
            return PageStructure(None, None)
        return PageStructure(size, min(losses, default=None))

    def _check(self, resources: Dictionary) -> None:
        """Raise `TooLargeError` where anything at hand is more than a reader may be given, whether it is named or not."""
        if resources.objgen in self._checked:
            return
        if resources.objgen != (0, 0):
            self._checked.add(resources.objgen)
        for category in AT_HAND:
            table = resources.get(category)
            for value in table.values() if isinstance(table, Dictionary) else ():
                self._is_sound(value, "", 0)

    def _streams(self, page: Object, losses: set[Loss]) -> Iterator[bytes]:
        """Yield the page's operators; a stream that is not there, something else, or broken is a loss."""
        contents: Object | None = page.get("/Contents")
        if contents is None:
            return
        size = 0
        for stream in items(contents) if isinstance(contents, Array) else [contents]:
            if not isinstance(stream, Stream) or self._is_guessed(stream):
                losses.add(Loss.CONTENT)
            if isinstance(stream, Stream):
                try:
                    data = decoded(stream)
                except BrokenError:
                    losses.add(Loss.CONTENT)
                    continue
                size += len(data) + 1
                if size > LIMITS.page_bytes:
                    raise TooLargeError
                yield data

    def _lost(self, data: bytes, resources: Object | None, depth: int) -> frozenset[Loss]:
        operators = operators_of(data)
        ends = depth > 0 or operators.restored  # a form that leaves its state open harms nothing else
        losses = set() if operators.whole and ends else {Loss.OPERATORS}
        for operator, name in operators.names:
            category, loss = CATEGORIES[operator]
            value = _named(resources, category, name)
            if value is None:
                losses |= {loss} if operator in NEEDED else set()
            elif operator == "Do" and isinstance(value, Stream) and value.get("/Subtype") == Name.Form:
                losses |= self._form(value, resources, depth + 1)
            elif not self._is_fit(operator, value):
                losses.add(Loss.PICTURE if isinstance(value, Stream) and operator == "Do" else loss)
        return frozenset(losses)

    def _is_fit(self, operator: str, value: Object) -> bool:
        if operator == "Do" and not isinstance(value, Stream):
            return False
        if operator == "Tf" and not (isinstance(value, Dictionary) and _is_font(value)):
            return False
        return self._is_sound(value, "", 0)

    def _form(self, form: Stream, resources: Object | None, depth: int) -> frozenset[Loss]:
        """Return what is lost of a form, whatever it is painted by; a form without resources takes those around it."""
        if depth > LIMITS.form_depth:
            raise TooLargeError
        if form.objgen not in self._forms:
            try:
                losses = self._lost(decoded(form), form.get("/Resources", resources), depth)
            except BrokenError:
                losses = frozenset({Loss.FORM})
            if self._is_guessed(form) or not self._entries_sound(form, "", 0):
                losses |= {Loss.FORM}
            self._forms[form.objgen] = losses
        return self._forms[form.objgen]

    def _of_annotations(self, page: Object) -> Iterator[Loss]:
        """Yield what is lost of the annotations that are painted on a page: fields, notes, stamps."""
        annotations = page.get("/Annots")
        if is_lost(annotations):
            yield Loss.NOTE
        for note in items(annotations) if isinstance(annotations, Array) else ():
            look = _appearance(note) if isinstance(note, Dictionary) and _is_shown(note) else None
            if isinstance(look, Stream):
                yield from self._form(look, None, 1)
            elif is_lost(note) or is_lost(look):
                yield Loss.NOTE

    def _is_guessed(self, value: Object) -> bool:
        return value.objgen[0] in self._guessed

    def _is_sound(self, value: object, key: str, depth: int) -> bool:
        """Tell whether a value and all that it leads to is there, of its type and unpacks."""
        if not isinstance(value, Object):
            return key not in TYPES
        if is_lost(value) or not (isinstance(value, TYPES.get(key, Object)) or value in STAND_INS):
            return False
        if key in REQUIRED and isinstance(value, Dictionary) and REQUIRED[key] not in value:
            return False
        if key in WIDTHS and isinstance(value, Array) and widths_of(value, WIDTHS[key]) > LIMITS.codes:
            raise TooLargeError
        if key in OBJECTS.numbers or depth > LIMITS.object_depth:
            return True
        if isinstance(value, Array):
            return all(self._is_sound(item, "", depth + 1) for item in items(value))
        return not isinstance(value, Dictionary | Stream) or self._leads_to_sound(value, key, depth)

    def _leads_to_sound(self, value: Dictionary | Stream, key: str, depth: int) -> bool:
        """Tell the same of a dictionary or stream; one with a number is looked at once."""
        if value.objgen == (0, 0):
            return self._entries_sound(value, key, depth)
        if "/Functions" in value and self._functions_in(value, depth) > LIMITS.functions:
            raise TooLargeError
        if value.objgen not in self._sound:
            self._sound[value.objgen] = True  # what leads back to itself is not damage
            try:
                sound = not self._is_guessed(value) and self._entries_sound(value, key, depth)
                self._sound[value.objgen] = sound and (not isinstance(value, Stream) or _unpacks(value, key))
            except TooLargeError:
                self._sound[value.objgen] = None
        found = self._sound[value.objgen]
        if found is None:
            raise TooLargeError
        return found

    def _functions_in(self, value: Object, depth: int) -> int:
        """Return of how many functions one is stitched, each as often as another one names it."""
        if value.objgen not in self._functions:
            self._functions[value.objgen] = 1  # one that leads back to itself is stitched of nothing
            parts = value.get("/Functions")
            every = items(parts) if isinstance(parts, Array) else []
            inner = (each for each in every if isinstance(each, Dictionary) and "/Functions" in each)
            if depth > LIMITS.functions_deep:
                raise TooLargeError
            self._functions[value.objgen] = len(every) + sum(
                self._functions_in(each, depth + 1) for each in inner
            )
        return self._functions[value.objgen]

    def _entries_sound(self, value: Object, key: str, depth: int) -> bool:
        free = key in FREELY_NAMED
        return all(
            self._is_sound(entry, "" if free else name, depth + 1)
            for name, entry in value.items()
            if free or name not in OBJECTS.aside
        )


def _is_font(value: Dictionary) -> bool:
    """Tell whether a dictionary is a font that has a width for each letter that it says it has."""
    entries: list[object] = [value.get(key) for key in ("/FirstChar", "/LastChar", "/Widths")]
    first, last, widths = entries
    if isinstance(first, int) and isinstance(last, int) and isinstance(widths, Array):
        return "/Subtype" in value and len(widths) > last - first
    return "/Subtype" in value


def _unpacks(stream: Stream, key: str) -> bool:
    """Tell whether a stream unpacks, and to text where it holds the letters of a font: zeroed bytes are not text.

    Raises `TooLargeError` for more than a reader may be given: bytes, pixels, ranges of codes.
    """
    if key not in CODES:
        pixels_of(stream)
        return is_whole(stream)
    try:
        text = decoded(stream)
    except BrokenError:
        return False
    if codes_of(text) > LIMITS.codes:
        raise TooLargeError
    return key != "/ToUnicode" or NULS not in text


def faulty_entries(page: Object) -> list[str]:
    """Return those of /Rotate, /MediaBox and /CropBox of a page that cannot be used; only a /MediaBox must be there."""
    entries: list[object] = [inherited(page, key) for key in ("/Rotate", "/MediaBox", "/CropBox")]
    rotation, media, crop = entries
    fit = {
        "/Rotate": rotation is None or (_is_number(rotation) and rotation % QUARTER_TURN == 0),
        "/MediaBox": _is_box(media),
        "/CropBox": crop is None or _is_box(crop),
    }
    return [key for key, is_fit in fit.items() if not is_fit]


def _is_box(value: object) -> bool:
    if not isinstance(value, Array) or len(value) < CORNERS:
        return False
    x0, y0, x1, y1 = (value[index] for index in range(CORNERS))
    return all(map(_is_number, (x0, y0, x1, y1))) and x0 != x1 and y0 != y1


def _is_number(value: object) -> TypeGuard[int | Decimal]:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _named(resources: Object | None, category: str, name: str) -> Object | None:
    """Return what a name refers to, `None` where there is nothing; where its table is lost, that mark."""
    for key in (category, name):
        if not isinstance(resources, Dictionary):
            return resources
        resources = resources.get(key)
    return resources


def _is_shown(note: Object) -> bool:
    flags: object = note.get("/F")
    hidden = isinstance(flags, int) and bool(flags & HIDDEN)
    return not hidden and str(note.get("/Subtype")) not in UNPAINTED


def _appearance(note: Object) -> Object | None:
    """Return what is painted of an annotation: of several states the one that it is in."""
    look = note.get("/AP")
    look = look.get("/N") if isinstance(look, Dictionary) else look
    if isinstance(look, Dictionary):
        state = note.get("/AS")
        return look.get(str(state)) if isinstance(state, Name) else None
    return look
