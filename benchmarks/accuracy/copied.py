"""What the benchmarks of copies do alike: options, drawing and copying, reading, and the table with a line for each kind of copy."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Generic, TypeVar

from benchmarks import command
from benchmarks.counts import Counts
from benchmarks.drawing.copying.forms import Split
from benchmarks.drawing.copying.kinds import COPIES, KEPT_ONLY, OPTIONAL
from benchmarks.reading import kept_folder
from benchmarks.workers import in_turn_or_at_once

Job = tuple[Split, int, str, Path]
"""A split, a form's number, a kind of copy and the folder of the PDFs."""


@dataclass(slots=True)
class CopiedCounts(Counts):
    """Counts of files, their pages and the seconds they took; `wrong` names each difference."""

    files: int = 0
    refused: int = 0
    pages: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    @property
    def seconds_a_page(self) -> float:
        """The seconds that a page took."""
        return self.seconds / max(1, self.pages)


Score = TypeVar("Score", bound=CopiedCounts)


@dataclass(frozen=True, slots=True)
class Copying(Generic[Score]):
    """A benchmark of copies.

    `forms` says how many forms each split has, `first_seed` the seed before the first one's, `usual` the kinds of copies
    that are drawn where none is named. `digital` leaves a form's PDF in the folder, `draw` a copy of it. `group` says which
    of the `totals` a kind of copy counts for besides "all"; `row` is a line of the table.
    """

    name: str
    text: str | None
    header: str
    forms: Mapping[Split, int]
    first_seed: Mapping[Split, int]
    usual: Callable[[Split], Sequence[str]]
    digital: Callable[[Split, int, Path], Path]
    draw: Callable[[Job], Path]
    read: Callable[[Job], Score]
    nothing: Callable[[], Score]
    row: Callable[[str, str, Score], str]
    width: int
    totals: Sequence[str] = ("all",)
    group: Callable[[str], str] = lambda _: ""

    def run(self, arguments: Sequence[str] | None) -> int:
        """Print the table; 2 where the call is not what it should be."""
        parser = self._parser()
        options = parser.parse_args(arguments)
        names = options.copies or self.usual(options.split)
        known = {**COPIES, **KEPT_ONLY, **OPTIONAL}
        if unknown := [name for name in names if name not in known]:
            parser.error(f"there is no copy {', '.join(unknown)}; there are {', '.join(known)}")
        if options.split == "kept" and (options.keep or options.show or options.draw_only):
            parser.error("pages of the kept split are neither kept nor shown")
        numbers = range(options.first, options.first + (options.forms or self.forms[options.split]))
        with kept_folder(options.keep) as folder:
            for number in numbers:
                self.digital(options.split, number, folder)
            first = self.first_seed[options.split]
            print(f"split {options.split}, seeds {first + numbers[0]} to {first + numbers[-1]}")
            jobs: list[Job] = [(options.split, n, name, folder) for name, n in product(names, numbers)]
            if options.draw_only:
                for job in jobs:
                    print(self.draw(job), flush=True)
            else:
                self._table(names, jobs, options.workers, options.show)
        return 0

    def _parser(self) -> argparse.ArgumentParser:
        parser = command.parser(self.name, self.text)
        counts = ", ".join(f"{count} of {split}" for split, count in self.forms.items())
        copies = ", ".join((*COPIES, *KEPT_ONLY, *OPTIONAL))
        add = parser.add_argument
        add("--split", choices=("look", "kept"), default="look")
        add("--forms", type=int, metavar="N", help=f"how many forms; {counts}")
        add("--first", type=int, default=1, metavar="N", help="the number of the first form")
        add("--copies", type=command.names, metavar="A,B", help=f"of: {copies}")
        add("--workers", type=int, default=1, metavar="N", help="files read at a time")
        add("--keep", type=Path, metavar="DIR", help="where the PDFs of look and their truth stay")
        add("--show", type=int, default=0, metavar="N", help="differences to print of each file, of look")
        add("--draw-only", action="store_true", help="draw the PDFs and read none")
        return parser

    def _table(self, names: Sequence[str], jobs: Sequence[Job], workers: int, show: int) -> None:
        print(self.header)
        totals = {name: self.nothing() for name in self.totals}
        scores = in_turn_or_at_once(self.read, jobs, workers)
        for name in names:
            counted, shown = self.nothing(), []
            for split, number, *_ in (job for job in jobs if job[2] == name):
                each = next(scores)
                # "SILENT" sorts before "asks".
                shown += [
                    f"      {split}-{number} {line[: self.width]}" for line in sorted(each.wrong)[:show]
                ]
                counted.add(each)
            group = self.group(name)
            print(self.row(name, group, counted), flush=True)
            print("\n".join(shown), end="\n" if shown else "")
            for total in totals.keys() & {group, "all"}:
                totals[total].add(counted)
        for name, total_of in totals.items():
            print(self.row(name, "", total_of))


def timed(read: Callable[[], Score]) -> Score:
    """Return what was read with the seconds that it took."""
    start = time.perf_counter()
    score = read()
    score.seconds = time.perf_counter() - start
    return score
