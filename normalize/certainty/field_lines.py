"""The cells of a row turned into the recognised lines of each of its fields."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.types import Cell, TextLine
from normalize.draft import Row
from schema.roles import FieldName

NUMERALS: tuple[FieldName, ...] = ("area_no", "component_no")
PARTNER: dict[FieldName, FieldName] = {
    "component_no": "component",
    "component": "component_no",
    "area_no": "area",
    "area": "area_no",
}
_DASHES = ("-", "–", "—")


def lines_of(row: Row, name: FieldName) -> list[TextLine]:
    """Return the lines of a field; a numeral that shares its cell with a name is the first word there."""
    cells = row.cells_of(row.get(name))
    lines = [line for cell in cells for line in cell.lines]
    other = PARTNER.get(name)
    if other is None or not lines or set(row.get(other).refs) != {cell.ref for cell in cells}:
        return lines
    if lines[0].words:
        lines[0] = _parted(lines[0], row.get(name if name in NUMERALS else other).text)
    if lines[0].words and name in NUMERALS:
        return [_part(lines[0], slice(0, 1))]
    if len(lines[0].words) > 1 and row.get(other).text and name not in NUMERALS:
        return [_part(lines[0], slice(1, None)), *lines[1:]]
    return lines


def _parted(line: TextLine, numeral: str) -> TextLine:
    """Return a line whose first word is its numeral alone, where no space was printed or read (`IV.NAMA`)."""
    first = line.words[0]
    found = re.match(rf"(\W*{re.escape(numeral)}[.)/]+)(\w.*)", first.text) if numeral else None
    if found is None:
        return line
    apart = " ".join(found.groups())
    words = tuple(first.replace(text=text) for text in found.groups())
    others = tuple(other.replace(first.text, apart, 1) for other in line.others)
    text = line.text.replace(first.text, apart, 1)
    return line.replace(text=text, words=(*words, *line.words[1:]), others=others)


def _part(line: TextLine, words: slice) -> TextLine:
    """Return some words of a line with what the other reader saw of them, word by word."""
    kept = line.words[words]
    others = tuple(" ".join(other.split(" ")[words]) for other in line.others if other.strip())
    text = " ".join(word.text for word in kept)
    agreed = None if line.agreed is None else all(other == text for other in others)
    return line.replace(text=text, words=kept, others=others, agreed=agreed)


def lacks_a_dash(lines: Sequence[TextLine], cells: Sequence[Cell]) -> bool:
    """Tell whether a list has lines with a dash and one that begins with a capital letter: its dash may be lost.

    A first line that ends with a colon introduces the list; a line whose first word did not fit on the line before
    continues that line.
    """
    dashed = [line.text.startswith(_DASHES) for line in lines]
    if not any(dashed):
        return False
    limits = [_right_limit(cell) for cell in cells for _ in cell.lines]
    bare = [n for n, line in enumerate(lines) if not dashed[n] and line.text[:1].isupper()]
    introduced = bare[:1] == [0] and lines[0].text.endswith(":")
    wrapped = sum(n > 0 and _had_no_room(lines[n], lines[n - 1], limits[n - 1 : n]) for n in bare)
    return len(bare) > introduced + wrapped


def _right_limit(cell: Cell) -> float | None:
    """Return how far to the right a cell's text may reach: as far from its edge as it begins from the other."""
    box, starts = cell.ref.bbox, [line.bbox.x0 for line in cell.lines if line.bbox]
    return box.x1 - (min(starts) - box.x0) if box and starts else None


def _had_no_room(line: TextLine, above: TextLine, limit: Sequence[float | None]) -> bool:
    """Tell whether a line's first word would not have fitted on the line above it."""
    first = line.words[0].bbox if line.words else None
    if first is None or above.bbox is None or not limit or limit[0] is None:
        return False
    return above.bbox.x1 + (first.x1 - first.x0) > limit[0]
