"""Reads and scores plans that office programs printed and that were copied as offices copy.

Neither the forms (`benchmarks/drawing/copying/forms.py`: looks, faces, words) nor the degrader (`benchmarks/drawing/copying/kinds.py`)
share anything with the simulator in `samples/draw`. Both are split once, by seeds and by forms: `look` is for
development; `kept` is for final figures: it has additional kinds of copies, nobody looks at its pages, and this
program neither keeps them nor says what is wrong on them. LibreOffice, Chromium and the faces must be installed (see
`benchmarks/accuracy/office.py` and `benchmarks/drawing/copying/forms.py`).

Columns: copies that an office would call sound or bad; rows found of those printed, invented; schedules wrong or unknown
in silence / with a question; character error rate of the texts of rows found, in per cent; rows that are wrong, lost or
invented in silence; rows no foreign ink crosses that ask, in per cent, and how many of them are right; rows under
foreign ink; pages lost without an error; files refused; seconds a page.

With `--keep DIR` the PDFs of `look` stay there with their truth, and are taken from there the next time; `--draw-only`
reads nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import lampiran
from benchmarks.accuracy.copied import Copying, Job, timed
from benchmarks.accuracy.copy_score import CopyScore, refused, score
from benchmarks.accuracy.office_score import read_rows, told
from benchmarks.counts import share
from benchmarks.drawing.copying.drawn import digital, draw
from benchmarks.drawing.copying.forms import FIRST_SEED
from benchmarks.drawing.copying.kinds import COPIES, KEPT_ONLY, copy_of

HEADER = (
    f"{'copy':14} {'':5} {'found':>9} {'+':>3} {'sched silent/asked':>18} {'CER%':>6} {'silent':>10} {'ask%':>6} {'right':>5}"
    f" {'inked':>5} {'lost pp':>7} {'refused':>7} {'s/page':>6}"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 where the call is not what it should be."""
    return Copying(
        name="copies",
        text=__doc__,
        header=HEADER,
        forms={"look": 4, "kept": 12},
        first_seed=FIRST_SEED,
        usual=lambda split: [*COPIES, *KEPT_ONLY] if split == "kept" else [*COPIES],
        digital=digital,
        draw=_copy,
        read=read_copy,
        nothing=CopyScore,
        row=row,
        width=300,
        totals=("sound", "bad", "all"),
        group=lambda name: "sound" if copy_of(name).sound else "bad",
    ).run(arguments)


def _copy(job: Job) -> Path:
    return draw(*job).path


def read_copy(job: Job) -> CopyScore:
    """Draw a copy, read it as a user would and score it."""
    drawn = draw(*job)

    def scored() -> CopyScore:
        try:
            plan = lampiran.read(drawn.path).plan
        except lampiran.LampiranError as refusal:
            return refused(drawn.truth, drawn.pages, str(refusal))
        return score(drawn.truth, read_rows(plan), told(plan), drawn.pages)

    return timed(scored)


def row(name: str, kind: str, counted: CopyScore) -> str:
    """Return a line of the table."""
    silent = f"{counted.silent} {100 * share(counted.silent, counted.rows):.1f}%"
    return (
        f"{name:14} {kind:5} {f'{counted.found}/{counted.rows}':>9} {counted.invented:>3}"
        f" {f'{counted.schedules_silent}/{counted.schedules_asked}':>18}"
        f" {100 * share(counted.letters_wrong, counted.letters):>6.2f} {silent:>10}"
        f" {100 * share(counted.asking, counted.open_rows):>6.1f} {counted.asking_right:>5} {counted.inked_rows:>5} {counted.pages_lost:>7}"
        f" {counted.refused:>7} {counted.seconds_a_page:>6.1f}"
    )


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
