"""Forms of other offices read from drawn PDFs against their truth: `python -m benchmarks.forms` prints a line a form.

Each name given (`any-7`, `quarters-a4`) is read; without one, all that `samples/draw/offices.json` lists.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import lampiran
from samples.draw.layout import Row
from samples.draw.variants import Variant, office_names, variant
from schema.plan import Placed, Plan

TEXTS = ("indicator", "action", "evidence", "responsible")
PERIODS = ("month", "quarter", "semester")
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
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{drawn.name}.pdf"
        path.write_bytes(drawn.pdf())
        return lampiran.read(path).plan


def score(drawn: Variant, plan: Plan) -> FormScore:
    """Compare a plan with what was drawn row by row, in the order of print."""
    rows = [Row(a, c, x) for a in drawn.truth.areas for c in a.components for x in c.actions]
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
    """Name what is not as drawn, with what was read and what stands there."""
    read, true = _read(row), _true(wanted)
    for name in true:
        if _squeezed(read[name]) != _squeezed(true[name]):
            yield f"{name}: {read[name]!r} for {true[name]!r}"


def _squeezed(value: object) -> object:
    """Texts without line feeds and without space before a sign: print that ends a line there says nothing of them."""
    if isinstance(value, tuple):
        return tuple(map(_squeezed, value))
    return re.sub(r" ?([/.,;]) ?", r"\1", " ".join(value.split())) if isinstance(value, str) else value


def _read(row: Placed) -> Values:
    action = row.action
    return {
        "area_no": row.area.number,
        "area": row.area.name.text,
        "component_no": row.component.number.text,
        "component": row.component.name.text,
        **{name: getattr(action, name).text for name in TEXTS},
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


def main(names: Sequence[str]) -> None:
    """Print a line a form, and what was wrong below it."""
    for name in names or office_names():
        drawn = variant(name)
        found = score(drawn, read_variant(drawn))
        print(
            f"{name:24} {found.read:3} of {found.actions:3} actions  wrong {len(found.wrong):3}"
            f"  silent {len(found.silent):3}  rows for review {found.reviews:3}  {dict(found.codes)}"
        )
        for line in found.wrong[:4]:
            print(f"    {line}")


if __name__ == "__main__":
    main(sys.argv[1:])
