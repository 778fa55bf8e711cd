"""Reads public PDFs of the ICDAR 2013 table competition as `lampiran tables` does.

FOLDER (or the environment's `LAMPIRAN_ICDAR_DIR`) holds the competition's scorer `score_icdar.py` and a folder with the PDFs and their
truth (`eu`, or another one by `--half`). The scorer says which files are ruled; only those are read unless `--all` is given. Prints per
file and in all F1 over adjacency relations and the share of cells that are exact, then each page that is partly wrong while
nothing on it asks.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import lampiran
from benchmarks import command
from benchmarks.workers import forked
from schema.errors import LampiranError

VARIABLE = "LAMPIRAN_ICDAR_DIR"
SCORER = "score_icdar.py"
Tables = list[list[tuple[int, int, int, int, str]]]


@dataclass(frozen=True, slots=True)
class PageScore:
    """Counts of one page: relations found, made up and missed, cells that are exact of all, findings that ask."""

    page: int
    found: int
    surplus: int
    missed: int
    exact: int
    cells: int
    asked: int

    @property
    def is_wrong(self) -> bool:
        """Tell whether anything on the page differs from its truth."""
        return bool(self.surplus or self.missed or self.exact < self.cells)


def scorer(folder: Path) -> Any:
    """Load the competition's scorer from a folder.

    Raises:
        FileNotFoundError: there is none.
    """
    path = folder / SCORER
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing; give the folder that holds it, or set {VARIABLE}")
    spec = importlib.util.spec_from_file_location("score_icdar", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ruled_files(module: Any, data: Path) -> set[str]:
    """Name the files all of whose tables are ruled."""
    with TemporaryDirectory() as folder:
        module.ruled(data, folder)
        return set(module.wholly(json.loads((Path(folder) / "ruled.json").read_text(encoding="utf-8"))))


def read(module: Any, pdf: Path) -> tuple[dict[int, Tables], Counter[int], float]:
    """Read a file's tables by page, the findings that ask by page (0: of the whole file), and the CPU seconds it took."""
    logging.disable(logging.CRITICAL)
    start = time.process_time()
    try:
        content = lampiran.read_tables(pdf).content
    except LampiranError:
        return {}, Counter({0: 1}), time.process_time() - start
    spent = time.process_time() - start
    pages, _ = module.lampiran_pages(content.model_dump(mode="json"), 0)
    asked: Counter[int] = Counter()
    for finding in content.findings:
        if finding.severity in {"review", "error"}:
            asked[(finding.ref.page if finding.ref else None) or 0] += 1
    return pages, asked, spent


def scored(
    module: Any, truth: Mapping[int, Tables], pages: Mapping[int, Tables], asked: Counter[int]
) -> list[PageScore]:
    """Score each page that has a table in the truth or in what was read."""
    scores = []
    for page in sorted(set(truth) | set(pages)):
        want, have = truth.get(page, []), pages.get(page, [])
        wanted: Counter[Any] = sum((module.relations(table) for table in want), Counter())
        got: Counter[Any] = sum((module.relations(table) for table in have), Counter())
        common = (wanted & got).total()
        exact = [module.exact(table, have) for table in want]
        scores.append(
            PageScore(
                page=page,
                found=common,
                surplus=got.total() - common,
                missed=wanted.total() - common,
                exact=sum(ok for ok, _ in exact),
                cells=sum(of for _, of in exact),
                asked=asked[page] + asked[0],
            )
        )
    return scores


def line(name: str, scores: Sequence[PageScore], seconds: float) -> str:
    """Return one line of figures."""
    found, surplus, missed, exact, cells = (
        sum(getattr(score, part) for score in scores)
        for part in ("found", "surplus", "missed", "exact", "cells")
    )
    precision, recall = found / max(1, found + surplus), found / max(1, found + missed)
    f1 = 2 * found / max(1, 2 * found + surplus + missed)
    share = exact / max(1, cells)
    return f"{name:10}{len(scores):>6}{precision:>8.3f}{recall:>8.3f}{f1:>8.3f}{f'{exact}/{cells}':>12}{share:>7.3f}{seconds:>8.2f}"


def _judged(job: tuple[Any, Path, Mapping[int, Tables]]) -> tuple[list[PageScore], float]:
    module, pdf, truth = job
    pages, asked, seconds = read(module, pdf)
    return scored(module, truth, pages, asked), seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 2 where the folder is not what it should be."""
    parser = command.parser("icdar", __doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=os.environ.get(VARIABLE))
    parser.add_argument("--half", default="eu", help="the folder of PDFs in it")
    parser.add_argument("--all", action="store_true", help="read the files that are not ruled too")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    if options.folder is None:
        parser.error(f"give the folder, or set {VARIABLE}")
    try:
        module = scorer(Path(options.folder))
    except FileNotFoundError as error:
        parser.error(str(error))
    data = Path(options.folder) / options.half
    chosen = None if options.all else ruled_files(module, data)
    files = {n: each for n, each in module.truths(data).items() if chosen is None or n in chosen}
    work = [(module, pdf, truth) for pdf, truth, _ in files.values()]
    results = dict(zip(files, forked(_judged, work, options.processes), strict=True))
    print(f"{'file':10}{'pages':>6}{'P':>8}{'R':>8}{'F1':>8}{'exact':>12}{'':>7}{'CPU s':>8}")
    for name, (scores, seconds) in results.items():
        print(line(name, scores, seconds))
    every = [score for scores, _ in results.values() for score in scores]
    print(line("all", every, sum(seconds for _, seconds in results.values())))
    wrong = [(name, score) for name, (scores, _) in results.items() for score in scores if score.is_wrong]
    silent = [(name, score) for name, score in wrong if not score.asked]
    print(f"{len(wrong)} pages partly wrong, {len(silent)} of them while nothing asks:")
    for name, score in silent:
        relations = f"{score.surplus} relations made up, {score.missed} missed"
        print(f"  {name} page {score.page}: {relations}, {score.exact} of {score.cells} cells exact")
    return 0


if __name__ == "__main__":
    sys.exit(main())
