"""Faults planted into clean transcriptions, kind by kind: how many were mended, found or missed.

The sheets are drawn from the truth files of the samples. A row that did not come out as it should must hold a finding;
without one it is silent. Faults without a trace in the text (marks that are as plausible as the printed ones) must come
out as the text says.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from benchmarks import command, tree
from benchmarks.counts import Counts
from benchmarks.faults.line_faults import DETECTABLE, TRACELESS, planted
from benchmarks.faults.transcription import Entry, Line, written
from benchmarks.reading import texts_of
from extract.transcript import read_transcript
from lampiran.resources import load_resources
from normalize import Resources, build_plan
from schema.plan import Placed, Plan
from schema.provenance import Source

ANNOTATION = "lke_code"  # a finding about our own annotation says nothing about what was read
_COLUMNS = ("planted", "right", "found", "silent schedules", "silent fields", "rows", "for review")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a transcription with a fault was read.

    `silent_schedules` and `silent_fields` name rows that are wrong without a finding, `reviews` counts rows
    that ask for a review, `wrong` all rows that are not as planted, `lost` rows missing or invented.
    """

    silent_schedules: tuple[int, ...]
    silent_fields: tuple[tuple[int, str], ...]
    reviews: int
    wrong: int
    lost: int


@dataclass(slots=True)
class Tally(Counts):
    """Figures of one kind of fault, in the order of the table's columns.

    Of the `planted` faults `right` came out as they should in every row, and `found` have a finding in a row that did
    not; the rest is silent. `silent_*` count values, `rows` all rows of the sheets, `reviews` those that ask for one.
    """

    planted: int = 0
    right: int = 0
    found: int = 0
    silent_schedules: int = 0
    silent_fields: int = 0
    rows: int = 0
    reviews: int = 0


def read_lines(lines: Sequence[Line], resources: Resources) -> Plan:
    """Read the text of some lines as the program reads a transcription."""
    data = written(lines, "txt")
    digest = hashlib.sha256(data).hexdigest()
    source = Source(name="sheet.txt", sha256=digest, media_type="text/plain", size=len(data))
    return build_plan(read_transcript(Path("sheet.txt"), data, source), resources)


def judge(entries: Sequence[Entry], plan: Plan) -> Verdict:
    """Compare a plan with what the sheet says row by row; a row that differs must hold a finding."""
    placed = list(plan.placed())
    if lost := abs(len(placed) - len(entries)):
        return Verdict((), () if plan.findings else ((-1, "rows"),), 0, lost, lost)
    schedules: list[int] = []
    fields: list[tuple[int, str]] = []
    wrong = 0
    for n, (row, entry) in enumerate(zip(placed, entries, strict=True)):
        names = wrong_fields(row, entry)
        is_off = not _schedule_right(row, entry)
        wrong += bool(names or is_off)
        found = plan.findings_of(row.action.action_id)
        about = {finding.field for finding in found} - {ANNOTATION}
        if is_off and "schedule" not in about and all(each.code != "action-fragment" for each in found):
            schedules.append(n)
        if not about:
            fields += [(n, name) for name in names]
    reviews = sum(row.action.needs_review for row in placed)
    return Verdict(tuple(schedules), tuple(fields), reviews, wrong, 0)


def _schedule_right(row: Placed, entry: Entry) -> bool:
    unknown = any(period.state == "unknown" for period in row.action.schedule.periods)
    return row.action.schedule.planned() == entry.months and not unknown


def wrong_fields(row: Placed, entry: Entry) -> list[str]:
    """Name the text fields of a row that differ from what was written."""
    read = texts_of(row) | {"area_no": str(row.area.number)}
    wanted = {**entry.texts, "component_no": entry.texts["component_no"].rstrip(".")}
    return [name for name in read if name != "area" and read[name] != wanted[name]]


def tally(kind: str, truths: Mapping[str, Any], resources: Resources, seeds: Iterable[int]) -> Tally:
    """Plant one kind of fault once a seed and add up how the sheets were read."""
    total = Tally()
    for seed in seeds:
        total.add(_one(kind, truths, resources, seed))
    return total


def _one(kind: str, truths: Mapping[str, Any], resources: Resources, seed: int) -> Tally:
    sheet = planted(kind, truths, seed)
    verdict = judge(sheet.entries, read_lines(sheet.lines, resources))
    right = verdict.wrong == 0
    silent = bool(verdict.silent_schedules or verdict.silent_fields)
    return Tally(
        planted=1,
        right=right,
        found=not right and not silent,
        silent_schedules=len(verdict.silent_schedules),
        silent_fields=len(verdict.silent_fields),
        rows=len(sheet.entries),
        reviews=verdict.reviews,
    )


def _lines(name: str, figures: Iterable[object]) -> Iterator[str]:
    yield f"{name:<46}"
    yield from (f"{figure!s:>{len(column)}}" for figure, column in zip(figures, _COLUMNS, strict=True))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each kind, and the totals of the faults with and without a trace."""
    parser = command.parser("mutations", __doc__)
    parser.add_argument("--each", type=int, default=50, metavar="N", help="faults of each kind (default 50)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="first seed (default 0)")
    options = parser.parse_args(arguments)
    truths, resources = tree.truths(), load_resources()
    seeds = range(options.seed, options.seed + options.each)
    print("  ".join(_lines("fault", _COLUMNS)))
    for title, kinds in (("with a trace", DETECTABLE), ("without a trace", TRACELESS)):
        total = Tally()
        for kind in kinds:
            counted = tally(kind, truths, resources, seeds)
            print("  ".join(_lines(kind, astuple(counted))), flush=True)
            total.add(counted)
        print("  ".join(_lines(f"all {title} ({len(kinds)} kinds)", astuple(total))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
