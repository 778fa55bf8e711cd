"""Teams that are printed once for many rows given to each of them, inside their area and page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extract.types import TextLine
from normalize.draft import Draft, Row
from normalize.facts import Fact, fact
from normalize.labels import plain
from normalize.text import fold
from schema.decree import Field, Status
from schema.findings import RuleName
from schema.provenance import SourceRef

RULE: RuleName = "fill-teams"
Group = tuple[int, int | None]


def take_loose_teams(draft: Draft) -> Draft:
    """Turn a paragraph between two tables that names a team into a row of its own, after the rows above it."""
    if any(row.exact for row in draft.rows):
        return draft
    paragraphs = [p for p in _paragraphs(draft.unused) if draft.resources.form.names_team(_text_of(p))]
    inside = [p for p in paragraphs if _row_before(draft.rows, p) is not None and _row_after(draft.rows, p)]
    rows = list(draft.rows)
    for paragraph in inside:
        position = _row_before(rows, paragraph)
        if position is not None:
            rows.insert(position + 1, _team_row(rows[position], paragraph, draft.extraction.source.sha256))
    used = {id(line) for paragraph in inside for line in paragraph}
    return replace(
        draft, rows=tuple(rows), unused=tuple(line for line in draft.unused if id(line) not in used)
    )


def _paragraphs(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Join adjacent lines that are not blank."""
    paragraphs: list[list[TextLine]] = [[]]
    for line in lines:
        follows = paragraphs[-1] and (line.line or 0) == (paragraphs[-1][-1].line or 0) + 1
        if not line.text.strip():
            paragraphs.append([])
        elif follows or not paragraphs[-1]:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [p for p in paragraphs if p]


def _text_of(paragraph: Sequence[TextLine]) -> str:
    return plain("\n".join(line.text for line in paragraph))


def _row_before(rows: Sequence[Row], paragraph: Sequence[TextLine]) -> int | None:
    line = paragraph[0].line or 0
    before = [n for n, row in enumerate(rows) if (row.ref.line or 0) < line]
    return before[-1] if before else None


def _row_after(rows: Sequence[Row], paragraph: Sequence[TextLine]) -> bool:
    line = paragraph[-1].line or 0
    return any((row.ref.line or 0) > line for row in rows)


def _team_row(above: Row, paragraph: Sequence[TextLine], sha256: str) -> Row:
    ref = SourceRef(sha256=sha256, line=paragraph[0].line, reader="transcript")
    printed = "\n".join(line.text for line in paragraph)
    value = Field(printed=printed, text=plain(printed), refs=(ref,))
    return replace(above, kind="team", fields={"responsible": value}, evidence=None, facts=())


def fill_teams(draft: Draft) -> Draft:
    """Fill each area's team on each page; where no name is printed there, take the area's of other pages.

    A digital page shows by its borders which rows a cell spans: there an empty cell is empty.
    """
    groups: dict[Group, list[int]] = defaultdict(list)
    for n, row in enumerate(draft.rows):
        if row.kind in ("action", "team") and not row.exact:
            groups[row.chunk, row.area_number].append(n)
    rows = list(draft.rows)
    empty: list[Group] = []
    for group, members in groups.items():
        if not _fill_group(rows, members):
            empty.append(group)
    findings = [f for group in empty for f in _infer_group(rows, groups[group], group)]
    if "responsible" in draft.roles:
        rows = [_unknown(row) for row in rows]
    return replace(draft, rows=tuple(rows)).noting(*findings)


def _named(rows: Iterable[Row]) -> dict[str, Row]:
    """Return the rows that name a team, one for each different name (compared without case and spacing)."""
    named: dict[str, Row] = {}
    for row in rows:
        if row.get("responsible").text.strip():
            named.setdefault(fold(plain(row.get("responsible").text)), row)
    return named


def _fill_group(rows: list[Row], members: Sequence[int]) -> bool:
    """Fill one area's rows on one page; return False if no team is named there."""
    named = _named(rows[n] for n in members)
    if not named:
        return not any(rows[n].kind == "action" for n in members)
    for n in members:
        row = rows[n]
        if row.kind != "action" or row.get("responsible").text.strip():
            continue
        rows[n] = (
            _given(row, next(iter(named.values())))
            if len(named) == 1
            else _doubtful(row, list(named.values()))
        )
    return True


def _given(row: Row, source: Row) -> Row:
    """Give the row the team of another row of its area and page."""
    value = source.get("responsible")
    code = "responsible-restored" if source.kind == "team" else "responsible-filled"
    return _with_team(row, value, "filled", _noted(code, row, value))


def _doubtful(row: Row, sources: Sequence[Row]) -> Row:
    names = [plain(s.get("responsible").text) for s in sources]
    return row.with_field("responsible", Field(status="uncertain")).report(
        "responsible-ambiguous", rule=RULE, field="responsible", alternatives=names, certainty="ambiguous"
    )


def _with_team(row: Row, value: Field, status: Status, finding: Fact) -> Row:
    update = {"status": status, "text": plain(value.text)}
    return row.with_field("responsible", value.replace(**update)).noting(finding)


def _noted(code: str, row: Row, value: Field) -> Fact:
    ref = value.refs[0] if value.refs else row.ref
    return fact(code, rule=RULE, ref=ref, field="responsible", value=plain(value.text))


def _infer_group(rows: list[Row], members: Sequence[int], group: Group) -> list[Fact]:
    """Take the only team that the area has elsewhere; one finding asks for the merged cell as a whole."""
    elsewhere = _named(r for r in rows if r.area_number == group[1] and r.kind in ("action", "team"))
    actions = [n for n in members if rows[n].kind == "action"]
    names = _distinct(elsewhere.values())
    if len(names) != 1 or not actions:
        return []
    source = next(iter(elsewhere.values()))
    for n in actions:
        value = source.get("responsible").replace(printed="", refs=(rows[n].ref,))
        rows[n] = _with_team(rows[n], value, "inferred", _noted("responsible-inferred", rows[n], value))
    place = rows[actions[0]].ref
    span = f"{place.line or place.page}-{rows[actions[-1]].ref.line or rows[actions[-1]].ref.page}"
    return [
        fact(
            "responsible-cell-missing",
            rule=RULE,
            ref=place,
            field="responsible",
            value=span,
            alternatives=names,
            certainty="ambiguous",
            area=group[1] or "-",
        )
    ]


def _unknown(row: Row) -> Row:
    """Ask for the team of a transcribed row that has none, though the form has a column for it."""
    told = any(f.field == "responsible" for f in row.facts)
    if row.exact or row.kind != "action" or row.get("responsible").text or told:
        return row
    return row.report("responsible-unknown", rule=RULE, field="responsible", certainty="ambiguous")


def _distinct(rows: Iterable[Row]) -> list[str]:
    """Return the different team names, a misread letter apart."""
    names: list[str] = []
    for row in rows:
        name = plain(row.get("responsible").text)
        if all(fuzz.ratio(fold(name), fold(other)) < 95 for other in names):
            names.append(name)
    return names
