"""Reads drawn forms of other offices and compares them with their truth: a line for each form.

Each name given (`any-7`, `quarters-a4`) is read; without one, all that `samples/draw/offices.json` lists. With
`--preset office200` a scan is read in place of the digital file, with `--pages 2` the first two pages of its annex.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import pdfplumber

from benchmarks import command
from benchmarks.reading import TEXTS, read_plan, texts_of
from samples.draw.layout import Row
from samples.draw.layout import pages as laid_pages
from samples.draw.scans import PRESETS, preset, scan
from samples.draw.variants import Variant, office_names, variant
from schema.plan import PeriodType, Placed, Plan

PERIODS: tuple[PeriodType, ...] = ("month", "quarter", "semester")
Values = dict[str, object]


@dataclass(slots=True)
class FormScore:
    """How one form was read: fields that differ, those of them in rows without a review, rows that ask for one."""

    actions: int
    read: int
    wrong: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    reviews: int = 0
    codes: Counter[str] = field(default_factory=Counter)


def read_variant(drawn: Variant) -> Plan:
    """Draw a form and read it as a user would."""
    return read_plan(drawn.pdf())


def read_scan(drawn: Variant, preset_name: str, seed: int, pages: int | None) -> Plan:
    """Scan a form, or the first pages of its annex, and read the scan."""
    pdf = drawn.pdf()
    return read_plan(scan(pdf, preset(preset_name, seed, _annex(drawn, pdf, pages))).pdf)


def _annex(drawn: Variant, pdf: bytes, pages: int | None) -> tuple[int, ...] | None:
    if pages is None:
        return None
    leaves = len(laid_pages(drawn.truth))
    with pdfplumber.open(BytesIO(pdf)) as document:
        body = len(document.pages) - leaves
    return tuple(range(body + 1, body + min(pages, leaves) + 1))


def score(drawn: Variant, plan: Plan, pages: int | None = None) -> FormScore:
    """Compare a plan with what was drawn (on the annex's first `pages`) row by row, in the order of print."""
    every = [Row(a, c, x) for a in drawn.truth.areas for c in a.components for x in c.actions]
    rows = [row for row in every if pages is None or row.action.page <= pages]
    placed = list(plan.placed())
    found = FormScore(len(rows), len(placed))
    for row, wanted in zip(placed, rows, strict=False):
        for name in differences(row, wanted):
            found.wrong.append(f"{row.action.action_id} {name}")
            if not row.action.needs_review:
                found.silent.append(found.wrong[-1])
        found.reviews += row.action.needs_review
    found.codes.update(f.code for f in plan.findings if f.severity in {"review", "error", "warning"})
    return found


def differences(row: Placed, wanted: Row) -> Iterator[str]:
    """Name what is not as drawn, with what was read and what is printed."""
    read, true = _read(row), _true(wanted)
    for name in true:
        if _squeezed(read[name]) != _squeezed(true[name]):
            yield f"{name}: {read[name]!r} for {true[name]!r}"


def _squeezed(value: object) -> object:
    """Return texts without line feeds and without spaces beside a sign, which the end of a printed line leaves open."""
    if isinstance(value, tuple):
        return tuple(map(_squeezed, value))
    return re.sub(r" ?([/.,;]) ?", r"\1", " ".join(value.split())) if isinstance(value, str) else value


def _read(row: Placed) -> Values:
    action = row.action
    return {
        "area_no": row.area.number,
        **texts_of(row),
        **{kind: action.schedule.planned(kind) for kind in PERIODS},
        "schedule_text": action.schedule.text.text,
        "extra": tuple((extra.column, extra.field.text) for extra in action.extra if extra.field.text),
    }


def _true(wanted: Row) -> Values:
    """What a row of the truth prints."""
    action = wanted.action
    return {
        "area_no": wanted.area.no,
        "area": wanted.area.name,
        "component_no": wanted.component.no,
        "component": wanted.component.name,
        **{name: getattr(action, name) for name in TEXTS},
        "month": action.months,
        "quarter": action.quarters,
        "semester": action.semesters,
        "schedule_text": action.schedule_text,
        "extra": tuple((name, text) for name, text in action.extra if text),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each form, and below it what was wrong."""
    parser = command.parser("forms", __doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="drawn forms; all that are listed if none")
    parser.add_argument("--preset", choices=sorted(PRESETS), help="read a scan of this kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, help="annex pages of a scan; its whole file if not given")
    parser.add_argument("--show", type=int, default=4, metavar="N", help="differences to print a form")
    options = parser.parse_args(arguments)
    for name in options.names or office_names():
        drawn = variant(name)
        if options.preset:
            plan = read_scan(drawn, options.preset, options.seed, options.pages)
            found = score(drawn, plan, options.pages)
        else:
            found = score(drawn, read_variant(drawn))
        print(
            f"{name:24} {found.read:3} of {found.actions:3} actions  wrong {len(found.wrong):3}"
            f"  silent {len(found.silent):3}  rows for review {found.reviews:3}  {dict(found.codes)}",
            flush=True,
        )
        for line in found.wrong[: options.show]:
            print(f"    {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
