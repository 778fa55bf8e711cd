"""Annexes of tariffs printed by office programs, copied, read by `lampiran tables` and scored: `python -m benchmarks amounts`.

The annexes (`benchmarks/copying/tariffs.py`) are copied by the degrader of `benchmarks.accuracy.copies` and split as there: `look` is
to mend by, `kept` for final figures only. Columns: amounts; right ones that ask, in per cent; wrong in silence / with a
question, of those in silence the ones whose digits are not the printed ones; lost in silence / told; then wrong or lost
in silence of all per cents, dates and numerals; files refused; seconds a page. A value is right if it is printed so, but for spaces
(and a numeral's last stop).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import lampiran
from benchmarks.accuracy.amount_score import AmountScore, refused, score
from benchmarks.drawing.copying.drawn import copy_with_truth
from benchmarks.drawing.copying.forms import FIRST_SEED, Split
from benchmarks.drawing.copying.kinds import COPIES, KEPT_ONLY, OPTIONAL
from benchmarks.drawing.copying.tariffs import tariffs
from benchmarks.drawing.office.programs import pdf
from benchmarks.workers import pool

FORMS = {"look": 4, "kept": 20}
USUAL = ("bit300", "grey200")
HEADER = (
    f"{'copy':14} {'amounts':>7} {'ask%':>5} {'wrong silent/asked':>18} {'digits':>6} {'lost silent/told':>16}"
    f" {'percent':>9} {'date':>9} {'numeral':>9} {'refused':>7} {'s/page':>6}"
)
Job = tuple[Split, int, str, Path]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 where the call is not what it should be."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.split == "kept" and (options.keep or options.show or options.draw_only):
        parser.error("pages of the kept split are neither kept nor shown")
    numbers = range(1, 1 + (options.forms or FORMS[options.split]))
    with TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for number in numbers:
            _digital(options.split, number, folder)
        first = FIRST_SEED[options.split] + 5_000
        print(f"split {options.split}, seeds {first + numbers[0]} to {first + numbers[-1]}")
        jobs: list[Job] = [(options.split, n, name, folder) for name, n in product(options.copies, numbers)]
        if options.draw_only:
            for job in jobs:
                print(_drawn(job)[0], flush=True)
            return 0
        _table(options.copies, jobs, options.workers, options.show)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks amounts",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = (*COPIES, *KEPT_ONLY, *OPTIONAL)
    parser.add_argument("--split", choices=("look", "kept"), default="look")
    parser.add_argument("--forms", type=int, metavar="N", help="how many annexes; 4 of look, 20 of kept")
    parser.add_argument(
        "--copies",
        type=lambda text: text.split(","),
        default=USUAL,
        metavar="A,B",
        help=f"of: {', '.join(names)}",
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


def _digital(split: Split, number: int, folder: Path) -> Path:
    path = folder / f"tariff-{split}-{number}.pdf"
    if not path.exists():
        made = tariffs(split, number)
        path.write_bytes(pdf(made.document, made.program))
        told = json.dumps(made.truth(), ensure_ascii=False, indent=1)
        path.with_suffix(".truth.json").write_text(told, encoding="utf-8")
    return path


def _drawn(job: Job) -> tuple[Path, dict[str, object]]:
    split, number, name, folder = job
    return copy_with_truth(_digital(split, number, folder), name, FIRST_SEED[split] + 5_000 + number)


def _table(names: Sequence[str], jobs: Sequence[Job], workers: int, show: int) -> None:
    print(HEADER)
    total, scores = AmountScore(), _scores(jobs, workers)
    for name in names:
        counted, shown = AmountScore(), []
        for job in (job for job in jobs if job[2] == name):
            each = next(scores)
            # "SILENT" sorts before "asks".
            shown += [f"      {job[0]}-{job[1]} {line[:200]}" for line in sorted(each.wrong)[:show]]
            counted.add(each)
        print(row(name, counted), flush=True)
        print("\n".join(shown), end="\n" if shown else "")
        total.add(counted)
    print(row("all", total))


def _scores(jobs: Sequence[Job], workers: int) -> Iterator[AmountScore]:
    if workers == 1:
        yield from map(read_copy, jobs)
        return
    with pool(workers) as started:
        yield from started.map(read_copy, jobs)


def read_copy(job: Job) -> AmountScore:
    """Draw a copy, read its tables as a user would and score them."""
    path, truth = _drawn(job)
    start = time.perf_counter()
    counted = _scored(path, truth)
    counted.seconds = time.perf_counter() - start
    counted.pages = int(str(truth["copied_pages"]))
    return counted


def _scored(path: Path, truth: dict[str, object]) -> AmountScore:
    rows = truth["rows"]
    assert isinstance(rows, list)  # noqa: S101 - the truth's own shape
    try:
        content = lampiran.read_tables(path).content
    except lampiran.LampiranError as refusal:
        return refused(rows, str(refusal))
    return score(rows, truth["row_pages"], set(truth["inked"]), content)  # type: ignore[arg-type,call-overload]


def row(name: str, counted: AmountScore) -> str:
    """Return a line of the table."""
    amounts = counted.values["amount"]
    others = [
        f"{counted.wrong_silent[kind] + counted.lost_silent[kind]}/{counted.values[kind]}"
        for kind in ("percent", "date", "numeral")
    ]
    asked, wrong, lost = (
        100 * counted.right_asking["amount"] / max(1, amounts),
        f"{counted.wrong_silent['amount']}/{counted.wrong_asked['amount']}",
        f"{counted.lost_silent['amount']}/{counted.lost_told['amount']}",
    )
    return (
        f"{name:14} {amounts:>7} {asked:>5.1f} {wrong:>18} {counted.other_value['amount']:>6} {lost:>16}"
        f" {others[0]:>9} {others[1]:>9} {others[2]:>9} {counted.refused:>7}"
        f" {counted.seconds / max(1, counted.pages):>6.1f}"
    )


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
