"""Hidden, covered, moved and unnamed content planted into drawn pages: `python -m benchmarks plants` judges what is read.

Each plant is one cell of an action plan or of a list of goods, drawn by one of several programs; all else on the page is plain.
Right is what a person sees. `flagged`: something is wrong, and a finding that asks (review or error) is about each
wrong row or cell, or about its page. `refused`: the file is said to hold no plan or table. `silent`: something is wrong and nothing asks. `asked`: right, with a finding that asks.
`clean` are the same pages without a plant: nothing of them may ask. `--check` draws each plant with PDFium and says where its
picture does not show what the kind says.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pikepdf
import pypdfium2

from benchmarks.drawing.pages import hidden, shown
from benchmarks.drawing.pages.bases import BASES, flipped, installed, placed, saved
from benchmarks.drawing.pages.content import Content
from benchmarks.drawing.pages.fonts import Fonts
from benchmarks.drawing.pages.reading import Verdict, read_goods, read_plan
from benchmarks.drawing.pages.spots import KINDS, Kind, Spot
from benchmarks.drawing.pages.tables import FIELDS, FIRST_MONTH, MONTHS, PAPER, TICK, Table, goods, plan

TURNS = 3  # a base is drawn with so many orders of its rows
EXTRAS = ("Dibatalkan", "Tidak ada", "Ditunda", "Surat lama", "999")
DPI = 150
INK = 40  # of 255: a difference of a pixel that is one
MODULES = (hidden, shown)  # imported for the kinds that they enter


@dataclass(frozen=True, slots=True)
class Base:
    """A drawn page with an empty row, and what it says when that row is filled."""

    name: str
    table: Table
    row: int
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Plant:
    """A drawn plant: the file, the table as a person sees it, and where the plant stands."""

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
    for other in table.cells:
        if other.row == row and other != cell:
            for x, y, line in placed(table, other):
                over.text(x, y, line)
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
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plant.pdf"
        path.write_bytes(plant.pdf)
        return (read_plan if plant.seen.is_plan else read_goods)(
            path, plant.seen, (plant.row, plant.column), plant.accepted
        )


def pictured(plant: Plant, base: Base) -> str | None:
    """Say how PDFium's picture of a plant differs from what the kind says; `None` where it agrees."""
    kind = KINDS[plant.kind]
    row = plant.row
    cell = plant.seen.at(row, plant.column)
    plain = pikepdf.open(BytesIO(base.pdf))
    content = Content(plain, plain.pages[-1])
    for other in plant.seen.cells:
        if other.row == row:
            for x, y, line in placed(plant.seen, other):
                content.text(x, y, line)
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
    for cell in base.table.cells:
        if cell.row == base.row:
            for x, y, line in placed(base.table, cell):
                content.text(x, y, line)
    content.close()
    said = base.table.at(base.row, 3).text
    return Plant("clean", base.name, 0, saved(pdf), base.table, base.row, 3, (said,))


_JOBS: list[tuple[Kind | None, Base, int]] = []


def _job(number: int) -> tuple[str, str, str, Verdict, str | None]:
    kind, base, seed = _JOBS[number]
    plant = planted(kind, base, seed) if kind else clean(base)
    checked = pictured(plant, base) if kind and _CHECKED else None
    return plant.kind, plant.part if kind else "clean", f"{plant.base} {seed}", judged(plant), checked


_CHECKED = False


def jobs(
    kinds: Sequence[Kind], drawn: Sequence[Base], count: int, seed: int
) -> Iterator[tuple[Kind | None, Base, int]]:
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
    """Print a line a kind, each silent plant and what asked on clean pages; 1 where a schedule is silently wrong."""
    global _CHECKED  # noqa: PLW0603 - read by the forked workers
    parser = argparse.ArgumentParser(prog="python -m benchmarks plants", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="number of plants")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", nargs="+", default=sorted(KINDS), choices=sorted(KINDS), metavar="KIND")
    parser.add_argument("--bases", nargs="+", default=list(installed()), choices=list(BASES))
    parser.add_argument("--check", action="store_true", help="compare PDFium's picture of each plant")
    parser.add_argument("--keep", type=Path, help="write each silent plant into this folder")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    _CHECKED = options.check
    kinds = [KINDS[name] for name in options.kinds]
    _JOBS[:] = jobs(kinds, bases(tuple(options.bases)), options.count, options.seed)
    with get_context("fork").Pool(options.processes) as pool:
        results = pool.map(_job, range(len(_JOBS)), chunksize=4)
    silent_schedules = _report(results)
    if options.keep:
        _write_silent(options.keep, results)
    return int(silent_schedules > 0)


def _report(results: Sequence[tuple[str, str, str, Verdict, str | None]]) -> int:
    tally: dict[str, Counter[str]] = {}
    parts: dict[str, Counter[str]] = {}
    for kind, part, _, verdict, _ in results:
        for counts in (tally.setdefault(kind, Counter()), parts.setdefault(part, Counter())):
            counts[verdict.word] += 1
            counts["all"] += 1
            counts["asked"] += verdict.word == "right" and bool(verdict.asked)
            counts[f"silent {part}"] += verdict.word == "silent"
    print(
        f"{'kind':26}{'all':>5}{'right':>7}{'asked':>7}{'flagged':>8}{'refused':>8}{'silent':>7}  schedule field table"
    )
    for name, counts in sorted(tally.items()):
        apart = "".join(f"{counts[f'silent {part}']:>6}" for part in ("schedule", "field", "table"))
        print(_line(name, counts) + f"  {apart}")
    for name, counts in sorted(parts.items()):
        print(_line(f"= {name}", counts))
    for kind, part, where, verdict, _ in results:
        if verdict.word == "silent" or (part == "clean" and (verdict.word != "right" or verdict.asked)):
            print(f"{verdict.word} {kind} {part} {where}: {verdict.note} {' '.join(verdict.asked)}")
    for kind, part, where, _, picture in results:
        if picture:
            print(f"picture of {kind} {part} {where}: {picture}")
    return parts.get("schedule", Counter())["silent"]


def _line(name: str, counts: Counter[str]) -> str:
    return f"{name:26}{counts['all']:>5}{counts['right']:>7}{counts['asked']:>7}{counts['flagged']:>8}{counts['refused']:>8}{counts['silent']:>7}"


def _write_silent(folder: Path, results: Sequence[tuple[str, str, str, Verdict, str | None]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for (kind, base, seed), (name, part, _, verdict, _) in zip(_JOBS, results, strict=True):
        if kind and verdict.word == "silent":
            (folder / f"{name}-{part}-{base.name}-{seed}.pdf").write_bytes(planted(kind, base, seed).pdf)


if __name__ == "__main__":
    sys.exit(main())
