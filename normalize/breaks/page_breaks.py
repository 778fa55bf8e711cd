"""The last row of a page and the first of the next turned into what speaks for one row cut by the page's end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Literal

from extract.types import Cell
from normalize.draft import TimeCell
from normalize.facts import Fact, fact
from normalize.labels import plain
from normalize.line_breaks import would_fit
from normalize.text import fold
from normalize.vocabulary import Role
from schema.findings import Message, RuleName
from schema.provenance import SourceRef

Verdict = Literal["join", "ask", "apart"]
LINE = 0.5  # of the distance of two lines: an end this near to the lowest one is as low
WIDOWS = 2  # lines that a word processor moves to the next page together
_PITCH = 1.3  # of a line's height, where a row has no two lines to measure
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
_TEXTS: tuple[Role, ...] = ("indicator", "action", "evidence")

REASONS: dict[str, Message] = {
    "marks": Message(
        id="tanda bulan hanya ada pada satu bagian", en="the months' marks stand in one part only"
    ),
    "no-action": Message(
        id="langkah aksi kosong di halaman baru", en="the action is blank on the new page"
    ),
    "action-below": Message(
        id="langkah aksi baru mulai di halaman baru", en="the action begins on the new page only"
    ),
    "mid-sentence": Message(
        id="teks berlanjut di tengah kalimat atau daftar", en="a text goes on in mid-sentence or in a list"
    ),
    "full": Message(
        id="teks mengisi bagian pertama sampai akhir", en="the texts fill the first part to its end"
    ),
    "nothing": Message(
        id="tidak ada teks utama di halaman baru", en="no main text stands on the new page"
    ),
    "both-marked": Message(
        id="kedua bagian mempunyai tanda bulan sendiri", en="both parts have marks of their own"
    ),
    "short": Message(
        id="sebuah teks berakhir di atas kaki halaman, tetapi berlanjut", en="a text that goes on ends above the page's foot"
    ),
    "fits": Message(
        id="kata pertama masih muat di halaman sebelumnya", en="the first word would have fitted on the page before"
    ),
    "merged": Message(
        id="teks ini dapat berlanjut dalam sel gabungan", en="this text may go on in a merged cell"
    ),
    "blank": Message(
        id="sel di awal halaman kosong, mungkin lanjutan sel gabungan",
        en="a cell that begins the page is blank and may go on from a merged one",
    ),
    "component": Message(
        id="nama komponen berlanjut di halaman baru", en="the component's name goes on on the new page"
    ),
    "stretch": Message(
        id="baris pertama setelah pergantian halaman tidak lengkap", en="the first row behind a page's end is incomplete"
    ),
    "line-feed": Message(
        id="ganti baris di dalam sel", en="a line feed inside a cell"
    ),
    "below-team": Message(
        id="baris di atasnya berakhir dengan kata", en="the row above ends in words"
    ),
}  # fmt: skip


def reasons_of(names: Sequence[str]) -> dict[str, str]:
    """Return the reasons as the places `reason_id` and `reason_en` of a finding's message."""
    found = [REASONS[name] for name in dict.fromkeys(names)]
    return {"reason_id": "; ".join(m.id for m in found), "reason_en": "; ".join(m.en for m in found)}


@dataclass(frozen=True, slots=True)
class Seam:
    """One column at a page's end: the cell above the break and the one below.

    `whole` is all that is known of the text above, also from a page before; `lines_short` tells by how many lines
    the text above ends higher than the lowest of its row (`None`: not known). `lowered` says that texts of this
    column often begin with a small letter, `counted` that their items count up from row to row.
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
    def goes_on(self) -> bool:
        """Tell whether both parts hold text, not the same."""
        return bool(self.whole.strip() and self.lower.text.strip()) and not self.is_repeated

    @property
    def fills_its_cell(self) -> bool:
        """Tell whether no further line would find room below the text above."""
        box, last = self.upper.ref.bbox, self.upper.lines[-1].bbox if self.upper.lines else None
        return box is not None and last is not None and box.bottom - last.bottom < WIDOWS * last.height

    @property
    def is_short(self) -> bool:
        """Tell whether the text above ends where more of it would have found room."""
        if not self.goes_on:
            return False
        if not self.upper.text.strip():
            return True
        if self.lines_short is None or self.lines_short < LINE:
            return False
        return self.lines_short > 1 + LINE or len(self.lower.lines) < WIDOWS

    @property
    def begins_item(self) -> bool:
        """Tell whether the text below begins an item of a list."""
        return bool(_ITEM.match(self.lower.text) or _BULLET.match(self.lower.text))

    @property
    def is_sibling(self) -> bool:
        """Tell whether the parts are two lettered rows: the lower one's letter follows the first of the upper one.

        A list in a cell begins with its first letter; it goes on below unless the rows of this column count.
        """
        first, below = item_of(self.whole), item_of(self.lower.text)
        follows = first is not None and below is not None and successor(first) == below
        return follows and (self.counted or first not in _FIRST)

    @property
    def is_two_amounts(self) -> bool:
        """Tell whether each part holds an amount of its own, such as `13 unit`."""
        return self.goes_on and all(_AMOUNT.match(plain(text)) for text in (self.whole, self.lower.text))

    @property
    def is_of_one_row(self) -> bool:
        """Tell whether neither part reaches over further rows."""
        return self.upper.row_span == self.lower.row_span == 1

    @property
    def fits(self) -> bool:
        """Tell whether the first word below would have fitted behind the last above, and begins no item of a list."""
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


def successor(item: str) -> str:
    """Return the letter or figure of the next item."""
    return str(int(item) + 1) if item.isdigit() else chr(ord(item) + 1)


def continues_list(below: str, above: str) -> bool:
    """Tell whether the text above has the item before the one that the text below begins (`1)` before `2)`)."""
    label = item_of(below)
    if label is None:
        return False
    before = str(int(label) - 1) if label.isdigit() else chr(ord(label) - 1)
    return before not in ("0", "`") and re.search(rf"(?:^|\s)\(?{before}[.)]", above) is not None


def measured(seams: Sequence[Seam]) -> tuple[Seam, ...]:
    """Give each seam by how many lines its text ends above the lowest text of the same row.

    A cell over several rows has lines of its own height: there the room that it leaves below its text counts.
    """
    texts = [seam.upper for seam in seams if seam.role in _TEXTS]
    ends = [end for cell in texts if cell.row_span == 1 and (end := _end(cell)) is not None]
    pitch = _pitch(texts)
    if not pitch:
        return tuple(seams)
    return tuple(
        replace(seam, lines_short=_short(seam.upper, max(ends, default=None), pitch)) for seam in seams
    )


def _short(cell: Cell, lowest: float | None, pitch: float) -> float | None:
    end, box = _end(cell), cell.ref.bbox
    if end is None or box is None:
        return None
    if cell.row_span > 1:
        room = (box.bottom - end) / pitch
        return room if room >= WIDOWS else 0.0
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
    return median(steps) if steps else _PITCH * median(heights) if heights else 0.0


def doubt(rule: RuleName, seams: Sequence[Seam], ref: SourceRef, why: Sequence[str]) -> Fact:
    """Return a finding that asks whether two rows are one; its text is that of the column which most likely goes on."""
    texts = [s for s in seams if s.role in _TEXTS and s.whole.strip()]
    shown = max(texts, key=lambda s: (s.goes_on, s.is_mid_sentence), default=None)
    parts = [plain(shown.whole), plain(shown.lower.text)] if shown is not None else [""]
    return fact(
        "row-join-doubtful",
        rule=rule,
        ref=ref,
        field=shown.role if shown is not None else None,
        raw=" | ".join(part for part in parts if part),
        alternatives=(*parts, " ".join(parts)) if all(parts) else (),
        certainty="ambiguous",
        **reasons_of(why),
    )


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
        return cls(inked[0], inked[1], shades[0] != shades[1])

    @property
    def one_sided(self) -> bool:
        """Tell whether one part holds all signs there are."""
        return self.above != self.below

    @property
    def both(self) -> bool:
        """Tell whether each part has signs, or a shading, of its own."""
        return (self.above and self.below) or self.other_shade


def _without_flowing(
    above: Sequence[TimeCell], below: Sequence[TimeCell]
) -> tuple[list[TimeCell], list[TimeCell]]:
    """Leave out cells of words that stand for several rows or go on in mid-sentence: they are no times of one row."""
    pairs = list(zip(above, below, strict=True)) if len(above) == len(below) else []
    flowing = [
        one.period is None
        and (
            max(one.cell.row_span, two.cell.row_span) > 1
            or Seam("time", one.cell, two.cell, one.cell.text).is_mid_sentence
        )
        for one, two in pairs
    ]
    if not any(flowing):
        return list(above), list(below)
    kept = [pair for pair, flows in zip(pairs, flowing, strict=True) if not flows]
    return [one for one, _ in kept], [two for _, two in kept]


def _signs(time: TimeCell) -> bool:
    cell = time.cell
    return bool(cell.text.strip()) if cell.mark is None else cell.mark != "empty"


def _is_filled(cell: Cell) -> bool:
    """Tell whether a whole cell is the mark, as far as can be told: both parts of a cut one are filled."""
    return cell.fill is not None or (cell.mark is not None and cell.text.strip() == _FILLED)


def weigh(seams: Sequence[Seam], times: Times, *, merges_actions: bool) -> tuple[Verdict, tuple[str, ...]]:
    """Decide whether two parts are one row, with the reasons for and against; `ask` where it cannot be told.

    `merges_actions` says that actions of this document stand in cells over several rows.
    """
    if any(seam.is_sibling for seam in seams if seam.role in _TEXTS):
        return "apart", ()
    verdict, why = _weighed(seams, times, merges_actions=merges_actions)
    sure = any(seam.is_two_amounts and seam.is_of_one_row for seam in seams) and "mid-sentence" not in why
    return ("apart" if verdict == "ask" and sure else verdict), why


def _weighed(seams: Sequence[Seam], times: Times, *, merges_actions: bool) -> tuple[Verdict, tuple[str, ...]]:
    main = [s for s in seams if s.role in _TEXTS and s.lower.text.strip() and not s.is_repeated]
    actions = [seam for seam in seams if seam.role == "action"]
    action = max(actions, key=lambda s: (bool(s.lower.text.strip()), bool(s.whole.strip())), default=None)
    why = [name for name, holds in _signals(action, main, times).items() if holds]
    if not main:
        return ("ask" if times.both else "join"), tuple(why)
    mid, short = "mid-sentence" in why, "short" in why
    if action is not None and action.is_repeated:
        return ("ask" if mid and not short else "apart"), tuple(why)
    if action is None or action.goes_on:
        return _both_actions(main, times, why), tuple(why)
    if times.both:
        return ("ask" if mid else "apart"), tuple(why)
    if merges_actions and not mid and any(seam.fits for seam in main if seam.role == "indicator"):
        return "apart", tuple(why)
    doubtful = short or ("fits" in why and not times.one_sided and not mid)
    merged = merges_actions and not (mid or times.one_sided)
    return ("ask" if doubtful or merged else "join"), tuple(why)


def _signals(action: Seam | None, main: Sequence[Seam], times: Times) -> dict[str, bool]:
    below = action is not None and bool(action.lower.text.strip())
    above = action is not None and bool(action.whole.strip())
    return {
        "marks": times.one_sided and not times.both,
        "no-action": bool(main) and above and not below,
        "action-below": below and not above,
        "nothing": not main,
        "mid-sentence": any(seam.is_mid_sentence for seam in main),
        "both-marked": times.both,
        "short": any(seam.is_short for seam in main),
        "fits": any(seam.fits for seam in main),
    }


def _both_actions(main: Sequence[Seam], times: Times, why: list[str]) -> Verdict:
    """Decide where both parts have an action's text: only its words and its place tell whether it is one."""
    whole = _is_whole(main)
    mid = any(s.is_mid_sentence and not s.is_short for s in main if s.role != "evidence")
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


def _is_whole(main: Sequence[Seam]) -> bool:
    """Tell whether the lower part reads as a row of its own: all its texts begin anew, two of them out of place."""
    odd = sum(seam.is_short or seam.fits for seam in main)
    return len(main) >= len(_TEXTS) and odd > 1 and not any(s.is_mid_sentence for s in main)
