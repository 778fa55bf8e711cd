"""Reads drawn scans and compares them with what is printed: a row for each preset and source.

Sources are the samples, the forms of `samples/draw/variants.json`, and `random-N` for a form drawn by lot.
Columns: actions found, missing (-) and invented (+); schedules right, unknown (?), covered (#), wrong (!);
character error rate in per cent; area number, component number and team exact in per cent; silent errors in
schedules / in rows; rows for review in per cent; fields of the head; seconds a page. `--strict` ends with 1
when a bar is missed. Drawing has its own process, so that time and memory are those of reading alone; with
`--workers N` scans are drawn and read N at a time, each on its own core, and memory is not measured. Equal settings
give equal pictures, so a scan can be drawn again with `python -m samples.draw.scans`.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import lampiran
from benchmarks import command
from benchmarks.accuracy.scan_score import EXACT, Score, score
from benchmarks.drawing.scan_sources import Drawn, draw, source_names
from benchmarks.workers import pool
from samples.draw.scans import PRESETS
from schema.errors import LampiranError
from schema.plan import Plan

SOURCES = ("kpu-batang-2025", "kpu-contoh-2024", "check-legal-2023", "serif-f4-2025")
READERS: dict[str, dict[str, Any]] = {"both": {}, "rapidocr": {"text_readers": ("rapidocr",)}}
Job = tuple[str, str, int, int | None]
HEADER = (
    f"{'preset':14} {'source':18} {'rows':>4} {'found':>5} {'-/+':>5} {'sched ok/?/#/!':>16} {'CER%':>6}"
    f" {'area':>5} {'comp':>5} {'team':>5} {'silent':>7} {'rev%':>5} {'head':>5} {'s/page':>6}"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its table."""
    options = _options(arguments)
    choice = READERS[options.reader]
    print(HEADER)
    total, missed = Score(), []
    rows = list(product(options.presets, options.sources))
    jobs = [(source, name, seed, options.pages) for name, source in rows for seed in options.seeds]
    scores = (
        _read_at_once(jobs, choice, options.workers) if options.workers > 1 else _read_in_turn(jobs, choice)
    )
    for name, source in rows:
        counted = Score()
        for _ in options.seeds:
            counted.add(next(scores))
        print(_row(name, source, counted), flush=True)
        missed += [f"{name} {source}: {bar}" for bar in missed_bars(name, counted)]
        total.add(counted)
        _show(counted, options.show)
    print(_row("all", "all", total))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    memory = f", largest memory {peak:.0f} MiB" if options.workers == 1 else ""
    print(f"\npages {total.pages}{memory}, bars missed {len(missed)}")
    for line in missed:
        print(f"  {line}")
    return 1 if missed and options.strict else 0


def _read_in_turn(jobs: Sequence[Job], choice: dict[str, Any]) -> Iterator[Score]:
    """Draw in another process and read in this one."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as drawer:
        for job in jobs:
            yield _read(drawer.submit(draw, *job).result(), job[2], choice)


def _read_at_once(jobs: Sequence[Job], choice: dict[str, Any], workers: int) -> Iterator[Score]:
    """Draw and read several scans at a time, each process on a core of its own."""
    with pool(workers) as started:
        for score_of in [started.submit(_drawn_and_read, job, choice) for job in jobs]:
            yield score_of.result()


def _drawn_and_read(job: Job, choice: dict[str, Any]) -> Score:
    return _read(draw(*job), job[2], choice)


def missed_bars(preset_name: str, counted: Score) -> Iterator[str]:
    """Name the bars that a row of the table does not reach; those of 150 dpi are lower.

    Rows that a stamp or a pen's stroke crosses do not count for the share of reviews.
    """
    coarse = PRESETS[preset_name].dpi < 200
    rows = max(1, counted.rows)
    reviews = counted.open_reviews / max(1, counted.open_rows)
    unknown = counted.schedules_unknown / rows
    bars = {
        "rows missing or invented": counted.missing + counted.invented > 0,
        "schedules wrong": counted.schedules_wrong > 0,
        "silent errors in schedules": counted.silent_schedules > 0,
        "schedules unknown": unknown > (0.05 if coarse else 0.0),
        "character error rate": counted.cer > (0.015 if coarse else 0.003),
        "silent errors in rows": counted.silent_fields / rows > (0.04 if coarse else 0.01),
        "rows for review": reviews > (0.25 if coarse else 0.05),
        **{name: getattr(counted, name) < counted.rows for name in EXACT if not coarse},
    }
    return (bar for bar, missed in bars.items() if missed)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = command.parser("scans", __doc__)
    parser.add_argument("--presets", type=_names, default=tuple(PRESETS), help="of: " + ", ".join(PRESETS))
    parser.add_argument(
        "--sources", type=_names, default=SOURCES, help=f"of: {', '.join(source_names())}, random-N"
    )
    parser.add_argument("--seeds", type=lambda text: [int(n) for n in text.split(",")], default=[1])
    parser.add_argument("--pages", type=int, help="the first pages of the annex alone, without the body")
    parser.add_argument("--reader", choices=tuple(READERS), default="both")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="scans read at a time")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N differences a row")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a bar is missed")
    return parser.parse_args(arguments)


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def _read(drawn: Drawn, seed: int, choice: dict[str, Any]) -> Score:
    started = time.perf_counter()
    plan = _plan(drawn, choice)
    seconds = time.perf_counter() - started
    counted = score(plan, drawn.rows, drawn.truth)
    counted.pages, counted.seconds = drawn.pages, seconds
    counted.misses = [f"seed {seed} {miss}" for miss in counted.misses]
    return counted


def _plan(drawn: Drawn, choice: dict[str, Any]) -> Plan | None:
    """Read a scan as the program does; `None`, with the reason on stderr, where it gives no plan."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        path.write_bytes(drawn.scan.pdf)
        try:
            return lampiran.read(path, **choice).plan
        except LampiranError as error:
            sys.stderr.write(f"not read: {error}\n")
            return None


def _row(preset_name: str, source: str, counted: Score) -> str:
    rows = max(1, counted.found)
    schedules = "/".join(
        str(getattr(counted, f"schedules_{state}")) for state in ("right", "unknown", "covered", "wrong")
    )
    exact = " ".join(f"{100 * getattr(counted, name) / rows:5.1f}" for name in EXACT)
    return (
        f"{preset_name:14} {source:18} {counted.rows:4} {counted.found:5}"
        f" {f'{counted.missing}/{counted.invented}':>5} {schedules:>16} {100 * counted.cer:6.3f} {exact}"
        f" {f'{counted.silent_schedules}/{counted.silent_fields}':>7} {100 * counted.reviews / rows:5.1f}"
        f" {f'{counted.head_right}/{counted.head_fields}':>5} {counted.seconds / max(1, counted.pages):6.2f}"
    )


def _show(counted: Score, most: int) -> None:
    for miss in counted.misses[:most]:
        print(f"    {miss}")


if __name__ == "__main__":
    sys.exit(main())
