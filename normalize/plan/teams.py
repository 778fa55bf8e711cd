"""Teams that are printed once for many rows given to each of them, inside their area and page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extract.types import TextLine
from normalize.draft import Draft, Row
from normalize.facts import Fact, doubt, fact
from normalize.labels import plain
from normalize.plan.settings import PLAN
from normalize.text import fold
from schema.decree import Field, Status
from schema.findings import RuleName
from schema.provenance import SourceRef
from schema.roles import FieldName

RULE: RuleName = "fill-teams"
FIELD: FieldName = "responsible"


def take_loose_teams(draft: Draft) -> Draft:
    """Turn a paragraph between two tables that names a team into a row of its own, after the rows above it."""
    if any(row.exact for row in draft.rows):
        return draft
    rows, used = list(draft.rows), set[int]()
    last = max((row.ref.line or 0 for row in rows), default=0)
    for paragraph in _paragraphs(draft.unused):
        begin, end = (line.line or 0 for line in (paragraph[0], paragraph[-1]))
        before = [n for n, row in enumerate(rows) if (row.ref.line or 0) < begin]
        printed = "\n".join(line.text for line in paragraph)
        if before and end < last and draft.resources.form.names_team(plain(printed)):
            ref = SourceRef(
                sha256=draft.extraction.source.sha256, line=paragraph[0].line, reader="transcript"
            )
            fields = {FIELD: Field(printed=printed, text=plain(printed), refs=(ref,))}
            team = replace(rows[before[-1]], kind="team", fields=fields, evidence=None, facts=())
            rows.insert(before[-1] + 1, team)
            used |= set(map(id, paragraph))
    unused = tuple(line for line in draft.unused if id(line) not in used)
    return replace(draft, rows=tuple(rows), unused=unused)


def _paragraphs(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Join adjacent lines that are not blank."""
    paragraphs: list[list[TextLine]] = []
    for line in lines:
        if not line.text.strip():
            continue
        if paragraphs and (line.line or 0) == (paragraphs[-1][-1].line or 0) + 1:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def fill_teams(draft: Draft) -> Draft:
    """Fill each area's team on each page; where no name is printed there, take the area's of other pages.

    A digital page shows by its borders which rows a cell spans: there an empty cell is empty.
    """
    groups: dict[tuple[int, int | None], list[int]] = defaultdict(list)
    for n, row in enumerate(draft.rows):
        if row.kind in ("action", "team") and not row.exact:
            groups[row.chunk, row.area_number].append(n)
    rows = list(draft.rows)
    nameless = [group for group, members in groups.items() if not _fill_group(rows, members)]
    findings = [f for group in nameless for f in _infer_group(rows, groups[group], group[1])]
    if "responsible" in draft.roles:
        rows = [_unknown(row) for row in rows]
    return replace(draft, rows=tuple(rows)).noting(*findings)


def _named(rows: Iterable[Row]) -> dict[str, Row]:
    """Return the rows that name a team, one for each different name (compared without case and spacing)."""
    named: dict[str, Row] = {}
    for row in rows:
        if row.get(FIELD).text.strip():
            named.setdefault(fold(_team(row)), row)
    return named


def _team(row: Row) -> str:
    return plain(row.get(FIELD).text)


def _fill_group(rows: list[Row], members: Sequence[int]) -> bool:
    """Fill one area's rows on one page; return False if no team is named there."""
    named = list(_named(rows[n] for n in members).values())
    blank = [n for n in members if rows[n].kind == "action" and not rows[n].get(FIELD).text.strip()]
    if not named:
        return not blank
    source = named[0]
    code = "responsible-restored" if source.kind == "team" else "responsible-filled"
    for n in blank:
        if len(named) == 1:
            rows[n] = _with_team(rows[n], source.get(FIELD), "filled", code)
        else:
            asked = doubt("responsible-ambiguous", RULE, rows[n].ref, FIELD, alternatives=map(_team, named))
            rows[n] = rows[n].with_field(FIELD, Field(status="uncertain")).noting(asked)
    return True


def _with_team(row: Row, value: Field, status: Status, code: str) -> Row:
    """Return a row with a team that is printed elsewhere, with the fact that tells it."""
    name = plain(value.text)
    told = fact(code, RULE, next(iter(value.refs), row.ref), FIELD, value=name)
    return row.with_field(FIELD, value.with_text(name, status)).noting(told)


def _infer_group(rows: list[Row], members: Sequence[int], area: int | None) -> list[Fact]:
    """Take the only team that the area has elsewhere; one finding asks for the merged cell as a whole."""
    elsewhere = _named(r for r in rows if r.area_number == area and r.kind in ("action", "team"))
    actions = [n for n in members if rows[n].kind == "action"]
    names = _distinct(elsewhere.values())
    if len(names) != 1 or not actions:
        return []
    team = next(iter(elsewhere.values())).get(FIELD)
    for n in actions:
        value = team.replace(printed="", refs=(rows[n].ref,))
        rows[n] = _with_team(rows[n], value, "inferred", "responsible-inferred")
    first, last = rows[actions[0]].ref, rows[actions[-1]].ref
    span = f"{first.line or first.page}-{last.line or last.page}"
    code = "responsible-cell-missing"
    return [doubt(code, RULE, first, FIELD, value=span, alternatives=names, area=area or "-")]


def _unknown(row: Row) -> Row:
    """Ask for the team of a transcribed row that has none, though the form has a column for it."""
    told = any(f.field == FIELD for f in row.facts)
    if row.exact or row.kind != "action" or row.get(FIELD).text or told:
        return row
    return row.noting(doubt("responsible-unknown", RULE, row.ref, FIELD))


def _distinct(rows: Iterable[Row]) -> list[str]:
    """Return the different team names, a misread letter apart."""
    names: list[str] = []
    for name in map(_team, rows):
        if all(fuzz.ratio(fold(name), fold(other)) < PLAN.same_team for other in names):
            names.append(name)
    return names
