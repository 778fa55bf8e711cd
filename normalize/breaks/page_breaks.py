"""The last row of a page and the first of the next turned into a verdict: one row cut by the page break, or two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Literal

from extract.types import Cell
from normalize.breaks.settings import BREAKS
from normalize.breaks.table import TEXTS
from normalize.draft import TimeCell
from normalize.labels import plain
from normalize.line_breaks import would_fit
from normalize.text import fold
from schema.roles import Role

Verdict = Literal["join", "ask", "apart"]
_WIDOWS = 2  # lines that a word processor moves to the next page together
_ENDS_OPEN = re.compile(
    r"(?:[,(/&–-]|\b(?:dan|atau|serta|yang|di|ke|dari|pada|untuk|dengan|oleh|dalam|terhadap|tentang|secara|bagi|antara|melalui))\s*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^\s*(?:\(?[a-z][^\W\d_]|[,.;:)%/])")
_ITEM = re.compile(r"^\s*\(?(\d{1,2}|[a-z])[.)]\s*(?=\D|$)")
_BULLET = re.compile(r"^\s*[-•▪–*●]\s*\S")
_AMOUNT = re.compile(r"(?:Rp\.?\s*)?\d[\d.,]*\s*(?:%|[^\W\d_]+)?\W*$", re.IGNORECASE)
_FIRST = ("1", "a")  # items that begin a list
_FILLED = "■"  # what a filled cell of a scan is read as


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page break in one column: the cell above it and the cell below.

    `whole` is all that is known of the text above, including earlier pages; `lines_short` is the number of lines by
    which it ends above the lowest text of its row (`None`: unknown). `lowered`: texts of this column often begin with
    a small letter; `counted`: their items count up from row to row.
    """

    role: Role
    upper: Cell
    lower: Cell
    whole: str
    lines_short: float | None = None
    lowered: bool = False
    counted: bool = False

    @property
    def is_repeated(self) -> bool:
        """Tell whether the new page prints the same text again, as for a merged cell."""
        return bool(self.lower.text.strip()) and fold(self.lower.text) == fold(self.whole)

    @property
    def adds(self) -> bool:
        """Tell whether the new page prints a text that is not the one above again."""
        return bool(self.lower.text.strip()) and not self.is_repeated

    @property
    def goes_on(self) -> bool:
        """Tell whether both parts hold text, not the same."""
        return bool(self.whole.strip()) and self.adds

    @property
    def fills_its_cell(self) -> bool:
        """Tell whether no further line would find room below the text above."""
        box, last = self.upper.ref.bbox, self.upper.lines[-1].bbox if self.upper.lines else None
        return box is not None and last is not None and box.bottom - last.bottom < _WIDOWS * last.height

    @property
    def is_short(self) -> bool:
        """Tell whether the text above ends where more of it would have found room."""
        if not self.goes_on:
            return False
        if not self.upper.text.strip():
            return True
        if self.lines_short is None or self.lines_short < BREAKS.as_low:
            return False
        return self.lines_short > 1 + BREAKS.as_low or len(self.lower.lines) < _WIDOWS

    @property
    def begins_item(self) -> bool:
        """Tell whether the text below begins an item of a list."""
        return bool(_ITEM.match(self.lower.text) or _BULLET.match(self.lower.text))

    @property
    def is_sibling(self) -> bool:
        """Tell whether the parts are two lettered rows: the lower letter follows the first of the upper part.

        A list in a cell begins with its first letter and goes on below, unless the rows of this column count.
        """
        first, below = item_of(self.whole), item_of(self.lower.text)
        follows = first is not None and below is not None and successor(first) == below
        return follows and (self.counted or first not in _FIRST)

    @property
    def is_two_amounts(self) -> bool:
        """Tell whether each part holds an amount of its own, such as `13 unit`."""
        return self.goes_on and all(_AMOUNT.match(plain(text)) for text in (self.whole, self.lower.text))

    @property
    def spans(self) -> tuple[int, int]:
        """Return how many rows each part spans."""
        return self.upper.row_span, self.lower.row_span

    @property
    def fits(self) -> bool:
        """Tell whether the first word below would have fitted behind the last above, and does not begin a list item."""
        box = self.upper.ref.bbox
        if not self.goes_on or box is None or self.begins_item:
            return False
        lines = (*self.upper.lines, *self.lower.lines)
        return would_fit(box, lines, len(self.upper.lines))

    @property
    def is_mid_sentence(self) -> bool:
        """Tell whether the text goes on in the midst of a sentence, a word or a numbered list."""
        if not self.goes_on:
            return False
        if item_of(self.lower.text) is not None:
            return continues_list(self.lower.text, self.whole) and not self.is_sibling
        begins = _GOES_ON.match(self.lower.text)
        small = begins is not None and not (self.lowered and begins.group()[-1].isalpha())
        return small or _ENDS_OPEN.search(plain(self.whole)) is not None


def item_of(text: str) -> str | None:
    """Return the letter or figure before a text that is an item of a list."""
    match = _ITEM.match(text)
    return match.group(1) if match is not None else None


def successor(item: str, step: int = 1) -> str:
    """Return the letter or figure of the item that is `step` items further down a list."""
    return str(int(item) + step) if item.isdigit() else chr(ord(item) + step)


def continues_list(below: str, above: str) -> bool:
    """Tell whether the text above has the item before the one that the text below begins (`1)` before `2)`)."""
    label = item_of(below)
    if label is None:
        return False
    before = successor(label, -1)
    return before not in ("0", "`") and re.search(rf"(?:^|\s)\(?{before}[.)]", above) is not None


def measured(breaks: Sequence[PageBreak]) -> tuple[PageBreak, ...]:
    """Set by how many lines each text ends above the lowest of its row, or above the end of a cell over several rows."""
    texts = [cut.upper for cut in breaks if cut.role in TEXTS]
    ends = [end for cell in texts if cell.row_span == 1 and (end := _end(cell)) is not None]
    pitch, lowest = _pitch(texts), max(ends, default=None)
    return tuple(replace(cut, lines_short=_short(cut.upper, lowest, pitch)) for cut in breaks)


def _short(cell: Cell, lowest: float | None, pitch: float) -> float | None:
    end, box = _end(cell), cell.ref.bbox
    if end is None or box is None or not pitch:
        return None
    if cell.row_span > 1:
        room = (box.bottom - end) / pitch
        return room if room >= _WIDOWS else 0.0
    return (lowest - end) / pitch if lowest is not None else None


def _end(cell: Cell) -> float | None:
    box = cell.lines[-1].bbox if cell.lines else None
    return box.bottom if box is not None else None


def _pitch(cells: Sequence[Cell]) -> float:
    """Return the distance of two lines in points, 0 where no line has a place."""
    steps: list[float] = []
    heights: list[float] = []
    for cell in cells:
        boxes = [line.bbox for line in cell.lines if line.bbox is not None]
        heights += [box.height for box in boxes]
        steps += [b.bottom - a.bottom for a, b in pairwise(boxes) if b.bottom > a.bottom]
    return median(steps) if steps else BREAKS.pitch * median(heights) if heights else 0.0


@dataclass(frozen=True, slots=True)
class Times:
    """What the time cells of both parts tell: which part holds signs, and whether the shading goes on."""

    above: bool
    below: bool
    other_shade: bool

    @classmethod
    def of(cls, above: Sequence[TimeCell], below: Sequence[TimeCell]) -> Times:
        """Look at the time cells of both parts."""
        above, below = _without_flowing(above, below)
        shades = [{t.period for t in part if t.cell.fill and not _signs(t)} for part in (above, below)]
        signed = [[t for t in part if _signs(t)] for part in (above, below)]
        signs = [{t.period for t in part} for part in signed]
        shaded = signs[0] == signs[1] and all(_is_filled(t.cell) for part in signed for t in part)
        inked = [bool(part) and not shaded for part in signs]
        return cls(inked[0], inked[1], shades[0] != shades[1] or _differ_in_tone(above, below))

    @property
    def one_sided(self) -> bool:
        """Tell whether one part holds all signs there are."""
        return self.above != self.below

    @property
    def both(self) -> bool:
        """Tell whether each part has signs or a shading that the other has not."""
        return (self.above and self.below) or self.other_shade


def _without_flowing(
    above: Sequence[TimeCell], below: Sequence[TimeCell]
) -> tuple[Sequence[TimeCell], Sequence[TimeCell]]:
    """Leave out times in words that span several rows or go on in mid-sentence: they are not of one row."""
    if len(above) != len(below):
        return above, below
    kept = [pair for pair in zip(above, below, strict=True) if not _flows(*pair)]
    return [one for one, _ in kept], [two for _, two in kept]


def _differ_in_tone(above: Sequence[TimeCell], below: Sequence[TimeCell]) -> bool:
    """Tell whether other periods have one colour above than below: where whole rows are coloured, so is a mark told.

    Colours of scans differ from page to page, and none of them counts.
    """
    one, other = (
        {t.period: t.cell.fill for t in part if t.cell.ref.reader == "pdf-text" and not _signs(t)}
        for part in (above, below)
    )
    pairs = {(fill, other[period]) for period, fill in one.items() if period in other}
    return any(len(set(side)) < len(pairs) for side in zip(*pairs, strict=True))


def _flows(above: TimeCell, below: TimeCell) -> bool:
    cut = PageBreak("time", above.cell, below.cell, above.cell.text)
    return above.period is None and (max(cut.spans) > 1 or cut.is_mid_sentence)


def _signs(time: TimeCell) -> bool:
    cell = time.cell
    return bool(cell.text.strip()) if cell.mark is None else cell.mark != "empty"


def _is_filled(cell: Cell) -> bool:
    """Tell whether a whole cell seems to be the mark: both parts of a cut one are filled."""
    return cell.fill is not None or (cell.mark is not None and cell.text.strip() == _FILLED)


def weigh(
    breaks: Sequence[PageBreak], times: Times, *, merges_actions: bool
) -> tuple[Verdict, tuple[str, ...]]:
    """Decide whether two parts are one row, with the reasons for and against; `ask` where it cannot be told.

    `merges_actions`: actions of this document are in cells over several rows.
    """
    if any(cut.is_sibling for cut in breaks if cut.role in TEXTS):
        return "apart", ()
    main = [cut for cut in breaks if cut.role in TEXTS and cut.adds]
    actions = [cut for cut in breaks if cut.role == "action"]
    action = max(actions, key=lambda s: (bool(s.lower.text.strip()), bool(s.whole.strip())), default=None)
    why = _signals(action, main, times)
    verdict = _verdict(action, main, times, why, merges_actions=merges_actions)
    amounts = any(cut.is_two_amounts and cut.spans == (1, 1) for cut in breaks)
    sure = amounts and "mid-sentence" not in why
    return ("apart" if verdict == "ask" and sure else verdict), tuple(why)


def _verdict(
    action: PageBreak | None, main: Sequence[PageBreak], times: Times, why: list[str], *, merges_actions: bool
) -> Verdict:
    mid, short = "mid-sentence" in why, "short" in why
    if not main:
        return "ask" if times.both else "join"
    if action is not None and action.is_repeated:
        return "ask" if mid and not short else "apart"
    if action is None or action.goes_on:
        return _both_actions(action, main, times, why)
    if times.both:
        return "ask" if mid else "apart"
    if merges_actions and not mid and any(cut.fits for cut in main if cut.role == "indicator"):
        return "apart"
    doubtful = short or ("fits" in why and not times.one_sided and not mid)
    merged = merges_actions and not (mid or times.one_sided)
    return "ask" if doubtful or merged else "join"


def _signals(action: PageBreak | None, main: Sequence[PageBreak], times: Times) -> list[str]:
    """Return the reasons that hold (`normalize.breaks.join_facts.REASONS`)."""
    below = action is not None and bool(action.lower.text.strip())
    above = action is not None and bool(action.whole.strip())
    signals = {
        "marks": times.one_sided and not times.both,
        "no-action": bool(main) and above and not below,
        "action-below": below and not above,
        "nothing": not main,
        "mid-sentence": any(cut.is_mid_sentence for cut in main),
        "both-marked": times.both,
        "short": any(cut.is_short for cut in main),
        "fits": any(cut.fits for cut in main),
    }
    return [name for name, holds in signals.items() if holds]


def _both_actions(
    action: PageBreak | None, main: Sequence[PageBreak], times: Times, why: list[str]
) -> Verdict:
    """Decide where both parts have a text of the action: its words and its place tell whether it is one.

    A text that goes on in a cell over more rows than the action's tells nothing of the action's row.
    """
    whole = _is_whole(main)
    rows = action.lower.row_span if action is not None else None
    telling = [s for s in main if s.role != "evidence" and (rows is None or s.lower.row_span <= rows)]
    mid = any(s.is_mid_sentence and not s.is_short for s in telling)
    if times.both or "short" in why:
        doubtful = mid if times.both else (mid or times.one_sided) and not whole
        return "ask" if doubtful else "apart"
    if mid:
        return "join"
    flows = "fits" not in why
    if not flows and (whole or not (times.one_sided or "mid-sentence" in why)):
        return "apart"
    if flows:
        why.append("full")
    return "join" if flows and times.one_sided else "ask"


def _is_whole(main: Sequence[PageBreak]) -> bool:
    """Tell whether the lower part reads as a whole row: all its texts begin anew, two of them out of place."""
    odd = sum(cut.is_short or cut.fits for cut in main)
    return len(main) >= len(TEXTS) and odd > 1 and not any(s.is_mid_sentence for s in main)
