"""Areas and components, and what the lines below them say -> their numerals and names, each judged once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extract.types import Cell
from lampiran.alignment.wording import wording
from lampiran.audit.judge.cells import CellVerdict, is_another, text_cell
from lampiran.audit.judge.rows import RIGHT, RowSaid
from lampiran.audit.match.alignment import Alignment
from lampiran.audit.match.cell_assignment import Said
from lampiran.audit.match.plan_rows import Paper, PaperPart
from lampiran.audit.match.texts import Confusions, bare, same_words
from normalize.labels import area_title, clean_numeral, is_numeral, numeral_value, split_numeral
from normalize.resources import Resources
from schema.audit import Level

OTHER = 0.8  # likeness from which a stated name is that of another part
Judged = dict[int, list[CellVerdict]]
_FIELDS: Mapping[Level, tuple[str, str]] = {
    "area": ("area_no", "area"),
    "component": ("component_no", "component"),
}


def part_findings(
    paper: Paper,
    found: Mapping[int, RowSaid],
    alignment: Alignment,
    confusions: Confusions,
    resources: Resources,
) -> Judged:
    """Return, by the place of a paper row, the cells of the areas and components that are told of there.

    A numeral or a name is judged where it is first stated, and again only in a row that states another one.
    """
    result: Judged = {}
    back = {s: p for p, s in alignment.pairs.items()}
    fused = {back[s] for s in alignment.fused if s in back}
    levels: tuple[tuple[Level, Sequence[PaperPart]], ...] = (
        ("area", paper.areas),
        ("component", paper.components),
    )
    for level, parts in levels:
        titles = _titled(level, parts, found, alignment, resources)
        stated_any = bool(titles) or any(
            row.said(name) is not None for row in found.values() for name in _FIELDS[level]
        )
        for number, part in enumerate(parts):
            for at, cell in _part(
                level, part, parts, found, titles.get(number, {}), confusions, any_=stated_any, fused=fused
            ):
                result.setdefault(at, []).append(cell)
    return result


def _titled(
    level: Level,
    parts: Sequence[PaperPart],
    found: Mapping[int, RowSaid],
    alignment: Alignment,
    resources: Resources,
) -> dict[int, dict[str, Said]]:
    """Return what lines of their own say of the parts; a title like no printed one is that of the rows below it."""
    said: dict[int, dict[str, Said]] = {}
    owners = {line.line.n: at for at, line in found.items()}
    for title in (t for t in alignment.titles if t.kind == level):
        part = title.part
        if part is None:
            below = min((n for n in owners if n > title.n), default=None)
            place = owners[below] if below is not None else None
            part = next(
                (n for n, p in enumerate(parts) if place in p.rows and place == _first(p, found)), None
            )
        if part is not None:
            said.setdefault(part, _title_texts(title.cells, level, resources))
    return said


def _first(part: PaperPart, found: Mapping[int, RowSaid]) -> int | None:
    return next((at for at in part.rows if at in found), None)


def _title_texts(filled: Sequence[Cell], level: Level, resources: Resources) -> dict[str, Said]:
    number, name = _FIELDS[level]
    if len(filled) == 2 and is_numeral(filled[0].text):
        return {number: Said(filled[0].text, filled[0]), name: Said(filled[1].text, filled[1])}
    text = " ".join(cell.text for cell in filled)
    parts = split_numeral(text)
    if parts is None and level == "area":
        title = area_title([text], resources.official, resources.form)
        parts = (title.label, title.name) if title is not None and title.label else None
    if parts is None:
        return {name: Said(text, filled[0])}
    return {number: Said(parts[0], filled[0]), name: Said(parts[1], filled[0])}


def _part(
    level: Level,
    part: PaperPart,
    parts: Sequence[PaperPart],
    found: Mapping[int, RowSaid],
    title: Mapping[str, Said],
    confusions: Confusions,
    *,
    any_: bool,
    fused: Collection[int],
) -> list[tuple[int, CellVerdict]]:
    """Judge one part; the cells come with the place of the row where they are told of."""
    rows = [at for at in part.rows if at in found]
    cells: list[tuple[int, CellVerdict]] = []
    named = bool(title) or any(found[at].said(name) is not None for at in rows for name in _FIELDS[level])
    for field, paper in zip(_FIELDS[level], (part.number, part.name), strict=True):
        own = [(at, said) for at in rows if (said := found[at].said(field)) is not None]
        stated = [(at, said) for at, said in own if at not in fused]
        if own and not stated:
            cells.append(
                (own[0][0], _as_fused(_one(level, field, part, parts, own[0][1], confusions, exact=False)))
            )
            continue
        if field in title:
            stated.insert(0, (rows[0] if rows else part.rows[0], title[field]))
        ours = any(found[at].layout.exact for at in rows)
        if not paper.text.strip() and (not stated or (ours and field == "area_no")):
            continue
        first = part.rows[0] if part.rows else 0
        if not stated:
            silent = not any_ or not (named or rows)
            cell = text_cell(level, field, paper, None if silent else "", None, confusions)
            if cell.is_fault and any(at in fused for at in rows):
                cell = _as_fused(cell)
            elif cell.is_fault and part.rows[0] not in found:
                cell = cell.as_part_of("row-missing")
            if cell.is_fault and named is False and field == _FIELDS[level][0]:
                cell = cell.as_part_of("component-missing")
            cells.append((rows[0] if rows else first, cell))
            continue
        cells += _judged(level, field, part, parts, stated, confusions, exact=ours)
    return cells


def _as_fused(cell: CellVerdict) -> CellVerdict:
    """Return a label that a fused line states together with another: that line's fault, unless it is right."""
    return cell.as_part_of("rows-fused", verdict="misplaced") if cell.is_fault else cell


def _judged(
    level: Level,
    field: str,
    part: PaperPart,
    parts: Sequence[PaperPart],
    stated: Sequence[tuple[int, Said]],
    confusions: Confusions,
    *,
    exact: bool,
) -> list[tuple[int, CellVerdict]]:
    """Judge what is mostly stated once, and each row that states something else."""
    words = Counter(_key(field, said.text) for _, said in stated)
    usual = max(words, key=lambda key: words[key])
    cells: list[tuple[int, CellVerdict]] = []
    seen = False
    for at, said in stated:
        if _key(field, said.text) == usual:
            if not seen:
                cells.append((at, _one(level, field, part, parts, said, confusions, exact=exact)))
            seen = True
        else:
            cells.append((at, _one(level, field, part, parts, said, confusions, exact=exact)))
    return cells


def _key(field: str, text: str) -> str:
    return clean_numeral(text).casefold() if field.endswith("_no") else wording(bare(text))


def _one(
    level: Level,
    field: str,
    part: PaperPart,
    parts: Sequence[PaperPart],
    said: Said,
    confusions: Confusions,
    *,
    exact: bool,
) -> CellVerdict:
    paper = part.number if field.endswith("_no") else part.name
    ref = said.cell.ref if said.cell is not None else None
    if field.endswith("_no"):
        return _numeral(level, field, part, said, exact=exact)
    cell = text_cell(level, field, paper, said.text, ref, confusions)
    if cell.verdict == "differs":
        other = [p for p in parts if p is not part and not same_words(p.name.text, paper.text)]
        alike = max(
            (fuzz.ratio(wording(p.name.text), wording(bare(said.text))) / 100 for p in other), default=0.0
        )
        own = fuzz.ratio(wording(paper.text), wording(bare(said.text))) / 100
        if (alike >= OTHER and alike > own) or is_another(paper.text, said.text):
            return replace(cell, kind=f"{level}-wrong")
    return cell


def _numeral(level: Level, field: str, part: PaperPart, said: Said, *, exact: bool) -> CellVerdict:
    """Judge a numeral: punctuation and case around it are no difference of substance.

    Our own tables (`exact`) count areas in Arabic figures, whatever is printed.
    """
    ref = said.cell.ref if said.cell is not None else None
    cell = text_cell(level, field, part.number, clean_numeral(said.text), ref, {})
    cell = replace(cell, stated=said.text)
    if exact and cell.verdict == "differs" and numeral_value(said.text) == numeral_value(part.number.text):
        return replace(cell, verdict="normalised", kind=None)
    if cell.verdict in RIGHT:
        return cell
    return replace(cell, kind="numeral-wrong") if cell.verdict == "differs" else cell
