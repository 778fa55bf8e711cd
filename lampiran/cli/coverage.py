"""A call with a written result -> what its plan touches and leaves out of the official sheet, as text on stdout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from lampiran.cli.options import Coverage as CoverageCall
from lampiran.cli.terminal import show
from lampiran.cli.texts import Texts
from lampiran.language import number
from lampiran.loading import load_plan
from lampiran.publish.coverage import PARTS, SheetCoverage, Tally, sheet_coverage
from schema.errors import NoPlanError
from schema.plan import Plan


def run(call: CoverageCall, texts: Texts) -> int:
    """Print the coverage of a result: its folder, or the `decree.json` in it.

    Raises `InputError` if there is no result, `NoPlanError` if its plan follows no edition of the sheet.
    """
    plan = load_plan(call.result)
    covered = sheet_coverage(plan)
    if covered is None:
        raise NoPlanError(**texts.both("coverage_none", path=call.result))
    show("\n".join(_lines(plan, covered, texts)))
    return 0


def _lines(plan: Plan, covered: SheetCoverage, texts: Texts) -> Iterator[str]:
    """Yield a tally per area, then what is left out, sub-component by sub-component."""
    edition = texts.say(f"edition_{plan.lke_edition}")
    yield texts.say("coverage_title", decree=plan.decree_id, edition=edition)
    total = texts.say("coverage_total")
    parts = [(f"{area.number} {area.name}", area.tallies) for area in covered.areas]
    for title, tallies in (*parts, (total, covered.totals)):
        yield title
        yield from (f"  {part:<10} {_tally(tallies[part], texts)}" for part in PARTS)
    yield f"\n{texts.say('coverage_left_out')}"
    for entry in (entry for area in covered.areas for part in PARTS for entry in area.left_out[part]):
        note = f" ({texts.say('coverage_whole')})" if entry.whole else ""
        yield f"  {entry.component.code:<14} {entry.component.name}{note}"
        yield from (f"    {question.code:<12} {question.name}" for question in entry.questions)
    if covered.older:
        yield f"\n{texts.say('coverage_older')}"
        yield from (f"  {item.code:<14} {item.name}: {', '.join(item.action_ids)}" for item in covered.older)


def _tally(tally: Tally, texts: Texts) -> str:
    """Return a tally in words."""
    counts = asdict(tally) | {
        name: number(getattr(tally, name), texts.language, 2) for name in ("weight", "whole")
    }
    counts["doubtful"] = texts.say("coverage_doubtful", count=tally.doubtful) if tally.doubtful else ""
    return texts.say("coverage_tally", **counts)
