"""Plants faults into clean transcriptions and prints which of them an audit finds.

A paper is read once; its transcription is written anew for each seed, in each form in turn. A plant is found if a
fault is reported in its rows and fields, and named right if that fault, or the state of the row, has its kind. A
fault that no plant explains is false.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import command
from benchmarks.faults.planting import Plant
from benchmarks.faults.row_faults import HEAD_KINDS, KINDS, MARK_KINDS, ROW_KINDS, planted
from benchmarks.faults.transcription import FORMS, Form, Script, lines_of, script_of, written
from benchmarks.tree import SAMPLES
from lampiran.audit.audit import audit as audit_of
from lampiran.pipeline import read
from lampiran.result import Result
from samples.draw.truth import load
from samples.draw.variants import variant
from schema.audit import Audit, AuditCell

BASES = (
    "kpu-batang-2025", "kpu-contoh-2024", "serif-f4-2025", "check-legal-2023", "dot-a3-2020",
    "quarters-above-months", "quarters-a4", "text-names", "heading-own-tables", "merged-area-column",
    "head-once-shaded", "target-and-realisation", "unnumbered-areas", "text-short-a4", "random-7", "random-11",
)  # fmt: skip
TABLES: tuple[Form, ...] = ("csv", "xlsx")  # forms that hold the table alone
# What an audit may call a planted kind, if it uses another word.
NAMES: Mapping[str, frozenset[str]] = {
    "text-in-next-row": frozenset({"cell-misplaced"}),
    "column-swallowed": frozenset({"column-swallowed", "cells-fused"}),
    "cell-emptied": frozenset({"cell-missing"}),
    "letter-confused": frozenset({"letter-confusion"}),
    "head-number-wrong": frozenset({"number-wrong", "head-wrong"}),
    "head-date-wrong": frozenset({"date-wrong", "number-wrong"}),
    "clause-word-lost": frozenset({"word-lost"}),
    "clause-letter-lost": frozenset({"letter-lost"}),
}


@dataclass(frozen=True, slots=True)
class Base:
    """A paper and its clean transcription; `places` gives the number of each action in the order of print."""

    name: str
    paper: Result
    script: Script
    places: Mapping[str, int]


@dataclass(slots=True)
class Score:
    """Counts by kind, and what went wrong in words."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    faults: int = 0
    false: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the plants that were found."""
        return self.found.total() / max(1, self.planted.total())

    @property
    def precision(self) -> float:
        """Share of the reported faults that a plant explains."""
        return 1 - self.false.total() / max(1, self.faults)

    @property
    def naming(self) -> float:
        """Share of the found plants that have the name of their kind."""
        return self.named.total() / max(1, self.found.total())

    def recall_of(self, kinds: Iterable[str]) -> float:
        """Share of the plants of some kinds that were found."""
        chosen = [kind for kind in kinds if self.planted[kind]]
        return sum(self.found[kind] for kind in chosen) / max(1, sum(self.planted[kind] for kind in chosen))


def base(name: str, folder: Path) -> Base:
    """Read a paper and write its transcription; a sample's paper is its file, a form's is drawn."""
    listed = SAMPLES / f"{name}.truth.json"
    if listed.exists():
        script, path = script_of(load(listed)), SAMPLES / f"{name}.pdf"
    else:
        drawn = variant(name)
        script, path = script_of(drawn.truth, drawn.form.table or ()), folder / f"{name}.pdf"
        path.write_bytes(drawn.pdf())
    paper = read(path)
    places = {item.action.action_id: n for n, item in enumerate(paper.plan.placed())}
    if len(places) != len(script.entries):
        raise ValueError(f"{name}: {len(places)} rows were read, {len(script.entries)} are printed")
    return Base(name, paper, script, places)


def audited(paper: Base, script: Script, form: Form, folder: Path) -> Audit:
    """Audit one transcription, written to a file in a form, against a paper that was read before."""
    file = folder / f"transcription.{form}"
    file.write_bytes(written(lines_of(script), form))
    return audit_of(paper.paper, file, figures=False)


def judge(audit: Audit, plants: Sequence[Plant], places: Mapping[str, int], label: str, score: Score) -> None:
    """Add to a score which plants an audit found and what else it reported."""
    rows = {row.n: row for row in audit.rows}
    own = {row.n: frozenset(places[action] for action in row.action_ids) for row in audit.rows}
    lone = sum(plant.kind == "row-invented" for plant in plants)
    told: dict[int, set[str]] = {n: set() for n in range(len(plants))}
    seen = set()
    for cell in audit.faults():
        score.faults += 1
        touched = own.get(cell.row or 0, frozenset())
        hits = [n for n, plant in enumerate(plants) if _explains(plant, cell, touched)]
        for n in hits:
            told[n] |= {cell.kind or "", rows[cell.row].state if cell.row else ""}
        if not hits:
            score.false[cell.kind or "?"] += 1
            score.lines.append(f"{label}: false {cell.kind} {cell.field} {cell.paper!r} {cell.stated!r}")
        seen.add(cell.row)
    invented = sum(row.state == "invented" for row in audit.rows if row.n in seen)
    for n, plant in enumerate(plants):
        score.planted[plant.kind] += 1
        if plant.kind == "row-invented" and invented < lone:
            told[n] = set()
        if not told[n]:
            score.lines.append(
                f"{label}: missed {plant.kind} {set(plant.fields)} {plant.before!r} {plant.after!r}"
            )
            continue
        score.found[plant.kind] += 1
        if told[n] & NAMES.get(plant.kind, frozenset({plant.kind})):
            score.named[plant.kind] += 1
        else:
            names = sorted(told[n] - {""})
            score.lines.append(f"{label}: {plant.kind} is named {names} {plant.before!r} {plant.after!r}")


def _explains(plant: Plant, cell: AuditCell, touched: frozenset[int]) -> bool:
    if cell.row is None or plant.kind in HEAD_KINDS:
        return cell.row is None and cell.field in plant.fields
    if not touched:  # a row that only the transcription has
        return plant.kind in {"row-invented", "row-split", "row-duplicated"}
    if plant.kind == "row-invented" or not touched & plant.rows:
        return False
    return not plant.fields or cell.field in plant.fields


def run(
    bases: Sequence[Base],
    seeds: Iterable[int],
    folder: Path,
    kinds: Sequence[str] = KINDS,
    forms: Sequence[Form] = FORMS,
) -> Score:
    """Plant one fault alone in every third transcription, in the others as many as 5 to 20, and audit them all."""
    score = Score()
    for seed in seeds:
        for number, paper in enumerate(bases):
            rng = random.Random(f"{paper.name} {seed}")
            count = 1 if seed % 3 == 0 else rng.randint(5, 20)
            chosen = [kinds[(seed // 3 + number) % len(kinds)]] if count == 1 else rng.choices(kinds, k=count)
            form = forms[(seed + number) % len(forms)]
            chosen = [kind for kind in chosen if form not in TABLES or kind not in HEAD_KINDS]
            script, plants = planted(paper.script, chosen, rng.randrange(1_000_000))
            label = f"{paper.name} seed {seed} {form}"
            judge(audited(paper, script, form, folder), plants, paper.places, label, score)
    return score


def clean(bases: Sequence[Base], folder: Path, forms: Sequence[Form] = FORMS) -> Score:
    """Audit the clean transcriptions in every form: each fault reported there is false."""
    score = Score()
    for paper in bases:
        for form in forms:
            judge(
                audited(paper, paper.script, form, folder),
                (),
                paper.places,
                f"{paper.name} clean {form}",
                score,
            )
    return score


def main(arguments: Sequence[str] | None = None) -> int:
    """Print recall, precision and the share of kinds named right, by kind."""
    parser = command.parser("audit_plants", __doc__)
    parser.add_argument("--seeds", type=int, default=9)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--bases", nargs="*", default=BASES)
    parser.add_argument("--kinds", nargs="*", default=KINDS)
    parser.add_argument("--forms", nargs="*", choices=FORMS, default=FORMS)
    parser.add_argument("--verbose", action="store_true", help="print each fault that went wrong")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        bases = [base(name, folder) for name in options.bases]
        quiet = clean(bases, folder, options.forms)
        seeds = range(options.first, options.first + options.seeds)
        score = run(bases, seeds, folder, options.kinds, options.forms)
    _print(score, quiet)
    if options.verbose:
        print("\n".join(quiet.lines + score.lines))
    passed = score.recall >= 0.99 and score.recall_of(MARK_KINDS | ROW_KINDS) == 1
    return 0 if passed and score.precision >= 0.98 and score.naming >= 0.95 else 1


def _print(score: Score, quiet: Score) -> None:
    print(f"clean transcriptions: {quiet.faults} false faults {dict(quiet.false)}")
    print(f"{'kind':<20} {'planted':>7} {'found':>7} {'named':>7}")
    for kind in sorted(score.planted):
        print(f"{kind:<20} {score.planted[kind]:7} {score.found[kind]:7} {score.named[kind]:7}")
    total = score.planted.total()
    print(f"{'all':<20} {total:7} {score.found.total():7} {score.named.total():7}")
    print(f"faults told {score.faults}, false {score.false.total()} {dict(score.false)}")
    print(f"recall {score.recall:.4f} (marks and rows {score.recall_of(MARK_KINDS | ROW_KINDS):.4f})")
    print(f"precision {score.precision:.4f}, kinds named right {score.naming:.4f}")


if __name__ == "__main__":
    sys.exit(main())
