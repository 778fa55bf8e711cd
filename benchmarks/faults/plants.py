"""Plants hidden, covered, moved and unnamed content into drawn pages and judges what is read.

Each plant is one cell of an action plan or of a list of goods, drawn by one of several programs; all else on the page is plain.
Right is what a person sees. `flagged`: something is wrong, and a finding that asks (review or error) is about each
wrong row or cell, or about its page. `refused`: the file is said to hold no plan or table. `silent`: something is wrong and nothing asks. `asked`: right, with a finding that asks.
`clean` are the same pages without a plant: nothing of them may ask. `--check` draws each plant with PDFium and says where its
picture does not show what the kind says.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2

from benchmarks import command
from benchmarks.drawing.pages import hidden, shown
from benchmarks.drawing.pages.bases import BASES, flipped, installed, placed, saved
from benchmarks.drawing.pages.content import Content
from benchmarks.drawing.pages.fonts import Fonts
from benchmarks.drawing.pages.spots import KINDS, Kind, Spot
from benchmarks.drawing.pages.tables import FIELDS, FIRST_MONTH, MONTHS, PAPER, TICK, Cell, Table, goods, plan
from benchmarks.faults.page_verdicts import Verdict, goods_verdict, plan_verdict
from benchmarks.reading import as_file
from benchmarks.workers import forked

TURNS = 3  # orders of its rows in which each base is drawn
EXTRAS = ("Dibatalkan", "Tidak ada", "Ditunda", "Surat lama", "999")
DPI = 150
INK = 40  # of 255: a larger difference of a pixel counts
MODULES = (hidden, shown)  # imported because they register kinds


@dataclass(frozen=True, slots=True)
class Base:
    """A drawn page with an empty row, and what it says when that row is filled."""

    name: str
    table: Table
    row: int
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Plant:
    """A drawn plant: the file, the table as a person sees it, and where the plant is."""

    kind: str
    base: str
    seed: int
    pdf: bytes
    seen: Table
    row: int
    column: int
    accepted: tuple[str, ...]

    @property
    def part(self) -> str:
        """`schedule` for the mark of a month, `field` for a text of a plan, else `table`."""
        if not self.seen.is_plan:
            return "table"
        return "schedule" if self.seen.at(self.row, self.column).kind == "mark" else "field"


@cache
def bases(names: tuple[str, ...]) -> tuple[Base, ...]:
    """Draw the pages that plants go into."""
    return tuple(_bases(names))


def _bases(names: Iterable[str]) -> Iterator[Base]:
    for name in names:
        for turn in range(TURNS):
            for table in (plan(2 * turn), goods(2 * turn)):
                row = table.body_rows[2 * turn]
                yield Base(name, table, row, BASES[name](table.emptied(row)))


def planted(kind: Kind, base: Base, seed: int) -> Plant:
    """Draw a plant of a kind into a base; the same seed gives the same plant."""
    chance = random.Random(f"{kind.name} {seed}")
    table, row = base.table, base.row
    is_mark = kind.marks and (not kind.texts or chance.random() < 0.5)
    column = _column(table, row, chance, is_mark=is_mark, empty=kind.sort != "shows")
    if is_mark:
        table = table.said(row, column, TICK if kind.sort == "shows" else "")
    said = table.at(row, column).text
    pdf = pikepdf.open(BytesIO(base.pdf))
    page, fonts = pdf.pages[-1], Fonts(pdf)
    over, under = Content(pdf, page, fonts), Content(pdf, page, fonts)
    cell = table.at(row, column)
    _fill_row(over, table, row, without=cell)
    spot = Spot(
        over=over,
        under=under,
        box=flipped(table, cell),
        text=said,
        extra=TICK if is_mark else chance.choice(EXTRAS),
        is_mark=is_mark,
        chance=chance,
        row=chance.choice(kind.rows),
        bottom=PAPER[1] - table.box(table.cells[-1])[3],
        step=table.widths[column] if column + 1 < len(table.widths) else -table.widths[column],
    )
    _draw(kind, spot)
    under.close(below=True)
    over.close()
    accepted = () if kind.only_doubt else kind.accepts(spot) if kind.accepts else (said,)
    return Plant(kind.name, base.name, seed, saved(pdf), table, row, column, accepted)


def _fill_row(content: Content, table: Table, row: int, without: Cell | None = None) -> None:
    """Write a row's texts plainly, all but one cell's."""
    for cell in table.cells:
        if cell.row == row and cell != without:
            for x, y, line in placed(table, cell):
                content.text(x, y, line)


def _draw(kind: Kind, spot: Spot) -> None:
    if kind.sort == "shows":
        kind.draw(spot)
        return
    # White letters would take ink from a text below them.
    first = kind.sort == "hides" and spot.row > 0 and spot.chance.random() < 0.5
    if first:
        spot.write()
    if kind.sort == "covers":
        spot.hide()
    kind.draw(spot)
    if not first:
        spot.write()


def _column(table: Table, row: int, chance: random.Random, *, is_mark: bool, empty: bool) -> int:
    """Choose the cell of a row: a month that is free where something is to be hidden."""
    if not is_mark:
        return chance.choice([*FIELDS.values()] if table.is_plan else [1, 2, 3])
    columns = range(FIRST_MONTH, FIRST_MONTH + MONTHS) if table.is_plan else range(4, 6)
    wanted = [n for n in columns if bool(table.at(row, n).text) != empty] or [*columns]
    return chance.choice(wanted)


def judged(plant: Plant) -> Verdict:
    """Read a plant as a user would and judge what came of it."""
    read = plan_verdict if plant.seen.is_plan else goods_verdict
    with as_file(plant.pdf) as path:
        return read(path, plant.seen, (plant.row, plant.column), plant.accepted)


def pictured(plant: Plant, base: Base) -> str | None:
    """Say how PDFium's picture of a plant differs from what the kind says; `None` where it agrees."""
    kind = KINDS[plant.kind]
    row = plant.row
    cell = plant.seen.at(row, plant.column)
    plain = pikepdf.open(BytesIO(base.pdf))
    content = Content(plain, plain.pages[-1])
    _fill_row(content, plant.seen, row)
    content.close()
    x0, top, x1, bottom = (round(part * DPI / 72) for part in plant.seen.box(cell))
    here = [_picture(data)[top + 3 : bottom - 2, x0 + 3 : x1 - 2] for data in (plant.pdf, saved(plain))]
    if kind.alters:
        return None
    apart = int((np.abs(here[0] - here[1]) > INK).sum())
    dark = int((here[0] < 255 - INK).sum())
    if kind.sort == "shows":
        return None if dark > 8 else "nothing is seen"
    return None if apart <= 3 else f"{apart} pixels differ"


def _picture(pdf: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    picture = document[len(document) - 1].render(scale=DPI / 72, grayscale=True, may_draw_forms=True)
    return picture.to_numpy().squeeze().astype(np.int16)


def clean(base: Base) -> Plant:
    """Draw a base with its row filled plainly."""
    pdf = pikepdf.open(BytesIO(base.pdf))
    content = Content(pdf, pdf.pages[-1])
    _fill_row(content, base.table, base.row)
    content.close()
    said = base.table.at(base.row, 3).text
    return Plant("clean", base.name, 0, saved(pdf), base.table, base.row, 3, (said,))


Job = tuple[Kind | None, Base, int]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a plant: its kind, its part of the page, where it is, the verdict and how its picture differs."""

    kind: str
    part: str
    where: str
    verdict: Verdict
    picture: str | None


def result_of(job: Job, *, check: bool) -> Result:
    """Draw a plant, read it and judge what came of it; with `check`, look at its picture too."""
    kind, base, seed = job
    plant = planted(kind, base, seed) if kind else clean(base)
    checked = pictured(plant, base) if kind and check else None
    part = plant.part if kind else "clean"
    return Result(plant.kind, part, f"{plant.base} {seed}", judged(plant), checked)


def jobs(kinds: Sequence[Kind], drawn: Sequence[Base], count: int, seed: int) -> Iterator[Job]:
    """Yield what is to be drawn: each base plainly, then so many plants, the kinds and the bases in turn."""
    for base in drawn:
        yield None, base, 0
    chance = random.Random(seed)
    order = list(drawn)
    for number in range(count):
        if number % len(order) == 0:
            chance.shuffle(order)
        yield kinds[number % len(kinds)], order[number % len(order)], seed * 100_000 + number


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each kind, each silent plant and what asked on clean pages; 1 if a schedule is silently wrong."""
    parser = command.parser("plants", __doc__)
    parser.add_argument("--count", type=int, default=1000, help="number of plants")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", nargs="+", default=sorted(KINDS), choices=sorted(KINDS), metavar="KIND")
    parser.add_argument("--bases", nargs="+", default=list(installed()), choices=list(BASES))
    parser.add_argument("--check", action="store_true", help="compare PDFium's picture of each plant")
    parser.add_argument("--keep", type=Path, help="write each silent plant into this folder")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    kinds = [KINDS[name] for name in options.kinds]
    work = list(jobs(kinds, bases(tuple(options.bases)), options.count, options.seed))
    results = forked(partial(result_of, check=options.check), work, options.processes)
    silent_schedules = _report(results)
    if options.keep:
        _write_silent(options.keep, work, results)
    return int(silent_schedules > 0)


def _report(results: Sequence[Result]) -> int:
    tally: dict[str, Counter[str]] = {}
    parts: dict[str, Counter[str]] = {}
    for each in results:
        word, asked = each.verdict.word, bool(each.verdict.asked)
        for counts in (tally.setdefault(each.kind, Counter()), parts.setdefault(each.part, Counter())):
            counts[word] += 1
            counts["all"] += 1
            counts["asked"] += word == "right" and asked
            counts[f"silent {each.part}"] += word == "silent"
    print(
        f"{'kind':26}{'all':>5}{'right':>7}{'asked':>7}{'flagged':>8}{'refused':>8}{'silent':>7}  schedule field table"
    )
    for name, counts in sorted(tally.items()):
        apart = "".join(f"{counts[f'silent {part}']:>6}" for part in ("schedule", "field", "table"))
        print(_line(name, counts) + f"  {apart}")
    for name, counts in sorted(parts.items()):
        print(_line(f"= {name}", counts))
    for each in results:
        verdict = each.verdict
        if verdict.word == "silent" or (each.part == "clean" and (verdict.word != "right" or verdict.asked)):
            place = f"{each.kind} {each.part} {each.where}"
            print(f"{verdict.word} {place}: {verdict.note} {' '.join(verdict.asked)}")
    for each in results:
        if each.picture:
            print(f"picture of {each.kind} {each.part} {each.where}: {each.picture}")
    return parts.get("schedule", Counter())["silent"]


def _line(name: str, counts: Counter[str]) -> str:
    widths = {"all": 5, "right": 7, "asked": 7, "flagged": 8, "refused": 8, "silent": 7}
    return f"{name:26}" + "".join(f"{counts[column]:>{width}}" for column, width in widths.items())


def _write_silent(folder: Path, work: Sequence[Job], results: Sequence[Result]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for (kind, base, seed), each in zip(work, results, strict=True):
        if kind and each.verdict.word == "silent":
            path = folder / f"{each.kind}-{each.part}-{base.name}-{seed}.pdf"
            path.write_bytes(planted(kind, base, seed).pdf)


if __name__ == "__main__":
    sys.exit(main())
