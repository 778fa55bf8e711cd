"""Draws one plan in many legal ways that look alike and counts what is read otherwise.

Each axis of drawing (`--axes` lists them) has several settings; each is tried alone, then two to four together. Right is what
the plan says. `silent`: a value is wrong and nothing asks about it. `refused`: no plan is found in it. PDFium's picture of each file is compared with that of the plainest
drawing first; a file that looks different is a fault of the drawing and is named.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from benchmarks import command
from benchmarks.drawing.pages.changes import AXES, Change, changes, drawn
from benchmarks.drawing.pages.tables import PAPER, Table, plan
from benchmarks.faults.page_verdicts import Verdict, plan_verdict
from benchmarks.reading import as_file
from benchmarks.workers import forked

COUNT = 258
WIDE = 1400  # pixels across of a picture that is compared
INSET = 3.2  # points from a cell's edge that its ruling may reach
FAR = 2.5  # points by which the start of a cell's ink may differ
DARK = 140  # of 255: a pixel below is ink
TABLE = plan()


def picture(pdf: bytes) -> NDArray[np.uint8]:
    """Draw the last page `WIDE` pixels wide, whatever its unit."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    page = document[len(document) - 1]
    drawn_page = page.render(scale=WIDE / page.get_width(), grayscale=True, may_draw_forms=True)
    return drawn_page.to_numpy().squeeze()


def inked(seen: NDArray[np.uint8], table: Table) -> Iterator[tuple[float, float, float, float] | None]:
    """Yield the box of the ink in each cell, in points; `None` where there is none."""
    scale = WIDE / PAPER[0]
    for cell in table.cells:
        x0, top, x1, bottom = table.box(cell)
        left, upper = round((x0 + INSET) * scale), round((top + INSET) * scale)
        inner = seen[upper : round((bottom - INSET) * scale), left : round((x1 - INSET) * scale)] < DARK
        ys, xs = np.nonzero(inner)
        if len(xs) < 4:
            yield None
            continue
        yield xs.min() / scale, ys.min() / scale, xs.max() / scale, ys.max() / scale


@cache
def plainest() -> list[tuple[float, float, float, float] | None]:
    """Return the ink of the plainest drawing."""
    return [*inked(picture(drawn(Change(), TABLE)), TABLE)]


def looks_otherwise(pdf: bytes) -> str | None:
    """Say what of a drawing looks different from the plainest one; `None` if nothing does."""
    seen = picture(pdf)
    if abs(seen.shape[0] / seen.shape[1] - PAPER[1] / PAPER[0]) > 0.01:
        return f"a page of {seen.shape}"
    for cell, here, there in zip(TABLE.cells, inked(seen, TABLE), plainest(), strict=True):
        if (here is None) != (there is None):
            return f"cell {cell.row},{cell.column} {'is empty' if here is None else 'holds something'}"
        if here and there and max(abs(here[0] - there[0]), abs(here[1] - there[1])) > FAR:
            return f"cell {cell.row},{cell.column} begins elsewhere"
    return None


def _judged(change: Change) -> tuple[str, Verdict, str | None]:
    pdf = drawn(change, TABLE)
    with as_file(pdf) as path:
        verdict = plan_verdict(path, TABLE, (-1, -1), ())
    return str(change), verdict, looks_otherwise(pdf)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print counts, each silent file, each that asks and each that looks different; 1 if any is silent."""
    parser = command.parser("legal_changes", __doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="a part of the name of the changes to try, such as rulings=rings")
    parser.add_argument("--keep", type=Path, help="write the files that are not right into this folder")
    parser.add_argument("--axes", action="store_true", help="list the axes and their settings, read nothing")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    if options.axes:
        for axis, settings in AXES.items():
            print(f"{axis:9}{' '.join(settings)}")
        return 0
    tried = [c for c in changes(options.count, options.seed) if (options.only or "") in str(c)]
    results = forked(_judged, tried, options.processes)
    counts = Counter(verdict.word for _, verdict, _ in results)
    asked = sum(verdict.word == "right" and bool(verdict.asked) for _, verdict, _ in results)
    for name, verdict, _ in results:
        if verdict.word != "right" or verdict.asked:
            word = "asked" if verdict.word == "right" else verdict.word
            print(f"{word:8} {name}: {verdict.note[:240]} {' '.join(sorted(set(verdict.asked)))}")
    for name, _, otherwise in results:
        if otherwise:
            print(f"drawing  {name}: {otherwise}")
    rest = ", ".join(f"{word} {counts[word]}" for word in ("flagged", "refused", "silent"))
    print(f"{len(results)} drawings: right {counts['right']} (of them asked {asked}), {rest}")
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        for change, (name, verdict, _) in zip(tried, results, strict=True):
            if verdict.word != "right":
                path = options.keep / f"{verdict.word}-{name.replace(' ', '-').replace('=', '_')}.pdf"
                path.write_bytes(drawn(change, TABLE))
    return int(counts["silent"] > 0)


if __name__ == "__main__":
    sys.exit(main())
