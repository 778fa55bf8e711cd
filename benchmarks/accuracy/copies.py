"""Plans printed by office programs, copied as offices copy, read and scored: `python -m benchmarks copies --split look`.

Neither the forms (`benchmarks/copying/forms.py`: looks, faces, words) nor the degrader (`benchmarks/copying/kinds.py`)
share anything with the simulator in `samples/draw`. Both are split once, by seeds and by forms: `look` is to look at and
to mend by; `kept` is for final figures, has kinds of copies of its own besides, nobody looks at its pages, and this
program neither keeps them nor tells what is wrong on them. LibreOffice, Chromium and the faces must be installed (see
`benchmarks/office.py` and `benchmarks/copying/forms.py`).

Columns: copies that an office would call sound or bad; rows found of those printed, invented; schedules wrong or unknown
in silence / with a question; character error rate of the texts of rows found, in per cent; rows that are wrong, lost or
invented in silence; rows no foreign ink crosses that ask, in per cent, and how many of them are right; rows under
foreign ink; pages lost without an error; files refused; seconds a page.

With `--keep DIR` the PDFs of `look` stay there with their truth, and are taken from there the next time; `--draw-only`
reads nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import lampiran
from benchmarks.accuracy.copy_score import CopyScore, refused, score
from benchmarks.accuracy.office_score import read_rows, told
from benchmarks.drawing.copying.drawn import DrawnCopy, digital, draw
from benchmarks.drawing.copying.forms import FIRST_SEED, Split
from benchmarks.drawing.copying.kinds import COPIES, KEPT_ONLY, OPTIONAL, copy_of
from benchmarks.workers import pool

FORMS = {"look": 4, "kept": 12}
HEADER = (
    f"{'copy':14} {'':5} {'found':>9} {'+':>3} {'sched silent/asked':>18} {'CER%':>6} {'silent':>10} {'ask%':>6} {'right':>5}"
    f" {'inked':>5} {'lost pp':>7} {'refused':>7} {'s/page':>6}"
)
Job = tuple[Split, int, str, Path]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 where the call is not what it should be."""
    parser = _parser()
    options = parser.parse_args(arguments)
    known = [*COPIES, *KEPT_ONLY] if options.split == "kept" else [*COPIES]
    names = options.copies or known
    if unknown := [name for name in names if name not in {*COPIES, *KEPT_ONLY, *OPTIONAL}]:
        parser.error(f"there is no copy {', '.join(unknown)}; there are {', '.join(known)}")
    if options.split == "kept" and (options.keep or options.show or options.draw_only):
        parser.error("pages of the kept split are neither kept nor shown")
    numbers = range(options.first, options.first + (options.forms or FORMS[options.split]))
    with TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for number in numbers:
            digital(options.split, number, folder)
        first = FIRST_SEED[options.split]
        print(f"split {options.split}, seeds {first + numbers[0]} to {first + numbers[-1]}")
        jobs: list[Job] = [(options.split, number, name, folder) for name, number in product(names, numbers)]
        if options.draw_only:
            for job in jobs:
                print(draw(*job).path, flush=True)
            return 0
        _table(names, jobs, options.workers, options.show)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks copies",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--split", choices=("look", "kept"), default="look")
    parser.add_argument("--forms", type=int, metavar="N", help="how many forms; 4 of look, 12 of kept")
    parser.add_argument("--first", type=int, default=1, metavar="N", help="the number of the first form")
    parser.add_argument(
        "--copies",
        type=lambda text: text.split(","),
        metavar="A,B",
        help=f"of: {', '.join((*COPIES, *KEPT_ONLY, *OPTIONAL))}",
    )
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="files read at a time")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="where the PDFs of look and their truth stay"
    )
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="differences to print a file, of look"
    )
    parser.add_argument("--draw-only", action="store_true", help="draw the PDFs and read none")
    return parser


def _table(names: Sequence[str], jobs: Sequence[Job], workers: int, show: int) -> None:
    """Print a line a kind of copy, then sound and bad ones and all of them added up."""
    print(HEADER)
    totals = {"sound": CopyScore(), "bad": CopyScore(), "all": CopyScore()}
    scores = _scores(jobs, workers)
    for name in names:
        counted, shown = CopyScore(), []
        for job in (job for job in jobs if job[2] == name):
            each = next(scores)
            shown += [f"      {job[0]}-{job[1]} {line[:300]}" for line in sorted(each.wrong)[:show]]
            counted.add(each)
        kind = "sound" if copy_of(name).sound else "bad"
        print(row(name, kind, counted), flush=True)
        print("\n".join(shown), end="\n" if shown else "")
        totals[kind].add(counted)
        totals["all"].add(counted)
    for name, total in totals.items():
        print(row(name, "", total))


def _scores(jobs: Sequence[Job], workers: int) -> Iterator[CopyScore]:
    if workers == 1:
        yield from map(read_copy, jobs)
        return
    with pool(workers) as started:
        yield from started.map(read_copy, jobs)


def read_copy(job: Job) -> CopyScore:
    """Draw a copy, read it as a user would and score it."""
    drawn = draw(*job)
    start = time.perf_counter()
    counted = _scored(drawn)
    counted.seconds = time.perf_counter() - start
    return counted


def _scored(drawn: DrawnCopy) -> CopyScore:
    try:
        plan = lampiran.read(drawn.path).plan
    except lampiran.LampiranError as refusal:
        return refused(drawn.truth, drawn.pages, str(refusal))
    return score(drawn.truth, read_rows(plan), told(plan), drawn.pages)


def row(name: str, kind: str, counted: CopyScore) -> str:
    """Return a line of the table."""
    share = 100 / max(1, counted.open_rows)
    silent = f"{counted.silent} {100 * counted.silent / max(1, counted.rows):.1f}%"
    return (
        f"{name:14} {kind:5} {f'{counted.found}/{counted.rows}':>9} {counted.invented:>3}"
        f" {f'{counted.schedules_silent}/{counted.schedules_asked}':>18}"
        f" {100 * counted.letters_wrong / max(1, counted.letters):>6.2f} {silent:>10}"
        f" {counted.asking * share:>6.1f} {counted.asking_right:>5} {counted.inked_rows:>5} {counted.pages_lost:>7}"
        f" {counted.refused:>7} {counted.seconds / max(1, counted.pages):>6.1f}"
    )


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
