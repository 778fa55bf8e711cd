"""The chain of steps from an Extraction to rows whose every field is settled: what each reads, writes and is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from normalize.certainty.extra_columns import weigh_further
from normalize.certainty.fields import weigh_fields
from normalize.certainty.preamble import weigh_head
from normalize.draft import Draft, Origin
from normalize.marks import decode_schedules
from normalize.plan.areas import assign_areas
from normalize.plan.components import continue_components, infer_lost_components
from normalize.plan.numerals import settle_numerals
from normalize.plan.teams import fill_teams, take_loose_teams
from normalize.plan.texts import decide_readings, join_cell_lines, tidy_texts
from normalize.plan.unplaced_text import report_unplaced
from normalize.plan.word_repair import correct_words
from normalize.preamble.step import read_preamble
from normalize.rows.build import build_rows
from normalize.rows.sections import rank_titles

Part = Literal[
    "cells",
    "loose text",
    "forms",
    "rows",
    "preamble",
    "team paragraphs",
    "unused text",
    "titles",
    "areas",
    "numerals",
    "components",
    "schedules",
    "texts",
    "certainty",
    "teams",
]
EVERYWHERE: frozenset[Origin] = frozenset({"digital", "recognised", "transcribed"})
_RECOGNISED: frozenset[Origin] = frozenset({"recognised"})
_TRANSCRIBED: frozenset[Origin] = frozenset({"transcribed"})


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the chain, from draft to draft; every step may add facts, none reads what a later one writes.

    `runs` are its functions in their order, `on` the origins of text that it is for: a document that has no text of
    these passes the step unread.
    """

    name: str
    about: str
    reads: frozenset[Part]
    writes: frozenset[Part]
    runs: tuple[Callable[[Draft], Draft], ...]
    on: frozenset[Origin] = EVERYWHERE

    def __call__(self, draft: Draft) -> Draft:
        """Return the draft with what this step writes."""
        if self.on.isdisjoint(draft.origins):
            return draft
        for run in self.runs:
            draft = run(draft)
        return draft


def _parts(*names: Part) -> frozenset[Part]:
    return frozenset(names)


STEPS: tuple[Step, ...] = (
    Step(
        "readings",
        "what both readers of a scan saw becomes one text of each line",
        _parts(),
        _parts("cells"),
        (decide_readings,),
        _RECOGNISED,
    ),
    Step(
        "rows",
        "headers are understood, tables become rows, rows cut by a page's end are joined",
        _parts("cells"),
        _parts("loose text", "forms", "rows"),
        (build_rows,),
    ),
    Step(
        "preamble",
        "the text outside the tables becomes the decree's preamble, and paragraphs that name a team",
        _parts("loose text", "rows"),
        _parts("preamble", "unused text", "team paragraphs"),
        (read_preamble, take_loose_teams),
    ),
    Step(
        "titles",
        "titles over the table are told apart: areas and components",
        _parts("rows"),
        _parts("titles"),
        (rank_titles,),
    ),
    Step(
        "areas",
        "each row gets the area whose title is above it",
        _parts("rows", "forms", "team paragraphs", "titles"),
        _parts("areas"),
        (assign_areas,),
    ),
    Step(
        "numerals",
        "recognised numerals are read as what their column counts in",
        _parts("rows", "areas"),
        _parts("numerals"),
        (settle_numerals,),
        _RECOGNISED,
    ),
    Step(
        "components",
        "what a row leaves blank is continued from above; lost components are inferred",
        _parts("rows", "titles", "areas", "numerals"),
        _parts("components"),
        (continue_components, infer_lost_components),
    ),
    Step(
        "schedules",
        "marks and words of the time columns become planned periods",
        _parts("cells", "rows", "preamble"),
        _parts("schedules"),
        (decode_schedules,),
    ),
    Step(
        "texts",
        "lines are joined, residue is removed, misread words are repaired or suggested",
        _parts("rows", "preamble", "areas", "numerals", "components"),
        _parts("texts"),
        (join_cell_lines, tidy_texts, correct_words),
    ),
    Step(
        "certainty",
        "each recognised field gets the chance that it is right; a doubtful one asks",
        _parts("cells", "rows", "preamble", "titles", "areas", "numerals", "components", "texts"),
        _parts("texts", "certainty"),
        (weigh_fields, weigh_further, weigh_head),
        _RECOGNISED,
    ),
    Step(
        "teams",
        "a team that is printed once is given to the rows of its area",
        _parts("rows", "forms", "team paragraphs", "areas", "texts"),
        _parts("teams"),
        (fill_teams,),
        _TRANSCRIBED,
    ),
    Step(
        "unplaced",
        "text that no step has taken is reported",
        _parts("cells", "rows", "unused text"),
        _parts(),
        (report_unplaced,),
    ),
)


def run_steps(draft: Draft) -> Draft:
    """Run the whole chain."""
    for step in STEPS:
        draft = step(draft)
    return draft


def chain_table() -> str:
    """Return the chain as the Markdown table of `docs/architecture.md`."""
    lines = ["| step | what happens | on | reads | writes |", "|---|---|---|---|---|"]
    for step in STEPS:
        on = "all" if step.on == EVERYWHERE else ", ".join(sorted(step.on))
        reads, writes = (", ".join(sorted(parts)) or "-" for parts in (step.reads, step.writes))
        lines.append(f"| {step.name} | {step.about} | {on} | {reads} | {writes} |")
    return "\n".join(lines) + "\n"
