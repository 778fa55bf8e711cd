"""Turns cells and loose areas of a page into lines of text as its readers agree on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.scan.model import Grey, LineReading, PixelBox, Sheet, WordReading
from extract.scan.text.crops import Crop, crop
from extract.scan.text.ink import PageInk, page_ink
from extract.scan.text.lines import InkLine, cell_lines, loose_lines
from extract.scan.text.reader import LineReader, RawReading
from extract.scan.text.registry import available_readers
from extract.scan.text.settings import LINES, WORDS
from extract.scan.text.signs import spaced, with_unread
from extract.scan.text.strokes import numeral_of_strokes
from extract.scan.text.words import spoken, with_strokes, words_of

# Signs that look alike in print and that recognisers write either way; the first reader's stay.
ALIKE = str.maketrans(
    {**dict.fromkeys("“”„", '"'), **dict.fromkeys("‘’`", "'"), "–": "-", "—": "-", "…": "."}
)
UPRIGHT = frozenset("Il1|!ij.,")  # what upright strokes are read as


def read_cells(
    sheet: Sheet,
    boxes: Sequence[PixelBox],
    clean: Grey,
    *,
    readers: Sequence[LineReader] | None = None,
    ink: PageInk | None = None,
) -> list[tuple[LineReading, ...]]:
    """Read the lines of all cells of a page in one batch.

    Args:
        sheet: the page; its resolution is used.
        boxes: the cells, from the middle of a ruling to the middle of the next.
        clean: the page's grey picture with rulings and stamps whitened.
        readers: the recognisers to ask, at most two of them; all that are installed by default.
        ink: the ink of `clean`, where it is known already.

    Returns:
        One tuple per box, in the order given: its lines from top to bottom, empty for a cell without text. Word and line
        boxes are in pixels of the sheet.
    """
    ink = ink or page_ink(clean, sheet.dpi)
    trim = max(1, round(LINES.trim * sheet.dpi))
    found = [cell_lines(ink, box, trim) for box in boxes]
    readings = iter(_read(ink, [line for lines in found for line in lines], readers))
    read = [[(line, next(readings)) for line in lines] for lines in found]
    return [tuple(reading for line, reading in lines if _is_print(line, reading)) for lines in read]


def read_loose(
    sheet: Sheet,
    clean: Grey,
    areas: Sequence[PixelBox],
    *,
    readers: Sequence[LineReader] | None = None,
    ink: PageInk | None = None,
) -> tuple[LineReading, ...]:
    """Read the lines of areas without a grid, from top to bottom, the parts of a row from left to right.

    A row is parted at gaps wider than 1.5 font sizes, as a digital page's rows are. See `read_cells`.
    """
    ink = ink or page_ink(clean, sheet.dpi)
    lines = loose_lines(ink, areas)
    read = zip(lines, _read(ink, lines, readers), strict=True)
    return tuple(reading for line, reading in read if _is_print(line, reading))


def _is_print(line: InkLine, reading: LineReading) -> bool:
    """Tell whether a line holds text: only signs, in a line that the detector did not see, are dirt."""
    return bool(reading.text) and (line.seen or any(sign.isalnum() for sign in reading.text))


def _read(
    ink: PageInk, lines: Sequence[InkLine], readers: Sequence[LineReader] | None
) -> Iterator[LineReading]:
    crops = [crop(ink, line) for line in lines]
    pictures = [each.picture for each in crops]
    raw = [reader.read(pictures) for reader in (available_readers() if readers is None else readers)]
    for line, cut, *read in zip(lines, crops, *raw, strict=True):
        first, *rest = (spaced(each, line, cut) for each in read)
        yield _line([with_unread(first, line, cut), *rest], line, cut, ink)


def _line(seen: Sequence[RawReading], line: InkLine, cut: Crop, ink: PageInk) -> LineReading:
    """Return a line as its readers saw it; strokes are counted where it may have no other letters."""
    words = words_of(seen[0], line, cut)
    first = words[0] if words else WordReading("", line.box, 0.0)
    if len(words) < 2 and (first.confidence < WORDS.unsure or set(first.text) <= UPRIGHT):
        counted = numeral_of_strokes(ink, line)
        words = (with_strokes(first, counted),) if counted else words
    text = " ".join(word.text for word in words)
    second = tuple(spoken(seen[1])) if len(seen) > 1 else ()
    other = " ".join(word for word, _ in second)
    return LineReading(
        text=text,
        box=line.box,
        confidence=min((word.confidence for word in words), default=0.0),
        words=words,
        second=second,
        agreed=text.translate(ALIKE) == other.translate(ALIKE) if len(seen) > 1 else None,
    )
