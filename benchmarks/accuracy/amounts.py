"""Reads and scores annexes of tariffs that office programs printed and that were copied as offices copy.

The annexes (`benchmarks/drawing/copying/tariffs.py`) are copied by the degrader of `benchmarks.accuracy.copies` and split as there: `look` is
for development, `kept` for final figures only. Columns: amounts; right ones that ask, in per cent; wrong in silence / with a
question, of those in silence the ones whose digits are not the printed ones; lost in silence / told; then wrong or lost
in silence of all per cents, dates and numerals; files refused; seconds a page. A value is right if it is as printed, except
for spaces (and a numeral's last stop).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lampiran
from benchmarks.accuracy.amount_score import AmountScore, refused, score
from benchmarks.accuracy.copied import Copying, Job, timed
from benchmarks.counts import share
from benchmarks.drawing.copying.drawn import copy_with_truth
from benchmarks.drawing.copying.forms import Split
from benchmarks.drawing.copying.tariffs import FIRST_SEED, tariffs
from benchmarks.drawing.office.programs import print_to

HEADER = (
    f"{'copy':14} {'amounts':>7} {'ask%':>5} {'wrong silent/asked':>18} {'digits':>6} {'lost silent/told':>16}"
    f" {'percent':>9} {'date':>9} {'numeral':>9} {'refused':>7} {'s/page':>6}"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 where the call is not what it should be."""
    return Copying(
        name="amounts",
        text=__doc__,
        header=HEADER,
        forms={"look": 4, "kept": 20},
        first_seed=FIRST_SEED,
        usual=lambda _: ("bit300", "grey200"),
        digital=_digital,
        draw=_copy,
        read=read_copy,
        nothing=AmountScore,
        row=row,
        width=200,
    ).run(arguments)


def _digital(split: Split, number: int, folder: Path) -> Path:
    path = folder / f"tariff-{split}-{number}.pdf"
    if not path.exists():
        print_to(path, tariffs(split, number))
    return path


def _drawn(job: Job) -> tuple[Path, dict[str, Any]]:
    split, number, name, folder = job
    return copy_with_truth(_digital(split, number, folder), name, FIRST_SEED[split] + number)


def _copy(job: Job) -> Path:
    return _drawn(job)[0]


def read_copy(job: Job) -> AmountScore:
    """Draw a copy, read its tables as a user would and score them."""
    path, truth = _drawn(job)

    def scored() -> AmountScore:
        try:
            content = lampiran.read_tables(path).content
        except lampiran.LampiranError as refusal:
            return refused(truth["rows"], str(refusal))
        return score(truth["rows"], truth["row_pages"], set(truth["inked"]), content)

    counted = timed(scored)
    counted.pages = truth["copied_pages"]
    return counted


def row(name: str, _group: str, counted: AmountScore) -> str:
    """Return a line of the table."""
    amounts = counted.values["amount"]
    others = [
        f"{counted.wrong_silent[kind] + counted.lost_silent[kind]}/{counted.values[kind]}"
        for kind in ("percent", "date", "numeral")
    ]
    asked = 100 * share(counted.right_asking["amount"], amounts)
    wrong = f"{counted.wrong_silent['amount']}/{counted.wrong_asked['amount']}"
    lost = f"{counted.lost_silent['amount']}/{counted.lost_told['amount']}"
    return (
        f"{name:14} {amounts:>7} {asked:>5.1f} {wrong:>18} {counted.other_value['amount']:>6} {lost:>16}"
        f" {others[0]:>9} {others[1]:>9} {others[2]:>9} {counted.refused:>7}"
        f" {counted.seconds_a_page:>6.1f}"
    )


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
