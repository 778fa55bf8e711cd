"""Lines of a transcribed table turned into whole rows where a line feed inside a cell broke them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.types import Cell, TextLine
from normalize.breaks.join_facts import LINES, joined, reasons_of
from normalize.breaks.page_breaks import continues_list
from normalize.breaks.settings import BREAKS
from normalize.facts import Fact, fact
from normalize.form.content import columns_of
from normalize.labels import AreaTitle, area_title, is_numeral
from normalize.resources import Resources
from normalize.text import fold, squeeze
from schema.findings import RuleName

RULE: RuleName = "join-rows"
_NEAR = 1  # cells by which a row may be shorter than the longest
_TITLE_TEXTS = 2  # number and name

Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A row with what was found while it was put together."""

    cells: Cells
    facts: tuple[Fact, ...] = ()


def length_of(cells: Cells) -> int:
    """Return how many columns a row spans."""
    return columns_of(cells[-1]).stop


def join_broken_rows(
    body: Sequence[Cells], longest: int, resources: Resources, *, area: int | None = None
) -> tuple[tuple[Whole, ...], tuple[TextLine, ...]]:
    """Join rows that only together are about as long as the longest, word to word; return them and stray lines.

    A whole row ends in an empty cell, a mark or a team in the last column. A lone cell that is not recognised is loose
    text; the row right above asks whether it goes on there if it ends in words, unless a title may follow. `area` is the
    number of the area above the body.
    """
    wholes: list[Whole] = []
    strays: list[TextLine] = []
    position = 0
    while position < len(body):
        count = _pieces(body[position : position + BREAKS.most_breaks + 1], longest, resources)
        pieces = body[position : position + count]
        position += count
        if count > 1:
            wholes.append(_joined(pieces))
            continue
        alone = pieces[0]
        title, lone, rest = _title(alone, resources), _is_lone(alone, longest), False
        if lone and wholes and not _follows(title, area, wholes[-1], resources):
            asked = _doubted(wholes[-1], alone, longest, resources)
            rest = asked is not wholes[-1] and title is not None and bool(title.label)
            wholes[-1] = asked
        if lone and (rest or not _has_a_meaning(alone, resources)):
            strays.append(TextLine(text=alone[0].text, line=alone[0].ref.line))
            continue
        wholes.append(Whole(alone))
        area = title.number if title is not None and title.number is not None else area
    return tuple(wholes), tuple(strays)


def _pieces(rows: Sequence[Cells], longest: int, resources: Resources) -> int:
    """Return how many of the rows, from the first on, are one broken row; 1 if it is whole."""
    length = length_of(rows[0])
    for count, row in enumerate(rows[1:], 2):
        ends_early = length <= longest - BREAKS.past_texts and length_of(row) < longest
        if not ends_early or not _meet(rows[count - 2], row, resources):
            return 1
        length += length_of(row) - 1
        if abs(length - longest) <= _NEAR:
            return count
    return 1


def _meet(above: Cells, below: Cells, resources: Resources) -> bool:
    """Tell whether one row ends and the next begins in the midst of words; a number begins a row, unless of a list."""
    first, last = below[0].text.strip(), above[-1].text
    numbered = is_numeral(first) and not first.isdigit() and not continues_list(first, last)
    begins = below[0].column == 0 and not numbered
    ends = _is_words(above[-1], resources) or resources.form.is_empty_mark(above[-1].text)
    return begins and ends and _is_words(below[0], resources)


def _is_words(cell: Cell, resources: Resources) -> bool:
    form = resources.form
    return bool(cell.text.strip()) and not form.is_mark(cell.text) and not form.is_empty_mark(cell.text)


def _title(cells: Cells, resources: Resources) -> AreaTitle | None:
    texts = _texts(cells)
    return area_title(texts, resources.official, resources.form) if 0 < len(texts) <= _TITLE_TEXTS else None


def _texts(cells: Cells) -> list[str]:
    return [cell.text for cell in cells if cell.text.strip()]


def _has_a_meaning(cells: Cells, resources: Resources) -> bool:
    """Tell whether the only texts of a row are the title of an area or the name of a team."""
    texts = _texts(cells)
    return _title(cells, resources) is not None or (len(texts) == 1 and resources.form.names_team(texts[0]))


def _follows(title: AreaTitle | None, area: int | None, above: Whole, resources: Resources) -> bool:
    """Tell whether a numbered title may be here: neither that of the area above, nor the rest of a team's name.

    `POKJA` alone is not a name: `IV AKUNTABILITAS` below it is its rest. Where the number may be misread, the official
    name tells that another area begins.
    """
    if title is None or not title.label:
        return False
    if fold(above.cells[-1].text) in resources.form.team_words:
        return False
    numbers = (title.number, resources.official.match_area(title.name))
    return area is None or not any(numbers) or any(number > area for number in numbers if number)


def _joined(pieces: Sequence[Cells]) -> Whole:
    cells = list(pieces[0])
    places: list[str] = []
    for piece in pieces[1:]:
        last, first = cells[-1], piece[0]
        cells[-1] = last.replace(text=f"{last.text}\n{first.text}", lines=(*last.lines, *first.lines))
        cells += [cell.replace(row=last.row, column=cell.column + last.column) for cell in piece[1:]]
        places.append(squeeze(cells[last.column].text))
    lines = [piece[0].ref.line for piece in pieces]
    found = joined(RULE, pieces[0][0].ref, lines, places[-1], "line-feed", words=LINES)
    return Whole(tuple(cells), (found,))


def _is_lone(cells: Cells, longest: int) -> bool:
    alone = len(cells) == 1 and cells[0].column_span == 1 and longest > 1
    return alone and bool(cells[0].text.strip())


def _doubted(whole: Whole, stray: Cells, longest: int, resources: Resources) -> Whole:
    last = whole.cells[-1]
    if length_of(whole.cells) + _NEAR < longest or not _is_words(last, resources):
        return whole
    texts = [squeeze(text) for text in (last.text, stray[0].text)]
    found = fact(
        "row-join-doubtful",
        rule=RULE,
        ref=stray[0].ref,
        field="responsible",
        raw=" | ".join(texts),
        alternatives=(texts[0], " ".join(texts)),
        certainty="ambiguous",
        **reasons_of("below-team"),
    )
    return Whole(whole.cells, (*whole.facts, found))
