"""The heads of both sides -> their cells with verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lampiran.audit.judge.cells import CellVerdict, text_cell
from lampiran.audit.match.plan_rows import PaperText
from lampiran.audit.match.texts import Confusions

_NAMES = (".place", ".name")
_OTHER = ("head-wrong", "word-wrong")
_NUMBERS = ("head.number", "head.year")


def head_findings(
    paper: Mapping[str, PaperText], stated: Mapping[str, PaperText], confusions: Confusions
) -> list[CellVerdict]:
    """Judge each value of the head that the transcription states.

    A transcription that states less than half of the head is one of the table: the rest of the head is not stated.
    """
    whole = 2 * sum(name in stated for name in paper) >= len(paper)
    cells = [_cell(name, value, stated.get(name), confusions, whole=whole) for name, value in paper.items()]
    further = [name for name in stated if name not in paper]
    nothing = PaperText("")
    return cells + [
        text_cell("head", name, nothing, stated[name].text, stated[name].ref, confusions)
        for name in further
        if paper
    ]


def _cell(
    name: str, paper: PaperText, stated: PaperText | None, confusions: Confusions, *, whole: bool
) -> CellVerdict:
    if stated is None:
        return text_cell("head", name, paper, "" if whole else None, None, confusions)
    cell = text_cell("head", name, paper, stated.text, stated.ref, confusions)
    if cell.verdict != "differs":
        return cell
    if name in _NUMBERS:
        return replace(cell, kind="number-wrong")
    if name.endswith(_NAMES) and cell.kind in _OTHER:
        return replace(cell, kind="name-wrong")
    return replace(cell, kind="date-wrong") if name == "head.date" else cell
