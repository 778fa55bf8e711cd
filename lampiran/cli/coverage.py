"""A written result -> what its plan touches and leaves out of the official sheet, as text on stdout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer

from lampiran.cli.texts import Texts
from lampiran.publish.coverage import PARTS, AreaCoverage, LeftOut, SheetCoverage, Tally, sheet_coverage
from schema.errors import InputError, NoPlanError
from schema.plan import Plan


def coverage_command(result: Path, texts: Texts) -> None:
    """Print the coverage of a result: its folder, or the `decree.json` in it.

    Raises `InputError` if there is no result, `NoPlanError` if its plan follows no edition of the sheet.
    """
    plan = read_result(result)
    covered = sheet_coverage(plan)
    if covered is None:
        raise NoPlanError(**texts.both("coverage_none", path=result))
    typer.echo("\n".join(coverage_lines(plan, covered, texts)))


def read_result(path: Path) -> Plan:
    """Read the plan of a written result. Raises `InputError` if there is none."""
    file = path / "decree.json" if path.is_dir() else path
    try:
        return Plan.model_validate_json(file.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError(
            id=f"{path} bukan hasil lampiran yang terbaca; berikan folder hasil atau decree.json di dalamnya.",
            en=f"{path} is no readable result of lampiran; give a result's folder or the decree.json in it.",
        ) from error


def coverage_lines(plan: Plan, covered: SheetCoverage, texts: Texts) -> Iterator[str]:
    """Yield the lines: a tally an area, then what is left out, sub-component by sub-component."""
    edition = texts.say(f"edition_{plan.lke_edition}")
    yield texts.say("coverage_title", decree=plan.decree_id, edition=edition)
    for area in covered.areas:
        yield f"{area.number} {area.name}"
        for part in PARTS:
            yield f"  {part:<10} {tally_text(area.tallies[part], texts)}"
    yield texts.say("coverage_total")
    for part in PARTS:
        yield f"  {part:<10} {tally_text(covered.totals[part], texts)}"
    yield ""
    yield texts.say("coverage_left_out")
    for area in covered.areas:
        yield from _left_out(area, texts)
    if covered.older:
        yield ""
        yield texts.say("coverage_older")
        yield from (f"  {item.code:<14} {item.name}: {', '.join(item.action_ids)}" for item in covered.older)


def tally_text(tally: Tally, texts: Texts) -> str:
    """Return a tally in words."""
    doubtful = texts.say("coverage_doubtful", count=tally.doubtful) if tally.doubtful else ""
    return texts.say(
        "coverage_tally",
        components=tally.components,
        all_components=tally.all_components,
        questions=tally.questions,
        all_questions=tally.all_questions,
        doubtful=doubtful,
        weight=f"{tally.weight:.2f}",
        whole=f"{tally.whole:.2f}",
    )


def _left_out(area: AreaCoverage, texts: Texts) -> Iterator[str]:
    for part in PARTS:
        for entry in area.left_out[part]:
            yield from _entry(entry, texts)


def _entry(entry: LeftOut, texts: Texts) -> Iterator[str]:
    note = f" ({texts.say('coverage_whole')})" if entry.whole else ""
    yield f"  {entry.component.code:<14} {entry.component.name}{note}"
    yield from (f"    {question.code:<12} {question.name}" for question in entry.questions)
