"""Loose text lines into clean lines: markup, bullets and running footers come off, white space is noted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from rapidfuzz.distance import Levenshtein

from extract.types import TextLine
from normalize.preamble.settings import LINES
from normalize.preamble.text import strip_bullet, strip_markup
from normalize.preamble.values import Line
from normalize.text import squeeze
from schema.geometry import BBox
from schema.language import decree_words, either

_URL = re.compile(r"^(https?://)?(www\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?$", re.IGNORECASE)
_PARTED = re.compile(r"\s*\.\s*")  # a recogniser puts a space beside the dots of an address
_PAGE_NUMBER = re.compile(r"^[-–—\s]*\d{1,3}[-–—\s]*$")
_WORDS = {
    name: either(words) for name, words in {**decree_words("naming"), **decree_words("closing")}.items()
}
_LABEL = re.compile(
    rf"^(?:\w+\s+{_WORDS['at']}|(?:{_WORDS['on']}\s+)?{_WORDS['date']}\.?|{_WORDS['number']})\s*:?$",
    re.IGNORECASE,
)


def furniture(lines: Sequence[TextLine]) -> frozenset[int]:
    """Return the places of running headers and footers: page numbers and the addresses of sites.

    A bare figure on a page is a page number only where nothing else is on its visual line.
    """
    found = set()
    for index, line in enumerate(lines):
        text = line.text.strip()
        number = bool(_PAGE_NUMBER.match(text))
        if number and line.bbox is not None and text.isdigit():
            number = not any(_same_row(line, other) for other in _neighbours(lines, index))
        address = text if line.confidence is None else _PARTED.sub(".", text)
        if text and (number or _URL.match(address)):
            found.add(index)
    return frozenset(found) | _misread_addresses(lines, found)


def _misread_addresses(lines: Sequence[TextLine], known: Iterable[int]) -> frozenset[int]:
    """Return the recognised lines that are a letter or two off an address on another page."""
    addresses = {(lines[n].page, letters) for n in known if (letters := _letters(lines[n].text)).isalpha()}
    return frozenset(
        n
        for n, line in enumerate(lines)
        if line.confidence is not None and any(_is_same_address(line, *each) for each in addresses)
    )


def _is_same_address(line: TextLine, page: int | None, letters: str) -> bool:
    return line.page != page and Levenshtein.distance(_letters(line.text), letters, score_cutoff=2) <= 2


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _neighbours(lines: Sequence[TextLine], index: int) -> Sequence[TextLine]:
    return [*lines[max(0, index - LINES.near) : index], *lines[index + 1 : index + 1 + LINES.near]]


def clean_lines(lines: Sequence[TextLine], *, digital: bool) -> tuple[Line, ...]:
    """Clean every line that holds text; running footers are left out.

    Markup and bullets come off only where `digital` is false: what a digital page shows was printed so.
    """
    usual = _usual_distance(lines)
    footers = furniture(lines)
    result: list[Line] = []
    previous: TextLine | None = None
    for index, line in enumerate(lines):
        if not line.text.strip() or index in footers:
            continue
        cleaned = _clean(line, index, digital=digital)
        if cleaned.text:
            result.append(replace(cleaned, gap=_gap(previous, line, usual)))
            previous = line
    return tuple(result)


def _clean(line: TextLine, index: int, *, digital: bool) -> Line:
    """Return one line with its residue taken off and what was taken off noted."""
    if digital:
        return Line(text=squeeze(line.text), origins=(line,), indices=(index,))
    plain = strip_markup(line.text)
    text = squeeze(strip_bullet(plain))
    bullet = strip_bullet(plain) != plain
    untidy = bullet or plain.rstrip() != squeeze(plain)
    return Line(
        text=text, origins=(line,), indices=(index,), bullet=bullet, markup=plain != line.text, untidy=untidy
    )


def _box(line: TextLine) -> BBox | None:
    """Return the place of a line, of a recognised one that of its first word: a crooked line's own box is too high."""
    return line.words[0].bbox if line.words else line.bbox


def _usual_distance(lines: Sequence[TextLine]) -> float:
    """Return the median vertical distance between consecutive lines of a page, in points."""
    placed = [(line.page, box) for line in lines if line.text.strip() and (box := _box(line)) is not None]
    distances = [
        b.top - a.bottom
        for (page, a), (other, b) in pairwise(placed)
        if page == other and b.top >= a.bottom - a.height / 2
    ]
    return median(distances) if distances else 0.0


def _gap(previous: TextLine | None, line: TextLine, usual: float) -> bool:
    if previous is None:
        return True
    if line.line is not None and previous.line is not None:
        return line.line - previous.line > 1
    here, above = _box(line), _box(previous)
    if here is None or above is None or line.page != previous.page:
        return False
    return here.top - above.bottom > usual + LINES.gap * here.height


def merge_rows(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Join pieces on one visual line of a page into one line, from left to right."""
    return tuple(_merged(row) for row in _rows(lines))


def join_values(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Join a label and its value where a tab set them apart (`Ditetapkan di` and `: Contoh` or `Contoh`).

    Other pieces of one visual line stay apart: they may belong to blocks side by side.
    """
    joined: list[Line] = []
    for row in _rows(lines):
        first, *others = sorted(row, key=lambda line: line.x0 or 0.0)
        joined.append(first)
        for piece in others:
            if piece.text.startswith(":") or _LABEL.match(joined[-1].text):
                joined[-1] = _merged((joined[-1], piece))
            else:
                joined.append(piece)
    return tuple(joined)


def _rows(lines: Iterable[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and _same_row(rows[-1][0].origins[0], line.origins[0]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _same_row(a: TextLine, b: TextLine) -> bool:
    box_a, box_b = a.bbox, b.bbox
    if box_a is None or box_b is None or a.page != b.page:
        return False
    if a.words and b.words:
        return _is_same_slope_row(a, b)
    overlap = min(box_a.bottom, box_b.bottom) - max(box_a.top, box_b.top)
    return overlap > LINES.same_row * min(box_a.height, box_b.height)


def _is_same_slope_row(a: TextLine, b: TextLine) -> bool:
    """Tell whether two recognised lines are in one row of a page that may be skewed, as the longer of them shows."""
    slope = max((_slope(a), _slope(b)), key=lambda found: found[1])[0]
    one, other = a.words[0].bbox, b.words[0].bbox
    off = _middle(other) - _middle(one) - slope * (other.x0 - one.x0)
    return abs(off) < LINES.same_row * max(one.height, other.height)


def _slope(line: TextLine) -> tuple[float, float]:
    """Return how much a line falls a point to the right, and its length in points; a short one tells nothing."""
    first, last = line.words[0].bbox, line.words[-1].bbox
    length = last.x0 - first.x0
    if length < LINES.sloped * first.height:
        return 0.0, 0.0
    return (_middle(last) - _middle(first)) / length, length


def _middle(box: BBox) -> float:
    return (box.top + box.bottom) / 2


def _merged(row: Sequence[Line]) -> Line:
    ordered = sorted(row, key=lambda line: line.x0 or 0.0)
    return Line(
        text=squeeze(" ".join(line.text for line in ordered)),
        origins=tuple(origin for line in ordered for origin in line.origins),
        indices=tuple(index for line in ordered for index in line.indices),
        gap=row[0].gap,
        bullet=ordered[0].bullet,
        markup=any(line.markup for line in row),
        untidy=any(line.untidy for line in row),
    )


def columns(lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """Separate signature blocks that are side by side.

    Lines of one page whose horizontal extents overlap, directly or through others, are one block, read
    from top to bottom; white space is measured anew inside each block. Lines of a transcription and
    lines of different pages stay in their order.
    """
    blocks: list[list[Line]] = []
    extents: list[tuple[float, float]] = []
    for line in lines:
        box = line.bbox
        if box is None:
            return (tuple(lines),)
        touching = [
            i
            for i, (x0, x1) in enumerate(extents)
            if blocks[i][0].page == line.page and x0 < box.x1 and box.x0 < x1
        ]
        x0 = min([box.x0, *(extents[i][0] for i in touching)])
        x1 = max([box.x1, *(extents[i][1] for i in touching)])
        members = [member for i in touching for member in blocks[i]] + [line]
        blocks = [b for i, b in enumerate(blocks) if i not in touching] + [members]
        extents = [e for i, e in enumerate(extents) if i not in touching] + [(x0, x1)]
    return tuple(_regapped(block) for block in sorted(blocks, key=_block_order))


def _block_order(block: Sequence[Line]) -> tuple[int, float]:
    box = min((line.origins[0].bbox for line in block if line.origins[0].bbox), key=lambda b: b.top)
    return (block[0].page or 0, box.top)


def _regapped(block: Sequence[Line]) -> tuple[Line, ...]:
    """Order one block from top to bottom and measure its white space anew."""
    ordered = sorted(block, key=lambda line: line.origins[0].bbox.top if line.origins[0].bbox else 0.0)
    boxes = [box for line in ordered if (box := _box(line.origins[0])) is not None]
    distances = sorted(b.top - a.bottom for a, b in pairwise(boxes))
    # The tightest distance is the leading of a block; its median would be spoilt by signature space.
    usual = distances[0] if distances else 0.0
    result = [replace(ordered[0], gap=True)]
    for before, line in pairwise(ordered):
        result.append(replace(line, gap=_gap(before.origins[0], line.origins[0], max(usual, 0.0))))
    return tuple(result)


def paragraphs_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Group lines that no white space and no page break parts."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not line.gap and line.page == groups[-1][-1].page:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def visual_rows(lines: Sequence[TextLine]) -> list[list[str]]:
    """Return the texts of lines by the visual line of the page, from left to right."""
    rows = _rows(Line(text=line.text, origins=(line,), indices=(n,)) for n, line in enumerate(lines))
    return [[line.text for line in sorted(row, key=lambda piece: piece.x0 or 0.0)] for row in rows]
