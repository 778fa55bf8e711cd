"""Printed lines turned into what their places say: where they were seen, whether one in a cell was ended by hand."""

from __future__ import annotations

from collections.abc import Sequence

from extract.types import TextLine
from normalize.settings import LINE_BREAKS
from schema.geometry import BBox
from schema.provenance import Reader, SourceRef


def would_fit(box: BBox, lines: Sequence[TextLine], number: int) -> bool:
    """Tell whether the first word of a line would still have fitted on the line above it, in a cell's box.

    Lines without a place tell nothing: then the answer is no.
    """
    if not 0 < number < len(lines) or any(line.bbox is None for line in lines):
        return False
    boxes = [line.bbox for line in lines if line.bbox is not None]
    padding = min(b.x0 for b in boxes) - box.x0
    above, below = boxes[number - 1], lines[number]
    word = _first_word_width(below)
    letter = above.width / max(1, len(lines[number - 1].text))
    return above.width + word < box.width - 2 * padding - 2 * letter


def word_fits(box: BBox, lines: Sequence[TextLine], number: int) -> bool:
    """Tell whether a line's last word and the next line's first one, as one word, would fit on a line of the cell.

    A word is broken inside only where it is longer than its line. Lines without a place tell nothing.
    """
    one, other = lines[number], lines[number + 1]
    if one.bbox is None or other.bbox is None or one.page != other.page:
        return False
    text = one.text.rstrip()
    last = one.bbox.width * len(text.rsplit(" ", 1)[-1]) / max(1, len(text))
    padding = max(min(one.bbox.x0, other.bbox.x0) - box.x0, 0.0)
    return last + _first_word_width(other) < LINE_BREAKS.room * (box.width - 2 * padding)


def _first_word_width(line: TextLine) -> float:
    text = line.text.strip()
    word = text.split(" ", 1)[0]
    return (line.bbox.width if line.bbox else 0.0) * len(word) / max(1, len(text))


def line_ref(line: TextLine, sha256: str) -> SourceRef:
    """Return the place of a loose line and the reader that saw it."""
    recognised: Reader = "pdf-text" if line.confidence is None else "ocr"
    reader: Reader = "transcript" if line.line is not None else recognised
    return SourceRef(sha256=sha256, page=line.page, bbox=line.bbox, line=line.line, reader=reader)
