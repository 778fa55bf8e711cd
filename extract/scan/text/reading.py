"""Turns cells and loose areas of a page into lines of text as its readers agree on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from types import MappingProxyType

from extract.scan.model import Grey, LineReading, PixelBox, Sheet, WordReading
from extract.scan.text.crops import Crop, crop
from extract.scan.text.engine import engine
from extract.scan.text.ink import PageInk, page_ink
from extract.scan.text.lines import InkLine, cell_lines, loose_lines
from extract.scan.text.passed_over import with_unread
from extract.scan.text.rapid import model_path, rapid_reader
from extract.scan.text.reader import LineReader, RawReading
from extract.scan.text.spaces import spaced
from extract.scan.text.strokes import numeral_of_strokes
from extract.scan.text.tesseract import tesseract_reader
from extract.scan.text.words import spoken, with_strokes, words_of

# Signs that look alike in print and that recognisers write either way; the first reader's stay.
ALIKE: Mapping[int, str] = MappingProxyType(
    str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "`": "'", "–": "-", "—": "-", "…": "."})
)
# Strokes are counted where the reader saw nothing but strokes, or was as unsure: of letters that it knows, a has two.
STROKES, UNSURE = frozenset("Il1|!ij.,"), 0.6
TRIM = 0.01  # inches along a cell's edges where remains of its rulings lie


@cache
def available_readers() -> tuple[LineReader, ...]:
    """Return this process's readers, the default one first; empty where no recogniser is installed."""
    first = (rapid_reader(),) if model_path() is not None else ()
    second = tesseract_reader()
    return first if second is None else (*first, second)


def reader_versions(names: Sequence[str] | None = None) -> dict[str, str]:
    """Return the engine, the models and the programs that read lines with their versions.

    `names` are the readers asked, all that are installed by default.
    """
    models = {
        f"rapidocr-{kind}": path.stem for kind in ("det", "rec") if (path := model_path(kind)) is not None
    }
    second = tesseract_reader()
    asked = second is not None and (names is None or second.name in names)
    programs = {second.name: second.version} if second is not None and asked else {}
    return {"rapidocr": version("rapidocr"), engine(): version(engine()), **models, **programs}


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
        A tuple a box, in the order given: its lines from top to bottom, empty for a cell without text. Word and
        line boxes are in pixels of the sheet.
    """
    ink = ink or page_ink(clean, sheet.dpi)
    trim = max(1, round(TRIM * sheet.dpi))
    found = [cell_lines(ink, box, trim) for box in boxes]
    readings = iter(_read(ink, [line for lines in found for line in lines], _chosen(readers)))
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
    read = zip(lines, _read(ink, lines, _chosen(readers)), strict=True)
    return tuple(reading for line, reading in read if _is_print(line, reading))


def _is_print(line: InkLine, reading: LineReading) -> bool:
    """Tell whether a line holds text: signs alone that the detector did not see are dirt."""
    return bool(reading.text) and (line.seen or any(sign.isalnum() for sign in reading.text))


def _chosen(readers: Sequence[LineReader] | None) -> Sequence[LineReader]:
    return available_readers() if readers is None else readers


def _read(ink: PageInk, lines: Sequence[InkLine], readers: Sequence[LineReader]) -> Iterator[LineReading]:
    crops = [crop(ink, line) for line in lines]
    pictures = [each.picture for each in crops]
    raw = [reader.read(pictures) for reader in readers]
    for line, cut, *read in zip(lines, crops, *raw, strict=True):
        first, *rest = (spaced(each, line, cut) for each in read)
        yield _line([with_unread(first, line, cut), *rest], line, cut, ink)


def _line(seen: Sequence[RawReading], line: InkLine, cut: Crop, ink: PageInk) -> LineReading:
    """Return a line as its readers saw it; strokes are counted where it may have no other letters."""
    words = words_of(seen[0], line, cut) if seen else ()
    first = words[0] if words else WordReading("", line.box, 0.0)
    if len(words) < 2 and (first.confidence < UNSURE or set(first.text) <= STROKES):
        counted = numeral_of_strokes(ink, line)
        words = (with_strokes(first, counted),) if counted else words
    text = " ".join(word.text for word in words)
    second = tuple(spoken(seen[1])) if len(seen) > 1 else ()
    return LineReading(
        text=text,
        box=line.box,
        confidence=min((word.confidence for word in words), default=0.0),
        words=words,
        second=second,
        agreed=text.translate(ALIKE) == " ".join(word for word, _ in second).translate(ALIKE)
        if len(seen) > 1
        else None,
    )
