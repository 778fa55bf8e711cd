"""Measures how fast digital pages are read, compared with other readers on the same files.

All ways read all pages of the same files in turn, several rounds over, so that a busy machine slows each of them; the ratios count,
never the seconds. `plan` is a file to its Plan, `tables` what `lampiran tables` does without its start, both without a result written
and with the survey of the file (`survey` says how much of it that is); `pdfplumber` is its `extract_tables`, `camelot` its
lattice reader on vectors. `least` compares the fastest rounds, `paired` is the median over the rounds' own ratios.
"""

from __future__ import annotations

import gc
import logging
import sys
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

import camelot
import pdfplumber

from benchmarks import command
from benchmarks.tree import SAMPLES
from extract.reading import read_document
from extract.survey.survey import survey
from lampiran.resources import load_resources
from normalize import build_plan
from normalize.tables import build_tables

FILES = ("kpu-batang-2025.pdf", "kpu-contoh-2024.pdf")
BUDGETS = {"pdfplumber": 1 / 3, "camelot": 1.0}  # of the time of these readers
OURS = ("plan", "tables")
Way = Callable[[Path], object]


def plan(path: Path) -> object:
    """Read a file to its Plan."""
    return build_plan(read_document(path), load_resources())


def tables(path: Path) -> object:
    """Read all tables of a file."""
    return build_tables(read_document(path, every_table=True), load_resources())


def by_pdfplumber(path: Path) -> object:
    """Read all tables as pdfplumber does."""
    found = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            found.append(page.extract_tables())
            page.close()
    return found


def by_camelot(path: Path) -> object:
    """Read all tables as camelot does from the vectors of a page."""
    return camelot.read_pdf(str(path), pages="all", flavor="lattice", engine="vector")


WAYS: Mapping[str, Way] = {
    "survey": survey,
    "plan": plan,
    "tables": tables,
    "pdfplumber": by_pdfplumber,
    "camelot": by_camelot,
}


def timed(way: Way, path: Path) -> float:
    """Return the seconds that a way takes for a file."""
    gc.collect()
    start = time.perf_counter()
    way(path)
    return time.perf_counter() - start


def measured(path: Path, names: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each round by way, after one round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in names}
    for name in names:
        WAYS[name](path)
    for _ in range(rounds):
        for name in names:
            times[name].append(timed(WAYS[name], path))
    return times


def ratios(ours: Sequence[float], others: Sequence[float]) -> tuple[float, float]:
    """Return the ratio of the fastest rounds, and the median of the rounds' own ratios."""
    return min(ours) / min(others), median(a / b for a, b in zip(ours, others, strict=True))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print seconds and ratios for each file."""
    parser = command.parser("page_speed", __doc__)
    parser.add_argument("files", type=Path, nargs="*", default=[SAMPLES / name for name in FILES])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ways", nargs="+", default=list(WAYS), choices=list(WAYS))
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    peers = [name for name in BUDGETS if name in options.ways]
    for path in options.files:
        times = measured(path, options.ways, options.rounds)
        print(f"{path.name}: {options.rounds} rounds in turn")
        print(
            f"  {'':11}{'least s':>9}{'median s':>9}"
            + "".join(f"  of {name}: least, paired" for name in peers)
        )
        for name, values in times.items():
            shares = [(peer, *ratios(values, times[peer])) for peer in peers]
            told = "".join(f"{least:>{len(peer) + 11}.2f}{paired:>10.2f}" for peer, least, paired in shares)
            print(f"  {name:11}{min(values):>9.3f}{median(values):>9.3f}{told}")
            if name in OURS:
                over = [peer for peer, least, _ in shares if least > BUDGETS[peer]]
                if over:
                    print(
                        f"  {'':11}above the budget of {', '.join(f'{BUDGETS[peer]:.2f} of {peer}' for peer in over)}"
                    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
