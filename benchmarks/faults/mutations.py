"""Faults planted into clean transcriptions, kind by kind, as a table of how many were mended, found or missed.

`python -m benchmarks mutations [--each N] [--seed S]`; the truth files of `samples/` give the sheets.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

from benchmarks.faults.judge import judge, read_sheet
from benchmarks.faults.line_faults import DETECTABLE, TRACELESS, planted
from benchmarks.tree import truths as truths_of_samples
from lampiran.resources import load_resources
from normalize import Resources

_COLUMNS = ("planted", "right", "found", "silent schedules", "silent fields", "rows", "for review")


@dataclass(frozen=True, slots=True)
class Tally:
    """Figures of one kind of fault.

    `planted` faults, of which every row came out as it should (`right`) or a row that did not holds a
    finding (`found`); `silent_schedules` and `silent_fields` are values wrong without one. `rows` counts all
    rows of the sheets, `reviews` those that ask for a review.
    """

    planted: int = 0
    right: int = 0
    found: int = 0
    silent_schedules: int = 0
    silent_fields: int = 0
    rows: int = 0
    reviews: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


def tally(kind: str, truths: Mapping[str, Any], resources: Resources, seeds: Iterable[int]) -> Tally:
    """Plant one kind of fault once a seed and add up how the sheets were read."""
    return sum((_one(kind, truths, resources, seed) for seed in seeds), Tally())


def _one(kind: str, truths: Mapping[str, Any], resources: Resources, seed: int) -> Tally:
    mutated = planted(kind, truths, seed)
    verdict = judge(mutated, read_sheet(mutated.sheet, resources))
    right = verdict.wrong == 0 and verdict.lost == 0
    silent = bool(verdict.silent_schedules or verdict.silent_fields)
    return Tally(
        planted=1,
        right=right,
        found=not right and not silent,
        silent_schedules=len(verdict.silent_schedules),
        silent_fields=len(verdict.silent_fields),
        rows=len(mutated.sheet.expected),
        reviews=verdict.reviews,
    )


def _line(name: str, figures: Iterable[object]) -> str:
    cells = (f"{figure!s:>{len(column)}}" for figure, column in zip(figures, _COLUMNS, strict=True))
    return f"{name:<46}  {'  '.join(cells)}"


def main() -> None:
    """Print the table: a line a kind, and the totals of the faults with and without a trace."""
    parser = argparse.ArgumentParser(
        description="Plant faults into transcriptions and count what is noticed."
    )
    parser.add_argument("--each", type=int, default=50, metavar="N", help="faults of each kind (default 50)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="first seed (default 0)")
    options = parser.parse_args()
    truths = truths_of_samples()
    resources = load_resources()
    seeds = range(options.seed, options.seed + options.each)
    print(_line("fault", _COLUMNS))
    for title, kinds in (("with a trace", DETECTABLE), ("without a trace", TRACELESS)):
        total = Tally()
        for kind in kinds:
            counted = tally(kind, truths, resources, seeds)
            print(_line(kind, astuple(counted)), flush=True)
            total += counted
        print(_line(f"all {title} ({len(kinds)} kinds)", astuple(total)) + "\n")


if __name__ == "__main__":
    main()
